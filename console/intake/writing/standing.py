"""The grids and outlines as they stand in the database, to hold a file against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely

from console.database.pieces import fetched
from console.intake.rows import GridRow, OutlineRow
from console.intake.survey import Shapes, Standing
from console.intake.writing.caller import Caller

GRIDS: Final = """
SELECT g.code, g.kind, o.code AS organisation, g.outline
FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
WHERE g.ended_at IS NULL ORDER BY g.code"""
OUTLINES: Final = (
    "SELECT l.code, l.level AS kind, l.code AS organisation, l.outline FROM desk.outlines() AS l"
)
LEVELS: Final = "SELECT o.code, o.level FROM gridseat.organisation AS o"


async def grids(caller: Caller) -> Standing:
    """Return all living grids, and the outlines given for organisations."""
    given = await areas(caller)
    outlines = dict(zip(given.codes, given.shapes, strict=True))
    found = await caller.call(lambda raw: fetched(raw, GRIDS))
    return replace(_standing([dict(row) for row in found]), outlines=outlines)


async def areas(caller: Caller) -> Standing:
    """Return the outlines given for organisations, whose kind is their level."""
    levels = {row["code"]: row["level"] for row in await caller.call(lambda raw: raw.fetch(LEVELS))}
    found = await caller.call(lambda raw: fetched(raw, OUTLINES))
    return replace(_standing([dict(row) for row in found]), levels=levels)


STANDS: Final = {"grids": grids, "outlines": areas}


def _standing(rows: Sequence[Mapping[str, Any]]) -> Standing:
    """Return the rows' shapes; an outline that cannot be read is an empty one."""
    shapes = shapely.from_wkb([row["outline"] for row in rows], on_invalid="ignore")
    return Standing(
        [row["code"] for row in rows],
        [row["kind"] for row in rows],
        [row["organisation"] for row in rows],
        np.array([shape or shapely.MultiPolygon() for shape in shapes], dtype=object),
    )


def as_grids(rows: Sequence[GridRow | OutlineRow], standing: Standing) -> list[GridRow]:
    """Return the rows as a survey takes them: outlines of one level are one kind."""
    return [
        row
        if isinstance(row, GridRow)
        else GridRow(
            row.line, row.code, "", standing.levels.get(row.code, ""), row.code, row.shape, row.datum
        )
        for row in rows
    ]


def as_before(documents: Sequence[dict[str, Any]], shapes: Shapes, standing: Standing) -> None:
    """Give documents whose outline is the standing one, but for the order of its points, that one's bytes.

    So what was exported comes back unchanged, and no version is made of nothing.
    """
    codes = [document["code"] if "code" in document else document["organisation"] for document in documents]
    for at, there in unchanged(codes, shapes, standing).items():
        documents[at]["outline"] = shapely.to_wkb(standing.shapes[there], hex=True)


def unchanged(codes: Sequence[str], shapes: Shapes, standing: Standing) -> dict[int, int]:
    """Return which shapes stand already, as their place among ``shapes`` and among those that stand.

    They have the same points in rings that may run and begin otherwise.
    """
    known = {code: there for there, code in enumerate(standing.codes)}
    pairs = np.array([(at, known[code]) for at, code in enumerate(codes) if code in known], dtype=np.intp)
    at, there = pairs.reshape(-1, 2).T
    same = shapely.equals_exact(_plain(shapes[at]), _plain(standing.shapes[there]), 0.0)
    return dict(zip(at[same].tolist(), there[same].tolist(), strict=True))


def _plain(shapes: Shapes) -> Shapes:
    """Return shapes as they compare: a polygon is a multipolygon of one."""
    whole = shapes.copy()
    single = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON)
    whole[single] = shapely.multipolygons(shapes[single], indices=np.arange(len(single)))
    return np.asarray(shapely.normalize(whole), object)
