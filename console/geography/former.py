"""Grids as they stood once: today's, with others in the place of those that have changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.geography.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Former:
    """A grid as it stood; ``outline``: well-known binary in WGS-84, None for one that was not there."""

    code: str
    name: str
    organisation: str
    outline: bytes | None


def changed(today: "Atlas", others: Sequence[Former]) -> "Atlas":
    """Return ``today`` with ``others`` in it."""
    import numpy as np  # noqa: PLC0415  slow to load, and few ask

    from console.geography.atlas import in_plane, surveyed  # noqa: PLC0415

    gone = {one.code for one in others}
    kept = [grid for grid, code in enumerate(today.codes) if code not in gone]
    there = [one for one in others if one.outline is not None]
    codes, names, organisations = (
        [*(getattr(today, f"{part}s")[grid] for grid in kept), *(getattr(one, part) for one in there)]
        for part in ("code", "name", "organisation")
    )
    new = surveyed(codes[len(kept) :], names, organisations, [one.outline or b"" for one in there])
    shapes = [today.shape(grid) for grid in kept] + [new.shape(grid) for grid in range(len(there))]
    blank = {today.codes[grid] for grid in today.unreadable} | {new.codes[grid] for grid in new.unreadable}
    unreadable = [grid for grid, code in enumerate(codes) if code in blank]
    return in_plane(codes, names, organisations, unreadable, np.asarray(shapes, object))
