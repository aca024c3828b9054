"""MBTiles: a base map in one SQLite file (github.com/mapbox/mbtiles-spec, 1.3). Rows count from the south."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any, Final

from console.errors import BadInput, Refused
from console.geography.tiles.pyramid import DEEPEST, Tile
from console.geography.tiles.source import LARGEST, About, is_picture

PICTURES = ("png", "jpg", "jpeg", "webp")
WAIT = 2.0  # seconds for somebody who writes the file
_MARKUP: Final = re.compile(r"<[^<>]*>")


class MBTiles:
    """The squares of a file, read only."""

    at_once = 1

    def __init__(self, path: Path, datum: str) -> None:
        self.path, self.datum = path, datum
        self._lock = Lock()
        self._file: sqlite3.Connection | None = None
        self._left = False  # somebody wants the file let go

    def open(self) -> About:
        """Return what the file says of itself; Refused where it cannot be used."""
        if not self.path.is_file():  # a pipe would keep us waiting for ever
            raise Refused("base_map_missing", file=str(self.path))
        with self._reading() as file:
            told = {str(name): str(value) for name, value in _rows(file, "SELECT name, value FROM metadata")}
            levels = "SELECT (SELECT min(zoom_level) FROM tiles), (SELECT max(zoom_level) FROM tiles)"
            ((coarsest, finest),) = _rows(file, levels)
        kind = told.get("format", "png").lower()
        if kind not in PICTURES:
            raise Refused("base_map_format", file=self.path.name, format=kind[:20])
        if not isinstance(coarsest, int) or not isinstance(finest, int) or not 0 <= coarsest <= DEEPEST:
            raise Refused("base_map_empty", file=self.path.name)
        return About(coarsest, min(finest, DEEPEST), _words(told.get("attribution", "")))

    def read(self, tile: Tile) -> bytes | None:
        """Return the picture of a square, None where the file has none."""
        row = 2**tile.level - 1 - tile.row
        asked = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        with self._reading() as file:
            found = _rows(file, asked, tile.level, tile.column, row)
        if not found:
            return None
        (content,) = found[0]
        if not isinstance(content, bytes) or len(content) > LARGEST or not is_picture(content):
            raise BadInput("base_map_picture", source=self.path.name)
        return content

    def give_up(self, tile: Tile) -> None:
        """Do nothing: a square is read in a moment."""

    def close(self) -> None:
        """Let the file go, without a wait: whoever reads it is interrupted and lets it go."""
        self._left = True
        if self._lock.acquire(blocking=False):
            self._let_go()
            self._lock.release()
        elif (file := self._file) is not None:
            with suppress(sqlite3.ProgrammingError):  # it has been let go just now
                file.interrupt()

    def _let_go(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the open file; Refused where SQLite cannot read it."""
        with self._lock:
            self._left = False
            try:
                if self._file is None:
                    address = f"{self.path.absolute().as_uri()}?mode=ro"
                    self._file = sqlite3.connect(address, timeout=WAIT, uri=True, check_same_thread=False)
                yield self._file
            except sqlite3.Error as error:
                self._left = True
                raise Refused("base_map_damaged", file=str(self.path), detail=str(error)) from error
            finally:
                if self._left:
                    self._let_go()


def _words(told: str) -> str:
    """Return the words of an attribution, which the standard lets be HTML."""
    return " ".join(unescape(_MARKUP.sub("", told)).split())


def _rows(file: sqlite3.Connection, sql: str, *values: int) -> list[tuple[Any, ...]]:
    with closing(file.execute(sql, values)) as cursor:
        return cursor.fetchall()
