"""What lies under a pixel of the map: incidents' marks, else a grid."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from ui.map.canvas import Canvas
from ui.map.ground import Ground
from ui.map.markers import Markers
from ui.map.overlay import Overlay


class Under:
    """Answers from what is on screen."""

    def __init__(self, canvas: Canvas, ground: Ground, overlay: Overlay, markers: Markers) -> None:
        self._canvas, self._ground = canvas, ground
        self._overlay, self._markers = overlay, markers

    def rows(self, point: QPointF) -> NDArray[np.int64]:
        """Return the rows of the incidents whose mark is under a point, the most urgent first."""
        view = self._canvas.camera.view
        self._overlay.sheet(view, self._canvas.devicePixelRatioF())
        return self._markers.at(view, point.x(), point.y())

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
        return None if grid is None or self._ground.atlas is None else self._ground.atlas.codes[grid]

    def incident(self, point: QPointF) -> int | None:
        """Return the number of the one incident whose mark is under a point."""
        rows = self.rows(point)
        return self._markers.number(int(rows[0])) if len(rows) == 1 else None

    def named(self, point: QPointF) -> str:
        """Return what a click at a point opens or chooses, in words, "" where nothing is."""
        number, grid = self.incident(point), self.grid(point)
        if number is not None:
            return str(number)
        atlas = self._ground.atlas
        return "" if grid is None or atlas is None or len(self.rows(point)) else atlas.names[grid]

    def scatter(self, rows: NDArray[np.int64]) -> bool:
        """Go so near that a crowd falls apart; False where it cannot, being in one place."""
        west, south, east, north = self._markers.bounds(rows)
        if max(east - west, north - south) < 1:
            return False
        self._canvas.camera.approach((west, south, east, north))
        return True
