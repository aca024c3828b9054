"""The border of the grid under the cursor."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from console.geography.view import View
from ui.map.outlines import stroke
from ui.theme import theme

WIDTH = 1.8  # pixels


class Hover:
    """Draws one grid's border by its index."""

    def __init__(self) -> None:
        self._shapes: NDArray[np.object_] = np.array([], dtype=object)

    def put(self, shapes: NDArray[np.object_]) -> None:
        """Choose among these shapely geometries of the plane from now on."""
        self._shapes = shapes

    def draw(self, painter: QPainter, view: View, grid: int | None) -> None:
        """Draw the border of the grid of this index, if any."""
        if grid is not None and grid < len(self._shapes):
            stroke(painter, self._shapes[grid], view, theme.color("text"), WIDTH)
