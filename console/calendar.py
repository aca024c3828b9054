"""The default calendar and what seeds it: every year that the package chinesecalendar knows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from chinese_calendar import constants  # type: ignore[import-untyped]  # this file is its adapter

import resources
from console.connection import Connection
from console.errors import Refused

DEFAULT: Final = "default"
SOURCE: Final = "chinesecalendar"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that overrides the week: a holiday (not working) or a make-up workday."""

    day: date
    working: bool
    name: str


def known_years() -> range:
    """Return the years for which holidays and make-up workdays are known."""
    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def days(year: int) -> list[Day]:
    """Return the holidays and make-up workdays of ``year`` in order; refused for a year without data."""
    if year not in known_years():
        raise Refused("calendar_missing", calendar=DEFAULT, year=year)
    return sorted((day for day in _all_days() if day.day.year == year), key=lambda day: day.day)


async def seed(connection: Connection) -> int:
    """Set the default calendar up, or up to date, and return its id; what a county has set stays.

    Days are taken for years that the calendar does not know yet, so that edited ones are kept.
    """
    calendar = await connection.fetchval("SELECT id FROM gridseat.calendar WHERE code = $1", DEFAULT)
    if calendar is None:
        calendar = await _make(connection)
    known = await connection.fetchval(
        "SELECT coalesce(array_agg(year), '{}') FROM gridseat.calendar_year WHERE calendar_id = $1", calendar
    )
    rows = [
        {"day": day.day.isoformat(), "working": day.working, "name": day.name}
        for year in known_years()
        if year not in known
        for day in days(year)
    ]
    await connection.execute(
        "SELECT gridseat.set_calendar_days($1, $2::text::jsonb, $3)", calendar, json.dumps(rows), SOURCE
    )
    return int(calendar)


async def _make(connection: Connection) -> int:
    facts = resources.table("calendar/default.toml")
    week = [
        {"weekday": weekday, "starts": starts, "ends": ends}
        for weekday in facts["weekdays"]
        for starts, ends in facts["spans"]
    ]
    return int(
        await connection.fetchval(
            "SELECT gridseat.set_calendar($1, $2, $3::text::jsonb, $4, $5)",
            facts["code"],
            facts["name"],
            json.dumps(week),
            facts["timezone"],
            facts["next_day"],
        )
    )


def _all_days() -> Iterator[Day]:
    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    for day, name in constants.holidays.items():
        yield Day(day, working=False, name=names[name])
    for day, name in constants.workdays.items():
        yield Day(day, working=True, name=names[name])
