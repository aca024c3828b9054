"""A field of several lines that no paste can choke: what is too much is left out, and that is said."""

from PySide6.QtCore import QMimeData, QSignalBlocker, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

PASTED = 40_000  # characters: more than any option may have


class Paper(QPlainTextEdit):
    """Tab leaves it. ``left_out`` follows every change: how many characters were cut off."""

    left_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = 0
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._bound)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        self._over = max(0, len(text) - PASTED)
        self.insertPlainText(text[:PASTED])

    def _bound(self) -> None:
        """Keep to the bound whichever way the text came in."""
        over = self.document().characterCount() - 1 - PASTED
        if over > 0:
            with QSignalBlocker(self):
                self.setPlainText(self.toPlainText()[:PASTED])
        over, self._over = self._over + max(over, 0), 0
        self.left_out.emit(over)
