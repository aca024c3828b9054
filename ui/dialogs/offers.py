"""A line of text with a list of offers below it, worked by keys alone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget
from typing_extensions import override

from console.errors import BadInput
from console.language import say
from ui.directory import Choice, find, resolve
from ui.keyboard import ENTER
from ui.texts import shown
from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
Choices = Callable[[], Sequence[Choice]]
OFFERED = 12
TABS = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}


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
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        choice = self.found[index.row()]
        return f"{shown(choice.label)}   {shown(choice.hint)}".rstrip()


class ChoiceLine(QLineEdit):
    """Offers what fits by name, code or initials, the first one marked.

    While the list is open Enter and Tab take what is marked and do nothing else; returnPressed comes from
    the closed list alone. Down opens it, Esc closes it.
    """

    taken = Signal(object)  # Choice
    ordered = Signal()  # Ctrl+Enter while the list was open: go on with what is written

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(200)
        self.choices = choices
        self._taken = ("", "")  # text and value of what was chosen, as long as the text stands
        self._offers = Offers(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(OFFERED)
        self._completer.setWidget(self)  # not setCompleter: walking the list must not rewrite the line
        self._list = self._completer.popup() or QListView()
        self._list.installEventFilter(self)
        edge, ground = theme.color("edge").name(), theme.color("raised").name()
        self._list.setStyleSheet(f"QListView {{ border: 1px solid {edge}; background: {ground}; }}")
        self._list.clicked.connect(lambda index: self._take(index.row()))
        self.textEdited.connect(self._offer)

    @property
    def offered(self) -> list[Choice]:
        """Return what the open list offers."""
        return self._offers.found if self._list.isVisible() else []

    def value(self) -> str:
        """Return what the text means; BadInput where it means several."""
        text = self.text().strip()
        if text == self._taken[0]:
            return self._taken[1]
        return resolve(self.choices(), text)

    def fitting(self, typed: str) -> list[Choice]:
        """Return what is offered for ``typed``, the likely ones first."""
        return find(self.choices(), typed)

    def meant(self) -> Choice | None:
        """Return the choice that the text means; None for no or several."""
        try:
            value = self.value()
        except BadInput:
            return None
        return next((choice for choice in self.choices() if choice.value == value), None) if value else None

    def show_draft(self, draft: str) -> None:
        """Show the choice that ``draft``, a value or a text, means; else the text itself."""
        self._taken = ("", "")
        self.setText(draft)
        choice = self.meant()
        if choice is not None:
            self._show(choice)

    def draft(self) -> str:
        """Return what show_draft shows as it is now."""
        text = self.text().strip()
        return self._taken[1] if text and text == self._taken[0] else text

    @override
    def clear(self) -> None:
        self._taken = ("", "")
        super().clear()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._offer("" if self.text().strip() == self._taken[0] else self.text())
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide what keys mean while the list of offers is open, which holds them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._decide(event):
            return True
        return super().eventFilter(watched, event)

    def _decide(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        marked = max(0, self._list.currentIndex().row())
        if key in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._list.hide()
            self.ordered.emit()
        elif key in ENTER:
            self._take(marked)
        elif key in TABS:
            if TABS[key]:
                self._take(marked)
            self._list.hide()
            self.focusNextPrevChild(TABS[key])
        else:
            return False
        return True

    def _take(self, row: int) -> None:
        choice = self._offers.found[row]
        self._list.hide()
        self._show(choice)
        self.taken.emit(choice)

    def _show(self, choice: Choice) -> None:
        """Write the choice's name, with its place where others are called the same."""
        alike = sum(other.label == choice.label for other in self.choices()) > 1
        text = f"{choice.label} {choice.hint}" if alike else choice.label
        self._taken = (text.strip(), choice.value)
        self.setText(text)

    def _offer(self, typed: str) -> None:
        self._offers.offer(self.fitting(typed)[:OFFERED])
        if not self._offers.found:
            self._list.hide()
            return
        self._completer.complete()
        self._list.setCurrentIndex(self._list.model().index(0, 0))


class CaseLine(ChoiceLine):
    """Numbers of cases: digits mean that very number, not a longer one that has them."""

    @override
    def value(self) -> str:
        return _number(self.text()) or super().value()

    @override
    def fitting(self, typed: str) -> list[Choice]:
        found, number = super().fitting(typed), _number(typed)
        if not number or any(choice.value == number for choice in found):
            return found
        return [Choice(number, number, say("dialogs.not_in_queue")), *found]


def _number(typed: str) -> str:
    digits = typed.strip().removeprefix("#")
    return str(int(digits)) if digits.isdecimal() else ""
