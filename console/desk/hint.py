"""The hint "look": told to other consoles after actions, outside the action's own path."""

import asyncio
from contextlib import suppress
from typing import Final

from console.connection import Connection
from console.database.door import Door
from console.database.faults import LOST
from console.errors import Problem

COALESCE_SECONDS: Final = 0.05
NOTIFY: Final = "NOTIFY gridseat_look"


class Hint:
    """Sends at most one NOTIFY in 50 ms over a connection of its own. A lost one costs a poll."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._wanted = asyncio.Event()
        self._raw: Connection | None = None

    def give(self) -> None:
        """Ask for a hint; never waits."""
        self._wanted.set()

    async def run(self) -> None:
        """Send hints until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                self._raw = self._raw or await self._door.open()
                await self._raw.execute(NOTIFY)
            except (*LOST, Problem):  # a hint that is not given costs a poll
                await self.close()
            await asyncio.sleep(COALESCE_SECONDS)

    def hang_up(self) -> None:
        """End the connection at once."""
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.terminate()

    async def close(self) -> None:
        """End the connection."""
        raw, self._raw = self._raw, None
        if raw is not None:
            with suppress(*LOST):
                await raw.close(timeout=1)
