"""What a panel says when it has nothing to show, and the next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from console.language import knows, say
from ui.language import language


class Message(QWidget):
    """Title, hint and, where there is a next step, a button; texts "SECTION.title", ".hint" and ".action"."""

    acted = Signal(str)  # the section whose step is taken

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._section = ""
        self._facts: dict[str, object] = {}
        self._title, self._hint, self._action = QLabel(self), QLabel(self), QPushButton(self)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for label, role in ((self._title, "title"), (self._hint, "second")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(12)
        layout.addWidget(self._action, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        self._action.clicked.connect(lambda: self.acted.emit(self._section))
        language.changed.connect(self._retranslate)

    def show_section(self, section: str, **facts: object) -> None:
        """Say the texts of ``section`` ("queue.empty"); its hint names ``facts``."""
        self._section, self._facts = section, facts
        self._retranslate()

    def _retranslate(self) -> None:
        if not self._section:
            return
        self._title.setText(say(f"{self._section}.title"))
        self._hint.setText(say(f"{self._section}.hint", **self._facts))
        action = f"{self._section}.action"
        self._action.setVisible(knows(action))
        self._action.setText(say(action) if knows(action) else "")
