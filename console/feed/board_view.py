"""A filtered, sorted look at the board that follows every batch and says exactly what moved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.feed.board import Board, Change
from console.feed.board_column import Keys, sort
from console.feed.board_filter import Filter, admits
from console.feed.board_slots import Slots

Indices = NDArray[np.int64]
NOTHING: Indices = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Sort:
    """The column that orders a view; equal ones by number, rows without a value last."""

    column: str = "due"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """How a view's rows moved: take ``removed`` out (indices before), put ``inserted`` in (indices after).

    ``changed`` (indices after) stayed where they were with other contents; ``arrived`` are numbers that were
    not in the view before. ``reset``: forget everything, the filter or the order is another.
    """

    removed: Indices = field(default_factory=NOTHING.copy)
    inserted: Indices = field(default_factory=NOTHING.copy)
    changed: Indices = field(default_factory=NOTHING.copy)
    arrived: NDArray[np.int64] = field(default_factory=NOTHING.copy)
    reset: bool = False


class BoardView:
    """Rows of a board that pass a filter, in order."""

    def __init__(self, board: Board, clock: Callable[[], float]) -> None:
        self.board = board
        self.filter = Filter()
        self.sort = Sort()
        self.group = ""  # the column whose equal values stand together, "" = none
        self.order: Slots = NOTHING.copy()
        self.listener: Callable[[Moves], None] = lambda _moves: None
        self._clock = clock
        self.close = board.listen(self._follow)
        self._rebuild()

    def __len__(self) -> int:
        return len(self.order)

    def number_at(self, index: int) -> int:
        """Return the incident at ``index``."""
        return int(self.board.numbers[self.order[index]])

    def index_of(self, number: int) -> int | None:
        """Return where ``number`` stands, None if it is not in the view."""
        slot = self.board.slot(number)
        found = NOTHING if slot is None else np.flatnonzero(self.order == slot)
        return int(found[0]) if len(found) else None

    def show(self, wanted: Filter) -> None:
        """Show what passes ``wanted``; one that narrows what is shown leaves the rest in its order."""
        narrower, self.filter = wanted.narrows(self.filter), wanted
        if narrower:
            self.order = self.order[self._admits(self.order)]
        else:
            self._rebuild()
        self.listener(Moves(reset=True))

    def order_by(self, wanted: Sort) -> None:
        """Show the rows in another order."""
        self.sort = wanted
        self._reorder()

    def group_by(self, column: str) -> None:
        """Let rows of one value of ``column``, of names, stand together, sorted among themselves."""
        self.group = column
        self._reorder()

    def pass_time(self) -> None:
        """Let rows in and out whose grade or claim changed by time alone."""
        if self.filter.timed:
            slots = self.board.all_slots()
            differ = slots[self._mask(self.order)[slots] != self._admits(slots)]
            if len(differ):
                self.listener(self._merge(differ))

    def _reorder(self) -> None:
        self._rebuild()
        self.listener(Moves(reset=True))

    def _rebuild(self) -> None:
        slots = self.board.all_slots()
        admitted = slots[self._admits(slots)]
        self.order = sort(admitted, self._keys(admitted))

    def _follow(self, change: Change) -> None:
        if len(change.slots):
            self.listener(self._merge(change.slots))

    def _merge(self, touched: Slots) -> Moves:
        """Take ``touched`` out of the order and put those that belong back where they belong."""
        hit = self._mask(touched)[self.order]
        left, left_slots, kept = np.flatnonzero(hit), self.order[hit], self.order[~hit]
        admitted = touched[self._admits(touched)]
        entered = sort(admitted, self._keys(admitted))
        places = self._places(kept, entered)
        self.order = np.insert(kept, places, entered)
        joined = places + np.arange(len(places))
        stayed = self._mask(_stayed(left_slots, left - np.arange(len(left)), entered, places))
        return Moves(
            removed=left[~stayed[left_slots]],
            inserted=joined[~stayed[entered]],
            changed=joined[stayed[entered]],
            arrived=self.board.numbers[entered[~self._mask(left_slots)[entered]]],
        )

    def _mask(self, slots: Slots) -> NDArray[np.bool_]:
        """Return a flag per slot of the board, set for ``slots``: many times as fast as ``np.isin``."""
        mask = np.zeros(self.board.capacity, np.bool_)
        mask[slots] = True
        return mask

    def _places(self, kept: Slots, entering: Slots) -> Indices:
        """Return where in ``kept`` each of ``entering`` belongs.

        The first key says it nearly always; among its equals one binary search for all at once goes on.
        """
        first, *others = self._keys(entering)
        if not len(kept):
            return np.zeros(len(entering), np.int64)
        sorted_first = next(self._each_key(kept))
        places = np.searchsorted(sorted_first, first)
        tied = np.flatnonzero(~(sorted_first.take(places, mode="clip") > first))  # perhaps: NaN is like NaN
        low, high = places[tied], np.searchsorted(sorted_first, first[tied], side="right")
        others = [key[tied] for key in others]
        while (between := low < high).any():
            middle = (low + high) // 2
            less = _less(self._keys(kept.take(middle, mode="clip"))[1:], others)
            low, high = np.where(between & less, middle + 1, low), np.where(between & ~less, middle, high)
        places[tied] = low
        return places

    def _keys(self, slots: Slots) -> Keys:
        return list(self._each_key(slots))

    def _each_key(self, slots: Slots) -> Iterator[NDArray[Any]]:
        """Yield the sort keys of ``slots``, the weightiest first, each made when it is asked for."""
        if self.group:
            yield from self.board.columns[self.group].keys(slots, descending=False)
        yield from self.board.columns[self.sort.column].keys(slots, descending=self.sort.descending)
        yield self.board.numbers[slots]

    def _admits(self, slots: Slots) -> NDArray[np.bool_]:
        return admits(self.board, self.filter, self._clock(), slots)


def _less(some: Keys, others: Keys) -> NDArray[np.bool_]:
    """Compare two lists of key columns row by row, the first column first; NaN is last, as when sorted."""
    less = np.zeros(len(others[0]), np.bool_)
    equal = np.ones(len(others[0]), np.bool_)
    for one, other in zip(some, others, strict=True):
        last, other_last = np.isnan(one), np.isnan(other)
        less |= equal & ((one < other) | (other_last & ~last))
        equal &= (one == other) | (other_last & last)
    return less


def _stayed(left: Slots, ranks: Indices, entered: Slots, places: Indices) -> Slots:
    """Return the slots that came back to their place: as many kept rows before, in the same sequence."""
    if not len(left):
        return NOTHING.copy()
    by_slot = np.argsort(left)
    found = np.searchsorted(left, entered, sorter=by_slot)
    was = by_slot[np.minimum(found, len(left) - 1)]
    here = (left[was] == entered) & (ranks[was] == places)
    same, sequence = entered[here], left[np.sort(was[here])]
    stayed: Slots = same[sequence == same]
    return stayed
