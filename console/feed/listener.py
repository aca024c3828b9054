"""The feed: brings every fact to the board, through lost connections, promotions and restores.

NOTIFY only says "look" and proves nothing; a poll backs it. The incidents that the feed names are read again
under the person's own rights: what is not visible any more leaves the board.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn

import asyncpg
import numpy as np

from console.connection import Connection
from console.database.door import Door
from console.database.faults import LOST
from console.errors import Problem
from console.feed.board import Board, Change
from console.feed.cursor import Cursor
from console.feed.rows import read_row

BEAT: Final = "SELECT epoch, extract(epoch FROM now)::float8 AS now, behind FROM desk.heartbeat()"
CHANNEL: Final = "gridseat_look"
BATCH: Final = 5000
READ_AT_ONCE: Final = 2000
HEARTBEAT_SECONDS: Final = 5.0
SILENCE_SECONDS: Final = 3.5  # a frozen server answers nothing: no command of the feed may take longer
RELOAD_SECONDS: Final = 60.0
OPEN_SECONDS: Final = 12.0
AGAIN_SECONDS: Final = 0.1  # after a hint: the fact may still stand behind another transaction
BREATH_SECONDS: Final = 0.02  # hints can be forged: they do not make the feed look without pause
CLAIM_MARGIN_SECONDS: Final = 1.0
PAUSES: Final = (0.1, 3.0)  # seconds before the next try: the first, the longest
TRY_AGAIN = (
    *LOST,
    Problem,
    asyncpg.PostgresError,
)  # while a database is moved or restored it may refuse anything


class Link(StrEnum):
    """How the console stands to its database."""

    LOADING = "loading"
    LIVE = "live"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the last answer said: link, server time minus local time, and how far the feed lags (seconds)."""

    link: Link
    offset: float
    behind: float
    heard: float  # loop time of the last answer


class Feed:
    """Keeps ``board`` true for the person behind ``door``; run() until cancelled."""

    def __init__(self, door: Door, board: Board, poll_seconds: float = 1.0) -> None:
        self.board = board
        self.pulse = Pulse(Link.LOADING, 0.0, 0.0, 0.0)
        self._door = door
        self._poll = poll_seconds
        self._cursor: Cursor | None = None
        self._claims_until = 0.0  # server time up to which ended claims were read again
        self._look = asyncio.Event()
        self._again = asyncio.Event()
        self._tellers: list[Callable[[Sequence[int], Change | None], None]] = []
        self._watchers: list[Callable[[Pulse], None]] = []

    def on_facts(self, tell: Callable[[Sequence[int], Change | None], None]) -> None:
        """Call ``tell(numbers, change)`` after each batch; ``change`` is None after a reload."""
        self._tellers.append(tell)

    def on_pulse(self, watch: Callable[[Pulse], None]) -> None:
        """Call ``watch(pulse)`` whenever the link or the age of the data changes."""
        self._watchers.append(watch)

    def look(self) -> None:
        """Ask for new facts now rather than at the next poll."""
        self._look.set()

    def retry(self) -> None:
        """Try a lost database now rather than after the pause."""
        self._again.set()

    async def run(self) -> NoReturn:
        """Follow the database until cancelled; a lost one is tried again with jitter."""
        pause, longest = PAUSES
        while True:
            try:
                await self._follow()
            except TRY_AGAIN:
                pause = PAUSES[0] if self.pulse.link is Link.LIVE else min(pause * 2, longest)
                self._set_link(Link.LOST)
            self._again.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(pause * random.uniform(0.5, 1.0)):  # noqa: S311  spreads the seats
                    await self._again.wait()

    async def _follow(self) -> NoReturn:
        async with asyncio.timeout(OPEN_SECONDS):
            raw = await self._door.open(timeout=SILENCE_SECONDS)
        try:
            await raw.add_listener(CHANNEL, lambda *_: self._look.set())
            await self._beat(raw)
            beat_at = _now() + HEARTBEAT_SECONDS
            while True:
                began, hinted = _now(), self._look.is_set()
                self._look.clear()
                await self._catch_up(raw)
                await self._read_ended_claims(raw)
                if began >= beat_at:
                    await self._beat(raw)
                    beat_at = _now() + HEARTBEAT_SECONDS
                await self._rest(_now() - began, hinted=hinted)
        finally:
            raw.terminate()

    async def _rest(self, busy: float, *, hinted: bool) -> None:
        """Wait for the next look; as long as the last one took, so that a slow server has time for others."""
        await asyncio.sleep(min(max(BREATH_SECONDS, busy), 1.0))
        longest = min(self._poll, AGAIN_SECONDS) if hinted else self._poll
        with suppress(TimeoutError):  # not wait_for, which may swallow a cancellation before Python 3.12
            async with asyncio.timeout(longest):
                await self._look.wait()

    async def _beat(self, raw: Connection) -> None:
        """Hear that the server lives, what time it is, and whether the cursor still means anything."""
        before = _now()
        beat = await _only(raw, BEAT)
        after = _now()
        if self._cursor is None or beat["epoch"] != self._cursor.epoch:
            await self._reload(raw)
        self._set_pulse(Pulse(Link.LIVE, beat["now"] - (before + after) / 2, beat["behind"], after))

    async def _reload(self, raw: Connection) -> None:
        """Read the whole board; what commits meanwhile is told again by the feed, never missed."""
        start = await _only(raw, "SELECT xid, epoch FROM desk.feed_start()")
        rows = await raw.fetch("SELECT * FROM desk.board()", timeout=RELOAD_SECONDS)
        self.board.replace(read_row(row) for row in rows)
        self._cursor = Cursor(start["xid"], 0, start["epoch"])
        self._tell([], None)

    async def _catch_up(self, raw: Connection) -> None:
        while self._cursor is not None:
            *facts, end = await raw.fetch(
                "SELECT number, xid, id, more FROM desk.feed($1, $2, $3)",
                self._cursor.xid,
                self._cursor.id,
                BATCH,
            )
            if facts:
                await self._apply(raw, sorted({fact["number"] for fact in facts}))
            self._cursor = self._cursor.moved(end["xid"], end["id"])
            self._heard()
            if not end["more"]:
                return

    async def _apply(self, raw: Connection, numbers: Sequence[int]) -> None:
        rows = [read_row(row) for row in await self._read(raw, numbers)]
        here = {row.number for row in rows}
        change = self.board.apply(rows, [number for number in numbers if number not in here])
        self._tell(numbers, change)

    async def _read_ended_claims(self, raw: Connection) -> None:
        """Look again at claims that have just ended by the clock: a renewal is told by no entry."""
        now = _now() + self.pulse.offset - CLAIM_MARGIN_SECONDS
        until = self.board.floats("claim_until")
        ended = self.board.alive & (until > self._claims_until) & (until <= now)
        self._claims_until = now
        if ended.any():
            await self._apply(raw, self.board.numbers[np.flatnonzero(ended)].tolist())

    async def _read(self, raw: Connection, numbers: Sequence[int]) -> Sequence[asyncpg.Record]:
        found: list[asyncpg.Record] = []
        for first in range(0, len(numbers), READ_AT_ONCE):
            found += await raw.fetch("SELECT * FROM desk.board($1)", numbers[first : first + READ_AT_ONCE])
        return found

    def _tell(self, numbers: Sequence[int], change: Change | None) -> None:
        for tell in self._tellers:
            tell(numbers, change)

    def _heard(self) -> None:
        pulse = self.pulse
        self._set_pulse(Pulse(Link.LIVE, pulse.offset, pulse.behind, _now()))

    def _set_link(self, link: Link) -> None:
        self._set_pulse(Pulse(link, self.pulse.offset, self.pulse.behind, self.pulse.heard))

    def _set_pulse(self, pulse: Pulse) -> None:
        self.pulse = pulse
        for watch in self._watchers:
            watch(pulse)


def _now() -> float:
    """Return the loop's time."""
    return asyncio.get_running_loop().time()


async def _only(raw: Connection, question: str) -> asyncpg.Record:
    """Return the one row that a function of the server answers."""
    return (await raw.fetch(question))[0]
