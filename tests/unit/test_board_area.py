"""A grid of any kind as a condition: by where cases are, written as text."""

from math import nan

import pytest
import shapely

from console.feed.board import Board
from console.feed.board_area import Area, read
from console.feed.board_filter import AREA, Filter, admits
from console.feed.board_row import Row
from console.geography.projection import point_to_plane

LON, LAT = 114.51, 38.11
(WEST, SOUTH), (EAST, NORTH) = point_to_plane(LON, LAT), point_to_plane(LON + 0.01, LAT + 0.01)
POLICE = Area("P1", "第一警务网格", shapely.to_wkb(shapely.box(WEST, SOUTH, EAST, NORTH), hex=True))


def row(number: int, lon: float, lat: float = LAT + 0.005) -> Row:
    return Row(number, 1, "reported", "路灯不亮", 0.0, lon=lon, lat=lat)


def test_it_lets_in_what_lies_in_the_grid_and_nothing_without_a_point() -> None:
    board = Board()
    board.apply([row(1, LON + 0.005), row(2, LON + 0.02), row(3, nan, nan), row(4, LON)])  # 4: on the border
    slots, values = board.all_slots(), frozenset({str(POLICE)})
    assert admits(board, Filter({AREA: values}), 0.0, slots).tolist() == [True, False, False, True]
    assert admits(board, Filter({}, {AREA: values}), 0.0, slots).tolist() == [False, True, True, False]


@pytest.mark.parametrize("text", ["", "P1", "[]", '["P1", "x", "00"]', '{"a": 1}'])
def test_what_is_no_area_is_read_as_none(text: str) -> None:
    assert read(text) is None
    assert read(str(POLICE)) == POLICE
