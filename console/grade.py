"""How a case stands against its limit: one scale for lists, map, wall and documents."""

from enum import IntEnum
from math import isnan
from typing import Final

import numpy as np
from numpy.typing import NDArray


class Grade(IntEnum):
    """How a case stands against its limit."""

    NONE = 0  # no limit runs
    FINE = 1
    NEAR = 2
    OVERDUE = 3


COLOURS: Final = ("none", "green", "yellow", "red")  # what database and documents call each


def grade_of(due: float | None, warn_at: float | None, now: float) -> Grade:
    """Return the grade of a limit at ``now``: fine < warn_at ≤ near < due ≤ overdue, all in epoch seconds."""
    if due is None or isnan(due):
        return Grade.NONE
    if now >= due:
        return Grade.OVERDUE
    return Grade.NEAR if warn_at is not None and now >= warn_at else Grade.FINE


def colour_of(due: float | None, warn_at: float | None, now: float) -> str:
    """Return what documents call the grade of a limit at ``now``."""
    return COLOURS[grade_of(due, warn_at, now)]


def grades_of(due: NDArray[np.float64], warn_at: NDArray[np.float64], now: float) -> NDArray[np.int8]:
    """Return the grades of many limits at once; NaN where none runs."""
    grades = np.full(len(due), Grade.FINE, np.int8)
    grades[now >= warn_at] = Grade.NEAR
    grades[now >= due] = Grade.OVERDUE
    grades[np.isnan(due)] = Grade.NONE
    return grades
