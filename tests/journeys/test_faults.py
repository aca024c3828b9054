"""The database is killed under its clients: nothing acknowledged is lost, nothing is applied twice."""

import asyncio
import os
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from console.database import address, founding
from console.database.door import Door
from console.database.embedded import EmbeddedServer
from console.desk.command import Command
from console.desk.desk import Desk
from console.desk.journal import Journal
from console.errors import Problem
from console.feed.board import Board
from console.feed.listener import Feed, Link
from tests.database.clients import postmaster
from tests.database_fixtures import quick_folder
from tests.waiting import until

CLIENTS, KILLS = 16, 10
REPORT = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商", "centre": "1301"}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    home = quick_folder() or tmp_path
    yield home / "desk"
    shutil.rmtree(home, ignore_errors=True)


async def found_a_desk(folder: Path) -> EmbeddedServer:
    """Start a server whose commits last (only the machine's own end could lose them) with one centre."""
    server = EmbeddedServer(folder, settings={"fsync": "off"})
    await asyncio.to_thread(server.start)

    async def connect(name: str) -> asyncpg.Connection:
        return await asyncpg.connect(address.local(*server.address(), "postgres", name))

    admin = await connect("postgres")
    await founding.create(admin, connect, address.NAME, address.NAME)
    await admin.close()
    await founding.upgrade(address.local(*server.address(), "postgres"), address.NAME)
    owner = await connect(address.NAME)
    await owner.execute(
        "INSERT INTO gridseat.organisation (code, name, level, lft, rgt, centre)"
        " VALUES ('1301', '石家庄市', 'city', 1, 2, true)"
    )
    await owner.execute("SELECT gridseat.renumber_tree()")
    await owner.close()
    return server


async def write(folder: Path, acknowledged: list[Command], over: asyncio.Event, seed: int) -> None:
    """Report and note until it is over, through whatever happens to the server."""
    chance = random.Random(seed)
    door = Door(address.parse(f"embedded:{folder}"))
    journal = Journal(folder.parent / "journal")
    desk = Desk(door, journal, patience=60)
    number = None
    while not over.is_set():
        command = (
            Command("report", args=REPORT)
            if number is None or chance.random() < 0.3
            else Command("note", number, {"text": "已电话联系"})
        )
        answer = await desk.perform(command)
        number = answer["number"]
        acknowledged.append(command)
    await desk.close()
    journal.close()
    await door.close()


async def test_ten_kills_under_sixteen_writers(folder: Path) -> None:
    server = await found_a_desk(folder)
    acknowledged: list[Command] = []
    over = asyncio.Event()
    board = Board()
    watcher = Door(address.parse(f"embedded:{folder}"))
    feed = Feed(watcher, board, poll_seconds=0.1)
    async with asyncio.TaskGroup() as group:
        following = group.create_task(feed.run())
        writers = [group.create_task(write(folder, acknowledged, over, seed)) for seed in range(CLIENTS)]
        for _ in range(KILLS):
            await more(acknowledged, 40)
            os.kill(postmaster(folder), signal.SIGKILL)
        await more(acknowledged, 40)
        over.set()
        await asyncio.gather(*writers)
        await until(lambda: feed.pulse.link is Link.LIVE)
        owner = await asyncpg.connect(address.local(*server.address(), "postgres"))
        wanted = {row["number"] for row in await owner.fetch("SELECT number FROM gridseat.incident")}
        await until(lambda: {int(n) for n in board.numbers[board.all_slots()]} == wanted)
        following.cancel()
    applied = {
        row["command_id"]: row["n"]
        for row in await owner.fetch("SELECT command_id, count(*) AS n FROM gridseat.timeline GROUP BY 1")
    }
    assert all(applied.get(command.id) == 1 for command in acknowledged), "an acknowledged command was lost"
    assert set(applied) == {command.id for command in acknowledged}, "an unknown outcome stayed unknown"
    assert max(applied.values()) == 1
    assert await owner.fetchval("SELECT count(*) FROM gridseat.broken_entries(0, 1000000)") == 0
    await owner.close()
    await watcher.close()
    server.stop()


async def more(acknowledged: list[Command], count: int) -> None:
    """Wait until so many commands more were acknowledged."""
    goal = len(acknowledged) + count
    await until(lambda: len(acknowledged) >= goal)


async def test_a_desk_whose_database_stays_away_says_that_the_outcome_is_unknown(tmp_path: Path) -> None:
    door = Door(address.parse("postgresql://127.0.0.1:1/gridseat"), "duty")  # where nobody listens
    journal = Journal(tmp_path)
    command = Command("report", args=REPORT)
    with pytest.raises(Problem) as unknown:
        await Desk(door, journal, patience=0.3).perform(command)
    assert unknown.value.code == "outcome_unknown"
    journal.close()
    again = Journal(tmp_path)
    assert [waiting.id for waiting in again.take_over()] == [command.id], "it can be sent again"
    again.close()
