"""The open incidents that a seat may see, as columns: merged in batches, read by every panel."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from console.feed.board_column import Column, Figures, Names, columns_for
from console.feed.board_row import FREE_TEXTS, Row
from console.feed.board_slots import NOWHERE, Numbers, SlotIndex, Slots, longer
from console.grade import Grade

SEARCHED = ("number", "title", "place", "township", "community", "class_name", "unit")
FIRST_CAPACITY = 1024
VERSION = attrgetter("version")


@dataclass(frozen=True, slots=True)
class Change:
    """What one batch did to the board: numbers of incidents, and every slot that was touched."""

    added: Numbers
    changed: Numbers
    removed: Numbers
    slots: Slots


@dataclass(frozen=True, slots=True)
class Counts:
    """How many incidents are on the board: in all, by status, by grade, and held by this seat."""

    total: int
    by_status: dict[str, int]
    by_grade: dict[Grade, int]
    mine: int


class Board:
    """Open incidents by number; each lives in a slot that it keeps until it leaves."""

    def __init__(self) -> None:
        self._index = SlotIndex()
        self._left: list[int] = []  # slots that were used and are free again
        self._begun = 0  # slots below have been used
        self._listeners: list[Callable[[Change], None]] = []
        self._revision = 0
        self.columns: dict[str, Column] = columns_for(get_type_hints(Row), FREE_TEXTS)
        self.numbers = self._figures("number")
        self.alive: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self.stamps: NDArray[np.int64] = np.zeros(0, np.int64)  # revision of the last write
        self._grow(FIRST_CAPACITY)

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, number: int) -> bool:
        return self._index.slot(number) is not None

    @property
    def capacity(self) -> int:
        """Return how many slots there are, used or not."""
        return len(self.alive)

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Tell ``listener`` of every change, at once; return how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, rows: Iterable[Row], gone: Iterable[int] = ()) -> Change:
        """Take ``gone`` away and put ``rows`` in; a row older than the one on the board is left out."""
        latest = {row.number: row for row in rows}
        left = [number for number in gone if number not in latest]
        numbers = _numbers(latest)
        slots = self._index.of(numbers)
        held = np.where(slots == NOWHERE, 0, self._figures("version")[slots])
        late = held <= np.fromiter(map(VERSION, latest.values()), np.int64, len(latest))
        return self._merge(numbers[late], slots[late], list(compress(latest.values(), late)), left)

    def restore(self, rows: Iterable[Row], gone: Iterable[int] = ()) -> Change:
        """Take ``gone`` away and put ``rows`` in, whatever their versions: what was done is taken back."""
        latest = {row.number: row for row in rows}
        numbers = _numbers(latest)
        return self._merge(numbers, self._index.of(numbers), list(latest.values()), gone)

    def replace(self, rows: Iterable[Row]) -> Change:
        """Make ``rows`` all that the board holds, whatever their versions (a restore may take some back)."""
        latest = {row.number: row for row in rows}
        left = np.setdiff1d(self._index.numbers(), _numbers(latest))
        return self.restore(latest.values(), left.tolist())

    def row(self, number: int) -> Row | None:
        """Return the incident ``number``, or None if it is not here."""
        slot = self.slot(number)
        return None if slot is None else self.row_at(slot)

    def row_at(self, slot: int) -> Row:
        """Return the incident in ``slot``."""
        return Row(**{name: column.read(slot) for name, column in self.columns.items()})  # type: ignore[arg-type]

    def slot(self, number: int) -> int | None:
        """Return the slot of ``number``."""
        return self._index.slot(number)

    def all_slots(self) -> Slots:
        """Return the slots in use."""
        return np.flatnonzero(self.alive)

    def grades(self, now: float, slots: Slots) -> NDArray[np.int8]:
        """Return the Grade of each of ``slots`` at ``now``, as ``grade_of`` tells one."""
        due, warn_at = self.floats("due")[slots], self.floats("warn_at")[slots]
        grades = np.full(len(slots), Grade.FINE, np.int8)
        grades[now >= warn_at] = Grade.NEAR
        grades[now >= due] = Grade.OVERDUE
        grades[np.isnan(due)] = Grade.NONE
        return grades

    def claimed(self, now: float, slots: Slots) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether a claim could run at ``now``, not having ended."""
        until = self.floats("claim_until")[slots]
        return np.array(until > now) | np.isnan(until)

    def counts(self, now: float) -> Counts:
        """Count the board at ``now``."""
        slots = self.all_slots()
        statuses = self.names("status")
        by_status = np.bincount(statuses.codes[slots], minlength=len(statuses.names))
        by_grade = np.bincount(self.grades(now, slots), minlength=len(Grade))
        return Counts(
            total=len(slots),
            by_status={name: int(n) for name, n in zip(statuses.names, by_status, strict=True) if n},
            by_grade={grade: int(by_grade[grade]) for grade in Grade},
            mine=int(np.count_nonzero(self._figures("mine")[slots] & self.claimed(now, slots))),
        )

    def tally(self, name: str, slots: Slots | None = None) -> dict[object, int]:
        """Count ``slots``, else the board, by the values of column ``name``, most frequent first."""
        slots, column = self.all_slots() if slots is None else slots, self.columns[name]
        if isinstance(column, Names):
            found = np.bincount(column.codes[slots], minlength=len(column.names))
            pairs: list[tuple[object, int]] = [
                (column.names[code], int(found[code])) for code in np.flatnonzero(found)
            ]
        else:
            values, found = np.unique(self._figures(name)[slots], return_counts=True)
            pairs = list(zip(values.tolist(), found.tolist(), strict=True))
        return dict(sorted(pairs, key=lambda pair: -pair[1]))

    def floats(self, name: str) -> NDArray[np.float64]:
        """Return the column ``name`` of figures by slot; read only."""
        return self._figures(name)

    def names(self, name: str) -> Names:
        """Return the column ``name`` of names."""
        column = self.columns[name]
        if not isinstance(column, Names):
            raise KeyError(name)
        return column

    def having(self, slots: Slots, word: str) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether ``word``, in small letters, stands in what is SEARCHED."""
        found = np.zeros(len(slots), np.bool_)
        for name in SEARCHED:
            found |= self.columns[name].having(slots, word)
        return found

    def _merge(self, numbers: Numbers, slots: Slots, rows: Sequence[Row], gone: Iterable[int]) -> Change:
        """Write ``rows`` of ``numbers`` to ``slots`` (NOWHERE = a new one) and take ``gone`` away."""
        new = slots == NOWHERE
        slots[new] = self._allot(numbers[new])
        self._write(slots, rows)
        removed = _numbers(dict.fromkeys(gone))
        left = self._index.of(removed)
        removed, left = removed[left != NOWHERE], left[left != NOWHERE]
        self._index.remove(removed)
        self.alive[left] = False
        self._left += left.tolist()  # only now: a slot never changes hands within one batch
        change = Change(numbers[new], numbers[~new], removed, np.concatenate([slots, left]))
        for listener in tuple(self._listeners):
            listener(change)
        return change

    def _allot(self, numbers: Numbers) -> Slots:
        again = [self._left.pop() for _number in numbers[: len(self._left)]]
        end = self._begun + len(numbers) - len(again)
        if end > self.capacity:
            self._grow(max(2 * self.capacity, end * 5 // 4))  # so that not the next one makes it grow again
        slots = np.array([*again, *range(self._begun, end)], np.int64)
        self._begun = end
        self._index.add(numbers, slots)
        return slots

    def _write(self, slots: Slots, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._revision += 1
        for column, values in zip(self.columns.values(), zip(*rows, strict=True), strict=True):
            column.write(slots, values)
        self.alive[slots] = True
        self.stamps[slots] = self._revision

    def _grow(self, capacity: int) -> None:
        for column in self.columns.values():
            column.grow(capacity)
        self.numbers = self._figures("number")
        self.alive = longer(self.alive, capacity)
        self.stamps = longer(self.stamps, capacity)

    def _figures(self, name: str) -> NDArray[Any]:
        column = self.columns[name]
        if not isinstance(column, Figures):
            raise KeyError(name)
        return column.values


def _numbers(found: Mapping[int, object]) -> Numbers:
    return np.fromiter(found, np.int64, len(found))
