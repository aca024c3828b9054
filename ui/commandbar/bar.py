"""The command bar: one line, completed by Tab, with errors where they were made."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from console.errors import BadInput, Problem
from console.language import say
from ui.commandbar.completion import complete, meaning
from ui.commandbar.grammar import takes_back
from ui.commandbar.lexicon import Lexicon
from ui.commandbar.line import CommandLine
from ui.commandbar.popup import Popup
from ui.language import language
from ui.texts import dress, label
from ui.theme import theme

HEIGHT = 46
WRONG = ("text", "value", "unit", "person")  # facts of a refusal that repeat the word it is about


class CommandBar(QFrame):
    """``entered`` carries a line; ``show_error`` answers in place."""

    entered = Signal(str)
    left = Signal()  # Esc: back to the queue
    undo = Signal()

    def __init__(
        self,
        lexicon: Lexicon,
        legal: Callable[[], list[str]],
        title: Callable[[int | None], str],
        parent: QWidget | None = None,
    ) -> None:
        """Make the bar; ``title(number)`` names a case, of None the open one."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedHeight(HEIGHT)
        self._error, self._wrong = "", ""
        self._mean = partial(meaning, lexicon=lexicon, title=title)
        self._legal = legal
        self.line = CommandLine(lambda text: complete(text, lexicon, legal()), self)
        self.popup = Popup(parent or self)
        self._sign, self._hint = QLabel("›", self), label(role="third", wrap=True, parent=self)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keys = label(role="third", parent=self)
        self._arrange()
        self.line.returnPressed.connect(self._enter)
        self.line.textChanged.connect(lambda _text: self.show_error(""))
        self.line.offered.connect(lambda found: self.popup.offer(found, self))
        self.line.marked.connect(self.popup.mark)
        self.line.left.connect(self.left)
        theme.changed.connect(self._dress)
        language.follow(self, self._retranslate)

    def take_focus(self) -> None:
        """Begin a command."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_error(self, sentence: str, word: str = "") -> None:
        """Say what is wrong with the line, and underline the ``word`` that is; "" takes it back."""
        if (sentence, word) != (self._error, self._wrong) or not sentence:
            if word or self._wrong:
                self.line.underline(word)
            self._error, self._wrong = sentence, word
            self._retranslate()

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong with the line, where it is."""
        words = [problem.facts[name] for name in WRONG if name in problem.facts]
        self.show_error(problem.sentence, str(words[0]) if words else "")

    def give_back(self, text: str, sentence: str) -> None:
        """Say why ``text`` was refused, and put it back unless something else is typed by now."""
        if not self.line.text():
            self.line.setText(text)
        self.show_error(sentence)

    def done(self) -> None:
        """Clear the line after it was carried out."""
        self.line.clear()
        self.show_error("")

    @property
    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._error

    def _enter(self) -> None:
        text = self.line.text().strip()
        if not text:
            return
        self.line.remember(text)
        self.popup.hide()
        try:
            back = takes_back(text)
        except BadInput as problem:
            self.show_problem(problem)
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
        said, whole = self._mean(self.line.text(), legal=self._legal())
        self._keys.setVisible(not self._error and not said)  # what is said of the line needs the room
        self._hint.setText(self._error or said or say("window.command_bar.hint"))
        self._hint.setToolTip(self._error or said)
        dress(self._hint, "overdue" if self._error else "second" if whole else "third")
