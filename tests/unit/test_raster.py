"""The id under each pixel is what shapely says, however nasty the polygons and however near the view."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely import Polygon, affinity
from shapely.geometry.base import BaseGeometry

from console.geography import topology
from console.geography.raster import NOWHERE, OVERLAP, rasterise
from console.geography.view import View
from tests.unit.shapes import NAMED, SIZE, mosaic, nasty

WHOLE = View(SIZE / 2, SIZE / 2, 1, SIZE, SIZE)  # a pixel a metre, middles at halves
CITY = (12_740_000.0, 4_580_000.0)  # about 正定, in metres of the plane
views = st.builds(
    View,
    x=st.floats(-10, SIZE + 10),
    y=st.floats(-10, SIZE + 10),
    scale=st.sampled_from([1.0, 0.5, 0.03, 3.7, 40.0]),
    width=st.integers(1, 90),
    height=st.integers(1, 90),
)
eighths = st.integers(0, SIZE * 8).map(lambda number: number / 8)


def told(shapes: NDArray[np.object_], view: View) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return what shapely says of each pixel's middle, and which are too near a border to be judged.

    A hundredth of a pixel on either side of a border is left out.
    """
    columns, rows = np.meshgrid(np.arange(view.width) + 0.5, np.arange(view.height) + 0.5)
    points = shapely.points(view.left + columns.ravel() * view.scale, view.top - rows.ravel() * view.scale)
    ids = np.zeros(points.shape, np.int32)
    near = np.zeros(points.shape, bool)
    for number, shape in enumerate(shapes, 1):
        border = shapely.boundary(shape)
        shapely.prepare([shape, border])
        inside = shapely.contains(shape, points)
        ids = np.where(inside, np.where(ids == NOWHERE, number, OVERLAP), ids)
        near |= shapely.dwithin(border, points, view.scale * 0.01)
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


@settings(max_examples=25, deadline=None)
@given(
    shapes=st.lists(nasty(), min_size=1, max_size=3),
    scale=st.sampled_from([0.02, 0.5, 1.7, 80.0]),
    place=st.tuples(st.floats(0, SIZE), st.floats(0, SIZE)),
)
def test_far_from_the_origin_of_the_plane_all_is_as_exact(
    shapes: Sequence[BaseGeometry], scale: float, place: tuple[float, float]
) -> None:
    away = [affinity.translate(shape, *CITY) for shape in shapes]
    agrees(away, View(CITY[0] + place[0], CITY[1] + place[1], scale, 60, 40))


@settings(max_examples=25, deadline=None)
@given(
    west=st.lists(eighths, max_size=8),
    east=st.lists(eighths, max_size=8),
    lean=st.integers(-8, 8),
    view=views,
)
def test_a_border_that_both_sides_cut_elsewhere_leaves_no_gap_and_no_overlap(
    west: list[float], east: list[float], lean: int, view: View
) -> None:
    def along(heights: list[float]) -> list[tuple[float, float]]:
        return [(32 + lean * height / SIZE, height) for height in (0.0, *sorted(heights), float(SIZE))]

    left, right = (
        Polygon([(0, SIZE), (0, 0), *along(west)]),
        Polygon([(64, 0), (64, SIZE), *along(east)[::-1]]),
    )
    agrees([left, right], view)
    if lean == 0:
        ids = rasterise(topology.from_shapes(np.array([left, right], dtype=object)), WHOLE)
        assert set(np.unique(ids)) == {1, 2}


def test_a_border_through_middles_belongs_to_the_grid_east_or_south_of_it() -> None:
    four = [shapely.box(x, y, x + 2.5, y + 2.5) for x, y in ((0, 2.5), (2.5, 2.5), (0, 0), (2.5, 0))]
    ids = rasterise(topology.from_shapes(np.array(four, dtype=object)), View(2.5, 2.5, 1, 5, 5))
    assert ids.tolist() == [[1, 1, 2, 2, 2]] * 2 + [[3, 3, 4, 4, 4]] * 3


def test_overlaps_are_told_and_not_guessed() -> None:
    pair = np.array([shapely.box(0, 0, 6, 4), shapely.box(4, 0, 10, 4)], dtype=object)
    ids = rasterise(topology.from_shapes(pair), View(5, 2, 1, 10, 4))
    assert ids.tolist() == [[1, 1, 1, 1, OVERLAP, OVERLAP, 2, 2, 2, 2]] * 4


def test_very_far_out_and_very_far_in() -> None:
    cells = topology.from_shapes(np.array(mosaic(500, 3), dtype=object))
    assert rasterise(cells, View(32, 32, 80_000, 300, 200)).max(initial=0) <= 500
    deep = rasterise(cells, View(20.123, 41.321, 0.00002, 300, 200))
    assert len(np.unique(deep)) == 1
    assert deep[0, 0] == rasterise(cells, View(20.123, 41.321, 0.001, 1, 1))[0, 0]


def test_nothing_is_drawn_of_nothing() -> None:
    assert rasterise(topology.from_shapes(np.array([], dtype=object)), WHOLE).max() == NOWHERE
