"""With what the figures of a board are compared: like with like, and the document says of which days."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.spoken import CHINA
from tests.database.boards import NANLOU
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.cast import Cast
from tests.database.counting import fold
from tests.database.offices import table, take
from tests.database.operations import clerk as clerk  # noqa: PLC0414  a fixture
from tests.database.operations import fold as fold_work
from tests.database_fixtures import Database, act, report

BEFORE = """
SELECT (x.t).before_starts, (x.t).before_ends, (x.t).edges[1:2] AS edges
FROM (SELECT gridseat.board_period(NULL, $1, $2) AS t) AS x"""


async def told(person: asyncpg.Connection, board: str, days: int, until: str | None = None) -> dict[str, Any]:
    asked = "SELECT desk.board_figures($1, '130123', $2, $3)"
    document: dict[str, Any] = json.loads(
        await person.fetchval(asked, board, days, until and date.fromisoformat(until))
    )
    return document | {one["key"]: one for one in document["figures"]}


@pytest.mark.parametrize(
    ("days", "until", "first", "last"),
    [
        (31, "2026-10-31", "2026-09-01", "2026-09-30"),
        (31, "2026-03-31", "2026-02-01", "2026-02-28"),
        (28, "2026-02-28", "2026-01-01", "2026-01-31"),
        (31, "2026-01-31", "2025-12-01", "2025-12-31"),
        (30, "2026-10-31", "2026-09-02", "2026-10-01"),  # no month: as many days
        (30, "2026-10-30", "2026-09-01", "2026-09-30"),
        (61, "2026-10-31", "2026-07-02", "2026-08-31"),  # two months are none
    ],
)
async def test_before_a_month_of_the_calendar_comes_the_month_before(
    database: Database, days: int, until: str, first: str, last: str
) -> None:
    row = await database.owner.fetchrow(BEFORE, days, date.fromisoformat(until))
    starts = datetime.fromisoformat(f"{first}T00:00:00+08:00")
    ends = datetime.fromisoformat(f"{last}T23:59:59.999999+08:00")
    assert row is not None
    assert (row["before_starts"], row["before_ends"], row["edges"]) == (starts, ends, [starts, ends])


@pytest.mark.parametrize(
    ("now", "days", "until", "first", "last"),
    [
        ("2026-11-18T09:00", 18, None, "2026-10-01T00:00", "2026-10-18T09:00"),
        ("2026-11-18T09:00", 18, "2026-11-18", "2026-10-01T00:00", "2026-10-18T09:00"),
        ("2026-11-30T17:00", 30, None, "2026-10-01T00:00", "2026-10-30T17:00"),
        ("2026-10-31T17:00", 31, None, "2026-09-01T00:00", "2026-10-01T00:00"),  # September has 30
        ("2026-03-30T09:00", 30, None, "2026-02-01T00:00", "2026-03-01T00:00"),
        ("2026-02-28T09:00", 28, None, "2026-01-01T00:00", "2026-01-28T09:00"),
        ("2026-11-18T09:00", 17, None, "2026-10-16T00:00", "2026-11-01T09:00"),  # not from the first
        ("2026-11-18T09:00", 49, None, "2026-08-13T00:00", "2026-09-30T09:00"),  # two months
        ("2026-11-18T09:00", 15, "2026-11-15", "2026-10-17T00:00", "2026-11-01T00:00"),  # over
        ("2026-11-01T09:00", 1, None, "2026-10-31T00:00", "2026-10-31T09:00"),  # a day is held against a day
    ],
)
async def test_a_month_that_runs_is_compared_with_the_same_days_of_the_month_before(
    database: Database, now: str, days: int, until: str | None, first: str, last: str
) -> None:
    """To the same day and time, of a shorter month to its end; midnight itself is no more of it."""
    await database.freeze(f"{now}+08:00")
    row = await database.owner.fetchrow(BEFORE, days, until and date.fromisoformat(until))
    starts, ends = [datetime.fromisoformat(f"{one}:00+08:00") for one in (first, last)]
    ends -= timedelta(microseconds=last.endswith("T00:00"))
    assert row is not None
    assert (row["before_starts"], row["before_ends"], row["edges"]) == (starts, ends, [starts, ends])


async def test_a_month_runs_while_the_clock_goes_on(database: Database) -> None:
    """Two looks at a clock that goes never tell the same instant."""
    await database.run_on()
    today: date = await database.owner.fetchval("SELECT (desk.now() AT TIME ZONE 'Asia/Shanghai')::date")
    row = await database.owner.fetchrow(BEFORE, today.day, None)
    assert row is not None
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    assert row["before_starts"].astimezone(CHINA).date() == first
    assert row["before_ends"].astimezone(CHINA).date() == first.replace(day=today.day)


async def test_days_between_a_month_that_runs_and_those_before_it_count_for_neither(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """On 18 November at nine: those of 2 and 18 October, not of 18 October at ten, nor of the 25th.

    Of the four of 2 October one was accepted at once, one on the 18th at eight, one at ten, one on the 25th.
    """
    _, *numbers = await several(database, duty, ("09-30T09:00", *("10-02T09:00",) * 4))
    await accepted(database, duty, numbers[0], "10-02T09:05")
    await accepted(database, duty, numbers[1], "10-18T08:00")
    await several(database, duty, ("10-18T08:30", "10-18T10:00"))
    await accepted(database, duty, numbers[2], "10-18T10:00")
    await accepted(database, duty, numbers[3], "10-25T10:00")
    await several(database, duty, ("10-25T10:00", "11-02T09:00"))
    await database.freeze("2026-11-18T09:00+08:00")
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        board = await told(lead, "incidents", 18)
        assert (board["received"]["value"], board["received"]["before"]) == (1, 5), folded
        rate = board["acceptance"]
        assert (rate["before"], rate["before_of"]) == (0.4, 5), folded
        assert board["to_accept"]["before"] == pytest.approx(300, rel=0.03), "5 minutes, the other 16 days"
    await act(duty, "note", numbers[3], text="又来电")  # folded, and changed since
    rate = (await told(lead, "incidents", 18))["acceptance"]
    assert (rate["before"], rate["before_of"]) == (0.4, 5)


@pytest.mark.parametrize(("before", "now", "change"), [(5, 5, 600), (4, 5, None), (5, 4, None)])
async def test_how_long_fewer_than_five_took_is_told_but_held_against_none(
    database: Database, duty: Desk, lead: asyncpg.Connection, before: int, now: int, change: int | None
) -> None:
    """Those of the 17th were accepted after ten minutes, those of the 18th after twenty."""
    await several(database, duty, ("11-16T08:00",))
    for day, count, minutes in (("11-17", before, 10), ("11-18", now, 20)):
        for number in await several(database, duty, (f"{day}T08:00",) * count):
            await accepted(database, duty, number, f"{day}T08:{minutes}")
    figure = (await told(lead, "incidents", 1))["to_accept"]
    assert (figure["value"], figure["before"]) == pytest.approx((1200, 600), rel=0.03)
    assert (figure["numerator"], figure["before_of"]) == (now, before)
    assert figure["change"] == (change if change is None else pytest.approx(change, rel=0.1))


async def several(database: Database, duty: Desk, times: tuple[str, ...]) -> list[int]:
    """Report one case at each of these instants of 2026."""
    numbers = []
    for time in times:
        await database.freeze(f"2026-{time}+08:00")
        numbers.append(await report(duty, **NANLOU))
    return numbers


async def accepted(database: Database, duty: Desk, number: int, time: str) -> None:
    await database.freeze(f"2026-{time}+08:00")
    await act(duty, "accept", number)


async def test_cases_of_a_month_are_compared_with_those_of_the_month_before(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """October has one, September one; the one of 31 August is 31 days before October, and in no month."""
    for day in ("08-31", "09-30", "10-05"):
        await database.freeze(f"2026-{day}T09:00+08:00")
        await report(duty, **NANLOU)
    await database.freeze("2026-11-18T09:00+08:00")
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        received = (await told(lead, "incidents", 31, "2026-10-31"))["received"]
        assert (received["value"], received["before"], received["change"]) == (1, 1, 0), folded


async def test_registers_compare_whole_days_while_a_day_runs(people: Cast, clerk: Desk) -> None:
    """On Monday the 23rd: two patrols on each of the six days before, one a day before and today."""
    patrols = [f"W1,2026-11-{day:02} {hour}:00,," for day in range(17, 23) for hour in ("09", "15")]
    patrols += [f"W1,2026-11-{day:02} 09:00,," for day in (*range(9, 17), 23)]
    await take(clerk, "patrols", table("工号,开始时间,结束时间,网格编码", *patrols))
    await fold_work(people.database.owner)
    boss = await people.raw("boss")
    week, today, over = [
        (await told(boss, "operations", *asked)) for asked in ((7,), (1,), (7, "2026-11-22"))
    ]
    assert facts(week) == (13, 12, 6, 6), "12 of six whole days with 6 of as many"
    assert stretch(week) == ("2026-11-22", "2026-11-15")
    assert facts(today) == (1, None, None, None)
    assert today["whole"] is None, "no day of it is over"
    assert facts(over) == (13, None, 7, 6), "16 to 22 November with 9 to 15: the period itself"
    assert stretch(over) == ("2026-11-22", "2026-11-15")
    await boss.close()


async def test_homes_visited_once_are_counted_anew_in_whole_days(people: Cast, clerk: Desk) -> None:
    """On Monday the 23rd: in the week to Sunday H1, twice, and H2; in the one before H1; today H3."""
    await take(clerk, "grid_households", table("网格编码,户数", "130123101001001,10"))
    days = ("08,H3", "09,H1", "17,H1", "18,H1", "19,H2", "23,H3")
    await take(
        clerk, "visits", table("工号,走访日期,户编号,走访结果", *(f"W1,2026-11-{day},是" for day in days))
    )
    await fold_work(people.database.owner)
    boss = await people.raw("boss")
    asked = ((7, "2026-11-22"), (7,), (32,))
    over, running, long = [(await told(boss, "operations", *one))["patrolled"] for one in asked]
    assert shares(over) == (0.2, None, 0.1, 0.1)
    assert shares(running) == (0.3, 0.2, 0.0, 0.2), "six whole days from the 17th, with the six from the 10th"
    assert shares(long) == (0.3, None, None, None), "dear to count: only where the period is over"
    await boss.close()


def shares(figure: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(figure[name] for name in ("value", "compared", "before", "change"))


def facts(board: dict[str, Any]) -> tuple[Any, ...]:
    return shares(board["patrols"])


def stretch(board: dict[str, Any]) -> tuple[str, str]:
    """Return the last days that were compared, and that they were compared with."""
    ends = (board["whole"]["at"], board["whole"]["before_ends"])
    first, last = [f"{datetime.fromisoformat(one).astimezone(CHINA):%Y-%m-%d}" for one in ends]
    return first, last
