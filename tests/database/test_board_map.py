"""A figure for every area at once says what the board of each area says, and no more than one may know."""

from datetime import date
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.desk.reads import Reads
from console.errors import BadInput, Refused
from console.indicators.areas import ASK, told
from console.indicators.indicator import indicators
from tests.database.boards import ZHENGDING, board, closed, dispatched, handled
from tests.database.boards import at as clock_at
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database_fixtures import Database, act, report
from tests.small_county import GRIDS

AREAS = ("township", "community")
HOMES = """
INSERT INTO gridseat.house (code, use, grid_id, filled, confirmed_on)
SELECT 'U' || g.code || n, 'rented', g.id, 1, '2026-11-01'
FROM gridseat.grid AS g, generate_series(1, 3) AS n;
INSERT INTO gridseat.resident (code, kind, grid_id, alone, birth_year, filled, confirmed_on)
SELECT 'P' || g.code || n, CASE WHEN n > 9 THEN 'floating' ELSE 'registered' END, g.id, n <= 6,
       1930 + n * 3, 1, '2026-11-01'
FROM gridseat.grid AS g, generate_series(1, 20) AS n
"""
WORKERS = """INSERT INTO gridseat.staff (code, name, kind, organisation_id, grid_id)
    SELECT 'W' || n, '某人', 'full_time', g.organisation_id, g.id
    FROM gridseat.grid AS g, generate_series(1, 6) AS n WHERE g.code = $1"""


async def lively(database: Database, duty: Desk, *, kept: bool = False) -> None:
    """Tell a day of cases here and there, one of them without a point, and six workers of one grid.

    ``kept``: what the first cases count for is kept; one of them changes afterwards.
    """
    await database.owner.execute(WORKERS, GRIDS[0][0])
    for hour in (8, 9):
        number = await dispatched(database, duty, f"{hour:02}:00")
        await handled(database, duty, number, f"{hour:02}:40")
        await closed(database, duty, number, f"{hour:02}:50")
    waiting = await dispatched(database, duty, "09:00", **ZHENGDING)
    await dispatched(database, duty, "09:05", restricted=True, **ZHENGDING)
    if kept:
        await fold(database.owner)
        await act(duty, "acknowledge", waiting)
    number = await dispatched(database, duty, "09:10", channel="grid_worker", **ZHENGDING)
    await act(duty, "acknowledge", number)
    await report(duty)
    await clock_at(database, "13:00")


async def mapped(lead: asyncpg.Connection, figure: str, area: str, days: int = 1) -> dict[str, list[Any]]:
    return await asked(lead, figure, area, None, days, None)


async def asked(lead: asyncpg.Connection, *question: object) -> dict[str, list[Any]]:
    [row] = await lead.fetch(ASK, *question)
    found = told(dict(row))
    return {code: [*found.row(code)] for code in found.codes}


@pytest.mark.parametrize("kept", [False, True], ids=["told anew", "kept, some of it changed since"])
async def test_every_figure_is_that_of_the_areas_own_board(
    database: Database, duty: Desk, lead: asyncpg.Connection, kept: bool
) -> None:
    days = 7 if kept else 1  # by their sums, or case by case
    await lively(database, duty, kept=kept)
    for area in AREAS:
        asked = (
            "SELECT code FROM gridseat.organisation WHERE level = $1 AND code LIKE '130123%' ORDER BY code"
        )
        codes = [row["code"] for row in await lead.fetch(asked, area)]
        boards = {
            code: {
                one["key"]: one
                for name in ("incidents", "operations", "people-houses")
                for one in (await board(lead, name, code, days))["figures"]
            }
            for code in codes
        }
        for figure in (key for key, one in indicators().items() if not (kept and one.sums)):
            found = await mapped(lead, figure, area, days)
            assert sorted(found) == codes
            for code in codes:
                own = boards[code][figure]
                assert found[code][0] == own["value"], (figure, code)
                if own["denominator"] is not None:
                    assert found[code][1:] == [own["numerator"], own["denominator"]], (figure, code)


async def test_grids_add_up_to_their_community(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await lively(database, duty)
    await database.owner.execute(HOMES)
    assert await database.owner.fetch("SELECT * FROM gridseat.registry_faults()") == []
    told = [key for key, one in indicators().items() if one.by_grid]
    assert {"to_close", "residents", "alone", "density", "completeness"} < set(told)
    for figure in told:
        grids, communities = await mapped(lead, figure, "grid"), await mapped(lead, figure, "community")
        for code, community, _west in GRIDS:
            assert grids[code] == communities[community], (figure, code)
    assert (await mapped(lead, "alone", "grid"))[GRIDS[2][0]] == [6, 6, None]
    few = "DELETE FROM gridseat.resident WHERE code LIKE 'P' || $1::text || '%' AND birth_year > 1939"
    await database.owner.execute(few, GRIDS[1][0])
    for figure in ("residents", "density", "alone"):
        assert (await mapped(lead, figure, "grid"))[GRIDS[1][0]] == [None, None, None], figure
    assert await mapped(lead, "freshness", "grid") == {}, "what is dated is kept by community only"
    workers = await mapped(lead, "workers", "grid")
    assert [workers[code][0] for code, _community, _west in GRIDS] == [6, 0, 0]
    assert (await mapped(lead, "staffed", "grid"))[GRIDS[1][0]] == [0.0, 0, 1]
    assert (await mapped(lead, "load", "grid"))[GRIDS[0][0]][1:] == [2, 1]


async def test_old_people_of_a_grid_are_those_of_the_year(
    database: Database, lead: asyncpg.Connection
) -> None:
    await database.freeze("2026-11-18T09:00+08:00")
    await database.owner.execute(HOMES)
    seen = []
    for time, turned in (("2026-12-31T23:59+08:00", False), ("2031-01-01T00:01+08:00", False), (None, True)):
        if time is not None:
            await database.freeze(time)
        if turned:
            await database.owner.execute("SELECT gridseat.fold_work()")
        assert await database.owner.fetch("SELECT * FROM gridseat.registry_faults()") == []
        grids, communities = await mapped(lead, "elderly", "grid"), await mapped(lead, "elderly", "community")
        seen += [grids[code] for code, community, _west in GRIDS if grids[code] == communities[community]]
    kept, counted, turned_over = seen[:3], seen[3:6], seen[6:]
    assert [kept, counted, turned_over] == [[[12, 12, None]] * 3, [[13, 13, None]] * 3, [[13, 13, None]] * 3]


async def test_restricted_cases_colour_nothing_for_those_who_are_not_named(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await lively(database, duty)
    figures = ("received", "open", "overdue", "on_time", "load")
    areas = ("grid", *AREAS)
    before = {(figure, area): await mapped(lead, figure, area) for figure in figures for area in areas}
    secret = await dispatched(database, duty, "13:10", restricted=True)
    await clock_at(database, "13:30")
    for (figure, area), known in before.items():
        assert await mapped(lead, figure, area) == known, (figure, area)
    await database.owner.execute(
        """INSERT INTO gridseat.named (number, person_id, since_seq)
           SELECT $1, id, 1 FROM gridseat.person WHERE login = 'lead'""",
        secret,
    )
    assert await mapped(lead, "received", "grid") != before["received", "grid"]


async def test_others_trees_and_unknown_words_are_refused(database: Database, duty: Desk) -> None:
    await lively(database, duty)
    await database.add("town", "seat supervisor", "130123101")
    reads = Reads(Desk(database.door("town")))
    try:
        found = await reads.board_map("received", "community", None, 1)
        assert {code[:9] for code in found.codes} == {"130123101"}
        with pytest.raises(Refused, check=lambda error: error.code == "outside_your_tree"):
            await reads.board_map("received", "community", "130123", 1)
        for figure, area, code in (("received", "street", "area_unknown"), ("x", "grid", "figure_unknown")):
            with pytest.raises(BadInput, check=lambda error, code=code: error.code == code):  # type: ignore[misc]
                await reads.board_map(figure, area, None, 1)
    finally:
        await reads.close()


async def test_every_area_lists_exactly_the_cases_it_counts(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await lively(database, duty, kept=True)
    asked = "SELECT number FROM desk.board_cases('incidents', $1, $2, 1)"
    for figure in ("received", "closing", "open"):
        for code, (_value, part, _whole) in (await mapped(lead, figure, "grid")).items():
            found = await lead.fetch(asked, f"{figure}/grid={code}", "130123")
            assert len(found) == part, (figure, code)
        for code, (_value, part, _whole) in (await mapped(lead, figure, "community")).items():
            assert len(await lead.fetch(asked, figure, code)) == part, (figure, code)


async def test_a_map_of_a_past_day_is_told_as_of_its_end(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await lively(database, duty)
    today = await mapped(lead, "received", "township")
    await database.freeze("2026-11-19T09:00+08:00")
    await report(duty)
    assert await asked(lead, "received", "township", None, 1, date(2026, 11, 18)) == today
