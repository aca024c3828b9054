"""The id under each pixel is what shapely says, however nasty the polygons and however near the view."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.geography import topology
from console.geography.raster import NOWHERE, OVERLAP, rasterise
from console.geography.view import View, fitted
from tests.unit.shapes import NAMED, SIZE, mosaic, nasty

WHOLE = View(SIZE / 2, SIZE / 2, 1, SIZE, SIZE)  # a pixel a metre, middles at halves
views = st.builds(
    View,
    x=st.floats(-10, SIZE + 10),
    y=st.floats(-10, SIZE + 10),
    scale=st.sampled_from([1.0, 0.5, 0.03, 3.7, 40.0]),
    width=st.integers(1, 90),
    height=st.integers(1, 90),
)


def told(shapes: NDArray[np.object_], view: View) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return what shapely says of each pixel's middle, and which are too near a border to be judged.

    A hundredth of a pixel on either side of a border is left out.
    """
    columns, rows = np.meshgrid(np.arange(view.width) + 0.5, np.arange(view.height) + 0.5)
    points = shapely.points(view.left + columns.ravel() * view.scale, view.top - rows.ravel() * view.scale)
    ids = np.zeros(points.shape, np.int32)
    near = np.zeros(points.shape, bool)
    for number, shape in enumerate(shapes, 1):
        inside = shapely.contains(shape, points)
        ids = np.where(inside, np.where(ids == NOWHERE, number, OVERLAP), ids)
        near |= shapely.distance(shapely.boundary(shape), points) <= view.scale * 0.01
    return ids.reshape(rows.shape), near.reshape(rows.shape)


def agrees(shapes: Sequence[BaseGeometry], view: View) -> None:
    repaired = topology.repaired(np.array(shapes, dtype=object))
    expected, near = told(repaired, view)
    found = rasterise(topology.from_shapes(repaired), view)
    assert found.shape == (view.height, view.width)
    assert np.array_equal(found[~near], expected[~near])


@pytest.mark.parametrize("name", sorted(NAMED))
def test_each_known_evil_is_drawn_right(name: str) -> None:
    agrees([NAMED[name]], WHOLE)
    agrees([NAMED[name]], View(30, 30, 0.37, 120, 90))


@settings(max_examples=100, deadline=None)
@given(shapes=st.lists(nasty(), min_size=1, max_size=4), view=views)
@example(shapes=[NAMED["comb"], NAMED["bow tie"]], view=WHOLE)
def test_any_pile_of_nasty_polygons_agrees_with_shapely(shapes: Sequence[BaseGeometry], view: View) -> None:
    agrees(shapes, view)


@settings(max_examples=40, deadline=None)
@given(count=st.integers(2, 60), seed=st.integers(0, 10_000), view=views)
def test_a_mosaic_has_no_gap_and_no_overlap(count: int, seed: int, view: View) -> None:
    cells = mosaic(count, seed)
    agrees(cells, view)
    ids = rasterise(topology.from_shapes(np.array(cells, dtype=object)), WHOLE)
    assert ids.min() >= 1


def test_a_border_through_middles_belongs_to_the_grid_east_or_south_of_it() -> None:
    four = [shapely.box(x, y, x + 2.5, y + 2.5) for x, y in ((0, 2.5), (2.5, 2.5), (0, 0), (2.5, 0))]
    ids = rasterise(topology.from_shapes(np.array(four, dtype=object)), View(2.5, 2.5, 1, 5, 5))
    assert ids.tolist() == [[1, 1, 2, 2, 2]] * 2 + [[3, 3, 4, 4, 4]] * 3


def test_overlaps_are_told_and_not_guessed() -> None:
    pair = np.array([shapely.box(0, 0, 6, 4), shapely.box(4, 0, 10, 4)], dtype=object)
    ids = rasterise(topology.from_shapes(pair), View(5, 2, 1, 10, 4))
    assert ids.tolist() == [[1, 1, 1, 1, OVERLAP, OVERLAP, 2, 2, 2, 2]] * 4


def test_a_hundred_thousand_pixels_of_a_mosaic_agree_with_shapely() -> None:
    cells = np.array(mosaic(3000, 7), dtype=object)
    view = fitted((0, 0, SIZE, SIZE), 400, 250, margin=0)
    ids = rasterise(topology.from_shapes(cells), view)
    columns, rows = np.meshgrid(np.arange(400) + 0.5, np.arange(250) + 0.5)
    points = shapely.points(view.left + columns.ravel() * view.scale, view.top - rows.ravel() * view.scale)
    point, cell = shapely.STRtree(cells).query(points, predicate="intersects")
    expected = np.zeros(len(points), np.int32)
    expected[point] = cell + 1
    assert np.array_equal(ids.ravel(), expected)


def test_very_far_out_and_very_far_in() -> None:
    cells = topology.from_shapes(np.array(mosaic(500, 3), dtype=object))
    assert rasterise(cells, View(32, 32, 80_000, 300, 200)).max(initial=0) <= 500
    deep = rasterise(cells, View(20.123, 41.321, 0.00002, 300, 200))
    assert len(np.unique(deep)) == 1
    assert deep[0, 0] == rasterise(cells, View(20.123, 41.321, 0.001, 1, 1))[0, 0]


def test_nothing_is_drawn_of_nothing() -> None:
    assert rasterise(topology.from_shapes(np.array([], dtype=object)), WHOLE).max() == NOWHERE
