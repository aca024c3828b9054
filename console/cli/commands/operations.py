"""`attendance`, `group` and `work`: who was there, message groups, and what each did."""

import argparse
import json
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from console import works
from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.period import day, organisation, stretch
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers, declare
from console.language import say

NAMES: Final = "SELECT code, coalesce(alias, name) AS name FROM gridseat.organisation WHERE code = ANY ($1)"
CODED: Final = {"organisation": "organisation_code", "name": "organisation"}  # flags are told by that code


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the commands."""
    declare(subparsers, _STEPS, "operations.help")


async def listed(session: Session, what: str, many: str, *about: object) -> Answer:
    """Return {"count", MANY: […]}: what ``works.ASK`` answers about ``about``, as a table for people."""
    rows = [works.named(dict(row)) for row in await session.fetch(works.ASK[what], *about)]
    coded = CODED if what == "flags" else {}
    headings = [works.heading(coded.get(column, column), what) for column in works.COLUMNS[what]]
    told = rows if coded else await placed(session, rows)
    human = table(headings, works.lines(what, told)) if rows else say(f"operations.none.{what}")
    return Answer({"count": len(rows), many: in_china(rows)}, human=human)


async def placed(session: Session, rows: Sequence[works.Facts]) -> list[works.Facts]:
    """Return ``rows`` with organisations called by their names instead of their codes."""
    columns = works.PLACES.intersection(*rows) if rows else ()
    codes = {row[column] for row in rows for column in columns}
    names = dict(map(tuple, await session.fetch(NAMES, list(codes - {None}))))
    return [row | {column: names.get(row[column], row[column]) for column in columns} for row in rows]


def _stretch(parser: Parser) -> None:
    organisation(parser)
    stretch(parser)


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
    return await listed(session, "attendance", "staff", given.organisation, given.day)


async def groups(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "groups": […]} by place."""
    return await listed(session, "groups", "groups", given.organisation)


async def records(what: str, given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "staff" or "units": […]}."""
    return await listed(session, what, what, given.organisation, given.days)


_STEPS: Final[dict[str, dict[str, tuple[Any, Any]]]] = {
    "attendance": {"punch": (punch, _punch), "list": (attendance, _attendance)},
    "group": {"list": (groups, organisation)},
    "work": {what: (partial(records, what), _stretch) for what in ("staff", "units")},
}
