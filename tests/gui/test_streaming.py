"""Fifty facts a second from the real database: nothing moves under the hand, every figure is a fresh read's.

A few seconds' worth; ``python -m tests.benchmarks stream`` takes a minute of it and measures the frames.
"""

from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database
from tests.gui.desktop import desktop
from tests.gui.streaming import equals_a_fresh_read, stand, stream

FACTS = 100


async def test_what_colleagues_do_streams_in_and_moves_nothing_under_the_hand(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with desktop(database, tmp_path) as desk:
        held, opened = await stand(desk, duty)
        await stream(desk, database, FACTS)
        assert (desk.page.queue.list.hovered, desk.number) == (held, opened)
        await equals_a_fresh_read(desk, database)
