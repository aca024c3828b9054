"""The one door to shapely for intake: rings of degrees in, a sound WKB multipolygon out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

Ring = NDArray[np.float64]  # shape (points, 2)


def multipolygon(polygons: Sequence[Sequence[Ring]]) -> tuple[bytes, bool]:
    """Return (WKB, whether it had to be repaired); ValueError where no area is left.

    Each polygon is its outline and then its holes, each ring closed, longitude first. In the answer outlines
    run against the clock and holes with it (RFC 7946): what goes out as GeoJSON comes back the same.
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
    return bytes(shapely.to_wkb(shapely.orient_polygons(MultiPolygon(parts)))), sound is not drawn


def gathered(rings: list[list[tuple[Ring, Any]]]) -> list[list[tuple[Ring, Any]]]:
    """Return rings in any order as polygons: a ring within an odd number of others is a hole of the smallest.

    Shapefiles tell holes by their direction, which offices' programs do not heed.
    """
    (loose,) = rings or [[]]
    if len(loose) < 2:  # noqa: PLR2004  nothing can lie in anything
        return [loose] if loose else []
    areas = [shapely.Polygon(ring) for ring, _ in loose]
    spots = [shapely.Point(ring[0]) for ring, _ in loose]
    above = [
        sorted(
            (
                j
                for j, area in enumerate(areas)
                if j != i and area.is_valid and area.area > areas[i].area and area.contains(spots[i])
            ),
            key=lambda j: areas[j].area,
        )
        for i in range(len(loose))
    ]
    bodies = {i: [ring] for i, ring in enumerate(loose) if len(above[i]) % 2 == 0}
    for i, ring in enumerate(loose):
        if len(above[i]) % 2:
            bodies[above[i][0]].append(ring)
    return list(bodies.values())


def _polygons(shape: object) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape]
    return [part for child in getattr(shape, "geoms", ()) for part in _polygons(child)]
