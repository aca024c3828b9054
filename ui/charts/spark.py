"""A line without axes: how a figure went, step by step."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.indicators.figures import Values, unbroken
from ui.growth import growth
from ui.theme import theme

INSET = 3
FILL = 36  # of 255
DOT = QPointF(1, 0)  # how long a single step is drawn


class Spark(QWidget):
    """Draws ``values`` from left to right between their own bounds; None breaks the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: Values = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def show_values(self, values: Values) -> None:
        """Draw ``values``."""
        if values != self.values:
            self.values = values
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(96, 28) * growth(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        runs = self._runs()
        if not runs:
            return
        colour, floor = theme.color("accent"), self.height() - 1
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for points in runs:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), FILL))
                ground = [QPointF(points[0].x(), floor), *points, QPointF(points[-1].x(), floor)]
                painter.drawPolygon(QPolygonF(ground))
                painter.setPen(QPen(colour, 1.6 * growth(self)))
                painter.drawPolyline(QPolygonF(points if len(points) > 1 else [*points, points[0] + DOT]))
        finally:
            painter.end()

    def _runs(self) -> list[list[QPointF]]:
        """Return the stretches of the line, each unbroken."""
        known = [value for value in self.values if value is not None]
        if len(known) < 2:  # noqa: PLR2004  a line needs two
            return []
        low, high = min(*known, 0), max(known)
        if high > min(known) > high / 2:  # what never changes stands at its own height
            low = min(known) - (high - min(known)) / 2  # rates near the top would all look flat
        span, height = (high - low) or 1, self.height() - 2 * INSET
        step = (self.width() - 2 * INSET) / (len(self.values) - 1)
        return [
            [QPointF(INSET + at * step, INSET + height * (1 - (value - low) / span)) for at, value in run]
            for run in unbroken(self.values)
        ]
