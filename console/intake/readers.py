"""Read a file of rows, whatever office made it: table, GeoJSON, GeoPackage, shapefile. All or BadInput."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from console.causes import cause
from console.errors import BadInput
from console.intake import archive, geojson, geopackage, shapefiles, workbook
from console.intake.frame import Frame
from console.intake.hygiene import excerpt
from console.intake.table import Record, Table, from_records
from console.intake.texts import mostly_utf8

MOST_BYTES = 128 * 2**20
ZIP, OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_STRANGE = ("<", "%PDF")  # KML, web pages and what is printed
_DELIMITERS = ",;\t|"
AT_ONCE = 2**15  # characters, and the rest of their line
SAMPLE = 100_000  # characters of a file that tell what divides its cells


def read_rows(path: Path, *, layer: str | None = None, frame: Frame | None = None) -> Table:
    """Return the rows of the file at ``path``; its content, not its name, tells what it is.

    ``layer`` chooses one of several in a GeoPackage or a zip of shapefiles; ``frame`` says what the numbers
    of its outlines are, where the clerk knows better than the file.
    """
    file = excerpt(path.name, 120)
    data = _bytes(path, file)
    if data.startswith(OLE):
        raise BadInput("file_old_excel", file=file)
    if data.startswith(geopackage.MAGIC):
        return geopackage.read(path, file, layer, frame)
    if data.startswith(shapefiles.MAGIC) or path.suffix.lower() in shapefiles.PARTS[1:]:
        return shapefiles.read(archive.beside(path), file, frame)
    if data.startswith(ZIP):
        parts = archive.shapefile(data, file, layer)
        if parts is not None:
            return shapefiles.read(parts, file, frame)
        return from_records(workbook.records(data, file), "xlsx", file)
    text, encoding = decode(data, file)
    if not text.strip():
        raise BadInput("file_empty", file=file)
    if text.lstrip().startswith(("{", "[{")):
        return geojson.read(text, file, frame)
    if text.lstrip().startswith(_STRANGE):
        raise BadInput("file_not_table", file=file)
    return from_records(comma_separated(io.StringIO(text, newline=""), text[:SAMPLE], file), encoding, file)


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Return the text and its encoding: by its mark, else UTF-8, else GB18030 (which holds GBK)."""
    mark = next((name for bom, name in BOMS.items() if data.startswith(bom)), None)
    for encoding in [mark] if mark else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and mostly_utf8(data):
                line = data.count(b"\n", 0, error.start) + 1
                raise BadInput("file_damaged", file=file, line=line) from error
            continue
        if "\0" not in text:
            return text, encoding.removesuffix("-sig")
    raise BadInput("file_not_table", file=file)


def _bytes(path: Path, file: str) -> bytes:
    try:
        if not path.is_file():
            raise BadInput("file_is_folder" if path.is_dir() else "file_missing", file=file)
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("file_too_large", file=file, limit=f"{MOST_BYTES >> 20} MB")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise BadInput("file_unreadable", file=file, detail=cause(error)) from error
    if not data:
        raise BadInput("file_empty", file=file)
    return data


def unquoted(lines: TextIO, sample: str, file: str, most: int = -1) -> Iterator[Record]:
    """Yield what ``comma_separated`` does of ``lines`` without any quote, in a third of the time.

    With ``most`` a row is divided so many times only.
    """
    delimiter, limit, line = _delimiter(sample), csv.field_size_limit(), 1
    while texts := lines.readlines(AT_ONCE):
        rows = [text.rstrip("\r\n").split(delimiter, most) for text in texts]
        if max(map(len, texts)) > limit:
            for at, cells in enumerate(rows, line):
                if max(map(len, cells)) > limit:
                    detail = f"field larger than field limit ({limit})"
                    raise BadInput("file_malformed", file=file, line=at, detail=detail)
        yield from enumerate(rows, line)
        line += len(rows)


def comma_separated(lines: TextIO, sample: str, file: str) -> Iterator[Record]:
    """Yield (line, cells) of ``lines``; ``sample``, their beginning, tells what divides the cells."""
    reader = csv.reader(lines, delimiter=_delimiter(sample), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput("file_malformed", file=file, line=line, detail=str(error)) from error


def _delimiter(text: str) -> str:
    """Return what divides the first row that anything divides."""
    widths = {mark: _widths(text, mark) for mark in _DELIMITERS}
    for row in range(10):
        wide = {mark: found[row] for mark, found in widths.items() if row < len(found) and found[row] > 1}
        if wide:
            return max(wide, key=lambda mark: wide[mark])
    return ","


def _widths(text: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [len(cells) for cells in islice(reader, 10)]
    except csv.Error:
        return []
