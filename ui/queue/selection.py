"""Which incidents an action on several acts on: marked by hand, and never lost by what arrives."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal

from console.feed.board_outline import Outline
from console.feed.board_row import Row
from console.feed.board_slots import Slots

MOST = 500  # incidents at once: as many answers as somebody can still go through


class Selection(QObject):
    """Marks on incidents of ``lines``. They stay until cleared, whatever filter, order or facts do."""

    changed = Signal()
    filled = Signal()  # more than MOST were asked for

    def __init__(self, lines: Outline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines, self._board = lines, lines.view.board
        self._marks: dict[int, Row] = {}  # as they were when they were marked
        self._anchor: int | None = None  # where a stretch begins
        self._base: dict[int, Row] = {}  # what was marked before the stretch

    def __len__(self) -> int:
        return len(self._marks)

    def __contains__(self, number: object) -> bool:
        return number in self._marks

    @property
    def many(self) -> bool:
        """Tell whether actions are for several."""
        return len(self._marks) > 1

    @property
    def unseen(self) -> int:
        """Return how many marked incidents the list does not show now."""
        return len(self._marks) - len(self._inside()) if self._marks else 0

    def rows(self) -> list[Row]:
        """Return the marked incidents as they are now, in the list's order; what left the board as it was."""
        ordered = dict.fromkeys([*self._inside(), *self._marks])
        return [self._board.row(number) or self._marks[number] for number in ordered]

    def statuses(self) -> list[str]:
        """Return the status of each marked incident; cheap, unlike ``rows``."""
        column, slots = self._board.columns["status"], map(self._board.slot, self._marks)
        found = zip(slots, self._marks.values(), strict=True)
        return [row.status if slot is None else str(column.read(slot)) for slot, row in found]

    def toggle(self, number: int) -> None:
        """Mark ``number``, or take its mark away."""
        self._anchor = None
        if number in self._marks:
            kept = [one for one in self._marks if one != number]
            self._hold(kept)
        else:
            self._hold([*self._marks, number])

    def stretch(self, start: int, end: int) -> None:
        """Mark the rows from where the stretch began, else from ``start``, to ``end``, and no others anew."""
        if self._anchor is None or self._lines.index_of(self._anchor) is None:
            self._anchor, self._base = start, dict(self._marks)
        first, last = self._lines.index_of(self._anchor), self._lines.index_of(end)
        if first is None or last is None:
            return
        step = 1 if last >= first else -1
        reached = self._lines.order[np.arange(first, last + step, step)]
        self._hold([*self._base, *self._numbers(reached)])

    def take_all(self) -> None:
        """Mark every row of the list, from its top."""
        self._anchor = None
        self._hold([*self._marks, *self._numbers(self._lines.order)])

    def choose(self, numbers: Sequence[int]) -> None:
        """Mark ``numbers`` and no other."""
        self._anchor = None
        self._hold(numbers)

    def clear(self) -> None:
        """Take all marks away."""
        self._anchor = None
        self._hold([])

    def end_stretch(self) -> None:
        """Begin the next stretch anew: the hand has gone elsewhere."""
        self._anchor = None

    def _hold(self, numbers: Sequence[int]) -> None:
        wanted = list(dict.fromkeys(numbers))
        before = self._marks
        known = {number: before.get(number) or self._board.row(number) for number in wanted[:MOST]}
        self._marks = {number: row for number, row in known.items() if row is not None}
        if len(wanted) > MOST:
            self.filled.emit()
        if self._marks.keys() != before.keys():
            self.changed.emit()

    def _inside(self) -> list[int]:
        slots = [slot for number in self._marks if (slot := self._board.slot(number)) is not None]
        order = self._lines.order
        return self._numbers(order[np.isin(order, slots)])

    def _numbers(self, entries: Slots) -> list[int]:
        """Return the incidents of some lines, without the headings."""
        found: list[int] = self._board.numbers[entries[entries >= 0]].tolist()
        return found
