"""A grid of any kind as a condition of the queue: by where cases are, not as they are filed."""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.feed.board import Board
from console.feed.board_slots import Slots

if TYPE_CHECKING:
    from shapely import Geometry

KEPT = 500  # areas


class Area(NamedTuple):
    """A grid's code and name, and its ``shape`` in metres of the plane, well-known binary in hexadecimal."""

    code: str
    name: str
    shape: str

    def __str__(self) -> str:
        return json.dumps(self, ensure_ascii=False)


def read(text: str) -> Area | None:
    """Return the area that ``str`` of one wrote, None where it is none."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    if not isinstance(told, list) or len(told) != len(Area._fields):
        return None
    found = Area(*(str(one) for one in told))
    return None if _shape(found.shape) is None else found


def inside(board: Board, areas: Collection[str], slots: Slots) -> NDArray[np.bool_]:
    """Tell for each of ``slots`` whether it lies in one of the areas; what has no point lies in none."""
    import shapely  # noqa: PLC0415  slow to load

    from console.geography.projection import to_plane  # noqa: PLC0415

    found = np.zeros(len(slots), np.bool_)
    lons, lats = board.floats("lon")[slots], board.floats("lat")[slots]
    placed = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats))
    x, y = to_plane(lons[placed], lats[placed])
    for area in filter(None, map(read, areas)):
        found[placed] |= shapely.intersects_xy(_shape(area.shape), x, y)
    return found


@lru_cache(KEPT)
def _shape(text: str) -> "Geometry | None":
    import shapely  # noqa: PLC0415

    found = shapely.from_wkb(text, on_invalid="ignore")
    if found is not None:
        shapely.prepare(found)
    return found
