"""What the registry and daily work tell stands on the boards beside what cases tell."""

import asyncpg

from console.indicators.indicator import indicators
from tests.database.boards import board
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database_fixtures import Database

SUMS = "SELECT * FROM gridseat.{}_sums($1, $2, $3, $4)"


async def test_every_sum_stands_on_its_board(database: Database, lead: asyncpg.Connection) -> None:
    bounds = await database.owner.fetchrow("SELECT lft, rgt FROM gridseat.organisation WHERE code = '130123'")
    assert bounds is not None
    now = await database.owner.fetchval("SELECT desk.now()")
    for name in ("people-houses", "operations"):
        shown = {one["key"]: one for one in (await board(lead, name))["figures"]}
        for key, one in indicators().items():
            if one.board != name or not one.sums:
                continue
            rows = await database.owner.fetch(SUMS.format(one.sums), *bounds, now, now)
            told = {row["key"]: (row["hits"], row["of_all"]) for row in rows}
            assert key in told, f"nothing tells {key}"
            assert shown[key]["numerator"] == told[key][0], key
            if one.kind != "count":
                assert shown[key]["denominator"] == told[key][1], key


async def test_few_residents_are_not_shown(database: Database, lead: asyncpg.Connection) -> None:
    """Four residents of a grid are nobody's business; five are a number."""
    for people, shown in ((4, None), (5, 5)):
        await database.owner.execute(
            """INSERT INTO gridseat.resident (code, kind, grid_id, alone, filled, confirmed_on)
               SELECT 'R' || n, 'registered', g.id, false, 0, current_date
               FROM (SELECT min(id) AS id FROM gridseat.grid) AS g, generate_series(1, $1) AS n
               ON CONFLICT (code) DO NOTHING""",
            people,
        )
        found = {one["key"]: one["value"] for one in (await board(lead, "people-houses"))["figures"]}
        assert (found["residents"], found["registered"]) == (shown, shown)
