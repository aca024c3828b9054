"""Fields that choose: one of many by typing, several of many, one of a few, yes."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.language import say
from console.workflow import Option
from ui.dialogs.field import Field
from ui.directory import Choice, find, resolve
from ui.queue.cells import shown
from ui.queue.flow import FlowLayout

Index = QModelIndex | QPersistentModelIndex
Choices = Callable[[], Sequence[Choice]]
OFFERED = 12


class Offers(QAbstractListModel):
    """The choices that fit what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: list[Choice] = []

    def offer(self, found: list[Choice]) -> None:
        """Show these."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self.found)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{shown(choice.label)}   {shown(choice.hint)}".rstrip()
        return choice.label if role == Qt.ItemDataRole.EditRole else None


class ChoiceLine(QLineEdit):
    """A line that offers what fits: by name, code or initials. Tab and Enter take the first."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(200)
        self.choices = choices
        self._offers = Offers(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        completer.setMaxVisibleItems(OFFERED)
        self.textEdited.connect(self._offer)
        self.setCompleter(completer)
        self._list = completer.popup() or QListView()
        self._list.installEventFilter(self)
        self._offer("")

    @property
    def offered(self) -> list[Choice]:
        """Return what is offered now."""
        return self._offers.found

    def value(self) -> str:
        """Return what the text means; BadInput where it means several."""
        text = self.text().strip()
        return resolve(self.choices(), text) if text else ""

    def say_value(self, value: str) -> None:
        """Show the choice of this value."""
        label = next((choice.label for choice in self.choices() if choice.value == value), value)
        self.setText(label)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Enter pass through the list of offers, which holds the keys while it is open."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._list.hide()
                self.returnPressed.emit()
                return True
        return super().eventFilter(watched, event)

    def _offer(self, typed: str) -> None:
        self._offers.offer(find(self.choices(), typed)[:OFFERED])


class ChoiceField(Field):
    """One of many."""

    def __init__(self, option: Option, choices: Choices, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.line = ChoiceLine(choices, self)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(option.label)
        self.line.textChanged.connect(self.edited)
        self.line.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)

    @override
    def args(self) -> dict[str, object]:
        value = self.line.value()
        return {self.option.name: value} if value else {}

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, draft: object) -> None:
        self.line.setText(str(draft))


class ChoicesField(Field):
    """Several of many: Enter adds one, an empty Enter submits."""

    def __init__(self, option: Option, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self._taken: list[str] = []
        self.line = ChoiceLine(choices, self)
        self.line.setPlaceholderText(say("dialogs.pick_more"))
        self.line.setAccessibleName(option.label)
        self.line.returnPressed.connect(self._enter)
        self.setFocusProxy(self.line)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self._holder)
        self._holder.hide()

    @override
    def args(self) -> dict[str, object]:
        rest = self.line.value()
        taken = [resolve(self.line.choices(), label) for label in self._taken]
        chosen = [*taken, *([rest] if rest else [])]
        return {self.option.name: chosen} if chosen else {}

    @override
    def draft(self) -> object:
        return [*self._taken, *([self.line.text()] if self.line.text() else [])]

    @override
    def restore(self, draft: object) -> None:
        for label in draft if isinstance(draft, list) else []:
            self._take(str(label))

    def _enter(self) -> None:
        if not self.line.text().strip():
            self.submitted.emit()
            return
        found = find(self.line.choices(), self.line.text())
        self._take(found[0].label if found else self.line.text().strip())
        self.line.clear()

    def _take(self, label: str) -> None:
        if label in self._taken:
            return
        self._taken.append(label)
        chip = QPushButton(f"{shown(label)} ×".replace("&", "&&"), self._holder)
        chip.setProperty("role", "chip")
        chip.setAutoDefault(False)
        chip.setToolTip(say("dialogs.remove"))
        chip.clicked.connect(partial(self._drop, label, chip))
        self._flow.addWidget(chip)
        self._holder.show()
        self.edited.emit()

    def _drop(self, label: str, chip: QPushButton, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self._taken.remove(label)
        self._flow.removeWidget(chip)
        chip.deleteLater()
        self._holder.setVisible(bool(self._taken))
        self.edited.emit()


class SetField(Field):
    """One of a few, as chips; arrows walk, Space chooses, a second press takes it back."""

    def __init__(self, option: Option, few: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.chips: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for value, words in few.items():
            chip = QPushButton(words, self)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setAccessibleName(f"{option.label} {words}")
            chip.toggled.connect(partial(self._toggled, value))
            self.chips[value] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.setFocusProxy(next(iter(self.chips.values())))

    @override
    def args(self) -> dict[str, object]:
        chosen = self.draft()
        return {self.option.name: chosen} if chosen else {}

    @override
    def draft(self) -> object:
        return next((value for value, chip in self.chips.items() if chip.isChecked()), "")

    @override
    def restore(self, draft: object) -> None:
        if str(draft) in self.chips:
            self.chips[str(draft)].setChecked(True)

    def _toggled(self, value: str, checked: bool) -> None:  # noqa: FBT001  Qt's signature
        if checked:
            for other, chip in self.chips.items():
                if other != value:
                    chip.setChecked(False)
        self.edited.emit()


class FlagField(Field):
    """Yes, or nothing said."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.box = QCheckBox(self)
        self.box.setAccessibleName(option.label)
        self.box.toggled.connect(lambda _checked: self.edited.emit())
        self.setFocusProxy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self.box)

    @override
    def args(self) -> dict[str, object]:
        return {self.option.name: True} if self.box.isChecked() else {}

    @override
    def draft(self) -> object:
        return self.box.isChecked()

    @override
    def restore(self, draft: object) -> None:
        self.box.setChecked(bool(draft))
