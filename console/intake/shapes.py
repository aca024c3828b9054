"""The one door to shapely for intake: rings of degrees in, a sound WKB multipolygon out."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

Ring = NDArray[np.float64]  # shape (points, 2)


def multipolygon(polygons: Sequence[Sequence[Ring]]) -> tuple[bytes, bool]:
    """Return (WKB, whether it had to be repaired); ValueError where no area is left.

    Each polygon is its outline and then its holes, each ring closed, longitude first.
    """
    try:
        drawn = MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons])
        sound = (
            drawn
            if shapely.is_valid(drawn)
            else shapely.make_valid(drawn, method="structure", keep_collapsed=False)
        )
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error
    parts = [part for part in _polygons(sound) if part.area > 0]
    if not parts:
        raise ValueError("no area")
    return bytes(shapely.to_wkb(MultiPolygon(parts))), sound is not drawn


def _polygons(shape: object) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape]
    return [part for child in getattr(shape, "geoms", ()) for part in _polygons(child)]
