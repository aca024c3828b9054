"""Every border once: what two grids share is one edge, what runs to and fro is none."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from console.geography import topology
from console.geography.topology import BLOCK, ONE
from tests.unit.shapes import mosaic

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]


def built(*shapes: Polygon) -> topology.Topology:
    return topology.from_shapes(np.array(shapes, dtype=object))


def weights(found: topology.Topology) -> list[float]:
    return sorted(found.weight[found.weight != 0])


def test_a_square_has_two_edges_that_slope() -> None:
    assert weights(built(Polygon(SQUARE))) == [-(ONE + 1), ONE + 1]


def test_a_shared_border_is_one_edge_that_changes_the_id_and_not_the_count() -> None:
    found = built(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10))
    assert weights(found) == [-(ONE + 2), 2 - 1, ONE + 1]


def test_the_direction_in_which_a_ring_was_drawn_does_not_matter() -> None:
    assert weights(built(Polygon(SQUARE[::-1]))) == weights(built(Polygon(SQUARE)))


def test_a_line_to_and_fro_vanishes() -> None:
    spiked = Polygon([(0, 0), (10, 0), (10, 5), (15, 5.5), (10, 5), (10, 10), (0, 10)])
    found = built(spiked)
    assert found.ends[2].max() == 10
    assert set(weights(found)) == {-(ONE + 1), ONE + 1}


def test_equal_grids_count_twice() -> None:
    assert weights(built(Polygon(SQUARE), Polygon(SQUARE))) == [-(2 * ONE + 3), 2 * ONE + 3]


@settings(max_examples=50, deadline=None)
@given(count=st.integers(2, 400), seed=st.integers(0, 1000))
def test_the_edges_of_a_mosaic_are_those_that_shapely_counts(count: int, seed: int) -> None:
    cells = mosaic(count, seed)
    segments = {
        frozenset(pair)
        for cell in cells
        for pair in zip(cell.exterior.coords[:-1], cell.exterior.coords[1:], strict=True)
        if pair[0][1] != pair[1][1]
    }
    found = built(*cells)
    assert found.edges == len(segments)
    assert found.weight.size % BLOCK == 0
    assert found.count == len(cells)


@settings(max_examples=50, deadline=None)
@given(count=st.integers(2, 200), seed=st.integers(0, 1000))
def test_a_block_lies_within_its_reach(count: int, seed: int) -> None:
    found = built(*mosaic(count, seed))
    real = found.weight != 0
    west, south, north = (found.reach[:, column, None] for column in range(3))
    x0, y0, x1, y1 = found.ends
    assert np.all((np.minimum(x0, x1) >= west) | ~real)
    assert np.all(((y1 >= south) & (y0 <= north) & (y0 > y1)) | ~real)


def test_nothing_at_all_is_a_topology_too() -> None:
    assert built().edges == 0
    assert built(Polygon()).count == 1


def test_well_known_binary_is_read_in_order() -> None:
    shapes, unreadable = topology.read([shapely.to_wkb(shapely.box(0, 0, n, n)) for n in (1, 2, 3)])
    assert shapely.area(shapes).tolist() == [1, 4, 9]
    assert not len(unreadable)


def test_unreadable_binary_is_told_and_draws_nothing() -> None:
    shapes, unreadable = topology.read([shapely.to_wkb(shapely.box(0, 0, 1, 1)), b"", b"nonsense"])
    assert shapely.area(shapes).tolist() == [1, 0, 0]
    assert unreadable.tolist() == [2]
