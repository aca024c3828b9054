"""What the map says when it has nothing to show: why, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from console.language import say


class Notice(QFrame):
    """A heading, a sentence, perhaps a button, on the map."""

    retried = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title, self._next = QLabel(self), QLabel(self)
        self._retry = QPushButton(self)
        self._title.setProperty("role", "title")
        self._next.setProperty("role", "second")
        self._next.setWordWrap(True)
        column = QVBoxLayout(self)
        for label in (self._title, self._next):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self._retry, alignment=Qt.AlignmentFlag.AlignCenter)
        self._retry.clicked.connect(self.retried)

    def say(self, title: str, following: str = "", *, retry: bool = False) -> None:
        """Show these words."""
        self._title.setText(title)
        self._next.setText(following)
        self._next.setVisible(bool(following))
        self._retry.setText(say("map.retry"))
        self._retry.setVisible(retry)

    @property
    def text(self) -> str:
        """The words shown."""
        return " ".join(filter(None, (self._title.text(), self._next.text())))
