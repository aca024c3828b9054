"""A file of rows that is read as a stream, twice: to see that it is whole, and to take its rows."""

import codecs
import itertools
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from console.causes import cause
from console.errors import BadInput
from console.intake import workbook
from console.intake.hygiene import excerpt
from console.intake.readers import BOMS, OLE, SAMPLE, ZIP, comma_separated, unquoted
from console.intake.table import Record, headings
from console.intake.texts import mostly_utf8

MOST_BYTES: Final = 8 * 2**30
CHUNK: Final = 2**20
TITLES: Final = 10  # a heading is looked for below so many rows of titles
EVERY: Final = 50_000
Told = Callable[[int, int], None]  # done, total


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first reading found: ``rows`` below the heading of ``heading_line``, ``lines`` to read.

    ``twice`` holds the hashes of first cells in ``column`` that more than one row has.
    """

    columns: tuple[str, ...]
    heading_line: int
    rows: int = 0
    twice: frozenset[int] = frozenset()


class Source:
    """The file at ``path``: CSV of any size in UTF-8, UTF-16, GBK or GB18030, or a workbook."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, excerpt(path.name, 120)
        self._begins, self._quoted = self._beginning(), False
        self.encoding = "" if self._begins.startswith(ZIP) else self._encoding()

    def headed(self) -> Survey:
        """Return the heading and where it stands; BadInput where there is none."""
        first = list(itertools.islice(self._filled(), TITLES))
        if not first:
            raise BadInput("file_empty", file=self.file)
        many = (at for at, (_, cells) in enumerate(first) if sum(bool(cell.strip()) for cell in cells) > 1)
        line, cells = first[next(many, 0)]
        return Survey(tuple(headings(cells, self.file)), line)

    def surveyed(self, head: Survey, column: int, told: Told | None = None) -> Survey:
        """Read everything; BadInput where the file is damaged anywhere. Eight bytes a row are held."""
        seen = array("q")
        codes = (hash(cells[column].strip()) for _, cells in self._all(column + 1) if len(cells) > column)
        while more := array("q", itertools.islice(codes, EVERY)):
            seen.extend(more)
            if told:
                told(len(seen), len(seen) + EVERY)
        hashes = np.sort(np.frombuffer(seen, dtype=np.int64)) if seen else np.empty(0, np.int64)
        twice = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
        return Survey(head.columns, head.heading_line, len(seen), frozenset(twice.tolist()) - {hash("")})

    def records(self, head: Survey) -> Iterator[Record]:
        """Yield (line, cells) of the rows below the heading; blank ones are left out."""
        return itertools.dropwhile(lambda record: record[0] <= head.heading_line, self._filled())

    def _filled(self) -> Iterator[Record]:
        return (
            record
            for record in self._all()
            if any(record[1])
            and (not (record[1][0] or " ").isspace() or any(cell.strip() for cell in record[1]))
        )

    def _all(self, most: int = -1) -> Iterator[Record]:
        """Yield every row; where that is quicker with its first ``most`` cells whole, the rest in one."""
        if not self.encoding:
            yield from workbook.records(self.path.read_bytes(), self.file)
            return
        try:
            with self.path.open(encoding=self.encoding, newline="") as lines:
                sample = lines.read(SAMPLE)
                lines.seek(0)
                if self._quoted:
                    yield from comma_separated(lines, sample, self.file)
                else:
                    yield from unquoted(lines, sample, self.file, most)
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput("file_unreadable", file=self.file, detail=cause(error)) from error

    def _beginning(self) -> bytes:
        try:
            if not self.path.is_file():
                raise BadInput("file_is_folder" if self.path.is_dir() else "file_missing", file=self.file)
            if self.path.stat().st_size > MOST_BYTES:
                raise BadInput("file_too_large", file=self.file, limit=f"{MOST_BYTES >> 30} GB")
            with self.path.open("rb") as file:
                begins = file.read(CHUNK)
        except (OSError, ValueError) as error:
            raise BadInput("file_unreadable", file=self.file, detail=cause(error)) from error
        if not begins.strip():
            raise BadInput("file_empty", file=self.file)
        if begins.startswith(OLE):
            raise BadInput("file_old_excel", file=self.file)
        return begins

    def _encoding(self) -> str:
        """Return the encoding in which every byte of the file is text."""
        mark = next((name for bom, name in BOMS.items() if self._begins.startswith(bom)), None)
        for encoding in [mark] if mark else ["utf-8", "gb18030"]:
            with self.path.open("rb") as file:
                broken = self._broken(file, encoding)
            if broken is None:
                return encoding
            if encoding == "utf-8" and broken and mostly_utf8(self._begins):
                raise BadInput("file_damaged", file=self.file, line=broken)
        raise BadInput("file_not_table", file=self.file)

    def _broken(self, file: BinaryIO, encoding: str) -> int | None:
        """Return the line at which ``file`` is no text in ``encoding``, 0 for a NUL, None where it is whole.

        Look for quotes on the way.
        """
        decoder = codecs.getincrementaldecoder(encoding)()
        lines, self._quoted = 1, False
        while True:
            chunk = file.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return lines + error.object.count(b"\n", 0, error.start)
            self._quoted = self._quoted or '"' in text
            if "\0" in text:
                return 0
            if not chunk:
                return None
            lines += chunk.count(b"\n")
