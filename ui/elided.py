"""A name that gives way where there is no room: its end is left out, and the whole stands in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import theme


class Elided(QWidget):
    """One line in the type ``font``; at least ``least`` characters' widths of it are seen."""

    def __init__(self, font: str, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._font, self._least, self._text = font, least, ""
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """Return the whole text."""
        return self._text

    @property
    def shown(self) -> str:
        """Return what is seen of it."""
        return self._metrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())

    def show_text(self, text: str) -> None:
        """Show ``text``."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self._tell()

    @override
    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), self._least * self._metrics().height()), whole.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setFont(theme.font(self._font))
            painter.setPen(theme.color("text"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), self.shown)
        finally:
            painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.font(self._font))

    def _tell(self) -> None:
        self.setToolTip("" if self.shown == self._text else self._text)
        self.update()
