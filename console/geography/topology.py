"""Grids as edges: every border once, whoever shares it. Built once, rasterised for any view.

An edge runs from its upper end down. Read from west to east, crossing it adds ``2**32 + id`` where a grid
begins and takes the same away where one ends; a border that two grids share adds the difference of their ids
and nothing to the count. The sum up to a point therefore holds the id of the grid around it in its low half
and the number of grids around it in its high half.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Shapes = NDArray[np.object_]

BLOCK = 512  # edges that are taken or left together when a view is drawn
ONE = 1 << 32  # one grid more, in the high half of a weight


@dataclass(frozen=True)
class Topology:
    """The unique edges of ``count`` grids, numbered 1 to count in the order given (0 is nowhere).

    ``ends``: (4, blocks, BLOCK) floats x0, y0, x1, y1 in metres, y0 ≥ y1; ``weight``: (blocks, BLOCK);
    the last block is filled up with edges of no height. ``reach``: (blocks, 3) floats west, south, north.
    """

    ends: Numbers
    weight: Numbers
    reach: Numbers
    count: int

    @property
    def edges(self) -> int:
        """The number of unique edges that slope, those of the filling not counted."""
        return int(np.count_nonzero(self.weight))


def read(wkb: Sequence[bytes]) -> tuple[Shapes, NDArray[np.intp]]:
    """Return shapely geometries of WKB in the order given, and the indices of those that are none.

    No bytes at all are no outline, which is empty and not wrong; what cannot be read is empty, too.
    """
    given = np.array([one or None for one in wkb], dtype=object)
    shapes: Shapes = shapely.from_wkb(given, on_invalid="ignore")
    missing = shapely.is_missing(shapes)
    unreadable = np.flatnonzero(missing & (given != np.array(None)))
    shapes[missing] = shapely.Polygon()
    return shapes, unreadable


def repaired(shapes: Shapes) -> Shapes:
    """Return the shapes with self-crossing ones made valid (shapely's "structure" method)."""
    broken = ~shapely.is_valid(shapes)
    if not broken.any():
        return shapes
    mended = shapes.copy()
    mended[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return mended


def from_shapes(shapes: Shapes) -> Topology:
    """Return the topology of polygons and multipolygons; points and lines are left out."""
    parts, grid = shapely.get_parts(repaired(shapes), return_index=True)
    areal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, grid = shapely.orient_polygons(parts[areal]), grid[areal]
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    return from_rings(points, ring, grid[part] + 1, len(shapes))


def from_rings(points: Numbers, ring: NDArray[np.int64], grid: NDArray[np.int64], count: int) -> Topology:
    """Return the topology of closed rings, outer ones counter-clockwise and holes clockwise.

    ``points``: (n, 2); ``ring``: (n,) number of each point's ring; ``grid``: (rings,) number, from 1, of the
    grid that each ring belongs to.
    """
    within = ring[:-1] == ring[1:]
    start, end = points[:-1][within] + 0.0, points[1:][within] + 0.0  # + 0.0: minus nought is nought
    signed = (ONE + grid[ring[:-1][within]]).astype(np.int64)
    down = start[:, 1] > end[:, 1]
    sloping = start[:, 1] != end[:, 1]
    upper, lower = np.where(down[:, None], start, end), np.where(down[:, None], end, start)
    edges = np.hstack((upper, lower))[sloping]
    return _packed(*_unique(edges, np.where(down, signed, -signed)[sloping]), count)


def _unique(edges: Numbers, weight: NDArray[np.int64]) -> tuple[Numbers, NDArray[np.int64]]:
    """Sum equal edges into one and drop those that sum to nothing.

    Sorted by a hash, because comparing four columns takes ten times as long. Two edges of the same hash only
    stay apart, which is right too.
    """
    order = np.argsort(_hash(edges), kind="stable")
    edges, weight = edges[order], weight[order]
    if not len(edges):
        return edges, weight
    first = np.flatnonzero(np.append(True, (edges[1:] != edges[:-1]).any(axis=1)))
    weight = np.add.reduceat(weight, first)
    kept = weight != 0
    return edges[first][kept], weight[kept]


def _hash(edges: Numbers) -> NDArray[np.uint64]:
    bits = np.ascontiguousarray(edges).view(np.uint64)
    mixed = np.zeros(len(bits), np.uint64)
    for column in range(4):  # Fibonacci hashing (Knuth, volume 3, 6.4) of each number in turn
        mixed = (mixed ^ bits[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _packed(edges: Numbers, weight: NDArray[np.int64], count: int) -> Topology:
    """Lay neighbours side by side, in rows from south to north, and cut them into blocks."""
    blocks = -(-len(edges) // BLOCK)
    if blocks:
        order = _rows(edges, round(blocks**0.5) + 1)
        spare = np.full(blocks * BLOCK - len(edges), order[-1])
        edges, weight = edges[np.append(order, spare)], np.append(weight[order], 0 * spare)
        edges[len(order) :, 1] = edges[len(order) :, 3]
    ends = np.ascontiguousarray(edges.T).reshape(4, blocks, BLOCK)
    west = np.minimum(ends[0], ends[2]).min(axis=1, initial=np.inf)
    south, north = ends[3].min(axis=1, initial=np.inf), ends[1].max(axis=1, initial=-np.inf)
    reach = np.column_stack((west, south, north))
    return Topology(ends, weight.astype(np.float64).reshape(blocks, BLOCK), reach, count)


def _rows(edges: Numbers, rows: int) -> NDArray[np.intp]:
    middle_x, middle_y = edges[:, 0] + edges[:, 2], edges[:, 1] + edges[:, 3]
    rank = np.argsort(np.argsort(middle_y))
    return np.lexsort((middle_x, rank * rows // len(edges)))
