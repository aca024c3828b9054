"""How a case stands against its limit: one scale for lists, map, wall and documents."""

from enum import IntEnum
from math import isnan
from typing import Final


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
