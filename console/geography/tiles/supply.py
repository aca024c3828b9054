"""Brings the squares of a map off the UI thread, few at a time; what nobody waits for is given up."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from console.geography.tiles.pyramid import Tile
from console.geography.tiles.source import About, Source

Picture = TypeVar("Picture")


@dataclass(frozen=True, slots=True)
class Brought(Generic[Picture]):
    """What became of a square: its picture, None for none, or the error that kept it away.

    ``tile`` None: of the map itself, whose ``about`` then stands here.
    """

    tile: Tile | None
    picture: Picture | None = None
    error: Exception | None = None
    about: About | None = None


class Supply(Generic[Picture]):
    """``made`` turns bytes into a picture, ``tell`` hears of each square; both in a thread of ours."""

    def __init__(
        self, source: Source, made: Callable[[bytes], Picture], tell: Callable[[Brought[Picture]], None]
    ) -> None:
        self._source, self._made, self._tell = source, made, tell
        self._pool = ThreadPoolExecutor(source.at_once, "tiles")
        self._lock = threading.Lock()
        self._queue: list[Tile] = []
        self._busy: set[Tile] = set()
        self._wanted: set[Tile] = set()
        self._given_up: set[Tile] = set()
        self._serving = 0
        self._closed = False
        self._begin(self._open)

    def want(self, tiles: Sequence[Tile]) -> None:
        """Bring just these, the first ones first; what was wanted before is forgotten."""
        with self._lock:
            self._wanted = set(tiles)
            self._queue = [tile for tile in tiles if tile not in self._busy]
            needless = self._busy - self._wanted
            self._given_up |= needless
            free = min(self._source.at_once - self._serving, len(self._queue))
            self._serving += max(free, 0)
        for tile in needless:
            self._source.give_up(tile)
        for _ in range(free):
            self._begin(self._serve)

    def close(self) -> None:
        """End at once; nobody is told anything from here on."""
        with self._lock:
            self._closed, self._queue = True, []
        self._source.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _begin(self, work: Callable[[], None]) -> None:
        if not self._closed:
            self._pool.submit(work).add_done_callback(self._ended)

    def _ended(self, work: "Future[None]") -> None:
        error = None if work.cancelled() else work.exception()
        if isinstance(error, Exception):
            self._say(Brought(None, error=error))

    def _open(self) -> None:
        self._say(Brought(None, about=self._source.open()))

    def _serve(self) -> None:
        """Bring one square after another until none is wanted."""
        while (tile := self._next()) is not None:
            try:
                content = self._source.read(tile)
                brought = Brought(tile, None if content is None else self._made(content))
            except Exception as error:  # noqa: BLE001  told, whatever it is; the next square may be fine
                brought = Brought(tile, error=error)
            if self._ends(brought, tile):
                self._say(brought)

    def _ends(self, brought: Brought[Picture], tile: Tile) -> bool:
        """Tell whether to tell of a square that was at work; one given up and wanted anew waits again."""
        with self._lock:
            self._busy.discard(tile)
            broken = tile in self._given_up and brought.error is not None
            self._given_up.discard(tile)
            if broken and tile in self._wanted:
                self._queue.insert(0, tile)
            return not broken

    def _next(self) -> Tile | None:
        with self._lock:
            if not self._queue:
                self._serving -= 1
                return None
            tile = self._queue.pop(0)
            self._busy.add(tile)
            return tile

    def _say(self, brought: Brought[Picture]) -> None:
        with self._lock:
            if self._closed:
                return
        self._tell(brought)
