"""Names on the map that do not run into each other: first come, first placed."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from console.geography.projection import to_plane
from console.geography.view import View
from ui.theme import theme

AIR = 5.0  # pixels kept free around a name
TRIES = (
    (0, 0),
    (0, -1.1),
    (0, 1.1),
    (-0.7, 0),
    (0.7, 0),
    (0, -2),
    (0, 2),
    (-0.9, -1.3),
    (0.9, 1.3),
)  # in widths and heights of the name


@dataclass(frozen=True)
class Name:
    """A name and its place in the plane."""

    text: str
    x: float
    y: float


def names(labels: Iterable[tuple[str, float, float]]) -> list[Name]:
    """Return names for (text, lon, lat) in WGS-84 degrees."""
    return [Name(text, *(float(side) for side in to_plane(lon, lat))) for text, lon, lat in labels]


def placed(
    wanted: Iterable[Name], view: View, metrics: QFontMetricsF, taken: Iterable[QRectF]
) -> list[tuple[Name, QRectF]]:
    """Return the names that find room in the window, with their boxes; the others stay away."""
    window, busy = QRectF(0, 0, view.width, view.height), list(taken)
    found: list[tuple[Name, QRectF]] = []
    for name in wanted:
        box = _free(name, view, metrics, window, busy)
        if box is not None:
            busy.append(box.adjusted(-AIR, -AIR, AIR, AIR))
            found.append((name, box))
    return found


def _free(
    name: Name, view: View, metrics: QFontMetricsF, window: QRectF, busy: list[QRectF]
) -> QRectF | None:
    across, along = view.to_pixels(name.x, name.y)
    width, height = metrics.horizontalAdvance(name.text), metrics.height()
    for right, down in TRIES:
        middle = QPointF(float(across) + right * width, float(along) + down * height)
        box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        if window.contains(box) and not any(box.intersects(other) for other in busy):
            return box
    return None


def draw(painter: QPainter, wanted: Iterable[Name], view: View, taken: Iterable[QRectF]) -> None:
    """Draw the names with a rim, so that they read on every shade."""
    font = theme.font("base")
    metrics = QFontMetricsF(font)
    rim = theme.color("panel")
    rim.setAlphaF(0.85)
    for name, box in placed(wanted, view, metrics, taken):
        path = QPainterPath()
        path.addText(box.left(), box.top() + metrics.ascent(), font, name.text)
        painter.strokePath(path, QPen(rim, 3.5, j=Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(path, theme.color("text"))
