"""`attendance`, `group` and `work`: who was there, message groups, and what each did."""

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.arguments import whole_number
from console.cli.hidden import demand
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.intake import instants
from console.intake.hygiene import excerpt
from console.language import knows, say

ATTENDANCE: Final = ("due", "code", "name", "kind", "grid_code", "organisation", "came", "went")
GROUP: Final = ("code", "name", "organisation", "grid_code", "joined", "households", "last_message")
STAFF: Final = (
    *("code", "name", "kind", "grid_code", "due", "present", "patrols", "visits", "reports", "checks"),
    *("cases", "reworked", "inspected", "passed"),
)
UNIT: Final = (
    *("code", "name", "should", "on_time", "acknowledge", "acknowledged"),
    *("handled", "reworked", "inspected", "passed"),
)


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the commands."""
    declare(subparsers, _STEPS)


def declare(subparsers: "Subparsers[Parser]", areas: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
    """Declare each area's steps: what runs, and what adds its options."""
    for area, steps in areas.items():
        parser = subparsers.add_parser(area, help=say(f"operations.help.{area}"))
        below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
        for step, (run, options) in steps.items():
            new = below.add_parser(step, help=say(f"operations.help.{area}_{step}"))
            options(new)
            new.set_defaults(run=run)


def organisation(parser: Parser) -> None:
    """Add the option that names a part of the tree."""
    parser.add_argument("--organisation", metavar="CODE", help=say("boards.organisation_help"))


def day(text: str) -> date:
    """Return a day as people write it."""
    try:
        return instants.day(text)
    except (ValueError, OverflowError) as error:
        raise BadInput("time_unreadable", text=excerpt(text)) from error


def days(text: str) -> int:
    """Return a number of days; which ones the database takes, it says itself."""
    try:
        return whole_number(text, "version")
    except BadInput as error:
        raise BadInput("bad_days", days=excerpt(text)) from error


def place(given: argparse.Namespace) -> str | None:
    """Return the part of the tree that was named, None for the caller's own."""
    return None if given.organisation is None else demand(given.organisation, "title")


def lines(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as a table in the spoken language, or that there are none."""
    if not rows:
        return say("places.said.none")
    return table([heading(name) for name in columns], [[_cell(c, row[c]) for c in columns] for row in rows])


def heading(column: str) -> str:
    """Return what a column is called."""
    key = f"operations.column.{column}"
    return say(key) if knows(key) else label(column)


def _cell(column: str, value: object) -> object:
    key = f"places.staff.{value}" if column == "kind" else ""
    return say(key) if knows(key) else value


def _stretch(parser: Parser) -> None:
    organisation(parser)
    parser.add_argument("--days", metavar="N", type=days, default=30, help=say("operations.help.days"))


def _punch(parser: Parser) -> None:
    parser.add_argument("--out", action="store_true", help=say("operations.help.out"))


def _attendance(parser: Parser) -> None:
    organisation(parser)
    parser.add_argument("--day", metavar="DAY", type=day, help=say("operations.help.day"))


async def punch(given: argparse.Namespace, session: Session) -> Answer:
    """Punch in or out; return the day as it stands."""
    found = await session.fetchval("SELECT desk.punch($1)::text", given.out)
    document = in_china(json.loads(found))
    step = "went" if given.out else "came"
    facts = {"name": document["name"], "day": document["day"], "at": document[step][11:16]}
    return Answer(document, human=say(f"operations.said.{step}", **facts))


async def attendance(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "staff": […]}: those due first."""
    asked = "SELECT * FROM desk.attendance($1, $2)"
    rows = in_china([dict(row) for row in await session.fetch(asked, place(given), given.day)])
    return Answer({"count": len(rows), "staff": rows}, human=lines(ATTENDANCE, rows))


async def groups(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "groups": […]} by place."""
    rows = [dict(row) for row in await session.fetch("SELECT * FROM desk.groups($1)", place(given))]
    return Answer({"count": len(rows), "groups": rows}, human=lines(GROUP, rows))


async def staff(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "days", "staff": […]}."""
    return await _records("staff", STAFF, given, session)


async def units(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "days", "units": […]}, those with most cases first."""
    return await _records("unit", UNIT, given, session)


async def _records(what: str, columns: Sequence[str], given: argparse.Namespace, session: Session) -> Answer:
    asked = f"SELECT * FROM desk.{what}_records($1, $2)"  # noqa: S608  our own words
    rows = [dict(row) for row in await session.fetch(asked, place(given), given.days)]
    many = "staff" if what == "staff" else "units"
    return Answer({"count": len(rows), "days": given.days, many: rows}, human=lines(columns, rows))


_STEPS: Final[dict[str, dict[str, tuple[Any, Any]]]] = {
    "attendance": {"punch": (punch, _punch), "list": (attendance, _attendance)},
    "group": {"list": (groups, organisation)},
    "work": {"staff": (staff, _stretch), "units": (units, _stretch)},
}
