"""Borders run as they like, but parts always tile their area: no gap, no overlap, every edge shared."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from console.demo.dice import Dice
from console.demo.partition import (
    KILOMETRES,
    Points,
    fill,
    gather,
    nearest,
    scatter,
    settle,
    split,
    tile,
    united,
)

# A hooked area of some 60 km² in the sample county's corner of the world, in the plane of kilometres.
HOOK = shapely.transform(
    Polygon([(0, 0), (9, 0), (9, 8), (6, 8), (6.2, 2.5), (3, 2), (3.4, 7), (0.3, 7)]),
    lambda points: points + np.array([114.4, 38.1]) * KILOMETRES,
)


def even(points: Points) -> Points:
    return np.ones(len(points))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 40))
def test_any_split_tiles_the_area(seed: int, count: int) -> None:
    dice = Dice(seed, "test")
    tiles = tile(split(HOOK, scatter(HOOK, count, even, dice), dice))

    assert len(tiles) == count
    assert shapely.coverage_is_valid(tiles)
    assert all(isinstance(part, Polygon) and part.is_valid for part in tiles)
    hook = shapely.transform(HOOK, lambda points: points / KILOMETRES)
    assert united(tiles).symmetric_difference(hook).area < 1e-4 * hook.area


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32), groups=st.integers(1, 6))
def test_gathered_groups_are_connected_and_complete(seed: int, groups: int) -> None:
    dice = Dice(seed, "test")
    tiles = tile(split(HOOK, scatter(HOOK, 24, even, dice), dice))
    group = gather(tiles, groups)

    assert set(group) == set(range(groups))
    for number in range(groups):
        members = [part for part, owner in zip(tiles, group, strict=True) if owner == number]
        assert shapely.coverage_union_all(members).geom_type == "Polygon"


def test_neighbours_share_their_corners_on_the_lattice() -> None:
    dice = Dice(1, "test")
    tiles = tile(split(HOOK, scatter(HOOK, 30, even, dice), dice))
    corners = shapely.get_coordinates(tiles)

    assert np.array_equal(corners, np.round(corners, 6))
    edges = [frozenset(edge) for part in tiles for edge in _edges(part)]
    outer = {frozenset(edge) for edge in _edges(united(tiles))}
    inner = [edge for edge in edges if edge not in outer]
    assert len(inner) == 2 * len(set(inner)), "an inner edge belongs to exactly two parts"


def _edges(part: Polygon) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    ring = list(part.exterior.coords)
    return list(pairwise(ring))


def test_density_makes_parts_smaller() -> None:
    middle = np.array(HOOK.representative_point().coords[0])

    def crowded(points: Points) -> Points:
        density: Points = 1 + 20 * np.exp(-((points - middle) ** 2).sum(1))
        return density

    sites = scatter(HOOK, 60, crowded, Dice(5, "test"))
    near = (((sites - middle) ** 2).sum(1) < 1).sum()
    spread = scatter(HOOK, 60, even, Dice(5, "test"))
    assert near > 2 * (((spread - middle) ** 2).sum(1) < 1).sum()


def test_a_piece_that_lies_apart_goes_to_the_neighbour_it_borders_longest() -> None:
    left, stray = shapely.box(0, 0, 3, 4), shapely.box(3, 0, 4, 4)
    middle, right = shapely.box(4, 0, 7, 3), shapely.box(7, 0, 16, 4)
    parts = settle([left, middle, right, stray], [0, 1, 2, 2])

    assert [part.area for part in parts] == [16, 9, 36]
    assert parts[0].equals(left.union(stray))


def test_filled_points_lie_inside_and_repeat_for_equal_keys() -> None:
    points = fill(HOOK, 200, Dice(3, "test"))

    assert shapely.contains_xy(HOOK, points).all()
    assert np.array_equal(points, fill(HOOK, 200, Dice(3, "test")))
    assert not np.array_equal(points, fill(HOOK, 200, Dice(4, "test")))


def test_nearest_names_the_closest_site() -> None:
    sites = np.array([[0.0, 0.0], [10.0, 0.0]])
    assert nearest(np.array([[1.0, 1.0], [9.0, -1.0]]), sites).tolist() == [0, 1]


@pytest.mark.parametrize("seed", [0, 130123])
def test_dice_fall_the_same_way_on_every_machine(seed: int) -> None:
    """The figures were written down once; a machine that throws others would draw another county."""
    thrown = [Dice(seed, "a").below(1_000_000), *(Dice(seed, "b").some_of(range(100), 3))]
    assert thrown == THROWN[seed]


THROWN = {0: [191330, 91, 48, 42], 130123: [282272, 74, 0, 82]}
