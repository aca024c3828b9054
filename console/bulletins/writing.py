"""A bulletin into a file, whose ending says which kind."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.bulletins import pages, sheets
from console.bulletins.bulletin import Bulletin
from console.causes import cause
from console.errors import BadInput
from console.intake.hygiene import excerpt

KINDS: Final[dict[str, Callable[[Bulletin], bytes]]] = {".pdf": pages.document, ".xlsx": sheets.workbook}


def written(path: Path) -> Callable[[Bulletin], None]:
    """Return what writes a bulletin to ``path``.

    BadInput for an ending that is neither .pdf nor .xlsx, or where nothing can be written: asked before
    anything is issued.
    """
    make = KINDS.get(path.suffix.lower())
    if make is None:
        raise BadInput("bad_bulletin_file", file=excerpt(path.name, 120))
    if not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        why = OSError(errno.EACCES if path.parent.is_dir() else errno.ENOENT, "")
        raise BadInput("file_unwritable", file=excerpt(path.name, 120), detail=cause(why))
    return lambda bulletin: _replace(path, make(bulletin))


def _replace(path: Path, data: bytes) -> None:
    """Write the whole file or nothing; what stood there is replaced at the end."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except (OSError, ValueError) as error:
        raise BadInput("file_unwritable", file=excerpt(path.name, 120), detail=cause(error)) from error
