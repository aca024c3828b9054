"""What the tests of operations share: workers of the small county, and its figures."""

from datetime import datetime

import asyncpg
import pytest

from console.desk.desk import Desk
from tests.database.cast import MONDAY, Cast
from tests.database.offices import STAFF, table, take

NOW = datetime.fromisoformat(MONDAY)
MONTH = datetime.fromisoformat("2026-11-01T00:00:00+08:00")
SUMS = """
SELECT s.* FROM gridseat.organisation AS o, gridseat.operations_sums(o.lft, o.rgt, $2, $3) AS s
WHERE o.code = $1
"""
ROWS = """
SELECT r.* FROM gridseat.organisation AS o, gridseat.operations_rows($4, o.lft, o.rgt, $2, $3, $5) AS r
WHERE o.code = $1
"""
Figures = dict[str, tuple[int, int | None]]


async def sums(owner: asyncpg.Connection, place: str = "130123", since: datetime = MONTH) -> Figures:
    """Return (hits, of all) of each figure."""
    return {row["key"]: (row["hits"], row["of_all"]) for row in await owner.fetch(SUMS, place, since, NOW)}


async def records(
    owner: asyncpg.Connection, figure: str, place: str = "130123", since: datetime = MONTH
) -> list[tuple[str, int]]:
    """Return what stands behind FIGURE, FIGURE:of or FIGURE:rest: its codes, and how many each stands for."""
    key, _, which = figure.partition(":")
    return [(row["code"], row["n"]) for row in await owner.fetch(ROWS, place, since, NOW, key, which)]


async def fold(owner: asyncpg.Connection) -> None:
    """Fold until nothing waits."""
    while await owner.fetchval("SELECT gridseat.fold_work()"):
        pass


async def faults(owner: asyncpg.Connection) -> list[tuple[str, str]]:
    """Return what the recount finds."""
    return [tuple(row) for row in await owner.fetch("SELECT * FROM gridseat.operations_faults()")]


@pytest.fixture
async def clerk(people: Cast) -> Desk:
    """Give the county's administrator; the county has four workers in three grids, the next county one."""
    desk = await people.desk("clerk")
    rows = [
        "W1,赵一,full_time,130123101001001,,",
        "W2,钱二,full_time,130123101002001,,",
        "W3,孙三,part_time,130123201001001,,",
        "H1,李四,head,,130123201001,",
    ]
    assert (await take(desk, "staff", table(STAFF, *rows))).added == len(rows)
    await people.database.owner.execute(
        """INSERT INTO gridseat.staff (code, name, kind, organisation_id)
           SELECT 'X1', '外人', 'full_time', id FROM gridseat.organisation WHERE code = '130125100001'"""
    )
    return desk
