"""A base map from a server: asked politely, kept, and never asked anywhere but where the settings allow."""

import random
import re
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from console.errors import BadInput, OutOfReach, Problem, Refused
from console.geography.tiles.address import Address
from console.geography.tiles.cache import DAY, Cache, Kept
from console.geography.tiles.line import Answer, Line
from console.geography.tiles.pyramid import Tile
from console.geography.tiles.source import LARGEST, About, is_picture

TRIES, PAUSE = 3, 0.4  # a picture is asked for so often; seconds before the second time, then twice as long
REST = 30.0  # seconds in which a server that fails is left alone
FRESH = 7 * DAY  # a picture is not asked for again, unless the server says how long it holds
REDIRECTS = 3
NOTHING: Final = {204, 404, 410}  # there is no picture of this square
BUSY: Final = {429, 503}
FORBIDDEN: Final = {401, 403, 407}
_AGE: Final = re.compile(r"max-age\s*=\s*(\d{1,9})")


class Web:
    """The squares of one address."""

    at_once = 4

    def __init__(self, address: Address, about: About, datum: str, cache: Cache) -> None:
        self.address, self.datum = address, datum
        self._about, self._cache = about, cache
        self._secure: ssl.SSLContext | None = None
        self._lines: dict[int, Line] = {}
        self._asking: dict[Tile, Line] = {}
        self._given_up: set[Tile] = set()
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._rest: tuple[float, Problem] = (0.0, OutOfReach("base_map_away", host=address.host))

    def open(self) -> About:
        """Return what the settings say of the map; nobody is asked."""
        return self._about

    def read(self, tile: Tile) -> bytes | None:
        """Return a picture, kept or asked for; an old one where the server errs. None: there is none."""
        kept = self._cache.get(tile)
        if kept is not None and time.time() < kept.fresh_until:
            return kept.content
        try:
            return self._asked(tile, kept)
        except Problem:
            if kept is None or self._closed.is_set():
                raise
            return kept.content

    def give_up(self, tile: Tile) -> None:
        """Hang up on the server."""
        with self._lock:
            line = self._asking.get(tile)
            if line is not None:
                self._given_up.add(tile)
                line.hang_up()

    def close(self) -> None:
        """Hang up on everybody, for good."""
        self._closed.set()
        with self._lock:
            asking = list(self._asking.values())
            for line in self._lines.values():
                line.hang_up() if line in asking else line.close()

    def _asked(self, tile: Tile, kept: Kept | None) -> bytes | None:
        until, why = self._rest
        if time.monotonic() < until:
            raise why
        line = self._own_line()
        with self._lock:
            self._asking[tile] = line
        try:
            return self._taken(tile, kept, self._answer(tile, line, kept))
        except (OutOfReach, Refused) as problem:
            if self._waits(tile):  # else the server is not to blame
                self._rest = (time.monotonic() + REST, problem)
            raise
        finally:
            with self._lock:
                del self._asking[tile]
                self._given_up.discard(tile)
                if self._closed.is_set():
                    line.close()

    def _waits(self, tile: Tile) -> bool:
        """Tell whether somebody still waits for what is asked."""
        with self._lock:
            return tile not in self._given_up and not self._closed.is_set()

    def _own_line(self) -> Line:
        """Return the line of this thread."""
        with self._lock:
            if self._closed.is_set():
                raise OutOfReach("base_map_away", host=self.address.host)
            self._secure = self._secure or ssl.create_default_context()
            return self._lines.setdefault(threading.get_ident(), Line(self._secure))

    def _answer(self, tile: Tile, line: Line, kept: Kept | None) -> Answer:
        """Ask, and once or twice again where the line breaks or the server stumbles."""
        marks = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified} if kept else {}
        headers = {name: mark for name, mark in marks.items() if mark}
        for turn in range(TRIES):
            last = turn == TRIES - 1
            try:
                answer = self._followed(urlsplit(self.address.url(tile)), line, headers)
            except OutOfReach:
                if last or not self._waits(tile):
                    raise
            else:
                if answer.status < 500 or answer.status in BUSY or last:  # noqa: PLR2004  its own fault
                    return answer
            self._closed.wait(PAUSE * 2**turn * random.uniform(0.8, 1.2))  # noqa: S311  so that not all come at once
            if not self._waits(tile):
                break
        raise OutOfReach("base_map_away", host=self.address.host)

    def _followed(self, url: SplitResult, line: Line, headers: Mapping[str, str]) -> Answer:
        """Ask, and go where the server points if that is allowed, and not from TLS to none."""
        for _ in range(REDIRECTS + 1):
            self.address.allow(url)
            answer = line.get(url, headers, LARGEST)
            if answer.status not in {301, 302, 303, 307, 308}:
                return answer
            after = urlsplit(urljoin(url.geturl(), answer.headers.get("location", "")))
            if after.scheme not in {"https", url.scheme}:
                break
            url = after
        raise Refused("base_map_redirected", host=url.hostname)

    def _taken(self, tile: Tile, kept: Kept | None, answer: Answer) -> bytes | None:
        """Return the picture of an answer and keep it."""
        host, status = self.address.host, answer.status
        if status == 304 and kept is not None:  # noqa: PLR2004  not modified
            self._keep(tile, kept.content, answer, kept)
            return kept.content
        if status in NOTHING:
            self._cache.drop(tile)
            return None
        if status in BUSY:
            raise OutOfReach("base_map_busy", host=host)
        if status in FORBIDDEN:
            raise Refused("base_map_forbidden", host=host, status=status)
        if status != 200:  # noqa: PLR2004  fine
            raise BadInput("base_map_answer", host=host, status=status)
        kind = answer.headers.get("content-type", "").lower()
        if not kind.startswith(("image/png", "image/jpeg", "image/webp")) or not is_picture(answer.content):
            raise BadInput("base_map_picture", source=host)
        self._keep(tile, answer.content, answer, None)
        return answer.content

    def _keep(self, tile: Tile, content: bytes, answer: Answer, before: Kept | None) -> None:
        control = answer.headers.get("cache-control", "").lower()
        if "no-store" in control:
            return
        told = _AGE.search(control)
        fresh = 0.0 if "no-cache" in control else float(told[1]) if told else FRESH
        etag = answer.headers.get("etag", before.etag if before else "")
        modified = answer.headers.get("last-modified", before.modified if before else "")
        self._cache.put(tile, Kept(content, etag, modified, time.time() + fresh))
