"""Whole columns of cells to values: what is plain passes at once, the rest as every cell of an import does.

A cell's value is what ``console.intake.values`` makes of it, None for an empty one, or the Problem that it
is. Cells that come again are read once.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from console.errors import Problem
from console.intake.columns import Column
from console.intake.hygiene import rules
from console.intake.values import value

REMEMBERED: Final = 50_000  # cells a column
_CODE = re.compile(r"(?!\d(?:\.\d+)?[Ee]\+?\d+$|\d+x$)[0-9A-Za-z][0-9A-Za-z_.\-]{0,39}")
_MARKED = re.compile(r"^(?:\d(?:\.\d+)?[Ee]\+?\d+|\d+x)$", re.MULTILINE)
_IDENTITY = re.compile(r"\d{14}(?:\d{3})?x")  # an identity number, whose last sign is a letter
_PHONE = re.compile(r"1[3-9]\d{9}")
MOBILE: Final = 11  # digits
_DIGITS = "0123456789"
_WORD = f"{_DIGITS}abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HAN = "".join(map(chr, range(0x4E00, 0xA000)))


class Whole:
    """Tells whether all cells of a column are plain at once: of ``signs``, so long, none of them ``odd``.

    ``odd`` is told the cells, each after a line break.
    """

    def __init__(self, signs: str, longest: int, odd: Callable[[str], bool] | None = None) -> None:
        self._signs = np.zeros(2**16, np.bool_)
        self._signs[[*map(ord, signs), ord("\n")]] = True
        self._longest, self._odd = longest, odd

    def holds(self, texts: Sequence[str]) -> bool:
        """Return whether each of ``texts`` is its own value."""
        joined = "\n".join(("", *texts))
        units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
        return (
            bool(self._signs[units].all())
            and all(texts)
            and joined.count("\n") == len(texts)
            and max(map(len, texts)) <= self._longest
            and not (self._odd and self._odd(joined))
        )


def _odd_code(joined: str) -> bool:
    """Tell a code that begins with a mark, and what is none as it stands (1.5E+17, 1101…x)."""
    marked = any(f"\n{mark}" in joined for mark in "_.-")
    return marked or (any(sign in joined for sign in "eEx") and _MARKED.search(joined) is not None)


def _odd_phone(joined: str) -> bool:
    """Tell a number that is no mobile one."""
    cells = joined.count("\n")
    mobile = joined.count("\n1") == cells and not any(f"\n1{digit}" in joined for digit in "012")
    return not mobile or len(joined) != cells * (1 + MOBILE)  # none is longer


class Cells(dict[str, Any]):
    """The values of one column's cells by their text; ``faulty`` once one of them was none."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column, self.faulty = column, False
        self._whole, self._plain = _plain(column.reads)

    def __missing__(self, text: str) -> Any:  # noqa: ANN401  each column has its own type
        try:
            found = value(text, self.column)
        except Problem as problem:
            self.faulty = True
            found = problem
        if self.column.reads == "code" and isinstance(found, str) and _IDENTITY.fullmatch(found):
            found = found.upper()  # the same person either way
        found = None if found == "" or (self.column.reads == "datum" and not text.strip()) else found
        self[text] = found
        return found

    def read(self, texts: Sequence[str]) -> Sequence[Any]:
        """Return the value of each of ``texts``."""
        if len(self) > REMEMBERED:
            self.clear()
        plain = self._plain
        if plain is None:
            return [self[text] for text in texts]
        if self._whole is not None and texts and self._whole.holds(texts):
            return texts
        return [text if plain(text) else self[text] for text in texts]


def _plain(reads: str) -> tuple[Whole | None, Callable[[str], object] | None]:
    """Return what tells a column and a cell that are their own values; None where cells come again anyway."""
    if reads == "code":
        return Whole(f"{_WORD}_.-", 40, _odd_code), _CODE.fullmatch
    if reads == "own_phone":
        return Whole(_DIGITS, MOBILE, _odd_phone), _PHONE.fullmatch
    if reads in rules():
        longest = rules()[reads].limit
        cell = re.compile(rf"[0-9A-Za-z\u4e00-\u9fff()#-]{{1,{longest}}}")
        return Whole(f"{_WORD}{_HAN}()#-", longest), cell.fullmatch
    return None, None
