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
    try:
        reason = _in_the_way(path)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error
    if reason:
        raise unwritable(path, OSError(reason, ""))


def _in_the_way(path: Path) -> int:
    """Return which error a file in ``path`` would meet, 0: none; OSError, ValueError: no name of a file."""
    with suppress(FileNotFoundError, NotADirectoryError):
        part_of(path).lstat()  # that of a part is longer
    if path.is_dir():
        return errno.EISDIR
    if _takes_all(path):
        return 0
    if not path.parent.is_dir():
        return errno.ENOENT
    return 0 if os.access(path.parent, os.W_OK) else errno.EACCES


def unwritable(path: Path, error: Exception) -> BadInput:
    """Return the sentence that says why ``path`` cannot be written."""
    return BadInput("file_unwritable", file=excerpt(path.name, 120), detail=cause(error))
