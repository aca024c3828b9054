"""The console without a screen: the only place where its parts are wired together."""

import asyncio
from contextlib import suppress
from typing import Any

from console.database import address
from console.database.door import Door
from console.desk.command import Command
from console.desk.desk import Desk
from console.desk.hint import Hint
from console.desk.journal import Journal
from console.desk.reads import Reads
from console.errors import Problem
from console.feed.board import Board
from console.feed.listener import Feed
from console.settings import Settings

READ_PATIENCE_SECONDS = 8.0


class Console:
    """One person at one database: desk, reads, feed and board. start(), then stop()."""

    def __init__(self, settings: Settings, door: Door | None = None) -> None:
        self.settings = settings
        self.door = door or Door(address.parse(settings.database), settings.operator, prefix=settings.prefix)
        self.board = Board()
        self.feed = Feed(self.door, self.board, settings.poll_seconds)
        self.reads = Reads(Desk(self.door, patience=READ_PATIENCE_SECONDS))
        self.me: dict[str, Any] = {}
        journal = Journal(settings.state / "sent" / (self.door.login or "duty"))
        self._desk = Desk(self.door, journal, settings.patience_seconds)
        self._hint = Hint(self.door)
        self._journal = journal
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Sign in, follow the feed, and settle what an earlier run left unanswered.

        Raises OutOfReach or Refused when nobody can be signed in; then nothing runs.
        """
        self.me = await self.reads.whoami()
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self.feed.run(), name="feed"),
            loop.create_task(self._hint.run(), name="hint"),
        ]
        for command in self._journal.take_over():
            with suppress(Problem):  # refused is settled too; out of reach stays in the journal
                await self._desk.perform(command)

    async def perform(self, command: Command) -> dict[str, Any]:
        """Perform ``command``; the answer comes at once, and to every board by the feed."""
        answer = await self._desk.perform(command)
        self._hint.give()
        self.feed.look()
        return answer

    async def sweep(self) -> None:
        """Let the database write down what time alone has changed."""
        await self._desk.call(lambda raw: raw.execute("SELECT desk.sweep()"))

    async def renew(self, numbers: list[int]) -> None:
        """Keep the claims on ``numbers`` alive: there was input at this seat."""
        await self._desk.call(lambda raw: raw.execute("SELECT desk.renew($1)", numbers))

    async def stop(self) -> None:
        """End the tasks and connections; our own server stops with its last user."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._hint.close()
        await self.reads.close()
        await self._desk.close()
        self._journal.close()
        await self.door.close()
