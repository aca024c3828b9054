"""The line of the command bar: history on up and down, completions on Tab, the wrong word underlined."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui.commandbar.completion import Completion
from ui.theme import theme

LONGEST, KEPT = 500, 100
Attribute = QInputMethodEvent.Attribute
TURNS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class CommandLine(QLineEdit):
    """Up and down walk through what was typed before; Tab and Shift+Tab go through the completions."""

    left = Signal()
    offered = Signal(object)  # list[Completion]: what the line may become
    marked = Signal(int)  # which of them stands in the line now
    remembered = Signal(object)  # list[str]: what was typed, the latest last

    def __init__(self, complete: Callable[[str], list[Completion]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setFrame(False)
        self._complete = complete
        self._history: list[str] = []
        self._place = 0
        self._unsent = ""  # what stood here before the walk through what was sent
        self._turn: list[Completion] = []
        self._turned = -1
        self.textEdited.connect(lambda _text: self._offer())

    def recall(self, history: Sequence[str]) -> None:
        """Go on from what was typed on another day."""
        self._history = [str(line)[:LONGEST] for line in history][-KEPT:]
        self._place = len(self._history)

    def remember(self, text: str) -> None:
        """Keep ``text`` for the up key."""
        self.recall([*(one for one in self._history if one != text), text])
        self.remembered.emit(self._history)

    def underline(self, word: str) -> None:
        """Underline ``word`` as wrong, where it stands in the line; "" takes the line away."""
        start = self.text().find(word) if word else -1
        attributes = []
        if start >= 0:
            wrong = QTextCharFormat()
            wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wrong.setUnderlineColor(theme.color("overdue"))
            kind = QInputMethodEvent.AttributeType.TextFormat
            attributes = [Attribute(kind, start - self.cursorPosition(), len(word), wrong)]
        blocked = self.blockSignals(True)  # noqa: FBT003  Qt's signature
        super().inputMethodEvent(QInputMethodEvent("", attributes))
        self.blockSignals(blocked)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.text():
            step = TURNS.get(Qt.Key(event.key()))
            if step:
                self._turn_to(step)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._walk(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._offer_none()
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._offer_none()

    def _walk(self, step: int) -> None:
        if self._place == len(self._history):
            self._unsent = self.text()
        lines = [*self._history, self._unsent]
        place = self._place + step
        if 0 <= place < len(lines) and lines[place] == self.text():  # a refused line stands here still
            place += step
        self._place = max(0, min(len(self._history), place))
        self.setText(lines[self._place])
        self._offer_none()

    def _offer(self) -> None:
        self._turn, self._turned = self._complete(self.text()), -1
        self.offered.emit(self._turn)

    def _offer_none(self) -> None:
        self._turn, self._turned = [], -1
        self.offered.emit([])

    def _turn_to(self, step: int) -> None:
        """Put the next completion in; the only one offers at once what comes after it."""
        if self._turned < 0 and not self._turn:
            self._offer()
        if not self._turn:
            return
        if self._turned < 0 < -step:
            self._turned = 0
        self._turned = (self._turned + step) % len(self._turn)
        self.setText(self._turn[self._turned].line)
        if len(self._turn) == 1:
            self._offer()
        else:
            self.marked.emit(self._turned)
