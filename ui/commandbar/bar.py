"""The command bar: one line, completed by Tab, with errors where they were made."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from console.errors import BadInput
from console.language import say
from ui.commandbar.grammar import complete, takes_back
from ui.directory import Choice
from ui.language import language
from ui.texts import dress, label
from ui.theme import theme

HEIGHT, LONGEST, KEPT = 46, 500, 100


class CommandLine(QLineEdit):
    """Up and down walk through what was typed before; Tab goes through the completions."""

    left = Signal()

    def __init__(self, complete_: Callable[[str], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setFrame(False)
        self._complete = complete_
        self._history: list[str] = []
        self._place = 0
        self._unsent = ""  # what stood here before the walk through what was sent
        self._turn: list[str] = []
        self.textEdited.connect(lambda _text: self._turn.clear())

    def remember(self, text: str) -> None:
        """Keep ``text`` for the up key."""
        self._history = [*(one for one in self._history if one != text), text][-KEPT:]
        self._place = len(self._history)

    @override
    def event(self, event: QEvent) -> bool:
        tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if tab and event.type() == QEvent.Type.KeyPress and self.text():
            self._next_completion()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._walk(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        if self._place == len(self._history):
            self._unsent = self.text()
        lines = [*self._history, self._unsent]
        place = self._place + step
        if 0 <= place < len(lines) and lines[place] == self.text():  # a refused line stands here still
            place += step
        self._place = max(0, min(len(self._history), place))
        self.setText(lines[self._place])
        self._turn.clear()

    def _next_completion(self) -> None:
        if not self._turn:
            self._turn = self._complete(self.text())
        if self._turn:
            self.setText(self._turn[0])
            self._turn = [*self._turn[1:], self._turn[0]]


class CommandBar(QFrame):
    """``entered`` carries a line; ``show_error`` answers in place."""

    entered = Signal(str)
    left = Signal()  # Esc: back to the queue
    undo = Signal()

    def __init__(
        self, units: Callable[[], list[Choice]], legal: Callable[[], list[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedHeight(HEIGHT)
        self._error = ""
        self.line = CommandLine(lambda text: complete(text, units(), legal()), self)
        self._sign, self._hint = QLabel("›", self), label(role="third", wrap=True, parent=self)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keys = label(role="third", parent=self)
        self.back = QPushButton(self)
        self.back.setProperty("role", "chip")
        self.back.hide()
        self._arrange()
        self.line.returnPressed.connect(self._enter)
        self.line.textEdited.connect(lambda _text: self.show_error(""))
        self.line.left.connect(self.left)
        self.back.clicked.connect(self.undo)
        theme.changed.connect(self._dress)
        language.follow(self, self._retranslate)

    def take_focus(self) -> None:
        """Begin a command."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the line; "" takes it back."""
        self._error = sentence
        self._retranslate()

    def give_back(self, text: str, sentence: str) -> None:
        """Say why ``text`` was refused, and put it back unless something else is typed by now."""
        if not self.line.text():
            self.line.setText(text)
        self.show_error(sentence)

    def done(self) -> None:
        """Clear the line after it was carried out."""
        self.line.clear()
        self.show_error("")

    def show_undo(self, seconds: int) -> None:
        """Offer to take the last step back; 0 does not."""
        self.back.setVisible(seconds > 0)
        self.back.setText(say("window.undo", seconds=seconds))

    @property
    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._error

    def _enter(self) -> None:
        text = self.line.text().strip()
        if not text:
            return
        self.line.remember(text)
        try:
            back = takes_back(text)
        except BadInput as problem:
            self.show_error(problem.sentence)
            return
        if back:
            self.done()
            self.undo.emit()
        else:
            self.entered.emit(text)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.line, 2)
        row.addWidget(self._hint, 3)
        row.addWidget(self.back)
        row.addWidget(self._keys)
        self._dress()

    def _dress(self) -> None:
        self._sign.setFont(theme.font("counter"))
        accent = theme.color("accent").name()
        self._sign.setStyleSheet(f"color: {accent};")
        self.line.setStyleSheet("QLineEdit { background: transparent; border: 0; }")

    def _retranslate(self) -> None:
        self.line.setPlaceholderText(say("window.command_bar.prompt"))
        self.line.setAccessibleName(say("window.command_bar.name"))
        self.line.setAccessibleDescription(self._error)
        self._keys.setText(say("window.command_bar.keys"))
        self._keys.setVisible(not self._error)  # an error needs the room
        self._hint.setText(self._error or say("window.command_bar.hint"))
        self._hint.setToolTip(self._error)
        dress(self._hint, "overdue" if self._error else "third")
