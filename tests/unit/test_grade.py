"""One scale of how near a limit is: for one case as for many at once."""

from math import nan

import numpy as np
import pytest

from console.grade import Grade, colour_of, grade_of, grades_of

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
    assert grades_of(np.array([due]), np.array([warn_at]), now).tolist() == [grade]
    assert colour_of(due, warn_at, now) == colour


def test_what_is_not_told_is_no_limit() -> None:
    assert grade_of(None, None, DUE) is Grade.NONE
    assert grade_of(DUE, None, WARN) is Grade.FINE
