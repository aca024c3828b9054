"""What is told of periods that are over, and with what they are compared."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.indicators.indicator import indicators
from tests.database.cast import Cast
from tests.database.offices import table, take
from tests.database.operations import clerk as clerk  # noqa: PLC0414  a fixture
from tests.database.operations import faults, fold, sums
from tests.database.registry import settle

VISITS = "工号,走访日期,户编号,走访结果"
GROUPS = "群编号,群名,社区编码,网格编码,入群户数,最近发言"
FRESH = """
SELECT s.hits, s.of_all, (
    SELECT count(*) FROM gridseat.registry_rows('freshness', 0, 9223372036854775807, $1, $1, ''))
FROM gridseat.registry_sums(0, 9223372036854775807, $1, $1) AS s WHERE s.key = 'freshness'
"""


async def test_a_later_visit_takes_none_away_from_a_period_before(people: Cast, clerk: Desk) -> None:
    """October: H1 on the 5th and, by two workers, on the 30th, H2 on the 30th. November: H1, H3."""
    owner = people.database.owner
    await take(clerk, "grid_households", table("网格编码,户数", "130123101001001,10"))
    days = ("10-05,H1", "10-30,H1", "10-30,H2", "11-06,H1", "11-07,H3")
    await take(clerk, "visits", table(VISITS, *(f"W1,2026-{day},是" for day in days)))
    await owner.execute(
        """INSERT INTO gridseat.visit (organisation_id, household, day, staff_id, grid_id, met)
           SELECT v.organisation_id, v.household, v.day, s.id, v.grid_id, true
           FROM gridseat.visit AS v, gridseat.staff AS s WHERE v.day = '2026-10-30' AND s.code = 'W2'"""
    )
    first, until = (datetime.fromisoformat(f"2026-{day}:00+08:00") for day in ("10-01T00:00", "10-31T23:59"))
    past = "SELECT hits FROM gridseat.operations_sums(0, 9223372036854775807, $1, $2) WHERE key = 'patrolled'"
    listed = """SELECT r.code, r.day::text
                FROM gridseat.operations_rows('patrolled', 0, 9223372036854775807, $1, $2, '') AS r
                ORDER BY r.day DESC, 1"""

    async def told() -> tuple[int, list[str]]:
        rows = [" ".join(row) for row in await owner.fetch(listed, first, until)]
        return (await owner.fetchval(past, first, until), rows)

    there = ["H1 2026-10-30", "H2 2026-10-30"]
    assert await told() == (2, there)
    assert (await sums(owner))["patrolled"] == (2, 10), "November's own"
    await fold(owner)
    await take(clerk, "visits", table(VISITS, "W1,2026-10-12,H4,是", "W1,2026-11-02,H1,"))
    assert await told() == (3, [*there, "H4 2026-10-12"]), "told later"
    await owner.execute("DELETE FROM gridseat.visit WHERE day = '2026-10-30' AND household = 'H1'")
    assert await told() == (3, [there[1], "H4 2026-10-12", "H1 2026-10-05"]), "the one before counts"
    until = datetime.fromisoformat("2026-10-05T12:00:00+08:00")
    assert await told() == (1, ["H1 2026-10-05"]), "the first days alone"
    first = datetime.fromisoformat("2026-08-01T00:00:00+08:00")
    assert await told() == (1, ["H1 2026-10-05"]), "of more than a month"
    assert await faults(owner) == []
    await owner.execute("UPDATE gridseat.visit SET next_day = NULL WHERE day = '2026-10-05'")
    assert await faults(owner) == [("visit", "H1 2026-10-05")]


async def told(boss: asyncpg.Connection, name: str, days: int, until: str | None = None) -> dict[str, Any]:
    """Return the figures of the county's board."""
    asked = "SELECT desk.board_figures($1, '130123', $2, $3)"
    board = json.loads(await boss.fetchval(asked, name, days, until and date.fromisoformat(until)))
    return {one["key"]: one for one in board["figures"]}


async def test_of_groups_only_the_last_message_is_known(people: Cast, clerk: Desk) -> None:
    """So a message of today says nothing of whether anybody spoke last week: that is told by a dash."""
    given = table(GROUPS, "G1,恒山一群,130123101001,,6,2026-11-22", "G2,常山群,130123101002,,15,2026-10-20")
    await take(clerk, "groups", given)
    await fold(people.database.owner)
    boss = await people.raw("boss")
    now, then = [(await told(boss, "operations", 7, until))["groups_live"] for until in (None, "2026-11-01")]
    assert (now["numerator"], now["denominator"], now["before"]) == (1, 2, None)
    assert (then["value"], then["numerator"], then["denominator"]) == (None, None, None)
    assert (now["unknown"], then["unknown"]) == (None, "last_only")
    listed = "SELECT desk.board_records('operations', 'groups_live', '130123', 31, $1)::jsonb ->> 'total'"
    assert await boss.fetchval(listed, date(2026, 10, 31)) == "0"
    assert await boss.fetchval(listed, None) == "1"
    await boss.close()


@pytest.mark.parametrize("folded", [False, True])
async def test_nothing_is_compared_with_days_of_which_nothing_was_recorded(
    people: Cast, clerk: Desk, *, folded: bool
) -> None:
    """The first patrol was on 1 November: before 8 to 14 all is known, before 1 to 7 nothing."""
    patrols = [f"W1,2026-11-{day:02} 09:00,," for day in (1, 3, 9, 10, 11)]
    await take(clerk, "patrols", table("工号,开始时间,结束时间,网格编码", *patrols))
    if folded:
        await fold(people.database.owner)
    boss = await people.raw("boss")
    week, first = [
        (await told(boss, "operations", 7, until))["patrols"] for until in ("2026-11-14", "2026-11-07")
    ]
    assert (week["value"], week["before"], week["change"]) == (3, 2, 1)
    assert (first["value"], first["before"], first["change"]) == (2, None, None)
    before = await told(boss, "operations", 7, "2026-10-31")
    of = [(before[key]["value"], before[key]["numerator"]) for key in ("patrols", "patrolled")]
    assert of == [(None, None), (None, None)], "nothing was recorded yet: that is not none"
    ranked = (
        "SELECT desk.board_figures('operations', '130123', 7, '2026-10-31', 'patrols') -> 'ranking' -> 'rows'"
    )
    assert {row["value"] for row in json.loads(await boss.fetchval(ranked))} == {None}
    mapped = "SELECT m.values FROM desk.board_map('patrols', 'township', '130123', 7, $1) AS m"
    assert {*await boss.fetchval(mapped, date(2026, 10, 31))} == {None}
    assert 0 in await boss.fetchval(mapped, date(2026, 11, 7)), "none where some are recorded beside"
    day, today = [(await told(boss, "operations", 1, until))["patrols"] for until in ("2026-11-11", None)]
    assert (day["value"], day["before"]) == (1, 1)
    assert today["before"] is None, "a day that still runs is no whole one"
    await boss.close()


async def test_a_period_that_runs_is_a_dash_too_until_anything_of_its_kind_is_recorded_anywhere(
    people: Cast, clerk: Desk
) -> None:
    boss = await people.raw("boss")
    ranked = "SELECT desk.board_figures('operations', '130123', 7, NULL, 'patrols') -> 'ranking' -> 'rows'"
    for key in ("patrols", "household_visits"):
        figure = (await told(boss, "operations", 7))[key]
        assert (figure["value"], figure["unknown"]) == (None, "unrecorded"), "nobody writes them down"
    assert {row["value"] for row in json.loads(await boss.fetchval(ranked))} == {None}
    await take(clerk, "patrols", table("工号,开始时间,结束时间,网格编码", "W1,2026-11-01 09:00,,"))
    for _folded in (False, True):
        found = await told(boss, "operations", 7)
        none = found["patrols"]
        assert (none["value"], none["numerator"], none["unknown"]) == (0, 0, None), "nobody went this week"
        assert found["household_visits"]["value"] is None
        assert {row["value"] for row in json.loads(await boss.fetchval(ranked))} == {0}
        await fold(people.database.owner)
    await boss.close()


async def test_what_goes_by_months_is_compared_month_with_month(people: Cast, clerk: Desk) -> None:
    """Flags: September 1 of 2 kept, October 2 of 2, November 2 of 2; sliding days would hold two months."""
    assert clerk
    owner = people.database.owner
    await owner.execute(
        """INSERT INTO gridseat.flag_month (organisation_id, month, flag_id, kept, note, told_by, told_at)
           SELECT o.id, m.month, f.id, m.kept OR f.n = 1, '', 1, m.month
           FROM (SELECT x.id, row_number() OVER (ORDER BY x.id) AS n FROM gridseat.flag AS x) AS f,
                gridseat.organisation AS o,
                (VALUES (date '2026-09-01', false), ('2026-10-01', true), ('2026-11-01', true))
                    AS m (month, kept)
           WHERE f.n <= 2 AND o.code = '130123101001'"""
    )
    await fold(owner)
    boss = await people.raw("boss")
    october, november, days = [
        (await told(boss, "operations", *asked))["flags_kept"]
        for asked in ((31, "2026-10-31"), (23, None), (30, "2026-10-31"))
    ]
    assert (october["numerator"], october["denominator"], october["before"]) == (2, 2, 0.5)
    assert (october["before_of"], october["change"]) == (2, None), "shares of two"
    assert november["before"] is None, "a month that runs"
    assert days["before"] is None, "no month"
    september = (await told(boss, "operations", 30, "2026-09-30"))["flags_kept"]
    assert (september["value"], september["before"]) == (0.5, None), "the first"
    await boss.close()


async def test_a_figure_of_now_is_one_number_whatever_the_period(
    people: Cast, clerk: Desk, tmp_path: Path
) -> None:
    """Of four residents and two houses four are confirmed this month; R2 and H2 long ago."""
    await settle(clerk, tmp_path)
    boss = await people.raw("boss")
    present = [key for key, one in indicators().items() if one.present and one.board == "people-houses"]
    now = await told(boss, "people-houses", 31)
    for until in ("2026-10-31", "2025-12-31"):
        then = await told(boss, "people-houses", 31, until)
        assert [then[key] for key in present] == [now[key] for key in present], until
        row = await people.database.owner.fetchrow(FRESH, date.fromisoformat(until))
        assert tuple(row or ()) == (4, 6, 4), "and its list is as long"
    await boss.close()
