"""The card under the cursor: a case, a crowd of cases, or a grid."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from console.geography.atlas import Atlas
from ui.map import furniture
from ui.map.canvas import Canvas
from ui.map.markers import Markers
from ui.map.shading import Shading
from ui.map.tips import Plain, Tips
from ui.map.under import Under


class Card:
    """Says what is under the cursor; ``tips`` know more than the map itself."""

    def __init__(self, canvas: Canvas, under: Under, markers: Markers, shading: Shading) -> None:
        self._canvas, self._under = canvas, under
        self._markers, self._shading = markers, shading
        self.tips: Tips = Plain()

    def lines(self, atlas: Atlas) -> list[str]:
        """Return the lines, the first one the heading; none where nothing is under the cursor."""
        at = self._canvas.cursor_at
        if at is None:
            return []
        rows = self._under.rows(at)
        if len(rows) == 1:
            row = int(rows[0])
            return self.tips.incident(self._markers.number(row), self._markers.grade(row))
        if len(rows):
            return self._markers.lines(rows)
        pinned = self._under.pinned(at)
        return self._grid(atlas, at) if pinned is None else pinned[0].lines(pinned[1])

    def _grid(self, atlas: Atlas, at: QPointF) -> list[str]:
        grid = self._under.grid(at)
        if grid is None:
            return []
        return [atlas.names[grid], *self._shading.figures.told(grid), *self.tips.grid(atlas.codes[grid])]

    def draw(self, painter: QPainter, atlas: Atlas) -> None:
        """Draw the lines beside the cursor."""
        at = self._canvas.cursor_at
        lines = self.lines(atlas)
        if lines and at is not None:
            furniture.card(painter, lines, at, self._canvas.camera.view)
