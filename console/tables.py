"""Tables that are written row by row into a CSV or XLSX file, of any length; no cell can run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import Any, Final, Protocol

from console.bulletins.bulletin import plain
from console.errors import BadInput, OutOfReach
from console.intake.csv_file import ENCODING, Cell, inert_row
from console.intake.hygiene import excerpt
from console.intake.saving import discard, part_of, unwritable

SHEET_ROWS: Final = 1_048_576  # as many as a worksheet has
LONGEST: Final = 4000  # characters of a cell


class _Writer(Protocol):
    def add(self, row: Sequence[Cell]) -> None: ...

    def close(self) -> None: ...


class TableFile:
    """A table on its way to ``path``, whose ending says as what: nothing stands there before it is whole."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        """Begin; BadInput for another ending than .csv and .xlsx, or where nothing can be written."""
        make = KINDS.get(path.suffix.lower())
        if make is None:
            raise BadInput("bad_table_file", file=excerpt(path.name, 120))
        self._path, self._part = path, part_of(path)
        try:
            self._writer: _Writer = make(self._part, headings)
        except (OSError, ValueError) as error:
            raise unwritable(self._path, error) from error

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write more rows."""
        try:
            for row in rows:
                self._writer.add([_cell(cell) for cell in row])
        except (OSError, ValueError) as error:
            raise unwritable(self._path, error) from error

    def finish(self) -> None:
        """Put the whole table in its place; what stood there is gone."""
        try:
            self._writer.close()
            self._part.replace(self._path)
        except (OSError, ValueError) as error:
            discard(self._part)
            raise unwritable(self._path, error) from error

    def discard(self) -> None:
        """Leave nothing behind."""
        try:
            self._writer.close()
        except (OSError, ValueError):  # it could not be written, and is not wanted either
            return
        finally:
            discard(self._part)


def _cell(cell: Cell) -> Cell:
    """Return a cell fit for any file: a text on one line; blank for what is no number."""
    if isinstance(cell, str):
        return plain(cell, LONGEST)
    return cell if cell is None or isfinite(cell) else None


class _Csv:
    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding=ENCODING, newline="")
        self._rows = csv.writer(self._file)
        self.add(headings)

    def add(self, row: Sequence[Cell]) -> None:
        self._rows.writerow(inert_row(row))

    def close(self) -> None:
        self._file.close()


class _Xlsx:
    """Goes on in another sheet where one is full."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        try:
            library = import_module("xlsxwriter")
        except ModuleNotFoundError as error:
            raise OutOfReach("package_missing", package="xlsxwriter") from error
        self._file = path.open("wb")  # what cannot be written is told at once, not at the end
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book, self._headings = library.Workbook(self._file, options), headings
        self._text = self._book.add_format({"quote_prefix": True})
        self._head = self._book.add_format({"quote_prefix": True, "bold": True, "bottom": 1})
        self._turn()

    def _turn(self) -> None:
        self._sheet, self._line = self._book.add_worksheet(), 0
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(self._headings):
            self._sheet.set_column(column, column, max(10, 2 * len(heading) + 4))
        self._put(self._headings, self._head)

    def _put(self, row: Sequence[Cell], style: Any) -> None:  # noqa: ANN401  the library has no types
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                self._sheet.write_string(self._line, column, cell, style)
            elif cell is not None:
                self._sheet.write_number(self._line, column, cell)
        self._line += 1

    def add(self, row: Sequence[Cell]) -> None:
        if self._line == SHEET_ROWS:
            self._turn()
        self._put(row, self._text)

    def close(self) -> None:
        try:
            self._book.close()
        finally:
            self._file.close()


KINDS: Final[dict[str, Any]] = {".csv": _Csv, ".xlsx": _Xlsx}
