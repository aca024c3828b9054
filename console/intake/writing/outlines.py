"""Outlines on their way in: in WGS-84, and ring by ring, as the database looks points up."""

import shapely
from numpy.typing import NDArray

from console.geography.datum import to_wgs84
from console.intake.rows import GridRow

PLAIN = frozenset({"WGS-84", "CGCS2000", "unknown"})  # GeoJSON that names no datum is WGS-84 (RFC 7946)


def outline(row: GridRow) -> shapely.MultiPolygon:
    """Return the outline of ``row`` in WGS-84, converted once where it came in another datum."""
    drawn = _multipolygon(shapely.from_wkb(row.shape))
    if row.datum in PLAIN:
        return drawn

    def convert(points: NDArray) -> NDArray:  # type: ignore[type-arg]  # shapely's own signature
        points[:, 0], points[:, 1] = to_wgs84(points[:, 0], points[:, 1], row.datum)
        return points

    return _multipolygon(shapely.transform(drawn, convert))


def _multipolygon(shape: object) -> shapely.MultiPolygon:
    if not isinstance(shape, shapely.MultiPolygon):
        raise TypeError(shape)  # rows come with multipolygons
    return shape


def rings(drawn: shapely.MultiPolygon) -> list[dict[str, object]]:
    """Return each ring as ``{"hole", "ring"}``, the ring as PostgreSQL writes a polygon."""
    found: list[dict[str, object]] = []
    for part in drawn.geoms:
        found.append({"hole": False, "ring": _polygon(part.exterior)})
        found.extend({"hole": True, "ring": _polygon(hole)} for hole in part.interiors)
    return found


def _polygon(ring: shapely.LinearRing) -> str:
    return "(" + ",".join(f"({x!r},{y!r})" for x, y in shapely.get_coordinates(ring)[:-1].tolist()) + ")"
