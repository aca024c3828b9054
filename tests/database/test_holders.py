"""Long write transactions hold every feed back: people's are ended, an import that goes in whole is not."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from console.database.faults import LOST
from tests.database_fixtures import Database
from tests.waiting import until_told

ROW = {"code": "130123301", "name": "新安镇", "level": "township", "parent": "130123", "line": 2}
DAY = {"day": "2026-12-31", "working": False, "name": "封路"}
IMPORTS = [
    ("SELECT desk.import_organisations($1::text::jsonb)", [ROW], "SELECT FROM gridseat.tree FOR UPDATE"),
    (
        "SELECT desk.import_calendar($1::text::jsonb)",
        [DAY],
        "LOCK TABLE gridseat.calendar_day IN SHARE MODE",
    ),
]
REPORT = """SELECT desk.act(gen_random_uuid(), 'report', NULL, NULL,
    '{"title": "占道", "channel": "phone", "class": "街面秩序/游商"}')"""
HELD = """SELECT count(*) FROM pg_stat_activity
    WHERE pid = $1 AND backend_xid IS NOT NULL AND (wait_event_type = 'Lock' OR state <> 'active')"""


@pytest.fixture
async def raw(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """Give 值班's own connection."""
    raw = await database.as_person("duty")
    yield raw
    raw.terminate()  # it may have been ended from the other side


@asynccontextmanager
async def blocked(database: Database, lock: str) -> AsyncIterator[None]:
    """Hold a lock as the owner, whom nobody ends."""
    other = await database.cluster.open(database.name)
    async with other.transaction():
        await other.execute(lock)
        yield
    await other.close()


async def end_those_above(database: Database, raw: asyncpg.Connection, limit: str) -> int:
    """End holders of more than ``limit``, as the sweep does, once ``raw`` is one and stands still."""
    pid = raw.get_server_pid()
    await until_told(lambda: database.owner.fetchval(HELD, pid))
    ended = await database.owner.fetchval(f"SELECT gridseat.end_holders(interval '{limit}')")
    return int(ended)


@pytest.mark.parametrize(("ask", "rows", "lock"), IMPORTS)
async def test_an_import_that_goes_in_whole_may_take_its_time(
    database: Database, raw: asyncpg.Connection, ask: str, rows: list[object], lock: str
) -> None:
    async with asyncio.TaskGroup() as group:
        async with blocked(database, lock):
            taken = group.create_task(raw.fetchval(ask, json.dumps(rows)))
            assert await end_those_above(database, raw, "0 seconds") == 0
        assert json.loads(await taken)["added"] == 1


async def test_an_action_that_takes_its_time_is_ended(database: Database, raw: asyncpg.Connection) -> None:
    await raw.execute("BEGIN")
    await raw.execute(REPORT)
    assert await end_those_above(database, raw, "10 seconds") == 0
    assert await end_those_above(database, raw, "0 seconds") == 1
    with pytest.raises(LOST):
        await raw.execute("COMMIT")


async def test_an_import_left_open_is_ended_like_any_other(
    database: Database, raw: asyncpg.Connection
) -> None:
    await raw.execute("BEGIN")
    await raw.fetchval(IMPORTS[0][0], json.dumps([ROW]))
    assert await end_those_above(database, raw, "10 seconds") == 0
    assert await end_those_above(database, raw, "0 seconds") == 1


async def test_nobody_marks_their_own_work_as_whole(raw: asyncpg.Connection) -> None:
    for trick in (
        "SELECT gridseat.begin_whole()",
        "BEGIN; LOCK TABLE gridseat.tree IN SHARE UPDATE EXCLUSIVE MODE",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await raw.execute(trick)
