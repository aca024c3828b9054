"""Why there is an alert: whether a cause holds for each of some slots, and a mark that tells two apart."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.feed.board import Board
from console.feed.board_slots import Slots

Holds = NDArray[np.bool_]
Marks = NDArray[np.float64]
Cause = Callable[[Board, Slots, float], tuple[Holds, Marks]]
URGENT: Final = 1


def _urgent(board: Board, slots: Slots, _now: float) -> tuple[Holds, Marks]:
    return board.columns["priority"].within(slots, [URGENT]), board.floats("round")[slots]


def _ordinary(board: Board, slots: Slots, _now: float) -> tuple[Holds, Marks]:
    return ~board.columns["priority"].within(slots, [URGENT]), board.floats("round")[slots]


def _near(board: Board, slots: Slots, now: float) -> tuple[Holds, Marks]:
    """Another limit is another cause."""
    due = board.floats("due")[slots]
    return (board.floats("warn_at")[slots] <= now) & (now < due), due


def _overdue(board: Board, slots: Slots, now: float) -> tuple[Holds, Marks]:
    due = board.floats("due")[slots]
    return due <= now, due


def _returned(board: Board, slots: Slots, _now: float) -> tuple[Holds, Marks]:
    return board.columns["pending"].within(slots, ["return"]), board.floats("round")[slots]


def _urged(board: Board, slots: Slots, _now: float) -> tuple[Holds, Marks]:
    """Take a further reminder for another cause, though the case has been urged since the first."""
    since = board.floats("urged")[slots]
    return ~np.isnan(since), since + board.floats("reminders")[slots]


def _callback(board: Board, slots: Slots, now: float) -> tuple[Holds, Marks]:
    promised = board.floats("callback")[slots]
    return promised <= now, promised


def _joined(board: Board, slots: Slots, _now: float) -> tuple[Holds, Marks]:
    reports = board.floats("reports")[slots].astype(np.float64)
    return reports > 0, reports


CAUSES: Final[dict[str, Cause]] = {
    "urgent": _urgent,
    "ordinary": _ordinary,
    "near": _near,
    "overdue": _overdue,
    "returned": _returned,
    "urged": _urged,
    "callback": _callback,
    "joined": _joined,
}
INSTANTS: Final = ("warn_at", "due", "callback", "claim_until")  # where time alone makes or ends a cause
