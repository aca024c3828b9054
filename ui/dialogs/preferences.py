"""The preferences, made from the settings' declaration: one line each, wrong values told beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from console.errors import Problem
from console.language import say
from console.preferences import Preference, declared
from console.settings import ENVIRONMENT
from ui.anew import wait
from ui.dialog import Dialog
from ui.preferences import preferences
from ui.texts import dress, label
from ui.theme import theme

Control = QComboBox | QCheckBox | QLineEdit
WIDTH, CONTROL = 720, 230


class Asked:
    """The widgets of one setting: its name, its control, and a note that turns into what is wrong."""

    def __init__(self, one: Preference, parent: QWidget) -> None:
        self.one = one
        self.control = _control(one, parent)
        self.control.setAccessibleName(say(one.title))
        self.control.setMaximumWidth(CONTROL)
        self.note = label(role="small", wrap=True, parent=parent)
        self.wrong = False
        self.first = self.raw
        self.show_note()

    @property
    def raw(self) -> object:
        """Return what is filled in, as it stands in the control."""
        if isinstance(self.control, QComboBox):
            return self.control.currentData()
        return self.control.isChecked() if isinstance(self.control, QCheckBox) else self.control.text()

    def follow(self) -> None:
        """Show a value that was chosen elsewhere, in the seat's menu, unless another is filled in."""
        if self.raw == self.first:
            _fill(self.control, getattr(preferences.settings, self.one.name))
            self.first = self.raw

    def resume(self, before: "Asked") -> None:
        """Stand as ``before``."""
        if before.raw != before.first:
            _fill(self.control, before.raw)
        if before.wrong:
            self.check()

    def check(self) -> bool:
        """Tell whether what is filled in can be; say beside it what is wrong with it."""
        try:
            self.value()
        except Problem as problem:
            self.show_note(problem.sentence)
        else:
            self.show_note()
        return not self.wrong

    def show_note(self, wrong: str = "") -> None:
        """Say what is ``wrong``, else from when a change counts or who decides."""
        self.wrong = bool(wrong)
        source = preferences.fixed.get(self.one.name)
        if source:
            variable = f"{ENVIRONMENT}{self.one.name}".upper()
            told = say(f"settings.fixed.{source}", variable=variable)
        else:
            later = say(f"settings.applies.{self.one.applies}") if self.one.applies != "now" else ""
            facts = (self._range(), self._default(), later)
            told = " · ".join(filter(None, facts))
        self.control.setEnabled(not source)
        self.note.setText(wrong or told)
        self.control.setAccessibleDescription(wrong or told)
        dress(self.note, "overdue" if wrong else "small")

    def value(self) -> object:
        """Return what is filled in; a Problem says what is wrong with it."""
        return self.one.read(self.raw)

    def reset(self) -> None:
        """Fill in what the declaration says, unless somebody else decides; nothing is kept yet."""
        if self.one.name not in preferences.fixed:
            _fill(self.control, self.one.default)

    def _default(self) -> str:
        """Say what it is where nobody has chosen; a path or an address would fill the line."""
        default = self.one.default
        if self.one.kind == "text":
            return ""
        key = {"choice": f"settings.choice.{self.one.name}-{default}", "flag": f"settings.flag.{default}"}
        said = say(key[self.one.kind].lower()) if self.one.kind in key else f"{default:g}"
        return say("settings.default", value=said)

    def _range(self) -> str:
        if self.one.kind != "number":
            return ""
        return say("settings.range", least=f"{self.one.least:g}", most=f"{self.one.most:g}")


class PreferencesDialog(Dialog):
    """``tell`` takes a sentence once the changes are kept."""

    def __init__(self, tell: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(say("settings.dialog"), parent)
        self._tell = tell
        self.asked = {one.name: Asked(one, self) for one in declared()}
        self.resets: dict[str, QPushButton] = {}
        self.error = label(role="overdue", wrap=True, parent=self)
        self.error.hide()
        self.area = self._scrolled()
        self.column.addWidget(self.area, 1)
        self.column.addWidget(self.error)
        kept = say("settings.file", file=preferences.file) if preferences.file else ""
        cancel = self.button(say("dialogs.cancel"), self.reject)
        self.foot(kept, cancel, self.button(say("settings.save"), self.save, main=True))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        preferences.changed.connect(self._follow)
        self.resize(WIDTH, self.sizeHint().height())

    def resume(self, before: QDialog) -> None:
        """Go on as ``before`` stood; what was told to be wrong there is told here."""
        if isinstance(before, PreferencesDialog):
            for name, asked in before.asked.items():
                self.asked[name].resume(asked)
            self.area.verticalScrollBar().setValue(before.area.verticalScrollBar().value())

    def save(self) -> None:
        """Keep what was changed, unless something is wrong; then its field has the cursor."""
        wrong = [asked for asked in self.asked.values() if not asked.check()]
        if wrong:
            wrong[0].control.setFocus()
            return
        now = preferences.settings
        values = {name: asked.value() for name, asked in self.asked.items()}
        self._keep({name: value for name, value in values.items() if value != getattr(now, name)})

    def reset(self, group: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        """Fill in the defaults of ``group``; they are kept when all is saved."""
        for asked in self.asked.values():
            if asked.one.group == group:
                asked.reset()

    def _follow(self) -> None:
        for asked in self.asked.values():
            asked.follow()

    def _keep(self, changes: dict[str, object]) -> None:
        wait(self, busy=True)  # the language may be among the changes
        try:
            later = preferences.store(changes)
        except Problem as problem:
            wait(self, busy=False)
            self.error.setText(problem.sentence)
            self.error.show()
            return
        names = say("case.list").join(say(self.asked[name].one.title) for name in later)
        self._tell(say("settings.saved_later", names=names) if later else say("settings.saved"))
        self.accept()

    def _scrolled(self) -> QScrollArea:
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 10, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        group = ""
        for asked in self.asked.values():
            if asked.one.group != group:
                group = asked.one.group
                self._heading(grid, grid.rowCount(), group)
            self._line(grid, grid.rowCount(), asked)
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(120)
        return area

    def _heading(self, grid: QGridLayout, row: int, group: str) -> None:
        name = say(f"settings.group.{group}")
        heading = label(name, parent=self)
        heading.setFont(theme.font("strong"))
        grid.addWidget(heading, row, 0, 1, 2)
        reset = self.resets[group] = QPushButton(say("settings.reset"), self)
        reset.setProperty("role", "flat")
        reset.setAutoDefault(False)
        reset.setAccessibleName(say("settings.reset_group", group=name))
        reset.setToolTip(say("settings.reset_tip"))
        reset.clicked.connect(partial(self.reset, group))
        grid.addWidget(reset, row, 2, Qt.AlignmentFlag.AlignRight)

    def _line(self, grid: QGridLayout, row: int, asked: Asked) -> None:
        if isinstance(asked.control, QCheckBox):
            grid.addWidget(asked.control, row, 0, 1, 2)
            asked.control.setMaximumWidth(WIDTH)
        else:
            grid.addWidget(label(say(asked.one.title), "second", parent=self), row, 0)
            grid.addWidget(asked.control, row, 1)
            asked.control.setMinimumWidth(CONTROL)
        grid.addWidget(asked.note, row, 2)


def _control(one: Preference, parent: QWidget) -> Control:
    """Return what asks for ``one``, filled in with what it is now."""
    control: Control
    if one.kind == "choice":
        control = QComboBox(parent)
        for choice in one.choices:
            control.addItem(say(f"settings.choice.{one.name}-{choice}"), choice)
    elif one.kind == "flag":
        control = QCheckBox(say(one.title), parent)
    else:
        control = QLineEdit(parent)
        control.setPlaceholderText(say("settings.unset") if one.default is None else "")
    _fill(control, getattr(preferences.settings, one.name))
    return control


def _fill(control: Control, value: object) -> None:
    if isinstance(control, QComboBox):
        control.setCurrentIndex(control.findData(value))
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    else:
        control.setText("" if value is None else _written(value))
        control.setCursorPosition(0)


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
