"""Importing calendars and the catalogue: running limits follow a changed day, the rest of a class stays."""

from datetime import datetime

import pytest

from console.desk.desk import Desk
from console.errors import Refused
from console.spoken import CHINA
from tests.database.offices import counts, faults, table, take
from tests.database_fixtures import Database, act, report

CALENDAR = "date,kind,name"
CATALOGUE = "class,type,priority,limit"
FRIDAY = "2026-11-20T16:00:00+08:00"
STREET = "街面秩序/违规牌匾"  # two working days


async def handling(duty: Desk) -> int:
    """Report a case and bring it to its unit; return its number."""
    number = await report(duty, **{"class": STREET, "centre": "130123"})
    for action, args in (("accept", {}), ("dispatch", {"unit": "城管局"}), ("acknowledge", {})):
        await act(duty, action, number, **args)
    return number


async def due(database: Database, number: int, which: str = "handling_due") -> str | None:
    found = await database.owner.fetchval(f"SELECT {which} FROM gridseat.incident WHERE number = $1", number)
    return found.astimezone(CHINA).strftime("%m-%d %H:%M") if isinstance(found, datetime) else None


async def test_running_limits_follow_a_day_that_was_changed(database: Database, duty: Desk) -> None:
    await database.freeze(FRIDAY)
    number = await handling(duty)
    assert await due(database, number) == "11-24 16:00"
    told = await take(duty, "calendar", table(CALENDAR, "2026-11-23,休息,全县停电检修"))
    assert counts(told) == (1, 0, 0, 0)
    assert await due(database, number) == "11-25 16:00"
    assert await due(database, number, "promised_due") == "11-25 16:00"
    assert await due(database, number, "warn_at") == "11-25 10:48"
    last = await database.owner.fetchval(
        "SELECT action FROM gridseat.timeline WHERE number = $1 ORDER BY seq DESC LIMIT 1", number
    )
    assert last == "due-changed"
    assert await faults(database) == []


async def test_a_make_up_saturday_brings_limits_forward(database: Database, duty: Desk) -> None:
    await database.freeze(FRIDAY)
    number = await handling(duty)
    await take(duty, "calendar", table(CALENDAR, "2026-11-21,补班,调休上班"))
    assert await due(database, number) == "11-23 16:00"


async def test_a_clock_that_was_resumed_turns_yellow_after_as_much_time_as_before(
    database: Database, duty: Desk
) -> None:
    await database.freeze(FRIDAY)
    number = await handling(duty)
    await database.freeze("2026-11-20T17:00:00+08:00")
    await act(duty, "suspend", number, limit={"seconds": 3600, "clock": "working"}, reason="等材料")
    await act(duty, "grant", number)
    await act(duty, "resume", number)
    before = await due(database, number, "warn_at")
    await take(duty, "calendar", table(CALENDAR, "2026-11-23,休息,"))
    assert before is not None
    assert await due(database, number, "warn_at") == before.replace("11-24", "11-25")
    assert await faults(database) == []


async def test_nothing_moves_where_no_day_changed(database: Database, duty: Desk) -> None:
    await database.freeze(FRIDAY)
    number = await handling(duty)
    given = table(CALENDAR, "2026-11-23,休息,")
    await take(duty, "calendar", given)
    entries = await database.owner.fetchval(
        "SELECT count(*) FROM gridseat.timeline WHERE number = $1", number
    )
    assert counts(await take(duty, "calendar", given)) == (0, 0, 1, 0)
    assert entries == await database.owner.fetchval(
        "SELECT count(*) FROM gridseat.timeline WHERE number = $1", number
    )


async def test_a_year_that_was_missing_makes_limits_known_and_ends_the_alarm(
    database: Database, duty: Desk
) -> None:
    await database.freeze("2026-12-31T16:00:00+08:00")
    number = await handling(duty)
    assert await due(database, number) is None
    await take(duty, "calendar", table("day,working,name", "2027-01-01,false,元旦"))
    assert await due(database, number) == "01-05 16:00"
    assert not await database.owner.fetch("SELECT FROM gridseat.alarm WHERE cleared_at IS NULL")
    assert await faults(database) == []


async def test_a_dry_run_of_a_calendar_moves_nothing(database: Database, duty: Desk) -> None:
    await database.freeze(FRIDAY)
    number = await handling(duty)
    told = await take(duty, "calendar", table(CALENDAR, "2026-11-23,休息,"), dry_run=True)
    assert counts(told) == (1, 0, 0, 0)
    assert await due(database, number) == "11-24 16:00"


async def test_days_with_spans_of_their_own_are_named(duty: Desk) -> None:
    told = await take(
        duty,
        "calendar",
        table(CALENDAR + ",spans", "2026-11-21,补班,,08:00-12:00", "2026-11-23,休息,,", "2026-13-01,休息,,"),
    )
    assert counts(told) == (1, 0, 0, 2)
    assert [error.line for error in told.errors] == [2, 4]


async def test_rules_for_all_are_not_one_countys_to_change(database: Database) -> None:
    await database.add("clerk", "admin", "130123")
    await database.add("city", "admin", "1301")
    county, city = Desk(database.door("clerk")), Desk(database.door("city"))
    for kind, given in (
        ("calendar", table(CALENDAR, "2026-11-23,休息,")),
        ("catalogue", table(CATALOGUE, "街面秩序,游商,3,4h")),
    ):
        with pytest.raises(Refused) as caught:
            await take(county, kind, given)
        assert caught.value.code == "all_needed"
        assert (await take(city, kind, given)).refused == 0
    await county.close()
    await city.close()


async def test_a_county_with_a_calendar_of_its_own_changes_that(database: Database) -> None:
    await database.owner.execute("SELECT gridseat.set_calendar('county', '正定', '[]')")
    await database.owner.execute(
        """UPDATE gridseat.organisation SET calendar_id = c.id FROM gridseat.calendar AS c
           WHERE c.code = 'county' AND organisation.code = '130123'"""
    )
    await database.add("clerk", "admin", "130123")
    desk = Desk(database.door("clerk"))
    assert counts(await take(desk, "calendar", table(CALENDAR, "2026-11-23,休息,"))) == (1, 0, 0, 0)
    assert await database.owner.fetch(
        """SELECT FROM gridseat.calendar_day AS d JOIN gridseat.calendar AS c ON c.id = d.calendar_id
           WHERE c.code = 'county' AND d.day = '2026-11-23'"""
    )
    await desk.close()


async def test_a_new_limit_leaves_the_rest_of_its_class(database: Database, duty: Desk) -> None:
    ask = """SELECT keywords, name_en, aliases, amount, clock FROM gridseat.catalogue_class
             WHERE code = '街面秩序/游商'"""
    before = (await database.owner.fetch(ask))[0]
    given = table(CATALOGUE, "街面秩序,游商,3,4h", "街面秩序,夜市扰民,3,1d", "河长制,非法捕捞,一级,30分钟")
    assert counts(await take(duty, "catalogue", given)) == (2, 1, 0, 0)
    assert counts(await take(duty, "catalogue", given)) == (0, 0, 3, 0)
    after = (await database.owner.fetch(ask))[0]
    assert tuple(after)[:3] == tuple(before)[:3]
    assert (after["amount"], after["clock"]) == (4 * 3600, "working")
    made = await database.owner.fetch(
        """SELECT group_en, amount, clock, initials FROM gridseat.catalogue_class
           WHERE name IN ('夜市扰民', '非法捕捞') ORDER BY name"""
    )
    assert {tuple(row) for row in made} == {
        ("Street order", 28800, "working", "ysrm yshrm"),
        ("", 1800, "continuous", "ffbl"),
    }


async def test_the_first_priority_runs_round_the_clock(database: Database, duty: Desk) -> None:
    await take(duty, "catalogue", table(CATALOGUE, "公共安全,危房,1,2d"))
    assert await database.owner.fetchval(
        "SELECT amount || ' ' || clock FROM gridseat.catalogue_class WHERE code = '公共安全/危房'"
    ) == (f"{48 * 3600} continuous")


async def test_a_table_that_does_not_speak_of_restriction_leaves_it(database: Database, duty: Desk) -> None:
    ask = "SELECT restricted FROM gridseat.catalogue_class WHERE code = '街面秩序/游商'"
    await take(duty, "catalogue", table(CATALOGUE + ",restricted", "街面秩序,游商,3,4h,是"))
    assert await database.owner.fetchval(ask) is True
    await take(duty, "catalogue", table(CATALOGUE, "街面秩序,游商,3,2h"))
    assert await database.owner.fetchval(ask) is True
    await take(duty, "catalogue", table(CATALOGUE + ",restricted", "街面秩序,游商,3,2h,否"))
    assert await database.owner.fetchval(ask) is False
