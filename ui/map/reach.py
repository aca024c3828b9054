"""How far it is: a line from a place to what was chosen there, a circle round what lies within a radius."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from console.feed.board_circle import EARTH
from console.geography.projection import point_to_plane, to_plane
from ui.map import furniture
from ui.map.canvas import Canvas
from ui.theme import theme

CORNERS, DOT, ROOM = 96, 5.0, 8.0
VEIL = 0.08
SHORTEST, LEAST = 80, 150.0  # pixels of a line that can be seen, metres of the plane that are shown
Point = tuple[float, float]  # longitude, latitude in WGS-84
Way = tuple[Point, Point, str]  # from where to where, and words at its end


class Reach:
    """Paints above the map what ``line`` and ``circle`` told last."""

    def __init__(self, view: Canvas) -> None:
        self._view = view
        self._line: Way | None = None
        self._circle: tuple[Point, float] | None = None
        view.overs.append(self.draw)

    @property
    def words(self) -> str:
        """What stands at the end of the line, "" where there is none."""
        return self._line[2] if self._line else ""

    @property
    def metres(self) -> float:
        """The radius of the circle, 0 where there is none."""
        return self._circle[1] if self._circle else 0.0

    def line(self, start: Point, end: Point, words: str) -> None:
        """Draw a line with ``words`` at its end, and bring both ends into sight."""
        self._line = start, end, words
        camera, (x, y), (u, v) = self._view.camera, point_to_plane(*start), point_to_plane(*end)
        apart = math.hypot(x - u, y - v)
        if apart < SHORTEST * camera.view.scale or not (camera.shows(x, y) and camera.shows(u, v)):
            room = max(LEAST - apart, 0) / 2
            camera.approach((min(x, u) - room, min(y, v) - room, max(x, u) + room, max(y, v) + room))
        self._view.update()

    def circle(self, middle: Point, metres: float) -> None:
        """Draw a circle on the ground, and bring it into sight."""
        self._circle = middle, metres
        around = rim(middle, metres)
        west, south = around.min(axis=0).tolist()
        east, north = around.max(axis=0).tolist()
        self._view.camera.approach((west, south, east, north))
        self._view.update()

    def clear(self, *, line: bool = True, circle: bool = True) -> None:
        """Draw that no more."""
        self._line = None if line else self._line
        self._circle = None if circle else self._circle
        self._view.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the circle, then the line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._circle is not None:
            self._draw_circle(painter, *self._circle)
        if self._line is not None:
            self._draw_line(painter, *self._line)

    def _draw_circle(self, painter: QPainter, middle: Point, metres: float) -> None:
        view = self._view.camera.view
        ring = QPolygonF([QPointF(*view.to_pixels(x, y)) for x, y in rim(middle, metres).tolist()])
        veil = theme.color("accent")
        veil.setAlphaF(VEIL)
        painter.setBrush(veil)
        for colour, width, line in (
            ("window", 4.0, Qt.PenStyle.SolidLine),
            ("accent", 2.0, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(theme.color(colour), width, line))
            painter.drawPolygon(ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_line(self, painter: QPainter, start: Point, end: Point, words: str) -> None:
        view = self._view.camera.view
        ends = [QPointF(*view.to_pixels(*point_to_plane(*one))) for one in (start, end)]
        for colour, width in (("window", 5.0), ("accent", 2.2)):
            painter.setPen(QPen(theme.color(colour), width, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(*ends)
        painter.setPen(QPen(theme.color("window"), 1.5))
        painter.setBrush(theme.color("accent"))
        for dot in ends:
            painter.drawEllipse(dot, DOT, DOT)
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        box = QRectF(0, 0, metrics.horizontalAdvance(words), metrics.height())
        box.moveCenter(QPointF(ends[1].x(), ends[1].y() - box.height() - ROOM))
        inside = QRectF(self._view.rect()).adjusted(ROOM * 2, ROOM * 2, -ROOM * 2, -ROOM * 2)
        box.moveLeft(min(max(box.left(), inside.left()), max(inside.right() - box.width(), inside.left())))
        box.moveTop(min(max(box.top(), inside.top()), inside.bottom() - box.height()))
        furniture.plate(painter, box)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def rim(middle: Point, metres: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return (n, 2) points of the plane on the circle of ``metres`` round a point, on the mean sphere."""
    lon, lat = math.radians(middle[0]), math.radians(middle[1])
    angle, way = metres / EARTH, np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    north = np.arcsin(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * np.cos(way))
    over = np.sin(way) * math.sin(angle) * math.cos(lat)
    east = lon + np.arctan2(over, math.cos(angle) - math.sin(lat) * np.sin(north))
    return np.column_stack(to_plane(np.degrees(east), np.degrees(north)))
