"""Outlines on their way in: in WGS-84, and ring by ring, as the database looks points up."""

from collections.abc import Sequence

import numpy as np
import shapely

from console.geography.datum import to_wgs84
from console.intake.rows import GridRow, OutlineRow, ResourceRow
from console.intake.survey import PLAIN, Shapes


def outlines(rows: Sequence[GridRow | OutlineRow | ResourceRow]) -> Shapes:
    """Return the outlines of ``rows`` in WGS-84, converted once where they came in another datum."""
    shapes: Shapes = np.array(shapely.from_wkb([row.shape for row in rows]), dtype=object)
    datums = np.array([row.datum for row in rows])
    for datum in set(datums) - PLAIN:
        converted = shapes[datums == datum]
        points = shapely.get_coordinates(converted)
        lon, lat = to_wgs84(points[:, 0], points[:, 1], str(datum))
        shapes[datums == datum] = shapely.set_coordinates(converted, np.column_stack([lon, lat]))
    return shapes


def rings(drawn: shapely.MultiPolygon) -> list[dict[str, object]]:
    """Return each ring as ``{"hole", "ring"}``, the ring as PostgreSQL writes a polygon."""
    found: list[dict[str, object]] = []
    for part in drawn.geoms:
        found.append({"hole": False, "ring": _polygon(part.exterior)})
        found.extend({"hole": True, "ring": _polygon(hole)} for hole in part.interiors)
    return found


def _polygon(ring: shapely.LinearRing) -> str:
    pairs = shapely.get_coordinates(ring)[:-1].tolist()
    return f"({','.join(f'({x!r},{y!r})' for x, y in pairs)})"
