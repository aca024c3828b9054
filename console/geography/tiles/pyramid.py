"""The squares that base maps are cut in: level 0 is the whole plane, each next level quarters every square.

Source of the cut: the slippy-map convention (EPSG:3857, rows from the north), which Tianditu, OpenStreetMap
and the MBTiles files use alike. A base map in GCJ-02 is cut in the same squares of displaced degrees; here
each of its squares lies where its content truly is.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.geography.datum import from_wgs84, to_wgs84
from console.geography.projection import RADIUS, to_degrees, to_plane
from console.geography.view import Bounds, View

Numbers = NDArray[np.float64]

EDGE = math.pi * RADIUS  # metres from the middle of the plane to its edge
SIDE = 256  # pixels of a square as a rule
DEEPEST = 22
MANY = 2000  # squares of a view: more are never asked for
PLAIN = "WGS-84"


class Tile(NamedTuple):
    """A square: level, column from the west, row from the north."""

    level: int
    column: int
    row: int

    @property
    def parent(self) -> "Tile | None":
        """The square of the level above that holds this one; None above the first."""
        return Tile(self.level - 1, self.column // 2, self.row // 2) if self.level else None

    @property
    def children(self) -> "list[Tile]":
        """The four squares of the next level."""
        return [
            Tile(self.level + 1, self.column * 2 + right, self.row * 2 + down)
            for down in (0, 1)
            for right in (0, 1)
        ]

    def part(self, other: "Tile") -> tuple[float, float, float]:
        """Return where in ``other``, which holds it, this square lies: right, down, side, as shares."""
        share = 0.5 ** (self.level - other.level)
        return self.column * share - other.column, self.row * share - other.row, share


@lru_cache(maxsize=4096)
def box(tile: Tile, datum: str = PLAIN) -> Bounds:
    """Return where a square of a map in ``datum`` lies in our plane: west, south, east, north in metres.

    Its edges go through the true places of their middles, so neighbours share them.
    """
    size = 2 * EDGE / 2**tile.level
    west, north = tile.column * size - EDGE, EDGE - tile.row * size
    x = np.array([west, west + size / 2, west + size, west + size / 2])
    y = np.array([north - size / 2, north - size, north - size / 2, north])
    if datum != PLAIN:
        x, y = _moved(x, y, datum, inward=True)
    return float(x[0]), float(y[1]), float(x[2]), float(y[3])


def level(view: View, coarsest: int, finest: int, side: int = SIDE) -> int:
    """Return the level whose pixels come closest to those of the view, among those there are."""
    wanted = math.log2(2 * EDGE / (side * view.scale))
    return min(max(round(wanted), coarsest), finest)


def cover(view: View, at: int, datum: str = PLAIN) -> list[Tile]:
    """Return the squares of level ``at`` that lie in the view, the nearest to its middle first."""
    west, south, east, north = view.bounds
    x, y = np.array([west, east, west, east]), np.array([north, north, south, south])
    if datum != PLAIN:
        x, y = _moved(x, y, datum, inward=False)
    count, size = 2**at, 2 * EDGE / 2**at
    first, last = _clipped((x.min() + EDGE) / size, count), _clipped((x.max() + EDGE) / size, count)
    top, foot = _clipped((EDGE - y.max()) / size, count), _clipped((EDGE - y.min()) / size, count)
    middle_x, middle_y = (x.mean() + EDGE) / size - 0.5, (EDGE - y.mean()) / size - 0.5
    if (last - first + 1) * (foot - top + 1) > MANY:
        return []
    found = [Tile(at, column, row) for row in range(top, foot + 1) for column in range(first, last + 1)]
    return sorted(found, key=lambda tile: math.hypot(tile.column - middle_x, tile.row - middle_y))


def _clipped(position: float, count: int) -> int:
    return min(max(math.floor(position), 0), count - 1)


def _moved(x: Numbers, y: Numbers, datum: str, *, inward: bool) -> tuple[Numbers, Numbers]:
    return to_plane(*(to_wgs84 if inward else from_wgs84)(*to_degrees(x, y), datum))
