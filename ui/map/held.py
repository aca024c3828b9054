"""The resource or the worker that was clicked: ringed, its card beside it, until Esc or a click elsewhere."""

import math
from collections.abc import Hashable

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from console.geography.projection import ground_metres
from console.language import say
from ui.map import furniture
from ui.map.canvas import Canvas, Step
from ui.map.pins import Pins
from ui.map.scene import Scene
from ui.theme import theme

RING = 15.0  # pixels
FIGURES = 3  # of a distance


class Held(QObject):
    """Holds one thing of ``scene.pins`` by its key, through every reading of its layer; ``changed`` then."""

    changed = Signal()

    def __init__(self, canvas: Canvas, scene: Scene) -> None:
        super().__init__(canvas)
        self._canvas, self._scene = canvas, scene
        self._thing: tuple[Pins, Hashable] | None = None
        canvas.overs.append(self.draw)
        canvas.takers.append(self._step)

    def take(self, pins: Pins, row: int) -> None:
        """Hold the thing of a row."""
        self._set((pins, pins.key(row)))

    def drop(self) -> None:
        """Hold nothing."""
        self._set(None)

    def holds(self, pins: Pins, row: int) -> bool:
        """Tell whether it is this one."""
        return self._row is not None and self._thing == (pins, pins.key(row))

    @property
    def lines(self) -> list[str]:
        """What its card says, with how far it is from the selected case; none where nothing is held."""
        row = self._row
        if self._thing is None or row is None:
            return []
        pins, case = self._thing[0], self._scene.markers.selected
        return [*pins.told(row), *self._away(pins.spot(row), case)]

    def _away(self, spot: tuple[float, float], case: int | None) -> list[str]:
        place = self._scene.markers.place(case)
        if place is None:
            return []
        metres = math.dist(spot, place) * ground_metres((spot[1] + place[1]) / 2)
        length = furniture.length_in_words(float(f"{metres:.{FIGURES}g}"))
        return [say("pins.away", number=case, length=length)]

    @property
    def _row(self) -> int | None:
        """Its row now; None where nothing is held, or its layer does not show it any more."""
        return None if self._thing is None else self._thing[0].row(self._thing[1])

    def _set(self, thing: tuple[Pins, Hashable] | None) -> None:
        if thing != self._thing:
            self._thing = thing
            self.changed.emit()

    def _step(self, event: QKeyEvent) -> Step | None:
        return self.drop if event.key() == Qt.Key.Key_Escape and self._row is not None else None

    def draw(self, painter: QPainter) -> None:
        """Paint the ring, the plate even where a crowd hides it, and the card."""
        row, view = self._row, self._canvas.camera.view
        if self._thing is None or row is None:
            return
        pins = self._thing[0]
        at = QPointF(*view.to_pixels(*pins.spot(row)))
        if not self._canvas.rect().contains(at.toPoint()):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("selected"))
        for colour, width in (("panel", 5.0), ("accent", 2.5)):
            painter.setPen(QPen(theme.color(colour), width))
            painter.drawEllipse(at, RING, RING)
        pins.paint(painter, at, row)
        furniture.card(painter, self.lines, at, view)
