"""Rows of the first visible sheet of an XLSX workbook, with a cap on what its zip unpacks to."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from console.errors import BadInput
from console.intake.instants import CHINA
from console.intake.table import MOST_COLUMNS, MOST_ROWS, Record

MOST_UNPACKED = 256 * 2**20
_MOST_PARTS = 1000
_EXACT = 10**15  # a worksheet keeps fifteen digits of a number
# what openpyxl and zipfile raise over files that are not what they seem
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    AssertionError,
)


def records(data: bytes, file: str) -> Iterator[Record]:
    """Yield (row number, cells as text): dates as ISO 8601 at +08:00, formulas as last calculated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations that openpyxl leaves out
        try:
            _refuse_bomb(data, file)
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
            sheet.reset_dimensions()  # they are a claim of the file's
            rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1)
            for line, cells in rows:
                if line > MOST_ROWS:  # row numbers are a claim, too
                    raise BadInput("file_too_large", file=file, limit=MOST_ROWS)
                if cells.count(None) < len(cells):
                    yield line, _trimmed(cells)
        except (*_BROKEN, StopIteration) as error:
            raise BadInput("file_not_table", file=file) from error


def text_of(value: Any) -> str:  # noqa: ANN401, PLR0911  a cell may hold anything: one line a type
    """Return a cell's value as a CSV file would have it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float() if abs(value) >= _EXACT:
            return f"{value:E}"  # its last digits are gone: no code can be read from it
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.replace(tzinfo=CHINA, microsecond=0).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _trimmed(cells: tuple[Any, ...]) -> list[str]:
    texts = [text_of(value) for value in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _refuse_bomb(data: bytes, file: str) -> None:
    """Refuse by the sizes that the zip declares: zipfile never unpacks a part beyond its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadInput("file_too_large", file=file, limit=f"{MOST_UNPACKED >> 20} MB")
