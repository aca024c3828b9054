"""The preferences, made from the settings' declaration: one line each, wrong values told beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.errors import Problem
from console.language import say
from console.preferences import Preference, declared
from console.settings import ENVIRONMENT
from ui.preferences import preferences
from ui.texts import dress, label
from ui.theme import theme

WIDTH, CONTROL = 720, 250
EDGE = 18


class Asked:
    """The widgets of one setting: its name, its control, and a note that turns into what is wrong."""

    def __init__(self, one: Preference, parent: QWidget) -> None:
        self.one = one
        self.control = _control(one, parent)
        self.control.setAccessibleName(say(one.title))
        self.control.setMaximumWidth(CONTROL)
        self.note = label(role="small", wrap=True, parent=parent)
        self.show_note()

    def show_note(self, wrong: str = "") -> None:
        """Say what is ``wrong``, else from when a change counts or who decides."""
        source = preferences.fixed.get(self.one.name)
        if source:
            variable = f"{ENVIRONMENT}{self.one.name}".upper()
            told = say(f"settings.fixed.{source}", variable=variable)
        else:
            told = " · ".join(filter(None, (self._range(), say(f"settings.applies.{self.one.applies}"))))
        self.control.setEnabled(not source)
        self.note.setText(wrong or told)
        self.control.setAccessibleDescription(wrong or told)
        dress(self.note, "overdue" if wrong else "small")

    def value(self) -> object:
        """Return what is filled in; a Problem says what is wrong with it."""
        control = self.control
        if isinstance(control, QComboBox):
            return self.one.read(control.currentData())
        if isinstance(control, QCheckBox):
            return self.one.read(control.isChecked())
        return self.one.read(control.text())

    def _range(self) -> str:
        if self.one.kind != "number":
            return ""
        return say("settings.range", least=f"{self.one.least:g}", most=f"{self.one.most:g}")


class PreferencesDialog(QDialog):
    """``told`` carries a sentence once the changes are kept."""

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = {one.name: Asked(one, self) for one in declared()}
        self.error = label(role="overdue", wrap=True, parent=self)
        self.error.hide()
        self.setWindowTitle(say("settings.dialog"))
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 14, EDGE, 14)
        column.setSpacing(10)
        column.addWidget(label(say("settings.dialog"), "title", parent=self))
        column.addWidget(self._scrolled(), 1)
        column.addWidget(self.error)
        column.addLayout(self._foot())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        self.finished.connect(self.deleteLater)
        self.resize(WIDTH, self.sizeHint().height())

    def save(self) -> None:
        """Keep what was changed, unless something is wrong; then its field has the cursor."""
        changes: dict[str, object] = {}
        wrong: Asked | None = None
        for name, asked in self.asked.items():
            try:
                value = asked.value()
            except Problem as problem:
                asked.show_note(problem.sentence)
                wrong = wrong or asked
            else:
                asked.show_note()
                if value != getattr(preferences.settings, name):
                    changes[name] = value
        if wrong is not None:
            wrong.control.setFocus()
        else:
            self._keep(changes)

    def _keep(self, changes: dict[str, object]) -> None:
        try:
            later = preferences.store(changes)
        except Problem as problem:
            self.error.setText(problem.sentence)
            self.error.show()
            return
        names = say("case.list").join(say(self.asked[name].one.title) for name in later)
        self.told.emit(say("settings.saved_later", names=names) if later else say("settings.saved"))
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
                heading = label(say(f"settings.group.{group}"), parent=inner)
                heading.setFont(theme.font("strong"))
                grid.addWidget(heading, grid.rowCount(), 0, 1, 3)
            self._line(grid, grid.rowCount(), asked)
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(120)
        return area

    def _line(self, grid: QGridLayout, row: int, asked: Asked) -> None:
        if isinstance(asked.control, QCheckBox):
            grid.addWidget(asked.control, row, 0, 1, 2)
            asked.control.setMaximumWidth(WIDTH)
        else:
            grid.addWidget(label(say(asked.one.title), "second", parent=self), row, 0)
            grid.addWidget(asked.control, row, 1)
            asked.control.setMinimumWidth(CONTROL)
        grid.addWidget(asked.note, row, 2)

    def _foot(self) -> QHBoxLayout:
        cancel, save = QPushButton(say("dialogs.cancel"), self), QPushButton(say("settings.save"), self)
        save.setProperty("role", "primary")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        row = QHBoxLayout()
        kept = say("settings.file", file=preferences.file) if preferences.file else ""
        row.addWidget(label(kept, "small", wrap=True, parent=self), 1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row


def _control(one: Preference, parent: QWidget) -> QComboBox | QCheckBox | QLineEdit:
    value = getattr(preferences.settings, one.name)
    if one.kind == "choice":
        box = QComboBox(parent)
        for choice in one.choices:
            box.addItem(say(f"settings.choice.{one.name}-{choice}"), choice)
        box.setCurrentIndex(box.findData(value))
        return box
    if one.kind == "flag":
        flag = QCheckBox(say(one.title), parent)
        flag.setChecked(value)
        return flag
    line = QLineEdit("" if value is None else _written(value), parent)
    line.setPlaceholderText(say("settings.unset") if one.default is None else "")
    line.setCursorPosition(0)
    return line


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
