"""Ways to look at a county: its grids of a kind, its communities' parts, one digest of everything."""

import hashlib

from shapely import Polygon

from console.demo.county import County
from console.demo.rows import Grid
from models.vocabulary import GridKind


def of_kind(county: County, kind: GridKind) -> list[Grid]:
    return [grid for grid in county.grids if grid.kind is kind]


def parts_of(county: County) -> dict[str, list[Polygon]]:
    parts: dict[str, list[Polygon]] = {}
    for grid in of_kind(county, GridKind.COMPREHENSIVE):
        parts.setdefault(grid.organisation_code, []).append(grid.polygon)
    return parts


def digest(county: County) -> str:
    shapes = b"".join(grid.wkb for grid in county.grids)
    rows = [
        county.organisations,
        [(grid.code, grid.name, grid.kind) for grid in county.grids],
        county.staff,
        county.operators,
        county.places,
        {code: points.tolist() for code, points in county.points.items()},
    ]
    return hashlib.sha256(repr(rows).encode() + shapes).hexdigest()
