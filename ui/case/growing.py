"""A line that grows to a few lines as it is written."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from ui.keyboard import ENTER

MOST = 5  # lines
PASTED = 40_000  # characters: more than any text may have, so that what is too long is said to be
FRAME = 14  # pixels of edge and padding


class GrowingEdit(QPlainTextEdit):
    """Enter and Ctrl+Enter are ``entered``, Esc is ``left``, Shift+Enter begins a line, Tab goes on."""

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(1)
        self.textChanged.connect(self._grow)
        self._grow()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and plain in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
        }:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in no more than any text may have: a megabyte would stop the window."""
        self.insertPlainText(source.text()[:PASTED])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def _grow(self) -> None:
        """Stand as high as the lines that there are; a huge text is not measured whole."""
        lines, block = 0, self.document().firstBlock()
        while block.isValid() and lines < MOST:
            lines += max(1, block.layout().lineCount())
            block = block.next()
        shown = max(1, min(lines, MOST))
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + FRAME)
        overflowing = lines > MOST or block.isValid()
        on = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(on if overflowing else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
