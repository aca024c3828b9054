"""What time alone changes, written down once, whoever calls and however many at once."""

import asyncio
import json
from datetime import datetime

import asyncpg
import pytest

from console.desk.reads import Reads
from tests.database.cast import Cast, later, limit

NOTHING = {"claims": 0, "resumed": 0, "cards": 0, "known": 0}


async def sweep(raw: asyncpg.Connection) -> dict[str, int]:
    return dict(json.loads(await raw.fetchval("SELECT desk.sweep()")))


async def cards(people: Cast, number: int) -> list[tuple[str, str, str | None]]:
    """Return (colour, stage, centre that was shown it) of the automatic cards."""
    rows = await people.database.owner.fetch(
        """SELECT c.colour, k.stage, o.code FROM gridseat.card AS c
           JOIN gridseat.clock AS k ON k.id = c.clock_id
           JOIN gridseat.timeline AS e ON (e.number, e.seq) = (c.number, c.seq) AND e.action = 'card'
           LEFT JOIN gridseat.organisation AS o ON o.id = (e.facts -> 'shown_to')::bigint
           WHERE c.number = $1 AND c.given_by IS NULL ORDER BY c.id""",
        number,
    )
    return [(row["colour"], row["stage"], row["code"]) for row in rows]


async def timetable(people: Cast, number: int, hours: list[tuple[str, int]]) -> None:
    """Look at each instant: so many cards by then, and none more on a second look."""
    raw = await people.raw("seat")
    for instant, count in hours:
        await people.database.freeze(f"2026-{instant}:00+08:00")
        await sweep(raw)
        assert len(await cards(people, number)) == count, instant
        assert (await sweep(raw))["cards"] == 0
    await raw.close()


async def test_urgent_cases_yellow_at_due_and_red_one_limit_later(people: Cast) -> None:
    number = await people.at("reported", priority=1)
    await timetable(
        people, number, [("11-23T09:14", 0), ("11-23T09:15", 1), ("11-23T09:29", 1), ("11-23T09:30", 2)]
    )
    assert await cards(people, number) == [("yellow", "accept", None), ("red", "accept", "1301")]
    assert (await people.story(number)) == ["report", "card", "card"]


async def test_a_short_limit_makes_every_stage_urgent(people: Cast) -> None:
    number = await people.at("handled", **{"class": "街面秩序/游商"})
    await timetable(
        people, number, [("11-23T14:59", 0), ("11-23T15:00", 1), ("11-24T08:59", 1), ("11-24T09:00", 2)]
    )
    assert await cards(people, number) == [("yellow", "verify", None), ("red", "verify", "1301")]


async def test_other_cases_have_days(people: Cast) -> None:
    accept, handling = await people.at("reported"), await people.at("handling")
    await timetable(
        people, accept, [("11-24T09:14", 0), ("11-24T09:15", 1), ("11-25T09:14", 1), ("11-25T09:15", 2)]
    )
    assert await cards(people, accept) == [("yellow", "accept", None), ("red", "accept", "1301")]
    await timetable(
        people, handling, [("12-02T08:59", 0), ("12-02T09:00", 1), ("12-09T08:59", 1), ("12-09T09:00", 2)]
    )
    assert await cards(people, handling) == [("yellow", "handling", None), ("red", "handling", "1301")]
    done = await people.at("verified")
    await timetable(people, done, [("12-30T09:00", 0)])


async def test_what_was_done_or_stands_still_gets_no_card(people: Cast) -> None:
    closed, still = await people.at("closed", priority=1), await people.at("accepted", priority=1)
    await people.do("seat", "suspend", still, limit=limit(24 * 30, "continuous"), reason="等")
    await people.do("boss", "grant", still)
    raw = await people.raw("robot")
    await people.database.freeze(later(days=5))
    assert await sweep(raw) == NOTHING
    assert await cards(people, closed) == await cards(people, still) == []
    await raw.close()


async def test_suspensions_end_at_their_hour_however_late_the_sweep(people: Cast) -> None:
    number = await people.at("suspended")
    until = (await people.row(number))["resume_at"]
    await people.do("seat", "claim", number)
    raw = await people.raw("screen")
    await people.database.freeze(later(days=10))
    assert await sweep(raw) == {"claims": 1, "resumed": 1, "cards": 0, "known": 0}
    rows = await people.database.owner.fetch(
        """SELECT e.action, e.at, p.login
           FROM gridseat.timeline AS e JOIN gridseat.person AS p ON p.id = e.actor_id
           WHERE e.number = $1 ORDER BY e.seq DESC LIMIT 2""",
        number,
    )
    assert [(row["action"], row["login"]) for row in rows] == [("claim-ended", "系统"), ("resumed", "系统")]
    assert rows[1]["at"] == until
    row = await people.row(number)
    assert (row["status"], row["resume_at"]) == ("handling", None)
    assert row["handling_due"] > until
    assert await people.faults() == []
    await raw.close()


async def stand_still(people: Cast, number: int, since: str, until: str) -> None:
    """Suspend a case from ``since`` to ``until``, instants of November 2026."""
    await people.database.freeze(f"2026-{since}:00+08:00")
    await people.do("seat", "suspend", number, limit=limit(24 * 30, "continuous"), reason="等材料")
    await people.do("boss", "grant", number)
    await people.database.freeze(f"2026-{until}:00+08:00")
    await people.do("seat", "resume", number)


async def test_an_overdue_clock_that_goes_on_gets_no_second_card_of_a_colour(people: Cast) -> None:
    number = await people.at("accepted", priority=1)
    await timetable(people, number, [("11-23T09:14", 0), ("11-23T09:15", 1)])
    await stand_still(people, number, "11-23T09:20", "11-23T20:00")
    # Five of the fifteen minutes between yellow and red had passed when it stood still.
    await timetable(people, number, [("11-23T20:00", 1), ("11-23T20:09", 1), ("11-23T20:10", 2)])
    await stand_still(people, number, "11-23T21:00", "11-23T22:00")
    await timetable(people, number, [("11-24T22:00", 2)])
    assert await cards(people, number) == [("yellow", "dispatch", None), ("red", "dispatch", "1301")]


async def test_cards_fall_as_late_as_the_clock_stood_still(people: Cast) -> None:
    number = await people.at("accepted", priority=1)
    await stand_still(people, number, "11-23T09:05", "11-23T12:00")
    await stand_still(people, number, "11-23T12:05", "11-23T13:00")
    await timetable(
        people, number, [("11-23T13:04", 0), ("11-23T13:05", 1), ("11-23T13:19", 1), ("11-23T13:20", 2)]
    )


async def test_days_overdue_are_counted_without_the_days_of_a_suspension(people: Cast) -> None:
    number = await people.at("handling")
    await timetable(people, number, [("12-02T08:59", 0), ("12-02T09:00", 1)])
    await stand_still(people, number, "12-04T09:00", "12-09T09:00")
    await timetable(people, number, [("12-13T23:59", 1), ("12-14T08:59", 1), ("12-14T09:00", 2)])
    assert await cards(people, number) == [("yellow", "handling", None), ("red", "handling", "1301")]


async def test_an_extended_limit_earns_cards_of_its_own(people: Cast) -> None:
    number = await people.at("handling")
    await stand_still(people, number, "11-24T09:00", "11-24T10:00")
    await people.do("unit", "extend", number, limit=limit(8), reason="需采购")
    await people.do("boss", "grant", number)
    due = (await people.row(number))["handling_due"]
    assert due == datetime.fromisoformat("2026-11-26T10:00:00+08:00")
    await timetable(people, number, [("12-03T09:59", 0), ("12-03T10:00", 1)])


async def test_a_saturday_declared_a_workday_brings_a_card_that_waits_forward(people: Cast) -> None:
    number = await people.at("handling")
    await timetable(people, number, [("12-02T08:59", 0), ("12-02T09:00", 1)])
    await people.database.owner.execute(
        """SELECT gridseat.set_calendar_days(id, '[{"day": "2026-12-05", "working": true}]')
           FROM gridseat.calendar"""
    )
    await timetable(people, number, [("12-08T08:59", 1), ("12-08T09:00", 2)])


async def test_a_rule_made_stricter_moves_a_card_that_waits(people: Cast) -> None:
    number = await people.at("reported")
    await timetable(people, number, [("11-24T09:15", 1)])
    await people.database.owner.execute(
        "UPDATE gridseat.urging_rule SET working_days = 1 WHERE colour = 'red' AND stage = 'accept'"
    )
    await timetable(people, number, [("11-24T09:16", 2)])


async def test_called_by_many_at_once_it_is_done_once(people: Cast) -> None:
    number = await people.at("suspended")
    for _ in range(30):
        case = await people.at("reported", priority=1)
        await people.do("seat", "claim", case)
    raws = [
        await people.raw(login)
        for login in ("seat", "second", "boss", "robot", "screen", "unit")
        for _ in "ab"
    ]
    await people.database.freeze(later(days=10))
    done = await asyncio.gather(*(sweep(raw) for raw in raws))
    total = {key: sum(each[key] for each in done) for key in NOTHING}
    assert total == {"claims": 30, "resumed": 1, "cards": 60, "known": 0}
    assert await asyncio.gather(*(sweep(raw) for raw in raws)) == [NOTHING] * len(raws)
    counts = await people.database.owner.fetchrow(
        "SELECT count(*), count(DISTINCT (clock_id, colour)) AS each FROM gridseat.card"
    )
    assert counts is not None
    assert tuple(counts) == (60, 60)
    assert await people.status(number) == "handling"
    assert await people.faults() == []
    await asyncio.gather(*(raw.close() for raw in raws))


async def test_a_disabled_person_sweeps_nothing(people: Cast) -> None:
    raw = await people.raw("second")
    await people.database.owner.execute(
        "UPDATE gridseat.person SET disabled_at = desk.now() WHERE login = 'second'"
    )
    with pytest.raises(asyncpg.PostgresError, match="person_disabled"):
        await sweep(raw)
    await raw.close()


async def test_a_missing_year_is_announced_sixty_days_ahead_once_until_it_is_there(people: Cast) -> None:
    reads = Reads(await people.desk("seat"))
    raw = await people.raw("seat")
    told = []
    for at in ("2026-11-01T09:00:00+08:00", "2026-11-03T09:00:00+08:00", "2026-11-04T09:00:00+08:00"):
        await people.database.freeze(at)
        await sweep(raw)
        told.append([(row["kind"], row["calendar"], row["year"]) for row in await reads.alarms()])
    assert told == [[], [("calendar_missing", "default", 2027)], [("calendar_missing", "default", 2027)]]
    beside = Reads(await people.desk("beside"))
    assert len(await beside.alarms()) == 1, "they go by the same calendar"
    day = '[{"day": "2027-01-01", "working": false, "name": "元旦"}]'
    owner = await people.database.as_person("duty")
    await owner.execute("SELECT desk.import_calendar($1)", day)
    await owner.close()
    assert await reads.alarms() == []
    await sweep(raw)
    assert await reads.alarms() == []
    await raw.close()
