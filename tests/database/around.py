"""Resources, workers and outlines put into the small county, and questions asked by its people."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from console.desk.around import Around
from tests.database.cast import Cast

GRID = "130123101001001"  # 114.50-114.52 east, 38.10-38.12 north
SOUTH_GRID = "130123201001001"  # 114.54-114.56


async def around(people: Cast, login: str = "seat") -> Around:
    return Around(await people.desk(login))


async def imported(
    people: Cast, kind: str, rows: Sequence[Mapping[str, object]], login: str = "clerk"
) -> dict[str, Any]:
    """Import through the database's function as the command does; return its tally."""
    desk = await people.desk(login)
    text = json.dumps([{"line": n, **row} for n, row in enumerate(rows, 2)], ensure_ascii=False)
    question = f"SELECT desk.import_{kind}($1::text::jsonb)::text"
    return dict(json.loads(await desk.call(lambda raw: raw.fetchval(question, text))))


def resource(code: str, lon: float, lat: float, **facts: object) -> dict[str, object]:
    return {
        "code": code,
        "name": f"资源{code}",
        "kind": "hydrant",
        "organisation": "130123",
        "lon": lon,
        "lat": lat,
        "phone": "13800001234",
        **facts,
    }


def grid(code: str, west: float, **facts: object) -> dict[str, object]:
    """Return an imported grid 0.02 degrees wide and high."""
    box = shapely.box(west, 38.10, west + 0.02, 38.12)
    ring = ",".join(f"({x},{y})" for x, y in box.exterior.coords)
    return {
        "code": code,
        "name": f"网格{code[-3:]}",
        "kind": "comprehensive",
        "organisation": "130123101001",
        "outline": shapely.to_wkb(box).hex(),
        "rings": [{"hole": False, "ring": f"({ring})"}],
        **facts,
    }


async def staff(people: Cast, *rows: Sequence[str | None]) -> None:
    """Put (code, name, kind, grid) into the staff list."""
    for code, name, kind, of in rows:
        await people.database.owner.execute(
            """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id, phone)
               SELECT $1, $2, $3, g.id, g.organisation_id, '13912345678' FROM gridseat.grid AS g
               WHERE g.code = $4""",
            code,
            name,
            kind,
            of,
        )
