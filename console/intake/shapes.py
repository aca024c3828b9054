"""The one door to shapely for intake: rings of degrees in, a sound WKB multipolygon out."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

Ring = NDArray[np.float64]  # shape (points, 2)
Made = tuple[bytes, bool]


def multipolygons(many: Sequence[Sequence[Sequence[Ring]]]) -> list[Made | None]:
    """Return each area as (WKB, whether it had to be repaired), None where no area is left.

    An area is polygons, each its outline and then its holes, each ring closed, longitude first. In the answer
    outlines run against the clock and holes with it (RFC 7946): what goes out as GeoJSON comes back the same.
    """
    filled = [area for area in many if area]
    made = _made(_drawn(filled)) if filled else iter(())
    return [next(made) if area else None for area in many]


def _made(drawn: NDArray[Any]) -> Iterator[Made | None]:
    sound = shapely.is_valid(drawn)
    whole = iter(shapely.to_wkb(shapely.orient_polygons(drawn[sound])))
    for area, is_sound in zip(drawn, sound, strict=True):
        yield (bytes(next(whole)), False) if is_sound else _mended(area)


def _drawn(many: Sequence[Sequence[Sequence[Ring]]]) -> NDArray[Any]:
    """Return areas as they were drawn, sound or not, all at once: one by one takes ten times as long."""
    polygons = [polygon for area in many for polygon in area]
    rings = [ring for polygon in polygons for ring in polygon]
    lines: Any = shapely.linearrings(np.concatenate(rings), indices=_which(rings))
    bodies: Any = shapely.polygons(lines, indices=_which(polygons))
    return np.asarray(shapely.multipolygons(bodies, indices=_which(many)), object)


def _which(groups: Sequence[Sequence[object]] | Sequence[Ring]) -> NDArray[np.intp]:
    """Return of each member the number of its group."""
    return np.repeat(np.arange(len(groups)), [len(group) for group in groups])


def _mended(drawn: MultiPolygon) -> Made | None:
    try:
        sound = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    except shapely.errors.ShapelyError:
        return None
    parts = [part for part in _polygons(sound) if part.area > 0]
    return (bytes(shapely.to_wkb(shapely.orient_polygons(MultiPolygon(parts)))), True) if parts else None


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
