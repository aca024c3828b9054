"""People who follow the feed, what it told them, and the fresh read that their boards must equal."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg

from console.database.door import Door
from console.feed.board import Board, Change
from console.feed.listener import Feed, Link
from console.feed.rows import read_row
from tests.waiting import until


class Follower:
    """One console's feed; it can be stopped and started again, as after a lost network."""

    def __init__(self, door: Door, poll_seconds: float = 0.05) -> None:
        self.feed = Feed(door, Board(), poll_seconds)
        self.door = door
        self.told: Counter[int] = Counter()  # how often each number was told, reloads apart
        self.reloads = 0
        self.links: list[Link] = []
        self._task: asyncio.Task[None] | None = None
        self.feed.on_facts(self._note)
        self.feed.on_pulse(lambda pulse: self.links.append(pulse.link))

    def _note(self, numbers: Sequence[int], change: Change | None) -> None:
        self.reloads += change is None
        self.told.update(numbers)

    @property
    def board(self) -> Board:
        return self.feed.board

    @property
    def live(self) -> bool:
        return self.feed.pulse.link is Link.LIVE

    async def comes_live(self) -> None:
        await until(lambda: self.live)

    async def looks(self) -> None:
        """Wait until it has looked once more, from begin to end."""
        for _ in range(2):
            heard = self.feed.pulse.heard
            self.feed.look()
            await until(lambda: self.feed.pulse.heard > heard)  # noqa: B023  called at once

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.feed.run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def shown(self) -> dict[int, str]:
        """Return the board as text by number: not-a-number equals itself there."""
        rows = [self.board.row_at(int(slot)) for slot in self.board.all_slots()]
        return {row.number: repr(row) for row in rows}

    async def fresh(self) -> dict[int, str]:
        """Read the whole board anew over a connection of one's own."""
        raw = await self.door.open()
        try:
            return fresh_rows(await raw.fetch("SELECT * FROM desk.board()"))
        finally:
            await raw.close()

    async def agrees(self) -> dict[int, str]:
        """Wait until the board is what a fresh read gives (nobody may be writing); return it."""
        wanted = await self.fresh()
        await until(lambda: self.live and self.shown() == wanted, scene=lambda: self.differing(wanted))
        return wanted

    def differing(self, wanted: dict[int, str]) -> str:
        """Return the cases of which this board says something else."""
        shown = self.shown()
        numbers = sorted({*wanted, *shown})
        return "\n".join(
            f"{n}: {shown.get(n)}\nnot {wanted.get(n)}" for n in numbers if shown.get(n) != wanted.get(n)
        )


def fresh_rows(rows: Sequence[asyncpg.Record]) -> dict[int, str]:
    """Return the rows as the board would show them."""
    board = Board()
    board.replace(read_row(row) for row in rows)
    found = [board.row_at(int(slot)) for slot in board.all_slots()]
    return {row.number: repr(row) for row in found}


@asynccontextmanager
async def following(*followers: Follower) -> AsyncIterator[None]:
    """Let all follow; leave none behind."""
    for follower in followers:
        follower.start()
    try:
        for follower in followers:
            await follower.comes_live()
        yield
    finally:
        for follower in followers:
            await follower.stop()
