"""A replica that lost commits is promoted: consoles follow, show what it has, and commands keep their ids."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.database import address
from console.database.door import Door
from console.desk.command import Command
from console.desk.desk import Desk
from console.feed.listener import Link
from tests.database.following import Follower, following
from tests.database_fixtures import FAST, act
from tests.journeys.servers import Server, home
from tests.waiting import until, until_told

REPORT = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商", "centre": "130123"}
STREAMED = FAST | {"wal_level": "replica", "max_wal_senders": 4}  # a copy follows such a server


@pytest.fixture
def folder() -> Iterator[Path]:
    with home() as found:
        yield found


async def replica_of(primary: Server, folder: Path) -> Server:
    """Copy the primary while it runs, and let the copy stream what follows."""
    copy = Server(folder)
    await asyncio.to_thread(
        copy.tool,
        "pg_basebackup",
        "-D",
        str(copy.data),
        "-d",
        primary.dsn(),
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
    )
    copy.configure(STREAMED)
    await asyncio.to_thread(copy.start)
    return copy


async def caught_up(primary: Server, copy: Server) -> None:
    """Wait until the copy has replayed all that the primary has written."""
    raw = await primary.connect()
    wanted = await raw.fetchval("SELECT pg_current_wal_insert_lsn()::text")
    await raw.close()
    raw = await copy.connect()
    await until_told(lambda: raw.fetchval("SELECT pg_last_wal_replay_lsn() >= $1::text::pg_lsn", wanted))
    await raw.close()


async def promote(copy: Server) -> None:
    raw = await copy.connect()
    assert await raw.fetchval("SELECT pg_promote()")
    await raw.close()


async def a_pair(folder: Path) -> tuple[Server, Server]:
    """Start a primary with a database and a replica that streams from it."""
    primary = Server(folder / "first")
    primary.make(STREAMED)
    await asyncio.to_thread(primary.start)
    await primary.found()
    return primary, await replica_of(primary, folder / "second")


def epoch_of(console: Follower) -> str:
    cursor = console.feed._cursor
    assert cursor is not None
    return cursor.epoch


async def verified(server: Server) -> None:
    raw = await server.connect("gridseat")
    assert not await raw.fetch("SELECT * FROM gridseat.broken_entries(0, 9999)")
    assert not await raw.fetch("SELECT * FROM gridseat.broken_incidents(0, 9999)")
    await raw.close()


async def test_consoles_follow_a_promoted_replica_that_lost_commits(folder: Path) -> None:
    primary, copy = await a_pair(folder)
    both = f"postgresql://127.0.0.1:{primary.port},127.0.0.1:{copy.port}/gridseat?target_session_attrs=read-write"
    door = Door(address.parse(both), "duty")
    desk, console = Desk(door, patience=60), Follower(door)
    async with following(console):
        kept = Command("report", args=REPORT)
        first = (await desk.perform(kept))["number"]
        second = (await desk.perform(Command("report", args=REPORT)))["number"]
        await caught_up(primary, copy)
        await asyncio.to_thread(copy.stop)

        await act(desk, "reject", second, reason="不属实")
        lost = Command("report", args=REPORT | {"title": "只在旧主库"})
        third = (await desk.perform(lost))["number"]
        assert set(await console.agrees()) == {first, third}
        before = epoch_of(console)

        await asyncio.to_thread(primary.stop, signal.SIGKILL)
        await until(lambda: console.feed.pulse.link is Link.LOST)
        waiting = asyncio.ensure_future(
            desk.perform(Command("report", args=REPORT | {"title": "断线时上报"}))
        )
        await asyncio.to_thread(copy.start)
        assert set(console.shown()) == {first, third}, "the last board stays readable"
        await promote(copy)

        fourth = (await waiting)["number"]
        assert set(await console.agrees()) == {first, second, fourth}
        assert console.reloads == 2
        assert epoch_of(console) != before

        assert (await desk.perform(kept))["number"] == first, "what the replica has is not done again"
        again = (await desk.perform(lost))["number"]
        assert (await desk.perform(lost))["number"] == again, "what it lost is done, once"
        assert set(await console.agrees()) == {first, second, fourth, again}
    await desk.close()
    await verified(copy)
    await asyncio.to_thread(copy.stop)
