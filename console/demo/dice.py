"""Chance that falls the same way on every machine.

numpy promises a fixed stream for its bit generators, but not for what its ``Generator`` makes of it; so
the raw 64-bit numbers of PCG64 are turned into choices here.
"""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
_BLOCK = 64  # single numbers are drawn ahead; another size is another stream


class Dice:
    """A stream of chance of its own for each key; equal keys give equal streams."""

    def __init__(self, *key: int | str) -> None:
        numbers = [part if isinstance(part, int) else zlib.crc32(part.encode()) for part in key]
        self._bits = np.random.PCG64(np.random.SeedSequence(numbers))
        self._kept: list[float] = []

    def fractions(self, count: int) -> NDArray[np.float64]:
        """Return ``count`` numbers of [0, 1)."""
        raw = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def fraction(self) -> float:
        """Return one number of [0, 1)."""
        if not self._kept:
            self._kept = self.fractions(_BLOCK).tolist()
        return self._kept.pop()

    def below(self, limit: int) -> int:
        """Return one of 0 … ``limit`` - 1."""
        return int(self.fraction() * limit)

    def one_of(self, items: Sequence[Item]) -> Item:
        """Return one of ``items``."""
        return items[self.below(len(items))]

    def some_of(self, items: Sequence[Item], count: int) -> list[Item]:
        """Return ``count`` different ones of ``items`` in random order; all of them if there are fewer."""
        order = np.argsort(self.fractions(len(items)), kind="stable")
        return [items[i] for i in order[:count]]
