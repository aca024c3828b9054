"""Calendars: known years, what a county edits, and what is missing."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from console import calendar
from console.connection import Connection
from console.errors import Refused
from tests.database.minute_counter import CHINA

NEW_YEAR = [{"day": "2027-01-01", "working": False, "name": "元旦"}]


async def value(admin: Connection, call: str) -> Any:  # noqa: ANN401  a call may answer anything
    """Return what ``call`` answers, with ``c`` for the default calendar's id."""
    return await admin.fetchval(
        f"SELECT {call} FROM (SELECT id AS c FROM gridseat.calendar WHERE code = 'default') d"
    )


async def set_days(admin: Connection, days: list[dict[str, object]]) -> dict[str, Any]:
    """Take ``days`` into the default calendar and return what that changed."""
    return dict(json.loads(await value(admin, f"gridseat.set_calendar_days(c, '{json.dumps(days)}')::text")))


async def spans(admin: Connection) -> list[tuple[object, ...]]:
    rows = await admin.fetch(
        "SELECT starts, ends, before_seconds FROM gridseat.calendar_span ORDER BY starts"
    )
    return [tuple(row.values()) for row in rows]


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_every_year_of_the_package_has_its_holidays() -> None:
    assert calendar.known_years()[0] == 2004
    assert all(len(calendar.days(year)) >= 10 for year in calendar.known_years())
    names = {day.day: (day.working, day.name) for day in calendar.days(2026)}
    assert names[date(2026, 10, 1)] == (False, "国庆节")
    assert names[date(2026, 10, 10)] == (True, "国庆节")


def test_a_year_without_data_is_not_guessed() -> None:
    with pytest.raises(Refused) as refusal:
        calendar.days(calendar.known_years()[-1] + 1)
    assert refusal.value.code == "calendar_missing"


async def test_seeding_again_keeps_what_the_county_has_set(admin: Connection) -> None:
    await set_days(admin, [{"day": "2026-11-23", "working": False, "name": "本县庙会"}])
    edited = await spans(admin)
    await calendar.seed(admin)
    assert await spans(admin) == edited
    assert await admin.fetchval("SELECT count(*) FROM gridseat.calendar") == 1


async def test_a_make_up_saturday_is_worked(admin: Connection) -> None:
    due = await value(admin, "gridseat.due_at(c, '2026-10-09 17:00+08', 7200, 'working')")
    assert due == china("2026-10-10T09:00")


async def test_an_amount_that_is_reached_in_the_evening_is_not_due_the_next_morning(
    admin: Connection,
) -> None:
    due = await value(admin, "gridseat.due_at(c, '2024-02-29 08:00+08', 28800, 'working')")
    assert due == china("2024-02-29T18:00")
    assert await value(admin, "gridseat.due_at(c, '2024-02-29 18:30+08', 0, 'working')") == china(
        "2024-02-29T18:30"
    )


async def test_a_deadline_beyond_the_known_years_is_unknown_and_says_which_year(
    admin: Connection,
) -> None:
    late = "c, '2026-12-31 17:00+08'"
    assert await value(admin, f"gridseat.due_at({late}, 3600, 'working')") == china("2026-12-31T18:00")
    assert await value(admin, f"gridseat.calendar_missing({late}, 3600, 'working')") is None
    assert await value(admin, f"gridseat.due_at({late}, 3601, 'working')") is None
    assert await value(admin, f"gridseat.calendar_missing({late}, 3601, 'working')") == 2027
    assert await value(admin, f"gridseat.elapsed({late}, '2027-01-01 00:00+08', 'working')") == 3600
    assert await value(admin, f"gridseat.elapsed({late}, '2027-01-01 00:01+08', 'working')") is None
    assert await value(admin, f"gridseat.due_at({late}, 3601, 'continuous')") == china("2026-12-31T18:00:01")
    assert await value(admin, "gridseat.calendar_missing(c, '2003-06-01', 1, 'working')") == 2003


async def test_importing_the_year_lets_the_deadline_be_counted(admin: Connection) -> None:
    answer = await set_days(admin, NEW_YEAR)
    assert answer == {"added": 1, "changed": 0, "unchanged": 0, "years": [2027]}
    due = await value(admin, "gridseat.due_at(c, '2026-12-31 17:00+08', 7200, 'working')")
    assert due == china("2027-01-04T09:00")


async def test_a_hole_between_known_years_is_not_jumped_over(admin: Connection) -> None:
    await set_days(admin, [{"day": "2028-01-01", "working": False, "name": "元旦"}])
    assert await value(admin, "gridseat.due_at(c, '2026-12-31 17:00+08', 7200, 'working')") is None
    assert await value(admin, "gridseat.due_at(c, '2027-12-31 17:00+08', 7200, 'working')") is None
    assert await value(admin, "gridseat.elapsed(c, '2026-12-31', '2028-02-01', 'working')") is None
    assert (
        await value(
            admin,
            "(SELECT count(*) FROM gridseat.segments(c, '2026-12-31 17:00+08', '2028-02-01', 'working'))",
        )
        == 1
    )
    assert await value(admin, "gridseat.due_at(c, '2028-01-03 08:00+08', 60, 'working')") == china(
        "2028-01-03T08:01"
    )
    await set_days(admin, NEW_YEAR)
    assert await value(admin, "gridseat.elapsed(c, '2026-12-31', '2028-02-01', 'working')") > 0


async def test_the_alarm_names_the_calendar_and_the_year_in_good_time(admin: Connection) -> None:
    gaps = "SELECT code, year FROM gridseat.calendar_gaps($1)"
    autumn, summer = datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
    assert [tuple(row.values()) for row in await admin.fetch(gaps, autumn)] == [("default", 2027)]
    assert await admin.fetch(gaps, summer) == []
    await set_days(admin, NEW_YEAR)
    assert await admin.fetch(gaps, autumn) == []


async def test_an_edited_day_counts_from_then_on_and_nothing_counts_twice(admin: Connection) -> None:
    before = await spans(admin)
    monday = {"day": "2025-06-16", "working": False, "name": "防汛演练"}
    assert await set_days(admin, [monday]) == {"added": 1, "changed": 0, "unchanged": 0, "years": []}
    assert await set_days(admin, [monday]) == {"added": 0, "changed": 0, "unchanged": 1, "years": []}
    assert len(await spans(admin)) == len(before) - 2
    edited = await spans(admin)
    await value(admin, "gridseat.rebuild_calendar(c)::text")
    assert await spans(admin) == edited
    worked_again = [{**monday, "working": None}, {**monday, "working": True}]
    assert (await set_days(admin, worked_again))["changed"] == 1
    assert await spans(admin) == before


async def test_seconds_before_a_span_are_those_of_the_spans_before_it(admin: Connection) -> None:
    wrong = await admin.fetchval(
        """
        SELECT count(*) FROM (
            SELECT before_seconds, coalesce(sum(extract(epoch FROM ends - starts)) OVER (
                       ORDER BY starts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS sum
            FROM gridseat.calendar_span) s
        WHERE before_seconds <> sum
        """
    )
    assert wrong == 0
    assert await admin.fetchval("SELECT count(*) FROM gridseat.calendar_span") > 10_000


async def test_a_working_day_is_8_counted_hours_whatever_the_week(admin: Connection) -> None:
    """A desk that never closes, its hours written with an overlap, and one in another time zone."""
    always = [
        {"weekday": day, "starts": starts, "ends": ends}
        for day in range(1, 8)
        for starts, ends in [("00:00", "13:00"), ("12:00", "24:00")]
    ]
    desk = await admin.fetchval(
        "SELECT gridseat.set_calendar('always', '全天', $1::text::jsonb)", json.dumps(always)
    )
    await admin.execute(
        "SELECT gridseat.set_calendar_days($1, $2::text::jsonb)",
        desk,
        json.dumps([NEW_YEAR[0] | {"working": True}]),
    )
    due = "SELECT gridseat.working_days_after($1, '2027-02-28 20:00+08', 2)"
    assert await admin.fetchval(due, desk) == china("2027-03-01T12:00")
    await admin.execute(
        "SELECT gridseat.set_calendar('always', '全天', $1::text::jsonb, 'Asia/Urumqi')",
        json.dumps(always[:2]),
    )
    assert await admin.fetchval(due, desk) == china("2027-03-01T02:00") + timedelta(hours=16)


@pytest.mark.parametrize(
    ("seconds", "clock", "expected"),
    [
        (28800, "working", "2026-09-16T00:00"),
        (28799, "working", "2026-09-15T09:30"),
        (86400, "continuous", "2026-09-15T09:30"),
    ],
)
async def test_counting_from_the_day_after_receipt_is_a_setting(
    admin: Connection, seconds: int, clock: str, expected: str
) -> None:
    call = f"gridseat.counting_from(c, '2026-09-15 09:30+08', {seconds}, '{clock}')"
    assert await value(admin, call) == china("2026-09-15T09:30")
    await admin.execute("UPDATE gridseat.calendar SET next_day = true")
    assert await value(admin, call) == china(expected)


async def test_there_are_two_clocks(admin: Connection) -> None:
    for call in ("due_at(c, now(), 1, 'lunar')", "elapsed(c, now(), now(), 'lunar')"):
        with pytest.raises(Exception, match="no such clock: lunar"):
            await value(admin, f"gridseat.{call}")
