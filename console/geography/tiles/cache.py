"""Pictures that a server has given, kept on disk: of bounded size and age, for their owner alone."""

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

from console.geography.tiles.pyramid import Tile
from console.kept import whole

DAY = 86_400.0
ROOM = 0.9  # of the bound is filled again once it was passed
LOOKS = 300  # pictures after which the folder is measured anew: other windows use it, too


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture, the marks by which the server knows it, until when (epoch seconds) it need not be asked."""

    content: bytes
    etag: str = ""
    modified: str = ""
    fresh_until: float = 0.0


class Cache:
    """Files by square in a folder of one address, below ``home`` that all addresses share.

    ``most``: bytes of all of them; nought keeps nothing. ``days``: what was confirmed longer ago goes.
    """

    def __init__(self, home: Path, name: str, most: int, days: int) -> None:
        self._home, self._folder = home, home / name
        self._most, self._age = most, days * DAY
        self._lock = Lock()
        self._puts, self._held = 0, 0

    def get(self, tile: Tile) -> Kept | None:
        """Return what is kept of a square; None where that is nothing, too old or torn."""
        path = self._path(tile)
        try:
            if time.time() - path.stat().st_mtime > self._age:
                return None
            head, _, content = path.read_bytes().partition(b"\n")
            marks = json.loads(head)
            if len(content) != marks.pop("length"):
                return None
            return Kept(content, **marks)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def put(self, tile: Tile, kept: Kept) -> None:
        """Keep a picture; on a full disk it is not kept, and nothing else happens."""
        if not self._most:
            return
        marks = asdict(replace(kept, content=b"")) | {"length": len(kept.content)}
        del marks["content"]
        whole = json.dumps(marks).encode() + b"\n" + kept.content
        with suppress(OSError), self._lock:
            _write(self._path(tile), whole)
            self._held += len(whole)
            if self._held > self._most or self._puts % LOOKS == 0:
                self._tidy()
            self._puts += 1

    def drop(self, tile: Tile) -> None:
        """Forget a square."""
        with suppress(OSError):
            self._path(tile).unlink(missing_ok=True)

    def _path(self, tile: Tile) -> Path:
        return self._folder / str(tile.level) / str(tile.column) / f"{tile.row}.tile"

    def _tidy(self) -> None:
        """Let go what is too old and, where that is too much, what was kept first."""
        now = time.time()
        files = sorted((stat.st_mtime, stat.st_size, path) for path, stat in _measured(self._home))
        held = sum(size for _, size, _ in files)
        aim = self._most * ROOM if held > self._most else held
        for kept_at, size, path in files:
            if held <= aim and now - kept_at <= self._age:
                break
            path.unlink(missing_ok=True)
            held -= size
        self._held = held


def _measured(home: Path) -> list[tuple[Path, os.stat_result]]:
    found = []
    for path in home.rglob("*.tile"):
        with suppress(OSError):  # another window has just tidied, too
            found.append((path, path.stat()))
    return found


def _write(path: Path, content: bytes) -> None:
    for folder in reversed(path.parents[:4]):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole(path) as file:
        file.write(content)
