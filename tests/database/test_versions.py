"""Both PostgreSQL versions of the wheel: created, brought up to date twice, lived on, verified, followed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from console.database import address, founding
from console.database.address import NAME, local
from console.database.binaries import FOLDERS
from console.database.door import Door
from console.database.embedded import EmbeddedServer
from console.desk.command import Command
from console.desk.desk import Desk
from tests.database.following import Follower, following
from tests.database_fixtures import FAST, act
from tests.journeys.servers import home
from tests.small_county import lay_out
from tests.waiting import until

REPORT = {
    "title": "井盖缺失",
    "channel": "phone",
    "class": "街面秩序/游商",
    "point": [114.55, 38.11],
    "datum": "WGS-84",
    "reporter": "王某",
    "phone": "13812345678",
}
ROAD: tuple[tuple[str, dict[str, object], str], ...] = (
    ("claim", {}, "reported"),
    ("accept", {}, "accepted"),
    ("dispatch", {"unit": "城管局"}, "dispatched"),
    ("acknowledge", {}, "handling"),
    ("suspend", {"limit": {"seconds": 86400, "clock": "working"}, "reason": "等材料"}, "handling"),
    ("grant", {}, "suspended"),
    ("resume", {}, "handling"),
    ("feedback", {"text": "已补装"}, "handled"),
    ("verify", {}, "verified"),
    ("close", {"result": "解决"}, "closed"),
    ("reopen", {"reason": "未解决"}, "accepted"),
    ("withdraw", {"reason": "报案人撤回"}, "cancelled"),
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with home() as found:
        yield found / "desk"


@pytest.mark.parametrize("version", sorted(FOLDERS))
async def test_a_desk_on_each_version(folder: Path, version: int) -> None:
    server = EmbeddedServer(folder, version, FAST)
    await asyncio.to_thread(server.start)
    await found_twice(server)
    door = Door(address.parse(f"embedded:{folder}"))
    desk, console = Desk(door), Follower(door)
    async with following(console):
        number = (await desk.perform(Command("report", args=REPORT)))["number"]
        await until(lambda: number in console.board)
        for action, args, status in ROAD:
            assert (await act(desk, action, number, **args))["status"] == status, action
            await console.agrees()
        assert number not in console.board
        raw = await door.open()
        assert int(await raw.fetchval("SELECT current_setting('server_version_num')")) // 10000 == version
        assert not await raw.fetch("SELECT * FROM desk.verify(0, 99999)")
        assert not await raw.fetch("SELECT * FROM desk.check()")
        assert console.told[number] <= len(await raw.fetch("SELECT * FROM desk.timeline($1)", number))
        await raw.close()
    await desk.close()
    await door.close()
    await asyncio.to_thread(server.stop)


async def found_twice(server: EmbeddedServer) -> None:
    """Create the database, lay the small county out, and bring it up to date once more."""

    async def connect(name: str) -> asyncpg.Connection:
        return await asyncpg.connect(local(*server.address(), "postgres", name))

    admin = await connect("postgres")
    await founding.create(admin, connect, NAME, NAME)
    await admin.close()
    dsn = local(*server.address(), "postgres", NAME)
    await founding.upgrade(dsn, NAME)
    owner = await connect(NAME)
    await lay_out(owner)
    await founding.upgrade(dsn, NAME)
    assert await owner.fetchval("SELECT count(*) FROM gridseat.person") == 2
    await owner.close()
