"""One scale of how near a limit is: for one case as for a whole board at once."""

from math import nan

import pytest

from console.feed.board import Board
from console.feed.board_row import Row
from console.grade import Grade, colour_of, grade_of

DUE, WARN = 100.0, 80.0


@pytest.mark.parametrize(
    ("due", "warn_at", "now", "grade", "colour"),
    [
        (DUE, WARN, 79.9, Grade.FINE, "green"),
        (DUE, WARN, 80.0, Grade.NEAR, "yellow"),
        (DUE, WARN, 99.9, Grade.NEAR, "yellow"),
        (DUE, WARN, 100.0, Grade.OVERDUE, "red"),
        (DUE, nan, 99.9, Grade.FINE, "green"),
        (nan, nan, 100.0, Grade.NONE, "none"),
        (nan, WARN, 100.0, Grade.NONE, "none"),
    ],
)
def test_a_limit_has_its_grade(due: float, warn_at: float, now: float, grade: Grade, colour: str) -> None:
    assert grade_of(due, warn_at, now) is grade
    board = Board()
    board.apply([Row(1001, 1, "accepted", "", 0.0, due=due, warn_at=warn_at)])
    assert board.grades(now, board.all_slots()).tolist() == [grade]
    assert colour_of(due, warn_at, now) == colour


def test_what_is_not_told_is_no_limit() -> None:
    assert grade_of(None, None, DUE) is Grade.NONE
    assert grade_of(DUE, None, WARN) is Grade.FINE
