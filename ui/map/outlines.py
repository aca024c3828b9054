"""Shapes of the plane as paths that stay exact however near the view."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from console.geography.view import View


def path(shape: shapely.Geometry, x: float, y: float) -> QPainterPath:
    """Return the rings of a polygon or multipolygon, in metres from a point of the plane."""
    found = QPainterPath()
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    for first, last in pairwise([*np.flatnonzero(np.diff(ring, prepend=-1)), len(ring)]):
        near = points[first:last] - (x, y)
        found.addPolygon(QPolygonF([QPointF(right, up) for right, up in near.tolist()]))
    return found


def stroke(
    painter: QPainter,
    shape: shapely.Geometry,
    view: View,
    colour: QColor,
    width: float,
    dashes: Sequence[float] = (),
) -> None:
    """Draw the border of a shape, ``width`` pixels wide, where the view has it.

    ``dashes``: lengths of dash and gap in that width, none for a whole line.
    """
    detail = shapely.simplify(shape, view.scale / 4) if shapely.get_num_coordinates(shape) > MANY else shape
    pen = QPen(colour, width, j=Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    if dashes:
        pen.setDashPattern(dashes)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QTransform.fromTranslate(view.width / 2, view.height / 2)
    painter.setTransform(middle.scale(1 / view.scale, -1 / view.scale), combine=True)
    painter.strokePath(path(detail, view.x, view.y), pen)
    painter.restore()


MANY = 2000  # points: beyond, those that a pixel swallows are left out
