"""Points that stand too close to tell apart, as one mark with a number. No point is lost: the sums agree."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

CROWD = 3  # so many within a mark's reach become one
NEAR = 0.7  # of the reach: what is nearer to a crowd's middle joins it


@dataclass(frozen=True)
class Marks:
    """(marks,) arrays: position, number of points, highest rank; ``of``: (points,) the mark of each point."""

    x: Numbers
    y: Numbers
    count: Integers
    rank: Integers
    of: Integers


def marks(
    x: Numbers, y: Numbers, rank: Integers, reach: float, alone: int = -1, *, touch: float = 0.0
) -> Marks:
    """Return the marks of (n,) points, each standing for those within about ``reach`` of each other.

    Cells of ``reach`` are fixed to the plane, so that panning regroups nothing. Cells of fewer than CROWD
    points keep their points apart, unless two are nearer than ``touch``, where one would cover the other;
    point ``alone`` always stays apart.
    """
    cell = np.unique(_cells(x, y, reach), return_inverse=True)[1]
    own = np.arange(len(x)) + len(x)  # numbers that no cell has
    if 0 <= alone < len(x):
        cell[alone] = own[alone]
    crowded = np.bincount(cell, minlength=1)[cell] >= CROWD
    of = np.unique(np.where(crowded, cell, own), return_inverse=True)[1]
    for near, fewest in ((reach * NEAR, CROWD), (touch, 1)):
        of = _absorbed(x, y, of, (near, fewest), of[alone] if 0 <= alone < len(x) else -1)
    count = np.bincount(of)
    highest = np.zeros(len(count), np.int64)
    np.maximum.at(highest, of, rank)
    return Marks(np.bincount(of, x) / count, np.bincount(of, y) / count, count, highest, of)


def _absorbed(x: Numbers, y: Numbers, of: Integers, near_fewest: tuple[float, int], alone: int) -> Integers:
    """Let each crowd of so many at least, the largest first, take in the marks that are so near to it."""
    near, fewest = near_fewest
    if near <= 0:
        return of
    count = np.bincount(of)
    middle_x, middle_y = np.bincount(of, x) / count, np.bincount(of, y) / count
    crowds = np.argsort(-count, kind="stable")[: np.count_nonzero(count >= fewest)]
    into, taken, head = list(range(len(count))), [False] * len(count), [False] * len(count)
    for crowd, mark in _neighbours(middle_x, middle_y, crowds[crowds != alone], near):
        if not taken[crowd]:
            head[crowd] = True
            if mark != alone and not taken[mark] and not head[mark]:
                into[mark], taken[mark] = crowd, True
    return np.unique(np.array(into, np.int64)[of], return_inverse=True)[1]


def _neighbours(x: Numbers, y: Numbers, crowds: Integers, near: float) -> Iterator[tuple[int, int]]:
    """Yield each crowd, in the order given, with each other mark that is nearer to it than ``near``.

    Marks are sorted by cells of that side, so that three runs of the order hold all who can be meant.
    """
    cells = _cells(x, y, near)
    order = np.argsort(cells)
    inside = cells[order]
    asking, aside = crowds.repeat(3), np.tile(np.array([-1, 0, 1], np.int64), len(crowds))
    column = cells[asking] + (aside << np.int64(32))
    first, after = np.searchsorted(inside, column - 1), np.searchsorted(inside, column + 1, "right")
    runs = after - first
    crowd = asking.repeat(runs)
    mark = order[np.arange(runs.sum()) + (first - np.cumsum(runs) + runs).repeat(runs)]
    close = (np.hypot(x[mark] - x[crowd], y[mark] - y[crowd]) < near) & (mark != crowd)
    return zip(crowd[close].tolist(), mark[close].tolist(), strict=True)


def _cells(x: Numbers, y: Numbers, reach: float) -> Integers:
    across, along = np.floor(x / reach).astype(np.int64), np.floor(y / reach).astype(np.int64)
    return (across << np.int64(32)) + along
