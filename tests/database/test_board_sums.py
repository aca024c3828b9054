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
            assert one.sum in told, f"nothing tells {key}"
            hits = told[one.sum][0]
            if shown[key]["unknown"] == "unrecorded":  # none of its kind: not known, rather than none
                assert (shown[key]["numerator"], hits) == (None, 0), key
            else:
                assert shown[key]["numerator"] == hits, key
            if one.kind != "count":
                grids = shown["grids"]["value"] if one.per else told[one.sum][1]
                assert shown[key]["denominator"] == grids, key


PEOPLE = """
INSERT INTO gridseat.resident (code, kind, grid_id, alone, birth_year, filled, confirmed_on)
SELECT $1 || n, $1, g.id, $3, $4, 0, desk.now()::date
FROM (SELECT min(id) AS id FROM gridseat.grid) AS g, generate_series(1, $2) AS n
"""
TOLD = (
    "residents",
    "registered",
    "floating",
    "elderly",
    "alone",
    "freshness",
    "density",
    "residents_per_grid",
)


async def test_few_people_are_not_told_nor_left_over(database: Database, lead: asyncpg.Connection) -> None:
    """Nor is what is left when one figure is taken from another."""

    async def told() -> dict[str, int | None]:
        found = {one["key"]: one["numerator"] for one in (await board(lead, "people-houses"))["figures"]}
        return {key: found[key] for key in TOLD}

    async def settle(kind: str, people: int, *, alone: bool = False, born: int | None = None) -> None:
        await database.owner.execute(PEOPLE, kind, people, alone, born)

    none = dict.fromkeys(TOLD)
    assert await told() == dict.fromkeys(TOLD, 0)
    await settle("registered", 4)
    assert await told() == none | {"floating": None, "elderly": None, "alone": None}, "four: nothing at all"
    await database.owner.execute("DELETE FROM gridseat.resident")
    await settle("registered", 20, born=1990)
    everybody = dict.fromkeys(("residents", "freshness", "density", "residents_per_grid"), 20)
    assert await told() == none | everybody | {"registered": 20, "floating": 0, "elderly": 0, "alone": 0}
    await settle("floating", 3, born=1950)
    # 23 residents of whom 20 are registered would tell the three that float, and 23 - 20 who is old
    everybody = dict.fromkeys(everybody, 23)
    assert await told() == none | everybody
    await database.owner.execute("UPDATE gridseat.resident SET birth_year = 1950 WHERE birth_year = 1990")
    await database.owner.execute("UPDATE gridseat.resident SET kind = 'registered', alone = code LIKE '%1%'")
    # 23 of 60 and over, of whom 12 live alone: registered1, 10-19, floating1
    assert await told() == everybody | {"registered": 23, "floating": 0, "elderly": 23, "alone": 12}
    await database.owner.execute("UPDATE gridseat.resident SET alone = code <> 'registered7'")
    assert (await told())["alone"] is None, "the one who does not"
