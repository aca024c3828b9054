"""Grids, outlines and resources as GeoJSON (RFC 7946), in the columns that an import takes.

What goes out comes back unchanged: numbers keep every digit, and a resource names the point as it once came.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry import mapping

from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.intake.saving import save
from console.intake.writing.caller import Caller

_BELOW: Final = """
JOIN gridseat.organisation AS top ON ($1::text IS NULL AND top.parent_id IS NULL) OR top.code = $1
WHERE o.lft BETWEEN top.lft AND top.rgt"""
ASK: Final = {
    "grids": f"""
SELECT g.code, g.name, g.kind, o.code AS organisation_code, 'WGS-84' AS datum, g.outline
FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id {_BELOW}
AND g.ended_at IS NULL ORDER BY g.code""",  # noqa: S608  our own words
    "outlines": f"""
SELECT o.code, l.name, l.level, 'WGS-84' AS datum, l.outline
FROM desk.outlines() AS l JOIN gridseat.organisation AS o ON o.code = l.code {_BELOW} ORDER BY o.lft""",  # noqa: S608  our own words
    "resources": f"""
SELECT r.code, r.name, r.kind, r.organisation AS organisation_code,
       r.raw_lon AS lon, r.raw_lat AS lat, r.datum,
       coalesce(r.phone, '') AS phone, r.note, r.lon AS x,
       r.lat AS y
FROM desk.resources() AS r JOIN gridseat.organisation AS o ON o.code = r.organisation {_BELOW}
ORDER BY o.lft, r.code""",  # noqa: S608  our own words
}


async def rows(kind: str, caller: Caller, organisation: str | None = None) -> list[dict[str, Any]]:
    """Return what is to go out of an organisation and all below it; BadInput for one that is none."""
    if organisation is not None:
        known = "SELECT EXISTS (SELECT FROM gridseat.organisation AS o WHERE o.code = $1)"
        if not await caller.call(lambda raw: raw.fetchval(known, organisation)):
            raise BadInput("row_no_organisation", organisation=excerpt(organisation))
    found = await caller.call(lambda raw: raw.fetch(ASK[kind], organisation))
    return [dict(row) for row in found]


def features(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the features of a collection; outlines run against the clock, their holes with it."""
    return [_feature(dict(row)) for row in found]


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    if "outline" in row:
        shape = _outline(row.pop("outline"))
    else:
        shape = {"type": "Point", "coordinates": [row.pop("x"), row.pop("y")]}
    return {"type": "Feature", "properties": row, "geometry": shape}


def _outline(wkb: bytes) -> dict[str, Any] | None:
    """Return a polygon or multipolygon; None where there is none that can be read."""
    found: object = shapely.from_wkb(wkb, on_invalid="ignore")
    if not isinstance(found, shapely.Polygon | shapely.MultiPolygon):
        return None
    drawn = shapely.orient_polygons(found)
    parts = getattr(drawn, "geoms", (drawn,))
    shape: dict[str, Any] = mapping(parts[0] if len(parts) == 1 else drawn)
    return shape


def write(path: Path, found: list[dict[str, Any]]) -> None:
    """Save a collection, a feature a line."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features(found))
    save(path, f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode())
