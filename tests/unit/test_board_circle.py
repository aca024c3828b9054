"""A circle as a condition: by the great circle, live with the board, written as text."""

from math import nan

import pytest

from console.feed.board import Board
from console.feed.board_circle import Circle, read
from console.feed.board_filter import CIRCLE, Filter, admits
from console.feed.board_row import Row

LON, LAT = 114.51, 38.11


def row(number: int, lon: float, lat: float = LAT) -> Row:
    return Row(number, 1, "reported", "路灯不亮", 0.0, lon=lon, lat=lat)


def test_it_lets_in_what_lies_within_and_nothing_without_a_point() -> None:
    board = Board()
    board.apply([row(1, LON), row(2, LON + 0.004), row(3, LON + 0.009), row(4, nan, nan)])  # 0, 350, 787 m
    slots = board.all_slots()
    told = {
        metres: admits(
            board, Filter({CIRCLE: frozenset({str(Circle(LON, LAT, metres))})}), 0.0, slots
        ).tolist()
        for metres in (200, 500, 1000)
    }
    assert told == {
        200: [True, False, False, False],
        500: [True, True, False, False],
        1000: [True, True, True, False],
    }


def test_two_circles_let_in_both_and_a_refused_one_the_others() -> None:
    board = Board()
    board.apply([row(1, LON), row(2, LON + 0.1), row(3, LON + 0.2), row(4, nan, nan)])
    both = frozenset({str(Circle(LON, LAT, 100)), str(Circle(LON + 0.1, LAT, 100))})
    slots = board.all_slots()
    assert admits(board, Filter({CIRCLE: both}), 0.0, slots).tolist() == [True, True, False, False]
    assert admits(board, Filter({}, {CIRCLE: both}), 0.0, slots).tolist() == [False, False, True, True]


@pytest.mark.parametrize("text", ["", "1,2", "a,b,c", "nan,1,2", "1,2,inf"])
def test_what_is_no_circle_is_read_as_none(text: str) -> None:
    assert read(text) is None
    assert read(str(Circle(LON, LAT, 500))) == Circle(LON, LAT, 500)
