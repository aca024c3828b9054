"""The grids as they stand in the database, to hold a file against."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely

from console.intake.survey import Shapes, Standing
from console.intake.writing.caller import Caller

GRIDS: Final = """
SELECT g.code, g.kind, o.code AS organisation, g.outline
FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
WHERE g.ended_at IS NULL ORDER BY g.code"""


async def stands(caller: Caller) -> Standing:
    """Return all grids; an outline that cannot be read is an empty one."""
    rows = await caller.call(lambda raw: raw.fetch(GRIDS))
    shapes = shapely.from_wkb([row["outline"] for row in rows], on_invalid="ignore")
    return Standing(
        [row["code"] for row in rows],
        [row["kind"] for row in rows],
        [row["organisation"] for row in rows],
        np.array([shape or shapely.MultiPolygon() for shape in shapes], dtype=object),
    )


def as_before(documents: Sequence[dict[str, Any]], shapes: Shapes, standing: Standing) -> None:
    """Give documents whose outline is the standing one, but for the order of its points, that one's bytes.

    So what was exported comes back unchanged, and no version is made of nothing.
    """
    known = {code: at for at, code in enumerate(standing.codes)}
    for document, shape in zip(documents, shapes, strict=True):
        at = known.get(document["code"])
        if at is not None and same(shape, standing.shapes[at]):
            document["outline"] = shapely.to_wkb(standing.shapes[at], hex=True)


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether two outlines have the same points in rings that may run and begin otherwise."""
    return bool(shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), 0.0))
