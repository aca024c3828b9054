"""A table as it came: headings and rows of text, each row with the place where it stands in its file."""

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from console.errors import BadInput
from console.language import say

Record = tuple[int, Sequence[str]]  # line, cells

MOST_COLUMNS = 64
MOST_ROWS = 1_048_576  # what a worksheet holds
_TITLE_ROWS = 10  # a heading is looked for below so many rows of titles


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``line`` counts from 1 (a feature's ordinal in GeoJSON), cells by heading.

    ``shape`` is a WKB multipolygon or point in degrees, longitude first; ``trouble`` says why the row cannot
    be used, ``remark`` what was mended.
    """

    line: int
    cells: dict[str, str]
    shape: bytes | None = None
    trouble: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows and how they were read: "utf-8", "gb18030", "utf-16", "xlsx", "geojson" or "gpkg".

    ``datum`` is that of every outline whose row names none, "" where nothing tells; ``notes`` say what was
    taken for granted of the whole file.
    """

    columns: tuple[str, ...]
    rows: list[Row] = field(repr=False)
    encoding: str
    shaped: bool = False
    datum: str = ""
    notes: tuple[str, ...] = ()
    cut: bool = False  # headings were cut off after ten bytes, as a shapefile does
    source: Path | None = None  # of millions of rows none is held here: they are read from there, twice


def from_records(records: Iterable[Record], encoding: str, file: str) -> Table:
    """Find the heading among ``records``, leave out blank ones and return the table."""
    filled = filter(_filled, _bounded(records, file))
    first = list(itertools.islice(filled, _TITLE_ROWS))
    if not first:
        raise BadInput("file_empty", file=file)
    start = next((i for i, (_, cells) in enumerate(first) if sum(map(bool, map(str.strip, cells))) > 1), 0)
    columns = headings(first[start][1], file)
    rows = [_row(record, columns) for record in itertools.chain(first[start + 1 :], filled)]
    return Table(tuple(filter(None, columns)), rows, encoding)


def headings(cells: Iterable[str], file: str) -> list[str]:
    """Return headings without decoration; the same one twice is refused."""
    columns = [
        " ".join(unicodedata.normalize("NFKC", cell[:200]).replace("\ufeff", "").split()) for cell in cells
    ]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        raise BadInput("file_not_table", file=file)
    named = [column for column in columns if column]
    if len(set(named)) < len(named):
        raise BadInput("columns_twice", column=next(c for c in named if named.count(c) > 1))
    return columns


def _bounded(records: Iterable[Record], file: str) -> Iterator[Record]:
    for count, record in enumerate(records):
        if count > MOST_ROWS:
            raise BadInput("file_too_large", file=file, limit=MOST_ROWS)
        yield record


def _filled(record: Record) -> bool:
    return any(cell.strip() for cell in record[1])


def _row(record: Record, columns: Sequence[str]) -> Row:
    line, cells = record
    named = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Row(line, named, trouble=say("errors.row_width", cells=len(cells), columns=len(columns)))
    return Row(line, named)
