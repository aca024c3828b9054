"""Small files of one person on this machine: whole or not at all, and nobody else reads them."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO


def folder(path: Path) -> Path:
    """Make ``path`` for its owner alone, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def private(path: str, flags: int) -> int:
    """Open a file for its owner alone: the ``opener`` of whoever writes what others may not read."""
    return os.open(path, flags, 0o600)


def write(path: Path, facts: object) -> None:
    """Put ``facts`` into ``path``; a crash leaves what was there before."""
    write_text(path, json.dumps(facts))


def write_text(path: Path, text: str) -> None:
    """Put ``text`` into ``path``; a crash leaves what was there before."""
    with whole(path) as file:
        file.write(text.encode())


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes ``path`` once all is written; a crash leaves what was there before."""
    beside = path.with_suffix(f".{os.getpid()}")
    with open(beside, "wb", opener=private) as file:
        yield file
    beside.replace(path)


def read(path: Path) -> dict[str, Any] | None:
    """Return the facts in ``path``; None where there are none, or where they are torn."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
