"""Consoles without a window, and the doors that they go through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from console.app import Console
from console.desk.command import Command
from console.errors import Problem
from console.settings import Settings
from tests.database_fixtures import Database, TestDoor

Told = list[tuple[Command, dict[str, Any] | Problem]]


@asynccontextmanager
async def console_at(database: Database, state: Path) -> AsyncIterator[tuple[Console, Told]]:
    """Start a console of ``duty``; give it with what it tells of commands that had no answer for long."""
    settings = Settings(state=state, poll_seconds=0.1, patience_seconds=0.1, prefix=database.name)
    console = Console(settings, database.door("duty"))
    told: Told = []
    console.on_settled(lambda command, outcome: told.append((command, outcome)))
    try:
        await console.start()
        yield console, told
    finally:
        await console.stop()


def door_of(console: Console) -> TestDoor:
    """Return the door of ``console``, to be shut."""
    assert isinstance(console.door, TestDoor)
    return console.door
