"""What a public screen may say of a case: kind, community, stage, unit. Titles and places may name people."""

from collections.abc import Callable

import numpy as np

from console.feed.board import Board
from console.feed.board_row import Row
from console.feed.board_slots import Slots
from console.grade import grade_of
from console.language import say
from console.spoken import status_label
from ui.queue.grade_mark import GRADE_ROLES
from ui.queue.times import clock_time, remaining
from ui.wall.rows import Line

OFFICES = {"社区居民委员会": "社区", "村村民委员会": "村", "村民委员会": "村"}  # said shorter on a wall


class PublicCases:
    """The open cases of ``board`` that a public screen may tell; ``kind`` says what their class is called."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.kind: Callable[[str], str] = str

    def slots(self) -> Slots:
        """Return the slots of the cases that may be named: restricted ones never."""
        slots = self._board.all_slots()
        return slots[~np.asarray(self._board.floats("restricted")[slots], np.bool_)]

    def by_due(self) -> Slots:
        """Return them, the one that is due first first, those without a limit last."""
        slots = self.slots()
        return slots[np.lexsort((self._board.numbers[slots], self._board.floats("due")[slots]))]

    def late(self, now: float) -> Slots:
        """Return what is overdue, the longest overdue first."""
        slots = self.by_due()
        return slots[: int(np.searchsorted(self._board.floats("due")[slots], now, side="right"))]

    def latest(self, count: int) -> list[Row]:
        """Return what came last, the last first."""
        slots = self.slots()
        order = np.lexsort((-self._board.numbers[slots], -self._board.floats("received")[slots]))
        return self.rows(slots[order[:count]])

    def rows(self, slots: Slots) -> list[Row]:
        """Return the cases in ``slots``."""
        found = (self._board.row_at(int(slot)) for slot in slots)
        return [row._replace(class_name=self.kind(row.class_name)) for row in found]


def place(row: Row) -> str:
    """Return the community of a case, as people say it."""
    where = row.community or row.township or row.centre
    for long, short in OFFICES.items():
        where = where.replace(long, short)
    return where


def told(row: Row) -> str:
    """Return community and kind."""
    return say("wall.row", place=place(row), title=row.class_name)


def late_line(row: Row, now: float) -> Line:
    """Return where and what, and how long overdue."""
    return Line((told(row), remaining(row.due, now)), "overdue")


def latest_line(row: Row) -> Line:
    """Return where and what, and when it was reported."""
    return Line((told(row), clock_time(row.received)[:5]))


def list_line(row: Row, now: float) -> Line:
    """Return all that the list of what is overdue says of a case."""
    unit = row.unit or row.centre
    cells = (str(row.number), row.class_name, place(row), row.township, unit, status_label(row.status))
    return Line((*cells, remaining(row.due, now)), grade(row, now))


def queue_line(row: Row, now: float) -> Line:
    """Return number, what and where, and what is left."""
    return Line((str(row.number), told(row), remaining(row.due, now)), grade(row, now))


def grade(row: Row, now: float) -> str:
    """Return the role of how urgent a case is, none where no limit runs."""
    known = grade_of(row.due, row.warn_at, now)
    return GRADE_ROLES[known] if known else ""


def ticked(row: Row) -> str:
    """Return a case as the ticker tells it."""
    where = row.township or row.centre
    facts = {"number": row.number, "title": row.class_name, "place": where}
    return say("wall.ticker", **facts, status=status_label(row.status))
