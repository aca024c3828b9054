"""Measuring on the map: a path by clicks or Enter, its length on the ground and the area that it encloses."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPen, QPolygonF

from console.geography import geodesic
from console.geography.projection import plane_to_point
from console.language import say
from ui.map import furniture, keys
from ui.map.canvas import Canvas
from ui.map.cross import Cross
from ui.theme import theme

DOT = 4.0  # pixels
AREA = 3  # points that enclose one
KILOMETRE, SQUARE_KILOMETRE, MU = 1000.0, 1e6, 10_000 / 15  # metres, square metres


class Measure(QObject):
    """Idle until it is turned on; ``told`` carries a sentence for the person."""

    told = Signal(str)

    def __init__(self, canvas: Canvas, cross: Cross) -> None:
        super().__init__(canvas)
        self._canvas, self._cross = canvas, cross
        self.active = False
        self.points: list[tuple[float, float]] = []  # of the plane
        canvas.takers.insert(0, self._step)
        canvas.overs.append(self.draw)
        canvas.doubled.connect(self._finish)

    def turn(self) -> None:
        """Begin to measure, or end it."""
        if self.active:
            self._finish()
            return
        self._canvas.take_clicks(self._add, self._dropped)
        self.active, self.points = True, []
        self._canvas.hushed = True
        self._canvas.setFocus()
        self._canvas.update()

    @property
    def result(self) -> str:
        """Return length and area in words, "" before there is a length."""
        if len(self.points) < 2:  # noqa: PLR2004  a length has two ends
            return ""
        path = [plane_to_point(*point) for point in self.points]
        long = _length(geodesic.length(path))
        if len(path) < AREA:
            return long
        return say("hand.measured_area", length=long, area=_area(geodesic.area(path)))

    def copy(self) -> None:
        """Put the result on the clipboard."""
        if self.result:
            QGuiApplication.clipboard().setText(self.result)
            self.told.emit(say("hand.copied", text=self.result))

    def _add(self, at: QPointF) -> None:
        point = self._canvas.camera.view.to_plane(at.x(), at.y())
        if self.points[-1:] != [point]:
            self.points.append(point)
        self._canvas.update()

    def _step(self, event: QKeyEvent) -> Callable[[], object] | None:
        steps: dict[str, Callable[[], object]] = {
            "Backspace": self._take_back,
            "Esc": self._finish,
            "Ctrl+C": self.copy,
        }
        return steps.get(keys.pressed(event)) if self.active else None

    def _take_back(self) -> None:
        del self.points[-1:]
        self._canvas.update()

    def _finish(self) -> None:
        """End it; what was measured is copied."""
        if self.active:
            self.copy()
            self._canvas.free_clicks()

    def _dropped(self) -> None:
        self.active, self.points = False, []
        self._canvas.hushed = False
        self._cross.end()
        self._canvas.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the path, the step to the cursor, and what they come to."""
        if not self.active:
            return
        view, cursor = self._canvas.camera.view, self._canvas.cursor_at
        path = [QPointF(*view.to_pixels(*point)) for point in self.points]
        if len(path) >= AREA:
            veil = theme.color("accent")
            veil.setAlphaF(0.18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            painter.drawPolygon(QPolygonF(path))
        painter.setBrush(theme.color("accent"))
        for colour, width in (("window", 4.0), ("accent", 2.0)):
            painter.setPen(QPen(theme.color(colour), width, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF(path))
        painter.setPen(QPen(theme.color("window"), 1.5))
        for dot in path:
            painter.drawEllipse(dot, DOT, DOT)
        if path and cursor is not None:
            painter.setPen(QPen(theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(path[-1], cursor)
        words = say("hand.measuring", result=self.result) if self.result else say("hand.measure_begin")
        furniture.banner(painter, view, words)


def _length(metres: float) -> str:
    if metres < KILOMETRE:
        return say("map.metres", length=f"{metres:,.0f}" if metres >= 100 else f"{metres:.1f}")  # noqa: PLR2004
    return say("map.kilometres", length=f"{metres / KILOMETRE:,.2f}")


def _area(square: float) -> str:
    """Return an area as the county says it, small ones in mu too."""
    if square < SQUARE_KILOMETRE:
        return say("hand.square_metres", area=f"{square:,.0f}", mu=f"{square / MU:,.1f}")
    return say("hand.square_kilometres", area=f"{square / SQUARE_KILOMETRE:,.2f}")
