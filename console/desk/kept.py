"""Small files of one person on this machine: whole or not at all, and nobody else reads them."""

import json
import os
from pathlib import Path
from typing import Any


def folder(path: Path) -> Path:
    """Make ``path`` for its owner alone, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write(path: Path, facts: object) -> None:
    """Put ``facts`` into ``path``; a crash leaves what was there before."""
    beside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(facts, file)
    beside.replace(path)


def read(path: Path) -> dict[str, Any] | None:
    """Return the facts in ``path``; None where there are none, or where they are torn."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
