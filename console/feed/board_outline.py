"""The lines of a list: a view's rows, under headings where they are grouped, some groups closed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from console.feed.board_slots import Slots
from console.feed.board_view import NOTHING, BoardView, Indices, Moves
from console.grade import Grade


@dataclass(frozen=True, slots=True)
class Group:
    """What a heading says: the name that its rows share ("" = none), how many they are, how many overdue."""

    name: str
    count: int
    overdue: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where rows and headings stand. ``codes`` and ``lines`` (-1 = in a closed group) by row of the view."""

    order: Slots
    codes: Indices = field(default_factory=NOTHING.copy)
    lines: Indices = field(default_factory=NOTHING.copy)
    groups: Indices = field(default_factory=NOTHING.copy)  # the codes of the headings, in order
    starts: Indices = field(default_factory=NOTHING.copy)  # the first row of each group, then how many rows
    headings: Indices = field(default_factory=NOTHING.copy)  # the line of each heading


class Outline:
    """The lines that a list shows: numbers of incidents, and headings, whose numbers are negative."""

    def __init__(self, view: BoardView) -> None:
        self.view = view
        self.listener: Callable[[Moves], None] = lambda _moves: None
        self._closed: set[str] = set()
        self._now = self._build()
        view.listener = self._follow

    def __len__(self) -> int:
        return len(self._now.order)

    @property
    def order(self) -> Slots:
        """Return what stands on each line: a row's slot, or a heading's negative number."""
        return self._now.order

    @property
    def column(self) -> str:
        """Return what the rows are grouped by, "" for nothing."""
        return self.view.group

    def group_by(self, column: str) -> None:
        """Put rows of one value of ``column`` ("township", "unit") under a heading; "" for no headings."""
        self._closed.clear()
        self.view.group_by(column)

    def number_at(self, line: int) -> int:
        """Return the incident on ``line``, or the negative number of its heading."""
        entry = int(self.order[line])
        return entry if entry < 0 else int(self.view.board.numbers[entry])

    def index_of(self, number: int) -> int | None:
        """Return the line of an incident or a heading, None if there is none."""
        entry = number if number < 0 else self.view.board.slot(number)
        found = NOTHING if entry is None else np.flatnonzero(self.order == entry)
        return int(found[0]) if len(found) else None

    def heading_of(self, number: int) -> int | None:
        """Return the heading over ``number``, open or closed."""
        slot = self.view.board.slot(number)
        if not self.column or slot is None or number < 0:
            return None
        return -1 - int(self.view.board.names(self.column).codes[slot])

    def group(self, heading: int, now: float) -> Group:
        """Return what ``heading`` says at ``now``."""
        slots, name = self._slots(heading), self._name(heading)
        overdue = np.count_nonzero(self.view.board.grades(now, slots) == Grade.OVERDUE)
        return Group(name, len(slots), int(overdue), name in self._closed)

    def fold(self, heading: int, *, closed: bool) -> None:
        """Close the group under ``heading``, or open it; no other line moves."""
        name, rows, line = self._name(heading), self._rows(heading), self.index_of(heading)
        if line is None or closed == (name in self._closed):
            return
        self._closed ^= {name}
        before, self._now = self._now, self._build()
        gone, come = (before.lines, NOTHING) if closed else (NOTHING, self._now.lines)
        self.listener(Moves(removed=gone[rows], inserted=come[rows], changed=np.array([line], np.int64)))

    def fold_all(self, *, closed: bool) -> None:
        """Close every group that there is now, or open them."""
        self._closed = {self._name(-1 - code) for code in self._now.groups.tolist()} if closed else set()
        self._follow(Moves(reset=True))

    def _follow(self, moves: Moves) -> None:
        before, self._now = self._now, self._build()
        self.listener(moves if moves.reset or not self.column else _translated(moves, before, self._now))

    def _build(self) -> _Lines:
        order = self.view.order
        if not self.column:
            return _Lines(order)
        names = self.view.board.names(self.column)
        codes = names.codes[order].astype(np.int64)
        first = np.diff(codes, prepend=-1) != 0
        seen = ~names.within(order, self._closed)
        before: Indices = np.cumsum(seen) - seen  # seen rows above each row
        starts = np.flatnonzero(first)
        headings = before[starts] + np.arange(len(starts))
        lines = np.where(seen, before + np.cumsum(first), -1)
        entries = np.empty(len(starts) + np.count_nonzero(seen), np.int64)
        entries[headings] = -1 - codes[starts]
        entries[lines[seen]] = order[seen]
        return _Lines(entries, codes, lines, codes[starts], np.append(starts, len(order)), headings)

    def _rows(self, heading: int) -> slice:
        """Return which rows of the view stand under ``heading``."""
        at = np.flatnonzero(self._now.groups == -1 - heading)
        return slice(*self._now.starts[at[0] : at[0] + 2].tolist()) if len(at) else slice(0)

    def _slots(self, heading: int) -> Slots:
        return self.view.order[self._rows(heading)]

    def _name(self, heading: int) -> str:
        return self.view.board.names(self.column).names[-1 - heading]


def _translated(moves: Moves, before: _Lines, after: _Lines) -> Moves:
    """Return as moves of lines what ``moves`` says of rows.

    A row that kept its place but came under another heading has moved: headings never pass one another.
    """
    kept = np.delete(np.arange(len(before.codes)), moves.removed)
    rank = moves.changed - np.searchsorted(moves.inserted, moves.changed)
    was = kept[rank]
    other = before.codes[was] != after.codes[moves.changed]
    stays = np.isin(before.groups, after.groups)
    stayed = np.isin(after.groups, before.groups)
    return Moves(
        removed=_lines(before, [moves.removed, was[other]], before.headings[~stays]),
        inserted=_lines(after, [moves.inserted, moves.changed[other]], after.headings[~stayed]),
        changed=_lines(after, [moves.changed[~other]], after.headings[stayed]),
        arrived=moves.arrived,
    )


def _lines(where: _Lines, rows: list[Indices], headings: NDArray[np.int64]) -> Indices:
    """Return the seen lines of ``rows`` and ``headings``, in order."""
    lines = where.lines[np.concatenate(rows)]
    return np.sort(np.concatenate([lines[lines >= 0], headings]))
