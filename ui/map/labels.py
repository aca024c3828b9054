"""Names on the map that do not run into each other: first come, first placed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from console.geography.projection import point_to_plane
from console.geography.view import View
from ui.map.stamps import Stamps
from ui.theme import theme

RIM = 3.5  # pixels of the rim around a name
AIR = 5.0  # pixels kept free around a name
# Where a name may stand instead, in its own widths and heights, the best first.
TRIES = np.array(
    [(0, 0), (0, -1.1), (0, 1.1), (-0.7, 0), (0.7, 0), (0, -2), (0, 2), (-0.9, -1.3), (0.9, 1.3)]
)

Boxes = NDArray[np.float64]


@dataclass(frozen=True)
class Name:
    """A name and its place in the plane."""

    text: str
    x: float
    y: float


def names(labels: Iterable[tuple[str, float, float]]) -> list[Name]:
    """Return names for (text, lon, lat) in WGS-84 degrees."""
    return [Name(text, *point_to_plane(lon, lat)) for text, lon, lat in labels]


def placed(
    wanted: Iterable[Name], view: View, metrics: QFontMetricsF, taken: Boxes
) -> list[tuple[Name, QRectF]]:
    """Return the names that find room in the window, with their boxes; the others stay away.

    ``taken``: (n, 4) left, top, right and bottom of what they must not cover.
    """
    found: list[tuple[Name, QRectF]] = []
    for name in wanted:
        box = _free(name, view, metrics, taken)
        if box is not None:
            grown = box.adjusted(-AIR, -AIR, AIR, AIR)
            sides = [[grown.left(), grown.top(), grown.right(), grown.bottom()]]
            taken = np.concatenate((taken, sides))
            found.append((name, box))
    return found


def _free(name: Name, view: View, metrics: QFontMetricsF, taken: Boxes) -> QRectF | None:
    """Return the first of the TRIES that lies in the window and meets nothing."""
    across, along = view.to_pixels(name.x, name.y)
    width, height = metrics.horizontalAdvance(name.text), metrics.height()
    left = across - width / 2 + TRIES[:, 0] * width
    top = along - height / 2 + TRIES[:, 1] * height
    inside = (left >= 0) & (top >= 0) & (left + width <= view.width) & (top + height <= view.height)
    apart_x = (left[:, None] >= taken[:, 2]) | (left[:, None] + width <= taken[:, 0])
    apart_y = (top[:, None] >= taken[:, 3]) | (top[:, None] + height <= taken[:, 1])
    free = np.flatnonzero(inside & (apart_x | apart_y).all(axis=1))
    return QRectF(left[free[0]], top[free[0]], width, height) if len(free) else None


def draw(painter: QPainter, wanted: Iterable[Name], view: View, taken: Boxes, stamps: Stamps) -> None:
    """Draw the names that find room."""
    metrics = QFontMetricsF(theme.font("base"))
    for name, box in placed(wanted, view, metrics, taken):
        size = box.size() + QSizeF(2 * RIM, 2 * RIM)
        stamps.press(painter, box.center(), ("name", name.text), size, partial(_write, name.text))


def _write(text: str, painter: QPainter, middle: QPointF) -> None:
    """Draw a name with a rim, so that it reads on every shade."""
    font = theme.font("base")
    metrics = QFontMetricsF(font)
    left, top = middle.x() - metrics.horizontalAdvance(text) / 2, middle.y() - metrics.height() / 2
    path = QPainterPath()
    path.addText(left, top + metrics.ascent(), font, text)
    rim = theme.color("panel")
    rim.setAlphaF(0.85)
    painter.strokePath(path, QPen(rim, RIM, j=Qt.PenJoinStyle.RoundJoin))
    painter.fillPath(path, theme.color("text"))
