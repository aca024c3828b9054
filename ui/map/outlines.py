"""Lines over the grids: the outline around all, and the grid under the cursor."""

from itertools import pairwise

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF, QTransform

from console.geography.view import View
from ui.map.ground import Grids
from ui.theme import theme


class Outlines:
    """Paths relative to the middle of the grids, so that they stay exact however near the view."""

    def __init__(self) -> None:
        self._grids: Grids | None = None
        self._middle = (0.0, 0.0)
        self._edge = QPainterPath()
        self._hovered: tuple[int, QPainterPath] | None = None

    def put(self, grids: Grids) -> None:
        """Draw the lines of these grids from now on."""
        west, south, east, north = grids.bounds
        self._grids, self._middle = grids, ((west + east) / 2, (south + north) / 2)
        self._edge, self._hovered = self._path(grids.outline), None

    def draw(self, painter: QPainter, view: View, hovered: int | None) -> None:
        """Draw the outline, and the grid of this index."""
        if self._grids is None:
            return
        painter.save()
        painter.setTransform(self._placed(view), combine=True)
        painter.strokePath(self._edge, _pen("text2", 1.6))
        if hovered is not None:
            if self._hovered is None or self._hovered[0] != hovered:
                self._hovered = (hovered, self._path(self._grids.shapes[hovered]))
            painter.strokePath(self._hovered[1], _pen("text", 1.8))
        painter.restore()

    def _placed(self, view: View) -> QTransform:
        across, along = view.to_pixels(*self._middle)
        return QTransform.fromTranslate(float(across), float(along)).scale(1 / view.scale, -1 / view.scale)

    def _path(self, shape: shapely.Geometry) -> QPainterPath:
        path = QPainterPath()
        points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
        starts = [*np.flatnonzero(np.diff(ring, prepend=-1)), len(ring)]
        for first, last in pairwise(starts):
            near = points[first:last] - self._middle
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in near.tolist()]))
        return path


def _pen(role: str, width: float) -> QPen:
    pen = QPen(theme.color(role), width, j=Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    return pen
