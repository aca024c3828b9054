"""Small parts of the map: views, shades, colour tables, crowds, names of the sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geography import paint
from console.geography.classes import counts
from console.geography.clusters import CROWD, marks
from console.geography.projection import ground_metres, point_to_plane
from console.geography.raster import NOWHERE, OVERLAP
from console.geography.view import View, fitted

views = st.builds(
    View,
    x=st.floats(-1e7, 1e7),
    y=st.floats(-1e7, 1e7),
    scale=st.floats(0.05, 10_000),
    width=st.integers(1, 4000),
    height=st.integers(1, 4000),
)


def test_the_plane_is_that_of_the_public_tiles() -> None:
    assert point_to_plane(180.0, 0.0) == pytest.approx((20_037_508.34, 0), abs=0.01)
    assert point_to_plane(114.5709, 38.1460) == pytest.approx((12_753_974.3, 4_600_073.6), abs=30)
    assert ground_metres(point_to_plane(0.0, 60.0)[1]) == pytest.approx(0.5)


@given(view=views, factor=st.floats(0.2, 5), right=st.floats(0, 4000), down=st.floats(0, 4000))
def test_a_zoom_holds_the_place_under_the_cursor(
    view: View, factor: float, right: float, down: float
) -> None:
    slack = view.scale * 0.01
    nearer = view.zoomed(factor, right, down)
    assert nearer.to_plane(right, down) == pytest.approx(view.to_plane(right, down), abs=slack, rel=1e-9)


@given(view=views, margin=st.floats(0, 1))
def test_a_wider_view_covers_the_window_and_a_shifted_one_only_within_its_margin(
    view: View, margin: float
) -> None:
    wide = view.wider(margin)
    spare = round(view.width * margin)
    assert wide.covers(view)
    assert wide.covers(view.panned(spare, 0))
    assert not wide.covers(view.panned(spare + 2, 0))


def test_fitting_leaves_a_margin() -> None:
    view = fitted((0, 0, 100, 200), 300, 400, margin=50)
    assert view.bounds[1] < 0
    assert view.bounds[3] > 200
    assert view.to_pixels(0, 200)[1] == pytest.approx(50)


@pytest.mark.parametrize(
    ("highest", "names"),
    [
        (0, ["0", "1", "2", "3", "4", "5+"]),
        (5, ["0", "1", "2", "3", "4", "5+"]),
        (10, ["0", "1-2", "3-4", "5-6", "7-8", "9+"]),
        (23, ["0", "1-5", "6-10", "11-15", "16-20", "21+"]),
    ],
)
def test_shades_are_stated_in_whole_numbers(highest: int, names: list[str]) -> None:
    assert counts(np.array([0.0, highest, highest])).names() == names


@given(values=st.lists(st.integers(0, 5000), min_size=1, max_size=50))
def test_a_higher_value_never_has_a_paler_shade(values: list[int]) -> None:
    ordered = np.sort(np.array(values, float))
    shades = counts(ordered).shade(ordered)
    assert (np.diff(shades) >= 0).all()
    assert (shades[ordered == 0] == 0).all()
    assert (shades[ordered > 0] > 0).all()


def test_unknown_values_have_no_shade() -> None:
    assert counts(np.array([np.nan])).shade(np.array([np.nan, 3.0])).tolist() == [-1, 3]


def test_borders_lie_between_ids_and_overlaps_are_striped() -> None:
    ids = np.array([[1, 1, 2, 2], [1, 1, 2, OVERLAP]], np.int32)
    entries = paint.entries(ids, 2)
    assert entries.tolist() == [[1, 4, 2, 5], [1, 4, 5, 7]]


def test_where_grids_end_there_is_an_outline() -> None:
    ids = np.array([[NOWHERE, NOWHERE, 1, 1], [NOWHERE, NOWHERE, 1, 1]], np.int32)
    assert paint.entries(ids, 1).tolist() == [[0, 6, 6, 1]] * 2


def test_the_table_has_an_entry_for_all_that_a_pixel_can_be() -> None:
    faces = np.array([0xFF102030, 0xFF405060], np.uint32)
    table = paint.table(faces, paint.Lines(0xFF000000, 0xFFFFFFFF, 0xFFFF0000, 0xFF123456), 0.5)
    assert len(table) == 2 * 2 + 5
    assert [hex(colour) for colour in table[:6]] == [
        "0xff000000",
        "0xff102030",
        "0xff405060",
        "0xff808080",
        "0xff889098",
        "0xffa0a8b0",
    ]
    assert hex(table[-1]) == "0xff123456"


def test_halving_takes_the_mean_of_four() -> None:
    image = np.array([[0xFF000000, 0xFF000000], [0xFFFFFFFF, 0xFFFFFFFF]], np.uint32)
    assert hex(paint.halved(image)[0, 0]) == "0xff7f7f7f"


points = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300), st.integers(0, 2)), max_size=80)


@given(places=points, alone=st.integers(-1, 80))
def test_crowds_lose_no_point_and_the_worst_grade_shows(
    places: list[tuple[float, float, int]], alone: int
) -> None:
    x, y = (np.array([place[axis] for place in places], np.float64) for axis in (0, 1))
    rank = np.array([place[2] for place in places], np.int64)
    found = marks(x, y, rank, 36, alone)
    assert found.count.sum() == len(places)
    for mark in range(len(found.count)):
        members = found.of == mark
        assert members.sum() == found.count[mark]
        assert found.rank[mark] == rank[members].max()
        assert found.count[mark] == 1 or found.count[mark] >= CROWD
    if 0 <= alone < len(places):
        assert found.count[found.of[alone]] == 1


@given(places=points, shift=st.tuples(st.integers(-5, 5), st.integers(-5, 5)))
def test_far_apart_nothing_crowds(places: list[tuple[float, float, int]], shift: tuple[int, int]) -> None:
    x = np.arange(len(places), dtype=np.float64) * 100 + shift[0]
    y = x + float(shift[1])
    assert (marks(x, y, np.zeros(len(places), np.int64), 36).count == 1).all()


def test_a_translucent_face_lets_through_its_share_and_lines_cover() -> None:
    lines = paint.Lines(nowhere=0, border=0xFF000000, overlap=0xFFFFFFFF, outline=0xFF123456)
    colours = paint.table(np.array([0x80FF8000], np.uint32), lines, strength=1.0)
    assert colours.tolist()[:4] == [0, 0x80804000, 0xFF000000, 0xFF000000]
    assert colours[-1] == 0xFF123456
    opaque = paint.table(np.array([0xFFFF8000], np.uint32), lines, strength=0.0)
    assert opaque[1] == opaque[3] == 0xFFFF8000
