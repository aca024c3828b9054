"""The board's columns as arrays: figures, names out of a small set, and free text."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from console.feed.board_lines import Lines
from console.feed.board_search import initials, numbers_with
from console.feed.board_slots import Slots, longer

Keys = list[NDArray[Any]]


class Column(Protocol):
    """A value per slot. Keys sort slots: arrays of equal length, the weightiest first."""

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` slots."""

    def write(self, slots: Slots, values: Sequence[Any]) -> None:
        """Store ``values`` at ``slots``."""

    def read(self, slot: int) -> object:
        """Return the value at ``slot``."""

    def keys(self, slots: Slots, *, descending: bool) -> Keys:
        """Return the sort keys of ``slots``."""

    def within(self, slots: Slots, accepted: Collection[Any]) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether its value is among ``accepted``."""

    def having(self, slots: Slots, word: str) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether ``word``, in small letters, stands in its value."""


class Figures:
    """Numbers, instants or flags. numpy sorts NaN last, and its negative too."""

    def __init__(self, dtype: type[np.generic]) -> None:
        self.values: NDArray[Any] = np.zeros(0, dtype)

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` slots."""
        self.values = longer(self.values, capacity)

    def write(self, slots: Slots, values: Sequence[Any]) -> None:
        """Store ``values`` at ``slots``."""
        self.values[slots] = _once(values)

    def read(self, slot: int) -> object:
        """Return the value at ``slot``."""
        return self.values[slot].item()

    def keys(self, slots: Slots, *, descending: bool) -> Keys:
        """Return the sort keys of ``slots``."""
        values = self.values[slots]
        return [-values.astype(np.float64) if descending else values]

    def within(self, slots: Slots, accepted: Collection[Any]) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether its value is among ``accepted``."""
        return np.isin(self.values[slots], list(accepted))

    def having(self, slots: Slots, word: str) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether ``word`` stands in its digits."""
        digits = word.isascii() and word.isdecimal()
        return numbers_with(self.values[slots], word) if digits else np.zeros(len(slots), np.bool_)


class _Codes(dict[str, int]):
    """A code for each name, given when it is first met."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, name: str) -> int:
        self[name] = code = len(self._names)
        self._names.append(name)
        return code


class Names:
    """Names out of a small set, one code each."""

    def __init__(self) -> None:
        self.codes: NDArray[np.int32] = np.zeros(0, np.int32)
        self.names: list[str] = []
        self._code = _Codes(self.names)
        self._keys: list[str] = []  # by code: what a word is looked for in
        self._ranks: NDArray[np.int32] = np.zeros(0, np.int32)

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` slots."""
        self.codes = longer(self.codes, capacity)

    def write(self, slots: Slots, values: Sequence[str]) -> None:
        """Store ``values`` at ``slots``."""
        names = _once(values)
        self.codes[slots] = np.fromiter(map(self._code.__getitem__, names), np.int32, len(names))

    def read(self, slot: int) -> str:
        """Return the name at ``slot``."""
        return self.names[int(self.codes[slot])]

    def keys(self, slots: Slots, *, descending: bool) -> Keys:
        """Return the sort keys of ``slots``: ranks of their names."""
        ranks = self._ranked()[self.codes[slots]]
        return [-ranks if descending else ranks]

    def within(self, slots: Slots, accepted: Collection[str]) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether its name is among ``accepted``."""
        chosen = np.zeros(len(self.names) + 1, np.bool_)
        chosen[[self._code[name] for name in accepted if name in self._code]] = True
        return chosen[self.codes[slots]]

    def having(self, slots: Slots, word: str) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether ``word`` stands in its name, or in the initials of it."""
        new = [name.lower() for name in self.names[len(self._keys) :]]
        self._keys += [f"{name}\n{initials(name)}" for name in new]
        chosen = np.array([word in key for key in self._keys], np.bool_)
        return chosen[self.codes[slots]] if chosen.any() else np.zeros(len(slots), np.bool_)

    def _ranked(self) -> NDArray[np.int32]:
        # A new name shifts ranks but never swaps two old ones, so what is sorted stays sorted.
        if len(self._ranks) != len(self.names):
            by_rank = sorted(range(len(self.names)), key=lambda code: collation(self.names[code]))
            self._ranks = np.zeros(len(self.names), np.int32)
            self._ranks[by_rank] = np.arange(len(self.names), dtype=np.int32)
        return self._ranks


class FreeText:
    """Text of its own in every row; sorted by its first sixteen bytes, eight Chinese characters."""

    WORDS = 2

    def __init__(self) -> None:
        self.values: NDArray[np.object_] = np.zeros(0, object)
        # Tell a text from the one before without reading that; no text has -1, so nought is a new slot's.
        self._hashes: NDArray[np.int64] = np.zeros(0, np.int64)
        self._sorts: NDArray[np.uint64] = np.zeros((0, self.WORDS), np.uint64)
        self._lines = Lines()

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` slots."""
        self.values = longer(self.values, capacity)
        self._hashes = longer(self._hashes, capacity)
        self._sorts = longer(self._sorts, capacity)
        self._lines.grow(capacity)

    def write(self, slots: Slots, values: Sequence[str]) -> None:
        """Store ``values`` at ``slots``."""
        hashes = ~np.fromiter(map(hash, values), np.int64, len(values))
        other = self._hashes[slots] != hashes
        if other.any():
            self._hashes[slots], texts = hashes, np.array(values, object)
            size = 8 * self.WORDS
            heads = np.array([collation(text)[:size] for text in texts[other]], f"S{size}")
            self._sorts[slots[other]] = heads.view(">u8").reshape(-1, self.WORDS)
            self.values[slots] = texts
            self._lines.write(slots[other], texts[other].tolist())

    def read(self, slot: int) -> str:
        """Return the text at ``slot``."""
        return str(self.values[slot])

    def keys(self, slots: Slots, *, descending: bool) -> Keys:
        """Return the sort keys of ``slots``."""
        sorts = ~self._sorts[slots] if descending else self._sorts[slots]
        return [sorts[:, word] for word in range(self.WORDS)]

    def within(self, slots: Slots, accepted: Collection[str]) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether its text is among ``accepted``."""
        return np.array([value in accepted for value in self.values[slots]], np.bool_)

    def having(self, slots: Slots, word: str) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether ``word`` stands in its text, or in the initials of it."""
        return self._lines.having(slots, word)


KINDS: dict[type, Callable[[], Column]] = {
    int: lambda: Figures(np.int64),
    float: lambda: Figures(np.float64),
    bool: lambda: Figures(np.bool_),
    str: Names,
}


def collation(text: str) -> bytes:
    """Return bytes that sort ``text`` as Chinese lists do: GB 18030 has common characters by pinyin."""
    return text.lower().encode("gb18030", "replace")


def sort(slots: Slots, keys: Keys) -> Slots:
    """Return ``slots`` in the order of ``keys``."""
    return slots[np.lexsort(keys[::-1])]


def columns_for(kinds: Mapping[str, type], free: Collection[str]) -> dict[str, Column]:
    """Return an empty column for each name in ``kinds``; texts in ``free`` are free text."""
    return {name: FreeText() if name in free else KINDS[kind]() for name, kind in kinds.items()}


def _once(values: Sequence[Any]) -> Sequence[Any]:
    """Return ``values``, or the first alone where all are the same, as in most columns of a batch."""
    same = values[0] in values[-1:] and values.count(values[0]) == len(values)
    return values[:1] if same else values
