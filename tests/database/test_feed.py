"""The feed: what one console does, every other console's board shows."""

import asyncio
from collections.abc import Callable

from console.desk.desk import Desk
from console.feed.board import Board
from console.feed.listener import Feed
from tests.database_fixtures import Database, act, report


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for a fact, or fail."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_report_appears_and_a_closed_case_leaves(database: Database, duty: Desk) -> None:
    board = Board()
    feed = Feed(database.door("duty"), board, poll_seconds=0.05)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(feed.run())
        number = await report(duty)
        await until(lambda: number in board)
        await act(duty, "reject", number, reason="重复")
        await until(lambda: number not in board)
        task.cancel()
