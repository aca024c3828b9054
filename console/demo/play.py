"""The demonstration, from an empty folder to a moving queue."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from console.database import address
from console.database.door import Door
from console.demo.history import Progress
from console.demo.rounds import walk
from console.demo.simulator import PACE, Simulator
from console.demo.stage import Guided, fill_history, prepare_demo
from console.settings import DATA, Settings

FOLDER: Final = f"embedded:{DATA / 'demo'}"


@dataclass(frozen=True)
class Play:
    """A sample county that is ready; ``settings`` sign the visitor in as its operator.

    ``pace`` is how many times as much happens as in the real county.
    """

    settings: Settings
    guided: Guided
    door: Door
    pace: float = 1.0

    async def beside(self, told: Progress) -> dict[str, Any]:
        """Fill the history and let the county live until cancelled; return what happened."""
        simulator = Simulator(
            lambda login: replace(self.door, login=login, server=self.door.server),
            self.guided.county,
            PACE * self.pace,
            hands_off=self.guided.hands_off,
        )
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fill_history(self.door, self.guided.county, told))
                group.create_task(simulator.run())
                group.create_task(walk(self.door, self.guided.county))
        finally:
            await simulator.close()
        return dict(simulator.events)

    async def headless(self, seconds: float, told: Progress) -> dict[str, Any]:
        """Live for ``seconds`` without a window; return how the county stands."""
        task = asyncio.ensure_future(self.beside(told))
        done, _ = await asyncio.wait({task}, timeout=seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        for ended in done:
            ended.result()
        raw = await self.door.open()
        try:
            counts = await raw.fetch("SELECT status, total FROM desk.counts()")
        finally:
            await raw.close()
        return {
            "database": self.settings.database,
            "guided": self.guided.number,
            "operator": self.guided.operator,
            "open": {row["status"]: row["total"] for row in counts},
        }

    async def end(self) -> None:
        """Give the server up; the last one out stops it."""
        await self.door.close()


def settings_for(settings: Settings, *, named: bool) -> Settings:
    """Return where the demonstration lives: a folder of its own unless a database was ``named``."""
    database = settings.database if named else FOLDER
    return settings.model_copy(update={"database": database, "state": settings.state / "demo"})


async def begin(settings: Settings, progress: Callable[[str], None], pace: float) -> Play:
    """Make the sample county ready; BadInput("bad_database") for a server, which never takes samples."""
    door = Door(address.parse(settings.database), "duty", prefix=settings.prefix)
    guided = await prepare_demo(door, progress)
    return Play(settings.model_copy(update={"operator": guided.operator}), guided, door, pace)
