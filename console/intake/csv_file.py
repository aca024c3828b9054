"""Rows as CSV that spreadsheets open in UTF-8 and never run as formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from console.intake.saving import save

Cell = str | float | None  # None: there is none
ENCODING: Final = "utf-8-sig"
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Save ``rows`` as ``path``, no cell a formula; BadInput("file_unwritable")."""
    text = StringIO(newline="")
    csv.writer(text).writerows(map(inert_row, rows))
    save(path, text.getvalue().encode(ENCODING, "replace"))


def inert_row(row: Iterable[Cell]) -> list[Cell]:
    """Return a row that runs nothing."""
    return [inert(cell) if isinstance(cell, str) else cell for cell in row]


def inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
