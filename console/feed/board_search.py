"""Finding rows by what somebody types: numbers, words, and the pinyin initials of Chinese.

The texts that differ from row to row stand as characters in a matrix, a line per slot. A word is looked for
in all lines at once: where its first character stands, then which of those places go on with the second.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

WIDTH = 48  # characters of a line; the last one stays empty, so that no word is found across two lines
FIRST_CHINESE = 0x2E80
LETTERS = 0x100  # below this a character and its initial are the same, and fit into a byte
RARE = 0xFFFF  # stands for every character outside the basic plane
Slots = NDArray[np.int64]
Found = NDArray[np.bool_]


class Lines:
    """Text by slot, and its initials; a text longer than a line is kept beside."""

    def __init__(self) -> None:
        self._said: NDArray[np.uint16] = np.zeros((0, WIDTH), np.uint16)
        self._initials: NDArray[np.uint8] = np.zeros((0, WIDTH), np.uint8)
        self._long: dict[int, str] = {}

    def grow(self, capacity: int) -> None:
        """Make room for ``capacity`` slots."""
        more = ((0, capacity - len(self._said)), (0, 0))
        self._said, self._initials = np.pad(self._said, more), np.pad(self._initials, more)

    def write(self, slots: Slots, texts: Sequence[str]) -> None:
        """Store ``texts`` at ``slots``."""
        lowered = [text.lower() for text in texts]
        codes = np.array(lowered, f"U{WIDTH - 1}").view(np.uint32).reshape(len(lowered), WIDTH - 1)
        said = np.minimum(codes, RARE).astype(np.uint16)
        self._said[slots, :-1] = said
        self._initials[slots, :-1] = _INITIALS.of(said)
        for slot in self._long.keys() & set(slots.tolist()):
            del self._long[slot]
        beyond = [
            line
            for line, text in enumerate(lowered)
            if len(text) >= WIDTH or max(text, default="") >= chr(RARE)
        ]
        self._long.update((int(slots[line]), lowered[line]) for line in beyond)

    def having(self, slots: Slots, word: str) -> Found:
        """Tell for each of ``slots`` whether ``word``, in small letters, stands in its text or initials."""
        whole = len(slots) > len(self._said) // 4  # then looking everywhere is cheaper than gathering first
        matrix = self._said if max(map(ord, word)) >= LETTERS else self._initials
        found = _lines_with(matrix, word)[slots] if whole else _lines_with(matrix[slots], word)
        if self._long:
            self._look_beside(found, slots, word)
        return found

    def _look_beside(self, found: Found, slots: Slots, word: str) -> None:
        for line in np.flatnonzero(np.isin(slots, list(self._long))).tolist():
            text = self._long[int(slots[line])]
            found[line] = word in text or word in initials(text)


class _Initials:
    """A table from character to initial that learns what it meets."""

    def __init__(self) -> None:
        self._table: NDArray[np.uint16] = np.arange(RARE + 1, dtype=np.uint16)
        self._known: Found = np.arange(RARE + 1) < FIRST_CHINESE

    def of(self, codes: NDArray[np.uint16]) -> NDArray[np.uint8]:
        """Return the initials of ``codes`` that are letters, else 1."""
        unknown = codes[~self._known[codes]]
        for code in np.unique(unknown).tolist():
            self._table[code] = ord(_initial(chr(code)))
            self._known[code] = True
        letters = self._table[codes]
        return np.where(letters < LETTERS, letters, 1).astype(np.uint8)


_INITIALS = _Initials()


def initials(text: str) -> str:
    """Return the pinyin initials of ``text``, other characters as they are: 积水 → js."""
    return "".join(map(_initial, text))


def words(typed: str) -> list[str]:
    """Return the words of ``typed``; a row must have them all."""
    return typed.lower().split()


def numbers_with(numbers: NDArray[np.int64], word: str) -> Found:
    """Tell for each of ``numbers`` whether the digits of ``word`` stand in it."""
    found = np.zeros(len(numbers), np.bool_)
    size, rest = len(word), numbers
    while rest.size and rest.max() >= 10 ** (size - 1):
        found |= (rest % 10**size == int(word)) & (rest >= 10 ** (size - 1))
        rest = rest // 10
    return found


def _lines_with(matrix: NDArray[np.uint16] | NDArray[np.uint8], word: str) -> Found:
    """Tell for each line of ``matrix`` whether it has ``word``."""
    found = np.zeros(len(matrix), np.bool_)
    codes = [min(ord(character), RARE) for character in word]
    flat = matrix.reshape(-1)
    places = np.flatnonzero(flat[: max(0, len(flat) - len(codes) + 1)] == codes[0])
    for step, code in enumerate(codes[1:], start=1):
        places = places[flat[places + step] == code]
    found[places // WIDTH] = True
    return found


@cache
def _initial(character: str) -> str:
    if ord(character) < FIRST_CHINESE:
        return character
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  its tables cost a third of a second

    return "".join(lazy_pinyin(character, style=Style.FIRST_LETTER))[:1] or character
