"""What an import of outlines would change, to be drawn over what stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from console.geography.projection import shapes_to_plane
from console.intake.rows import GridRow
from console.intake.survey import Shapes, Standing
from console.intake.writing.standing import unchanged

STATES: Final = ("unchanged", "gone", "before", "changed", "added")  # in the order of drawing


@dataclass(frozen=True, slots=True)
class Changes:
    """Codes and shapes by state, in metres of the plane; "before" has what the changed ones are now.

    "gone": grids that stand, of a kind and an organisation of the file, which it does not name.
    """

    codes: dict[str, list[str]]
    shapes: dict[str, Shapes]

    def count(self, state: str) -> int:
        """Return how many there are."""
        return len(self.codes[state])


def changes(rows: Sequence[GridRow], shapes: Shapes, standing: Standing) -> Changes:
    """Return what would come of importing ``shapes`` (WGS-84), one a row, where ``standing`` is."""
    known = {code: at for at, code in enumerate(standing.codes)}
    found: dict[str, list[tuple[str, Any]]] = {state: [] for state in STATES}
    stands = unchanged([row.code for row in rows], shapes, standing)
    for place, (row, shape) in enumerate(zip(rows, shapes, strict=True)):
        at = known.get(row.code)
        if at is None:
            found["added"].append((row.code, shape))
        elif place in stands:
            found["unchanged"].append((row.code, shape))
        else:
            found["changed"].append((row.code, shape))
            found["before"].append((row.code, standing.shapes[at]))
    named = {row.code for row in rows}
    reach = {(row.kind, row.organisation_code) for row in rows}
    owners = zip(standing.kinds, standing.organisations, strict=True)
    for code, owner, shape in zip(standing.codes, owners, standing.shapes, strict=True):
        if owner in reach and code not in named:
            found["gone"].append((code, shape))
    return Changes(
        {state: [code for code, _ in pairs] for state, pairs in found.items()},
        {state: _plane([shape for _, shape in pairs]) for state, pairs in found.items()},
    )


def _plane(shapes: list[shapely.Geometry]) -> Shapes:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return shapes_to_plane(array) if shapes else array
