"""A line without axes: how a figure went, step by step."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.indicators.figures import Values
from ui.theme import theme

INSET = 3
FILL = 36  # of 255


class Spark(QWidget):
    """Draws ``values`` from left to right between their own bounds; None breaks the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Values = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def show_values(self, values: Values) -> None:
        """Draw ``values``."""
        if values != self._values:
            self._values = values
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(96, 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        points = self._points()
        if len(points) < 2:  # noqa: PLR2004  a line needs two
            return
        colour = theme.color("accent")
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), FILL))
            floor = self.height() - 1
            painter.drawPolygon(
                QPolygonF([QPointF(points[0].x(), floor), *points, QPointF(points[-1].x(), floor)])
            )
            painter.setPen(QPen(colour, 1.6))
            for one, other in pairwise(points):
                painter.drawLine(one, other)
        finally:
            painter.end()

    def _points(self) -> list[QPointF]:
        known = [value for value in self._values if value is not None]
        if not known or len(self._values) < 2:  # noqa: PLR2004
            return []
        low, high = min(*known, 0) if len(known) > 1 else 0, max(known)
        if min(known) > high / 2:
            low = min(known) - (high - min(known)) / 2  # rates near the top would all look flat
        span, width, height = (high - low) or 1, self.width() - 2 * INSET, self.height() - 2 * INSET
        step = width / (len(self._values) - 1)
        return [
            QPointF(INSET + index * step, INSET + height * (1 - (value - low) / span))
            for index, value in enumerate(self._values)
            if value is not None
        ]
