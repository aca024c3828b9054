"""A short notice over the page that goes by itself; with a button while a step can be taken back."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from console.language import say
from ui.texts import label
from ui.theme import theme

SHOWN = 6000  # milliseconds without a step to take back
BOTTOM = 64
LONGEST = 400


class Toast(QFrame):
    """Stands at the bottom of its parent; never takes the focus."""

    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._left = 0
        self._text = label(parent=self)
        self._undo = QPushButton(self)
        self._undo.setProperty("role", "chip")
        self._undo.clicked.connect(self.undone)
        self._timer = QTimer(self, interval=SHOWN, singleShot=True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 12, 9)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(self._undo)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said, "" while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def show_notice(self, sentence: str) -> None:
        """Say ``sentence``."""
        self._text.setText(sentence if len(sentence) <= LONGEST else sentence[:LONGEST] + "…")
        self._timer.start()
        self._stand()

    def show_undo(self, seconds: int) -> None:
        """Offer to take the step back for so many seconds."""
        self._left = seconds
        self._undo.setVisible(seconds > 0)
        self._undo.setText(say("window.undo", seconds=seconds))
        if seconds > 0:
            self._timer.start()
            if not self.isHidden():
                self._stand()

    def place(self) -> None:
        """Stand at the bottom in the middle."""
        parent = self.parentWidget()
        if parent is not None:
            self.adjustSize()
            self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - BOTTOM)

    def _stand(self) -> None:
        self._undo.setVisible(self._left > 0)
        self.show()
        self.place()
        self.raise_()

    def _dress(self) -> None:
        ground, edge = theme.color("raised").name(), theme.color("edge").name()
        self.setStyleSheet(
            f"QFrame#toast {{ background: {ground}; border: 1px solid {edge}; border-radius: 8px; }}"
        )
