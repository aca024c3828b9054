"""The shapes that say what colours say (themes.toml, ``shape``), for whoever does not see the colours."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

import resources

Draw = Callable[[QPainter, QPointF, float], None]


def strokes() -> list[str]:
    """Return how the lines of a chart are drawn, in the order of their colours."""
    return list(resources.table("themes.toml")["shape"]["category"])


def draw(painter: QPainter, middle: QPointF, role: str, half: float) -> None:
    """Draw the shape of ``role``, ``half`` its width from ``middle``, in the painter's colours."""
    SHAPES[resources.table("themes.toml")["shape"][role]](painter, middle, half)


def _circle(painter: QPainter, middle: QPointF, half: float) -> None:
    painter.drawEllipse(middle, half, half)


def _triangle(painter: QPainter, middle: QPointF, half: float) -> None:
    wide = half * 1.2  # so that it weighs as much as the others
    corners = ((0, -1), (1, 0.75), (-1, 0.75))
    painter.drawPolygon(QPolygonF([middle + QPointF(x * wide, y * wide) for x, y in corners]))


def _square(painter: QPainter, middle: QPointF, half: float) -> None:
    side = half * 0.95
    painter.drawRect(QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side))


SHAPES: Final[Mapping[str, Draw]] = {"circle": _circle, "triangle": _triangle, "square": _square}
