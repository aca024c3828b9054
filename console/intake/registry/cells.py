"""Whole columns of cells to values: what is plain passes at once, the rest as every cell of an import does.

A cell's value is what ``console.intake.values`` makes of it, None for an empty one, or the Problem that it
is. Cells that come again are read once.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from console.errors import Problem
from console.intake.columns import Column
from console.intake.hygiene import rules
from console.intake.values import value

REMEMBERED: Final = 50_000  # cells a column
_CODE = re.compile(r"(?!\d(?:\.\d+)?[Ee]\+?\d+$|\d+x$)[0-9A-Za-z][0-9A-Za-z_.\-]{0,39}")
_IDENTITY = re.compile(r"\d{14}(?:\d{3})?x")  # an identity number, whose last sign is a letter
_PHONE = re.compile(r"1[3-9]\d{9}")


class Cells(dict[str, Any]):
    """The values of one column's cells by their text; ``faulty`` once one of them was none."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column, self.faulty = column, False
        self._plain = _plain(column.reads)

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

    def read(self, texts: Sequence[str]) -> list[Any]:
        """Return the value of each of ``texts``."""
        if len(self) > REMEMBERED:
            self.clear()
        plain = self._plain
        if plain is None:
            return [self[text] for text in texts]
        return [text if plain(text) else self[text] for text in texts]


def _plain(reads: str) -> Callable[[str], object] | None:
    """Return what tells a cell that is its own value; None for columns whose cells come again anyway."""
    if reads == "code":
        return _CODE.fullmatch
    if reads == "phone":
        return _PHONE.fullmatch
    if reads in rules():
        return re.compile(rf"[0-9A-Za-z\u4e00-\u9fff()#-]{{1,{rules()[reads].limit}}}").fullmatch
    return None
