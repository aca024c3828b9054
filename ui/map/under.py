"""What lies under a pixel of the map: incidents' marks, else a grid."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from console.geography.view import Bounds
from ui.map.canvas import Canvas
from ui.map.pins import Pins
from ui.map.scene import Scene

NARROW = 1.0  # metres of the plane: what is closer is in one place
Pinned = tuple[Pins, NDArray[np.int64]]


class Under:
    """Answers from what is on screen."""

    def __init__(self, canvas: Canvas, scene: Scene) -> None:
        self._canvas, self._scene = canvas, scene
        self._ground, self._markers = scene.ground, scene.markers

    def rows(self, point: QPointF) -> NDArray[np.int64]:
        """Return the rows of the incidents whose mark is under a point, the most urgent first."""
        view = self._canvas.camera.view
        self._scene.overlay.sheet(view, self._canvas.devicePixelRatioF())
        return self._markers.at(view, point.x(), point.y())

    def pinned(self, point: QPointF) -> Pinned | None:
        """Return what stands under a point besides incidents: its layer and its rows there."""
        view = self._canvas.camera.view
        for pins in self._scene.pins.values():
            rows = pins.at(view, point.x(), point.y())
            if len(rows):
                return pins, rows
        return None

    def grid(self, point: QPointF | None) -> int | None:
        """Return the index of the grid under a point, None where there is none."""
        if point is None:
            return None
        ratio = self._canvas.devicePixelRatioF()
        view = self._canvas.camera.view.finer(ratio)
        return self._ground.at(view, point.x() * ratio, point.y() * ratio)

    def code(self, point: QPointF) -> str | None:
        """Return the code of the grid under a point."""
        grid = self.grid(point)
        return None if grid is None else self._scene.atlas.codes[grid]

    def incident(self, point: QPointF) -> int | None:
        """Return the number of the one incident whose mark is under a point."""
        rows = self.rows(point)
        return self._markers.number(int(rows[0])) if len(rows) == 1 else None

    def named(self, point: QPointF) -> str:
        """Return what a click at a point opens or chooses, in words, "" where nothing is."""
        number, grid = self.incident(point), self.grid(point)
        if number is not None:
            return str(number)
        pinned = self.pinned(point)
        if pinned is not None and not len(self.rows(point)):
            return pinned[0].told(int(pinned[1][0]))[0] if len(pinned[1]) == 1 else ""
        return "" if grid is None or len(self.rows(point)) else self._scene.atlas.names[grid]

    def apart(self, rows: NDArray[np.int64]) -> bool:
        """Tell whether a crowd falls apart from near by; it does not in one place."""
        return _apart(self._markers.bounds(rows))

    def scatter(self, rows: NDArray[np.int64]) -> None:
        """Go so near that a crowd falls apart."""
        self._canvas.camera.approach(self._markers.bounds(rows))

    def spread(self, pinned: Pinned) -> bool:
        """Go so near that what is pinned falls apart; False where it cannot."""
        pins, rows = pinned
        bounds = pins.bounds(rows)
        if _apart(bounds):
            self._canvas.camera.approach(bounds)
        return _apart(bounds)


def _apart(bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return max(east - west, north - south) >= NARROW
