"""A generated city, drawn: no pixel and no point disagrees with shapely, from all of it to a paving stone."""

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from console.geography import topology
from console.geography.raster import NOWHERE, OVERLAP, rasterise
from console.geography.view import View, fitted
from tests.benchmarks.city import city

GRIDS, SIZE = 4000, (400, 250)  # of each view a hundred thousand pixels
Ids = NDArray[np.int32]
Numbers = NDArray[np.float64]


class Town:
    """Grids with true neighbours, some of which others claim as well, and what shapely says of points."""

    def __init__(self) -> None:
        cells = city(GRIDS)
        claims = shapely.buffer(shapely.centroid(cells[::97]), 400)
        self.shapes = np.concatenate((cells, claims))
        self.topology = topology.from_shapes(self.shapes)
        self.bounds = tuple(shapely.total_bounds(self.shapes).tolist())
        shapely.prepare(self.shapes)
        self._tree = shapely.STRtree(self.shapes)

    def told(self, x: Numbers, y: Numbers) -> Ids:
        point, shape = self._tree.query(shapely.points(x, y), predicate="intersects")
        count = np.bincount(point, minlength=len(x))
        ids = np.full(len(x), NOWHERE, np.int32)
        ids[point] = shape + 1
        return np.where(count > 1, OVERLAP, ids).astype(np.int32)

    def drawn(self, view: View, x: Numbers, y: Numbers) -> Ids:
        right, down = view.to_pixels(x, y)
        ids: Ids = rasterise(self.topology, view)[down.astype(int), right.astype(int)]
        return ids

    def border(self, x: Numbers, y: Numbers) -> Numbers:
        """Return how far points are from the nearest border, in metres."""
        lines = shapely.STRtree(shapely.boundary(self.shapes))
        return np.asarray(
            lines.query_nearest(shapely.points(x, y), return_distance=True, all_matches=False)[1]
        )


@pytest.fixture(scope="module")
def town() -> Town:
    return Town()


def middles(view: View) -> tuple[Numbers, Numbers]:
    """Return where in the plane the middles of all pixels are."""
    right, down = np.meshgrid(np.arange(view.width) + 0.5, np.arange(view.height) + 0.5)
    scale = np.float64(view.scale)
    return view.left + right.ravel() * scale, view.top - down.ravel() * scale


def view_of(town: Town, nearer: float) -> View:
    return fitted(town.bounds, *SIZE, 0).zoomed(nearer, 130, 90)


@pytest.mark.parametrize("nearer", [1, 30])
def test_none_of_a_hundred_thousand_pixels_disagrees(town: Town, nearer: float) -> None:
    view = view_of(town, nearer)
    x, y = middles(view)
    wrong = np.flatnonzero(town.drawn(view, x, y) != town.told(x, y))
    assert not len(wrong) or town.border(x[wrong], y[wrong]).max() < view.scale / 1000


def test_of_a_hundred_thousand_points_only_those_within_a_pixel_of_a_border_may(town: Town) -> None:
    chance, view = np.random.default_rng(5), view_of(town, 4)
    west, south, east, north = view.bounds
    x, y = chance.uniform(west, east, 100_000), chance.uniform(south, north, 100_000)
    wrong = np.flatnonzero(town.drawn(view, x, y) != town.told(x, y))
    assert 0 < len(wrong) < 20_000
    assert town.border(x[wrong], y[wrong]).max() <= view.scale * 0.5**0.5  # half a pixel across its corners


def test_a_whole_city_in_forty_pixels_and_a_paving_stone(town: Town) -> None:
    far = fitted(town.bounds, 40, 40, 0)
    corner = shapely.get_coordinates(town.shapes[GRIDS // 2])[0]
    near = View(corner[0].item(), corner[1].item(), 0.02, 300, 200)
    for view in (far, near):
        x, y = middles(view)
        told = town.told(x, y)
        assert np.array_equal(town.drawn(view, x, y), told)
        assert len(np.unique(told)) > 1
