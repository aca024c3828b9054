"""Which grid is under each pixel: exact, for any view, with numpy alone (it frees the interpreter's lock)."""

import numpy as np
from numpy.typing import NDArray

from console.geography.topology import ONE, Topology
from console.geography.view import View

Ids = NDArray[np.int32]
Numbers = NDArray[np.float64]

NOWHERE, OVERLAP = 0, -1


def rasterise(topology: Topology, view: View) -> Ids:
    """Return (height, width) numbers of the grid around each pixel's centre, from 1 in the topology's order.

    NOWHERE where there is no grid, OVERLAP where there is more than one. A centre that lies on a border
    belongs to the grid east or south of it.
    """
    row, column, weight = _crossings(topology, view)
    wide = view.width + 1  # crossings beyond the right edge go into a column of their own
    sums = np.bincount(row * wide + column, weights=weight, minlength=view.height * wide)
    return _ids(sums.reshape(view.height, wide)[:, :-1].astype(np.int64))


def _ids(sums: NDArray[np.int64]) -> Ids:
    """Read ids off the running sums: how many grids there are in the high half, their ids' sum in the low."""
    np.cumsum(sums, axis=1, out=sums)
    ids = sums.astype(np.int32)  # the low half
    ids *= sums >= ONE
    if sums.max(initial=0) >= 2 * ONE:
        ids[sums >= 2 * ONE] = OVERLAP
    return ids


def _crossings(topology: Topology, view: View) -> tuple[NDArray[np.int64], NDArray[np.int64], Numbers]:
    """Return pixel row, first pixel column to the right, and weight of each crossing of an edge and a row.

    A row is crossed by the edges that start at or above its middle line and end below it, so that borders
    which meet in a point agree about who crosses.
    """
    x0, y0, x1, y1, weight = _near(topology, view)
    start = _rows_down(view, y0)
    end = _rows_down(view, y1)
    first, last = _clipped(start, view.height), _clipped(end, view.height)
    crossing = np.flatnonzero(last > first)
    rows = (last - first)[crossing]
    edge = np.repeat(crossing, rows)
    row = np.arange(rows.sum()) + np.repeat(first[crossing] - np.cumsum(rows) + rows, rows)
    along = (row - start[edge]) / (end[edge] - start[edge])  # 0 to 1, so never beyond the edge's ends
    left = (x0 - view.left) / view.scale - 0.5
    right = (x1 - view.left) / view.scale - 0.5
    column = _clipped(left[edge] + along * (right - left)[edge], view.width)
    return row, column, weight[edge]


def _near(topology: Topology, view: View) -> tuple[Numbers, ...]:
    """Return the edges of the blocks that can matter: in the view's rows, and not to the right of it."""
    _, south, east, north = view.bounds
    reach = topology.reach
    near = (reach[:, 0] <= east) & (reach[:, 1] <= north) & (reach[:, 2] >= south)
    if near.all():
        return *topology.ends.reshape(4, -1), topology.weight.ravel()
    return *topology.ends[:, near].reshape(4, -1), topology.weight[near].ravel()


def _rows_down(view: View, y: Numbers) -> Numbers:
    return (view.top - y) / view.scale - 0.5


def _clipped(position: Numbers, limit: int) -> NDArray[np.int64]:
    return np.clip(np.ceil(position), 0, limit).astype(np.int64)
