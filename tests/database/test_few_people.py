"""No figure tells a number of people that another one keeps to itself."""

import json
from pathlib import Path

import asyncpg

from console.desk.desk import Desk
from tests.database.registry import GRID, RESIDENTS, give
from tests.database.registry import lead as lead  # noqa: PLC0414  a fixture
from tests.database_fixtures import Database


async def test_visits_tell_no_number_of_people_that_is_not_told(
    database: Database, duty: Desk, lead: asyncpg.Connection, tmp_path: Path
) -> None:
    """Who is to be visited is who is old and lives alone: visits due are their number."""
    wall = await database.as_person("wall")
    others = (f"B{n},户籍,,{year},否,,,{GRID},2026-11-01" for n, year in enumerate([1950] * 8 + [1990] * 8))
    await give(duty, tmp_path, "residents", RESIDENTS, *others)
    for people, made, told in ((3, 0, None), (9, 0, (0, 9)), (9, 6, (6, 9)), (14, 7, (7, 14))):
        await database.freeze("2026-11-22T12:00+08:00")
        lines = [f"A{n},户籍,,1950,是,,,{GRID},2026-11-01" for n in range(people - 1)]
        await give(duty, tmp_path, "residents", RESIDENTS, *lines)
        await lead.execute("SELECT desk.plan_visits(NULL)")
        visits = await lead.fetch("SELECT id FROM desk.visits(NULL) AS v ORDER BY id")
        already = people - len(visits)
        for visit in visits[: made - already]:
            await lead.execute("SELECT desk.finish_visit($1, 'well')", visit["id"])
        await database.freeze("2026-12-22T12:00+08:00")
        for person in (lead, wall):
            asked = "SELECT desk.board_figures('people-houses', '130123', 31, NULL, 'visits')"
            board = json.loads(await person.fetchval(asked))
            found = next(one for one in board["figures"] if one["key"] == "visits")
            both = (found["numerator"], found["denominator"])
            assert both == (told or (None, None)), (people, made)
            assert (found["value"] is None) is (told is None)
            assert {row["value"] is None for row in board["ranking"]["rows"]} >= {told is None}
        kept = json.loads(await lead.fetchval("SELECT desk.registry_figures('130123', 31)"))
        assert (kept["visits"]["hits"], kept["visits"]["of"]) == (told or (None, None)), (
            "nor beside the board"
        )
    await wall.close()
