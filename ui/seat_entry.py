"""What stands in the window when nobody could sign in: why, what to do, another name, or the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.language import say
from ui.language import language
from ui.texts import label, shown

WIDTH = 460


class SeatEntry(QWidget):
    """Texts of "window.SECTION"; ``entered`` carries the login to try, "" where none was given."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._section, self._login = "refused", ""
        self.title = label(role="title", wrap=True, parent=self)
        self.sentence = label(wrap=True, parent=self)
        self.hint = label(role="second", wrap=True, parent=self)
        self._name = label(role="second", parent=self)
        self.line = QLineEdit(self)
        self.action, self.leave = QPushButton(self), QPushButton(self)
        self._arrange()
        self.line.returnPressed.connect(self._enter)
        self.action.clicked.connect(self._enter)
        self.leave.clicked.connect(self.left)
        language.follow(self, self._retranslate)

    def show_problem(self, section: str, sentence: str, login: str) -> None:
        """Say that ``login`` could not sign in: ``section`` of the window's texts says what next."""
        self._section, self._login = section, login
        self.sentence.setText(sentence)
        self.line.setText(login)
        self.line.selectAll()
        self._retranslate()
        self.line.setFocus()

    def _enter(self) -> None:
        self.entered.emit(self.line.text().strip())

    def _arrange(self) -> None:
        self.line.setMaxLength(80)
        self.action.setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self.line, 1)
        row.addWidget(self.action)
        row.addWidget(self.leave)
        held = QWidget(self)
        held.setMaximumWidth(WIDTH)
        column = QVBoxLayout(held)
        column.setSpacing(10)
        for widget in (self.title, self.sentence, self.hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addSpacing(6)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(held, 100)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(3)

    def _retranslate(self) -> None:
        section = f"window.{self._section}"
        self.title.setText(say(f"{section}.title", login=shown(self._login) or say("window.position.duty")))
        self.hint.setText(say(f"{section}.hint"))
        self.action.setText(say(f"{section}.action"))
        self._name.setText(say("window.entry.name"))
        self.line.setAccessibleName(say("window.entry.name"))
        self.leave.setText(say("window.entry.leave"))
