"""The border of the grid under the cursor."""

import shapely
from PySide6.QtGui import QPainter

from console.geography.atlas import Atlas
from console.geography.view import View
from ui.map.outlines import stroke
from ui.theme import theme

WIDTH = 1.8  # pixels


class Hover:
    """Draws one grid's border by its index."""

    def __init__(self) -> None:
        self._shown: tuple[Atlas, int, shapely.Geometry] | None = None

    def draw(self, painter: QPainter, view: View, atlas: Atlas, grid: int | None) -> None:
        """Draw the border of the grid of this index, if any."""
        if grid is None:
            return
        if self._shown is None or self._shown[:2] != (atlas, grid):
            self._shown = atlas, grid, atlas.shape(grid)
        stroke(painter, self._shown[2], view, theme.color("text"), WIDTH)
