"""A file that somebody attaches to a case: the name under which it is kept, and its bytes."""

import errno
import os
from pathlib import Path
from typing import Final

from console.causes import cause
from console.errors import BadInput
from console.intake.hygiene import clean, excerpt

LINE: Final = 200  # characters of a name
MOST: Final = 50 << 20  # bytes: what a county may allow at most; the database knows what this one does


def name(path: str) -> str:
    """Return the name of the file at ``path``, fit to be kept."""
    return clean(Path(path).name.encode("utf-8", "replace").decode(), "name", LINE) or "file"


def read(path: str) -> bytes:
    """Return the bytes of the file at ``path``; BadInput where it is none, empty, or too large to be read."""
    shown = excerpt(path, 120)
    try:
        file = Path(path).expanduser()
        size = _size(file)
        content = file.read_bytes() if size <= MOST else b""
    except FileNotFoundError as error:
        raise BadInput("file_missing", file=shown) from error
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: the home of nobody
        raise BadInput("file_unreadable", file=shown, detail=cause(error)) from error
    if size > MOST:
        raise BadInput("attachment_too_large", file=shown, limit=MOST)
    if not content:
        raise BadInput("file_empty", file=shown)
    return content


def _size(file: Path) -> int:
    """Return how many bytes ``file`` has; OSError for a folder, a pipe, a device: they may never end."""
    if file.exists() and not file.is_file():
        kind = errno.EISDIR if file.is_dir() else errno.EINVAL
        raise OSError(kind, os.strerror(kind))
    return file.stat().st_size
