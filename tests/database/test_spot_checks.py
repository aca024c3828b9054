"""Spot checks: drawn by the month, entered when they are made, and what their figures count."""

import json

import asyncpg
import pytest

from tests.database.registry import figures, registry_faults
from tests.database.registry import lead as lead  # noqa: PLC0414  a fixture
from tests.database_fixtures import Database


async def drawn(raw: asyncpg.Connection) -> list[tuple[str, str]]:
    rows = await raw.fetch("SELECT grid, code FROM desk.spot_checks(NULL)")
    return [(row["grid"], row["code"]) for row in rows]


async def test_spot_checks_are_drawn_once_a_month_and_the_same_by_the_same_seed(
    database: Database, lead: asyncpg.Connection
) -> None:
    first = await lead.fetchval("SELECT desk.draw_spot_checks(NULL)::text")
    assert '"drawn": 3' in first, "two of five records of one grid, the only one of another"
    once = await drawn(lead)
    assert '"drawn": 0' in await lead.fetchval("SELECT desk.draw_spot_checks('130123101')::text")
    await database.owner.execute("TRUNCATE gridseat.spot_check")
    await database.owner.execute("DELETE FROM gridseat.registry_tally WHERE key = 'drawn'")
    await lead.execute("SELECT desk.draw_spot_checks(NULL)")
    assert await drawn(lead) == once
    await database.owner.execute(
        """UPDATE gridseat.setting SET value = '"another"' WHERE key = 'spot_seed'"""
    )
    draws = []
    for month in ("2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01"):
        await database.freeze(f"{month}T12:00+08:00")
        await lead.execute("SELECT desk.draw_spot_checks(NULL)")
        draws.append(tuple(await drawn(lead)))
    assert len({*draws, tuple(once)}) > 1, "another month, another draw"


async def test_results_make_the_accuracy(database: Database, lead: asyncpg.Connection) -> None:
    await lead.execute("SELECT desk.draw_spot_checks(NULL)")
    assert (await figures(database.owner))["checked"] == (0, 3)
    found = await lead.fetch("SELECT id, kind, fields FROM desk.spot_checks(NULL)")
    one, two, three = found
    assert not any("王建国" in row["fields"] or "13812342751" in row["fields"] for row in found)
    await lead.execute("SELECT desk.enter_spot_check($1, 'correct')", one["id"])
    field = "use" if two["kind"] == "house" else "phone"
    await lead.execute("SELECT desk.enter_spot_check($1, 'wrong', ARRAY[$2])", two["id"], field)
    told = await figures(database.owner)
    assert (told["accuracy"], told["checked"]) == ((1, 2), (2, 3))
    await database.freeze("2026-11-30T12:00+08:00")
    told = await figures(database.owner)
    assert (told["accuracy"], told["checked"]) == ((0, 0), (2, 3)), "of the month a week later, too"
    listed = "SELECT desk.board_records('people-houses', 'checked', '130123', 7)::jsonb ->> 'total'"
    assert await lead.fetchval(listed) == "2"
    await database.freeze("2026-11-22T12:00+08:00")
    await lead.execute("SELECT desk.enter_spot_check($1, 'correct')", two["id"])
    await lead.execute("SELECT desk.enter_spot_check($1, 'missing')", three["id"])
    assert (await figures(database.owner))["accuracy"] == (2, 3)
    for result, wrong in (("wrong", []), ("correct", ["name"]), ("wrong", ["colour"]), ("good", [])):
        with pytest.raises(asyncpg.PostgresError, match=r"spot_fields|not_one_of"):
            await lead.execute("SELECT desk.enter_spot_check($1, $2, $3)", one["id"], result, wrong)
    assert await registry_faults(database) == []


async def test_a_spot_check_made_after_its_month_is_in_no_month_and_its_result_in_that_of_the_day(
    database: Database, lead: asyncpg.Connection
) -> None:
    """Of November's three one is checked on the 22nd, one on 2 December, before December's are drawn."""
    await lead.execute("SELECT desk.draw_spot_checks(NULL)")
    one, two, _three = await lead.fetch("SELECT id FROM desk.spot_checks(NULL)")
    await lead.execute("SELECT desk.enter_spot_check($1, 'correct')", one["id"])
    await database.freeze("2026-12-02T12:00+08:00")
    await lead.execute("SELECT desk.enter_spot_check($1, 'correct')", two["id"])
    assert await checked(lead, 2) == (0, 0)
    assert await listed(lead, 2) == (0, 0, 0)
    assert await checked(lead, 30) == (1, 3), "from 3 November: drawn for November and for December"
    assert await listed(lead, 30) == (1, 3, 2)
    await lead.execute("SELECT desk.draw_spot_checks(NULL)")
    assert await checked(lead, 2) == (0, 3)
    assert await listed(lead, 2) == (0, 3, 3)
    assert await checked(lead, 2, "accuracy") == (1, 1), "by the day of the check"
    assert await listed(lead, 2, "accuracy") == (1, 1, 0)
    assert await registry_faults(database) == []


async def test_checks_from_before_those_within_their_month_were_summed_are_summed_by_an_upgrade(
    database: Database, lead: asyncpg.Connection
) -> None:
    await lead.execute("SELECT desk.draw_spot_checks(NULL)")
    one = await lead.fetchval("SELECT min(id) FROM desk.spot_checks(NULL)")
    await lead.execute("SELECT desk.enter_spot_check($1, 'correct')", one)
    await database.owner.execute("DELETE FROM gridseat.registry_tally WHERE key LIKE 'timely%'")
    for _again in range(2):
        await database.owner.execute("SELECT gridseat.sum_timely()")
        assert await registry_faults(database) == []


async def checked(raw: asyncpg.Connection, days: int, key: str = "checked") -> tuple[int, int]:
    """Return how many a figure of people and houses counts, and of how many."""
    told = json.loads(await raw.fetchval("SELECT desk.board_figures('people-houses', '130123', $1)", days))
    figure = next(one for one in told["figures"] if one["key"] == key)
    return figure["numerator"], figure["denominator"]


async def listed(raw: asyncpg.Connection, days: int, key: str = "checked") -> tuple[int, ...]:
    """Return how many records are listed behind it: those that it counts, all, and those that it misses."""
    asked = "SELECT desk.board_records('people-houses', $1, '130123', $2)"
    told = [json.loads(await raw.fetchval(asked, f"{key}:{which}", days)) for which in ("hit", "of", "rest")]
    for one in told:
        assert len(one["rows"]) == one["total"] == one["sum"]
    return tuple(one["total"] for one in told)
