"""Names on the map, every one that has room: they step aside for marks, and where they cannot, they win."""

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
AIR = 5.0  # pixels kept free around a name where there is room
# Where a name may stand instead, in its own widths and heights, the best first.
TRIES = np.array(
    [
        *((0, 0), (0, -1.1), (0, 1.1), (-0.7, 0), (0.7, 0), (0, -2), (0, 2), (-0.9, -1.3), (0.9, 1.3)),
        *((-0.9, 1.3), (0.9, -1.3), (-1.2, 0), (1.2, 0), (0, -3), (0, 3)),
    ]
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
    wanted: Iterable[Name], view: View, metrics: QFontMetricsF, fixed: Boxes, marks: Boxes
) -> list[tuple[Name, QRectF]]:
    """Return the names that find room in the window, with their boxes; the others stay away.

    Boxes are (n, 4) left, top, right and bottom. A name covers nothing ``fixed`` and no other name; it
    covers as little as possible of ``marks``.
    """
    found: list[tuple[Name, QRectF]] = []
    for name in wanted:
        box = _best(name, view, metrics, fixed, marks)
        if box is not None:
            fixed = np.concatenate((fixed, [_sides(box)]))
            marks = np.concatenate((marks, [_sides(box.adjusted(-AIR, -AIR, AIR, AIR))]))
            found.append((name, box))
    return found


def _best(name: Name, view: View, metrics: QFontMetricsF, fixed: Boxes, marks: Boxes) -> QRectF | None:
    """Return the first of the TRIES in the window that covers nothing fixed and the least of the marks."""
    across, along = view.to_pixels(name.x, name.y)
    width, height = metrics.horizontalAdvance(name.text), metrics.height()
    left = across - width / 2 + TRIES[:, 0] * width
    top = along - height / 2 + TRIES[:, 1] * height
    boxes = np.column_stack((left, top, left + width, top + height))
    inside = (left >= 0) & (top >= 0) & (left + width <= view.width) & (top + height <= view.height)
    free = np.flatnonzero(inside & (_covered(boxes, fixed) == 0))
    if not len(free):
        return None
    best = free[np.argmin(_covered(boxes[free], marks))]
    return QRectF(left[best], top[best], width, height)


def _sides(box: QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()


def _covered(boxes: Boxes, others: Boxes) -> NDArray[np.float64]:
    """Return how many square pixels of ``others`` each of ``boxes`` covers."""
    across = np.minimum(boxes[:, None, 2], others[:, 2]) - np.maximum(boxes[:, None, 0], others[:, 0])
    along = np.minimum(boxes[:, None, 3], others[:, 3]) - np.maximum(boxes[:, None, 1], others[:, 1])
    area: NDArray[np.float64] = (across.clip(0) * along.clip(0)).sum(axis=1)
    return area


def draw(painter: QPainter, found: Iterable[tuple[Name, QRectF]], stamps: Stamps) -> None:
    """Draw names in their boxes."""
    for name, box in found:
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
