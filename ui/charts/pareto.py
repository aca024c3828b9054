"""Lying bars under the line of what they come to together, and steps that narrow."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from typing_extensions import override

from ui.charts.barlist import Bar, BarList, Columns
from ui.growth import growth
from ui.theme import theme

DOT = 3  # pixels from the middle of a point of the line to its edge
LINE = "category1"


class Pareto(BarList):
    """Bars, the longest first; a line goes through the ``mark`` of each, their share of all up to it."""

    @override
    def _draw_all(self, painter: QPainter, columns: Columns) -> None:
        super()._draw_all(painter, columns)
        left, room = self._room(columns)
        points = [
            QPointF(left + room * bar.mark, (index + 0.5) * self._height)
            for index, bar in enumerate(self._shown)
            if bar.mark is not None
        ]
        painter.setPen(QPen(theme.color(LINE), 1.5 * growth(self)))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(theme.color("panel"))
        dot = DOT * growth(self)
        for point in points:
            painter.drawEllipse(point, dot, dot)


class Funnel(BarList):
    """Steps one below the other, each as wide as its share of the first, joined by what is lost between."""

    @override
    def _draw_all(self, painter: QPainter, columns: Columns) -> None:
        left, room = self._room(columns)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        middle, half = left + room / 2, self._thick / 2
        for index, (one, other) in enumerate(pairwise(self._shown)):
            if not other.joined:
                continue
            top = (index + 0.5) * self._height + half
            bottom = (index + 1.5) * self._height - half
            wide, narrow = one.filled * room / 2, other.filled * room / 2
            corners = ((-wide, top), (wide, top), (narrow, bottom), (-narrow, bottom))
            painter.drawPolygon(QPolygonF([QPointF(middle + x, y) for x, y in corners]))
        super()._draw_all(painter, columns)

    @property
    def _thick(self) -> float:
        return min(self._height * 0.62, 34 * growth(self))

    @override
    def _bar(self, painter: QPainter, at: QPointF, room: float, bar: Bar) -> None:
        wide = max(room * bar.filled, 1)
        left = at.x() + (room - wide) / 2 if bar.joined else at.x()
        if not bar.joined:  # it is no step: it stands apart
            painter.setPen(QPen(theme.color("edge"), 1, Qt.PenStyle.DashLine))
            top = QPointF(0, at.y() - self._height / 2)
            painter.drawLine(top, top + QPointF(self._wide, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(bar.role))
        painter.drawRoundedRect(QRectF(left, at.y() - self._thick / 2, wide, self._thick), 3, 3)
