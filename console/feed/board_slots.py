"""Which slot each incident has: two arrays in the order of numbers, so that a thousand are found at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Slots = NDArray[np.int64]
NOWHERE = -1
BEYOND = np.iinfo(np.int64).max  # stands at the end, so that every number has one that is not smaller


class SlotIndex:
    """Slots by number; however far apart the numbers are, a number costs sixteen bytes."""

    def __init__(self) -> None:
        self._numbers: Numbers = np.array([BEYOND], np.int64)
        self._slots: Slots = np.array([NOWHERE], np.int64)

    def __len__(self) -> int:
        return len(self._numbers) - 1

    def of(self, numbers: Numbers) -> Slots:
        """Return the slot of each of ``numbers``, NOWHERE for one that has none."""
        at = np.searchsorted(self._numbers, numbers)
        return np.where(self._numbers[at] == numbers, self._slots[at], NOWHERE)

    def slot(self, number: int) -> int | None:
        """Return the slot of ``number``."""
        at = int(np.searchsorted(self._numbers, number))
        return int(self._slots[at]) if self._numbers[at] == number else None

    def numbers(self) -> Numbers:
        """Return all that have a slot, in order."""
        return self._numbers[:-1]

    def add(self, numbers: Numbers, slots: Slots) -> None:
        """Give ``slots`` to ``numbers``, which have none."""
        if len(numbers):
            by_number = np.argsort(numbers)
            at = np.searchsorted(self._numbers, numbers[by_number])
            self._numbers = np.insert(self._numbers, at, numbers[by_number])
            self._slots = np.insert(self._slots, at, slots[by_number])

    def remove(self, numbers: Numbers) -> None:
        """Take their slots from ``numbers``, which have some."""
        if len(numbers):
            at = np.searchsorted(self._numbers, numbers)
            self._numbers, self._slots = np.delete(self._numbers, at), np.delete(self._slots, at)


def longer(values: NDArray[Any], capacity: int) -> NDArray[Any]:
    """Return ``values`` with room for ``capacity`` slots, the new ones zero."""
    longer = np.zeros((capacity, *values.shape[1:]), values.dtype)
    longer[: len(values)] = values
    return longer
