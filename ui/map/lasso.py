"""A rectangle or a free line round incidents: with Shift and the mouse, or Shift and arrows at the cross."""

from collections.abc import Callable
from functools import partial

import shapely
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygonF

from console.language import say
from ui.map import furniture, keys
from ui.map.cross import ARROWS, STRIDE
from ui.map.widget import MapView
from ui.theme import theme

FREE = Qt.KeyboardModifier.ControlModifier  # held too, the line is free
CORNERS = 3


class Lasso(QObject):
    """``caught`` carries the shape, in metres of the plane."""

    caught = Signal(object)

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._path: list[tuple[float, float]] = []  # of the plane
        self._free = False
        view.encircles = Qt.KeyboardModifier.ShiftModifier
        view.encircled.connect(self._drag)
        view.takers.insert(0, self._step)
        view.overs.append(self.draw)

    def _drag(self, at: QPointF, held: Qt.KeyboardModifier, over: bool) -> None:  # noqa: FBT001  Qt's signal
        if self._given_up:
            self._given_up = not over
            return
        if not self._path:
            self._free = bool(held & FREE)
        self._reach(at)
        if over:
            self._finish()

    _given_up = False  # by Esc, while the mouse is still held

    def _reach(self, at: QPointF) -> None:
        here = self._view.camera.view.to_plane(at.x(), at.y())
        self._path = [*self._path, here] if self._free or not self._path else [self._path[0], here]
        self._view.update()

    def _finish(self) -> None:
        shape = self._shape()
        self._path = []
        self._view.update()
        if not shapely.is_empty(shape):
            self.caught.emit(shape)

    def _shape(self) -> shapely.Geometry:
        if self._free and len(self._path) >= CORNERS:
            return shapely.make_valid(shapely.Polygon(self._path))
        (x, y), (right, up) = self._path[0], self._path[-1]
        return shapely.box(min(x, right), min(y, up), max(x, right), max(y, up))

    def _step(self, event: QKeyEvent) -> Callable[[], object] | None:
        pressed, cross = keys.pressed(event), self._view.cross
        arrow = pressed.removeprefix("Shift+")
        if arrow in ARROWS and arrow != pressed and cross.at is not None:
            return partial(self._span, QPointF(*ARROWS[arrow]) * STRIDE)
        return {"Return": self._finish, "Esc": self._give_up}.get(pressed) if self._path else None

    def _span(self, way: QPointF) -> None:
        cross = self._view.cross
        if not self._path and cross.at is not None:
            self._free = False
            self._reach(cross.at)
        cross.move(way)
        if cross.at is not None:
            self._reach(cross.at)

    def _give_up(self) -> None:
        self._path, self._given_up = [], not self._view.cross.pointing
        self._view.update()

    def draw(self, painter: QPainter) -> None:
        """Paint what is drawn so far."""
        if not self._path:
            return
        view, veil = self._view.camera.view, theme.color("accent")
        veil.setAlphaF(0.15)
        ring = self._path if self._free else shapely.get_coordinates(self._shape()).tolist()
        painter.setBrush(veil)
        painter.setPen(QPen(theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
        painter.drawPolygon(QPolygonF([QPointF(*view.to_pixels(*point)) for point in ring]))
        furniture.banner(painter, view, say("hand.encircling"))
