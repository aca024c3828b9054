"""A city of the largest size known, generated: irregular grids that share their borders exactly."""

import numpy as np
import shapely
from numpy.typing import NDArray

from console.geography.atlas import Atlas, in_plane

Numbers = NDArray[np.float64]

CITY = 68_049  # grids of the largest city in the sources
_CENTRE = (12_740_000.0, 4_580_000.0)  # about 正定, in metres of the plane


def city(count: int = CITY, seed: int = 1) -> NDArray[np.object_]:
    """Return ``count`` polygons in metres of the plane, some eighteen vertices each, about 300 m wide."""
    chance = np.random.default_rng(seed)
    side = 300.0 * count**0.5
    middle = np.array(_CENTRE)
    seeds = shapely.MultiPoint(middle + chance.uniform(-side / 2, side / 2, (count, 2)))
    around = shapely.box(*(middle - side / 2), *(middle + side / 2))
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds)), around)
    return _wrinkled(shapely.transform(shapely.normalize(cells), lambda points: points.round(3)))


def atlas_of(shapes: NDArray[np.object_]) -> Atlas:
    """Return the atlas of polygons in metres of the plane."""
    codes = [f"130123{number:06}" for number in range(len(shapes))]
    return in_plane(codes, codes, codes, [], shapes)


def _wrinkled(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Bend every border at a third and two thirds of its length, the same way for both neighbours."""
    points, cell = shapely.get_coordinates(cells, return_index=True)
    within = np.flatnonzero(cell[:-1] == cell[1:])
    start, end = points[within], points[within + 1]
    swap = (start[:, 0] > end[:, 0])[:, None]
    low, high = np.where(swap, end, start), np.where(swap, start, end)
    first, second = (_bent(low, high, share) for share in (1 / 3, 2 / 3))
    stations = np.stack((start, np.where(swap, second, first), np.where(swap, first, second)), axis=1)
    rings = shapely.linearrings(stations.reshape(-1, 2), indices=np.repeat(cell[within], 3))
    return np.asarray(shapely.polygons(rings), object)


def _bent(low: Numbers, high: Numbers, share: float) -> Numbers:
    along = high - low
    wave = 0.1 * np.sin(low[:, 0] * 0.37 + high[:, 1] * 0.91 + share * 9)[:, None]
    return low + share * along + wave * np.column_stack((-along[:, 1], along[:, 0]))
