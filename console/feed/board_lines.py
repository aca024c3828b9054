"""Free texts by slot as one long run of characters, in which a word is looked for in all of them at once.

What is written anew goes to the end and leaves a gap; when the gaps outweigh the rest, the run is closed up.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.feed.board_search import LETTERS, letters
from console.feed.board_slots import Slots, longer

BASIC = 0x10000  # characters from here on stand as codes that are no character's, 2,048 of them
SURROGATES, SURROGATE = 0xD800, 0x7FF
NOBODY = -1
Found = NDArray[np.bool_]
Indices = NDArray[np.int64]
Codes = NDArray[np.uint16] | NDArray[np.uint8]


class Lines:
    """Text by slot, and its initials. A line is one slot's text and a zero, so that no word spans two."""

    def __init__(self) -> None:
        self._said: NDArray[np.uint16] = np.zeros(0, np.uint16)
        self._initials: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self._begins: Indices = np.zeros(2, np.int64)  # of each line, and where the last one ends
        self._owners: NDArray[np.int32] = np.full(1, NOBODY, np.int32)  # line 0 is empty and nobody's
        self._lines: NDArray[np.int32] = np.zeros(0, np.int32)  # by slot
        self._count = 1
        self._gaps = 0

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` slots."""
        self._lines = longer(self._lines, capacity)

    def write(self, slots: Slots, texts: Sequence[str]) -> None:
        """Store ``texts`` at ``slots``."""
        lowered = [text.lower() for text in texts]
        joined = "\0".join([*lowered, ""]).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(joined, np.uint32)
        self._forget(slots)
        self._append(slots, np.array([len(text) + 1 for text in lowered], np.int64))
        self._said = self._put(self._said, _basic(codes))
        self._initials = self._put(self._initials, letters(codes))
        if 2 * self._gaps > self._end:
            self._close_up()

    def having(self, slots: Slots, word: str) -> Found:
        """Tell for each of ``slots`` whether ``word``, in small letters, stands in its text or initials."""
        codes = np.array([ord(character) for character in word], np.uint32)
        chinese = codes.max() >= LETTERS
        run, sought = (self._said, _basic(codes)) if chinese else (self._initials, codes)
        found = np.zeros(len(self._lines), np.bool_)
        if len(slots) > len(self._lines) // 32:  # then looking everywhere is cheaper than gathering first
            places = _places(run[: self._end], sought)
            owners = self._owners[np.searchsorted(self._begins[: self._count], places, side="right") - 1]
            found[owners[owners != NOBODY]] = True
        else:
            index, begins = self._gather(self._lines[slots])
            places = _places(run[index], sought)
            found[slots[np.searchsorted(begins, places, side="right") - 1]] = True
        return found[slots]

    @property
    def _end(self) -> int:
        return int(self._begins[self._count])

    def _forget(self, slots: Slots) -> None:
        lines = self._lines[slots]
        self._gaps += int((self._begins[lines + 1] - self._begins[lines]).sum())
        self._owners[lines] = NOBODY

    def _append(self, slots: Slots, lengths: Indices) -> None:
        first, self._count = self._count, self._count + len(slots)
        self._begins = _roomy(self._begins, self._count + 1)
        self._owners = _roomy(self._owners, self._count)
        self._begins[first + 1 : self._count + 1] = self._begins[first] + np.cumsum(lengths)
        self._owners[first : self._count] = slots
        self._lines[slots] = np.arange(first, self._count)

    def _put(self, run: NDArray[Any], codes: Codes) -> NDArray[Any]:
        run = _roomy(run, self._end)
        run[self._end - len(codes) : self._end] = codes
        return run

    def _gather(self, lines: NDArray[np.int32]) -> tuple[Indices, Indices]:
        """Return the indices of all characters of ``lines``, and where each begins among them."""
        starts = self._begins[lines]
        lengths = self._begins[lines + 1] - starts
        ends = np.cumsum(lengths)
        begins = ends - lengths
        return np.repeat(starts - begins, lengths) + np.arange(ends[-1] if len(ends) else 0), begins

    def _close_up(self) -> None:
        lines = np.flatnonzero(self._owners[: self._count] != NOBODY).astype(np.int32)
        index, begins = self._gather(lines)
        self._said, self._initials = self._said[index], self._initials[index]
        self._owners = np.concatenate([[NOBODY], self._owners[lines]]).astype(np.int32)
        self._begins = np.concatenate([[0], begins, [len(index)]])
        self._count, self._gaps = len(self._owners), 0
        self._lines[self._owners[1:]] = np.arange(1, self._count)


def _basic(codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Return ``codes`` in two bytes each."""
    return np.where(codes < BASIC, codes, SURROGATES + (codes & SURROGATE)).astype(np.uint16)


def _places(run: Codes, sought: NDArray[Any]) -> Indices:
    """Return where in ``run`` the characters of ``sought`` stand one after another."""
    room = max(0, len(run) - len(sought) + 1)
    here = run[:room] == sought[0]
    if len(sought) > 1:
        here &= run[1 : room + 1] == sought[1]
    places = np.flatnonzero(here)
    for step, code in enumerate(sought[2:], start=2):
        places = places[run[places + step] == code]
    return places


def _roomy(values: NDArray[Any], needed: int) -> NDArray[Any]:
    return values if needed <= len(values) else longer(values, max(needed * 5 // 4, 2 * len(values)))
