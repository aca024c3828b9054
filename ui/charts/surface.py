"""A chart's surface that is drawn by hand, in a tenth of the time: for walls, where nobody points at it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.adapters.plots import DOT, Curve, Values

GAP: Final = 6.0  # pixels between a label and what it labels
HAIR: Final = 0.5
DASHES: Final = {  # in widths of the line, the strokes and the gaps between them
    Qt.PenStyle.SolidLine: (),
    Qt.PenStyle.DashLine: (4.0, 2.0),
    Qt.PenStyle.DotLine: (1.0, 2.0),
}
Ticks = Sequence[tuple[float, str]]


class Surface(QWidget):
    """Draws as ui.adapters.plots.Plot does; ``widget`` goes into a layout."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.widget = self
        self._background = self._text = self._grid = QColor()
        self._curves: list[Curve] = []
        self._dots: list[tuple[Values, Values, QColor]] = []
        self._x = self._y = (0.0, 1.0)
        self._ticks: dict[str, Ticks] = {"left": (), "bottom": ()}

    def look(self, *, background: QColor, text: QColor, line: QColor, font: QFont) -> None:
        """Take the theme's colours and type."""
        self._background, self._text, self._grid = background, text, line
        self.setFont(font)

    def begin(self) -> None:
        """Draw the series anew from here on."""
        self._curves.clear()
        self._dots.clear()

    def end(self) -> None:
        """Draw what has been added since."""
        self.update()

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly ``x`` by ``y``."""
        self._x, self._y = x, y

    def set_ticks(self, side: str, ticks: Ticks) -> None:
        """Label ``side`` ("left", with a line across, or "bottom") with texts at values."""
        self._ticks[side] = tuple(ticks)
        self.update()

    def add_curve(self, curve: Curve) -> None:
        """Draw ``curve``."""
        self._curves.append(curve)

    def add_dots(self, x: Values, y: Values, colour: QColor) -> None:
        """Draw hollow dots."""
        self._dots.append((x, y, colour))

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, 200)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), self._background)
            box = self._room()
            for curve in self._curves:
                self._fill(painter, curve, box)
            self._label(painter, box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for curve in self._curves:
                stroke(painter, self._points(curve, box), curve)
            painter.setBrush(self._background)
            for across, up, colour in self._dots:
                painter.setPen(QPen(colour, 1))
                for x, y in zip(across, up, strict=True):
                    painter.drawEllipse(self._at(box, x, y), DOT / 2, DOT / 2)
        finally:
            painter.end()

    def _room(self) -> QRectF:
        """Return where the lines go: what the labels leave."""
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(text) for _, text in self._ticks["left"]), default=0.0)
        return QRectF(self.rect()).adjusted(widest + GAP, 0, -HAIR, -metrics.height() - GAP)

    def _at(self, box: QRectF, x: float, y: float) -> QPointF:
        (left, right), (low, high) = self._x, self._y
        across, up = (x - left) / (right - left), (y - low) / (high - low)
        return QPointF(box.left() + box.width() * across, box.bottom() - box.height() * up)

    def _points(self, curve: Curve, box: QRectF) -> list[QPointF]:
        return [self._at(box, x, y) for x, y in zip(curve.x, curve.y, strict=True)]

    def _fill(self, painter: QPainter, curve: Curve, box: QRectF) -> None:
        """Fill below ``curve``; its edge, which lies under the line, needs no smoothing."""
        points = self._points(curve, box)
        if curve.fill is None or not points:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(curve.fill)
        floor = self._at(box, 0, 0).y()
        ends = (QPointF(points[-1].x(), floor), QPointF(points[0].x(), floor))
        painter.drawPolygon(QPolygonF([*points, *ends]))

    def _label(self, painter: QPainter, box: QRectF) -> None:
        metrics = QFontMetricsF(self.font())
        tall = metrics.height()
        painter.setPen(self._text)
        for value, text in self._ticks["left"]:
            y = self._at(box, 0, value).y()
            painter.fillRect(QRectF(box.left(), y - HAIR / 2, box.width(), HAIR), self._grid)
            line = QRectF(0, max(y - tall / 2, 0), box.left() - GAP, tall)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for value, text in self._ticks["bottom"]:
            wide = metrics.horizontalAdvance(text) + 1
            middle = self._at(box, value, 0).x()
            left = min(max(middle - wide / 2, 0), self.width() - wide)
            painter.drawText(QRectF(left, box.bottom() + GAP, wide, tall), text)


def stroke(painter: QPainter, points: Sequence[QPointF], curve: Curve) -> None:
    """Draw ``curve`` piece by piece, a dot at each joint: as one path Qt takes twenty times as long."""
    pen = QPen(curve.colour, curve.width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # a round one would take the slow way
    dashes = DASHES[curve.style]
    if dashes:
        pen.setDashPattern(dashes)
    painter.setPen(pen)
    pieces = [QLineF(one, other) for one, other in pairwise(points)]
    painter.drawLines(pieces)
    thick = curve.width / painter.deviceTransform().m11()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(curve.colour)
    come = 0.0
    for piece in pieces[:-1]:
        come += piece.length() / thick
        if not dashes or come % sum(dashes) < dashes[0]:  # none in a gap
            painter.drawEllipse(piece.p2(), thick / 2, thick / 2)
