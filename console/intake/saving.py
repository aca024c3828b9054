"""Files that are saved whole: written beside, then put in their place; what stood there stays until then."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from console.causes import cause
from console.errors import BadInput
from console.intake.hygiene import excerpt


def save(path: Path, data: bytes) -> None:
    """Put ``data`` into ``path``, all or nothing; BadInput("file_unwritable")."""
    part = part_of(path)
    try:
        if _takes_all(path):
            path.write_bytes(data)
            return
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, ValueError) as error:
        discard(part)
        raise unwritable(path, error) from error


def _takes_all(path: Path) -> bool:
    """Tell whether ``path`` is a pipe or a terminal, which takes what comes, or a folder, which says no."""
    return path.exists() and not path.is_file()


def part_of(path: Path) -> Path:
    """Return where ``path`` is written until it is whole."""
    return path.parent / f".{path.name}.part"


def discard(part: Path) -> None:
    """Leave nothing of a file that is not wanted, where there can be one."""
    with suppress(OSError, ValueError):
        part.unlink()


def check_place(path: Path) -> None:
    """BadInput("file_unwritable") where no file can be put: asked before anything is done for it."""
    if path.is_dir():
        raise unwritable(path, OSError(errno.EISDIR, ""))
    if _takes_all(path):
        return
    if not path.parent.is_dir():
        raise unwritable(path, OSError(errno.ENOENT, ""))
    if not os.access(path.parent, os.W_OK):
        raise unwritable(path, OSError(errno.EACCES, ""))


def unwritable(path: Path, error: Exception) -> BadInput:
    """Return the sentence that says why ``path`` cannot be written."""
    return BadInput("file_unwritable", file=excerpt(path.name, 120), detail=cause(error))
