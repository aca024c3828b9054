"""`incident list`: the queue's filters, in keys or in anybody's words, as a document and as lines."""

import argparse
import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import asyncpg

from console.cli.answer import Answer
from console.cli.arguments import limit
from console.cli.hidden import tidy
from console.cli.instants import from_epoch
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.cli.words import key_of
from console.errors import BadInput
from console.grade import colour_of
from console.language import say
from console.spoken import status_label
from models.vocabulary import OPEN

PAGE: Final = 2000
COLUMNS: Final = ("number", "status", "title", "class", "due", "grade", "unit", "centre", "claim_by")
CHOICES: Final = {
    "status": "queue.status",
    "priority": "queue.priority",
    "grade": "cli.grade",
    "channel": "queue.channel",
}
FLAGS: Final = ("mine", "callback", "urged")
QUEUE: Final = """
    SELECT q.*, extract(epoch FROM desk.now())::float8 AS now
    FROM desk.queue($1::text::jsonb, $2, $3, $4) AS q
"""
NAMED: Final = {  # filters that name a record → its code, and what is said where there is none
    "class": (
        """SELECT coalesce(max(code) FILTER (WHERE code = $1), max(group_name)) AS code, 1 AS count
           FROM gridseat.catalogue_class WHERE $1 IN (code, group_name)""",
        "no_such_class",
    ),
    "grid": (
        "SELECT min(code) AS code, count(*) AS count FROM gridseat.grid WHERE $1 IN (code, name)",
        "no_such_unit",
    ),
    **dict.fromkeys(
        ("centre", "unit"),
        (
            """SELECT min(code) AS code, count(*) AS count FROM gridseat.organisation
               WHERE code = $1 OR name = $1 OR alias = $1""",
            "no_such_unit",
        ),
    ),
}


def add(below: "Subparsers[Parser]") -> None:
    """Declare the command."""
    listing = below.add_parser("list", help=say("cli.list.help"))
    for name, keys in CHOICES.items():
        listing.add_argument(
            f"--{name}",
            type=_choice(keys, f"--{name}"),
            nargs="+" if name == "status" else None,
            metavar=name.upper(),
            help=say("cli.list.status" if name == "status" else f"cli.label.{name}"),
        )
    for name in ("class", "centre", "grid", "unit", "text"):
        listing.add_argument(f"--{name}", metavar=name.upper(), help=say(f"cli.label.{name}"))
    for name in FLAGS:
        listing.add_argument(f"--{name}", action="store_true", help=say(f"cli.list.{name}"))
    listing.add_argument("--all", action="store_true", help=say("cli.list.all"))
    limit(listing)
    listing.set_defaults(run=listed)


def _choice(keys: str, option: str) -> Callable[[str], str]:
    return partial(key_of, keys, option=option)


async def listed(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "more", "incidents": […]}, the earliest due first; ``more`` where --limit cut it."""
    wanted, found = await _filter(given, session), list[dict[str, Any]]()
    after: tuple[float | None, int | None] = (None, None)
    while given.limit is None or len(found) <= given.limit:
        page = await session.fetch(QUEUE, json.dumps(wanted), *after, PAGE)
        found += [row_of(row, row["now"]) for row in page]
        if len(page) < PAGE:
            break
        after = page[-1]["due"], page[-1]["number"]
    shown = found[: given.limit]
    document = {"count": len(shown), "more": len(found) > len(shown), "incidents": shown}
    return Answer(document, human=lines(shown))


async def _filter(given: argparse.Namespace, session: Session) -> dict[str, object]:
    """Return the queue's filter; a status that is not open asks for closed ones too."""
    wanted = {name: getattr(given, name) for name in CHOICES if getattr(given, name)}
    if given.text:
        wanted["text"] = tidy(given.text, "title")
    for name in NAMED:
        if getattr(given, name) is not None:
            wanted[name] = await _code(session, name, tidy(getattr(given, name), "title"))
    wanted |= {name: True for name in FLAGS if getattr(given, name)}
    if given.all or not set(given.status or ()) <= set(OPEN):
        wanted["closed"] = True
    return wanted


async def _code(session: Session, name: str, text: str) -> str:
    """Return the code of the record that a filter names."""
    query, unknown = NAMED[name]
    row = await session.fetchrow(query, text)
    if row is None or row["code"] is None:
        raise BadInput(unknown, **{"class" if name == "class" else "unit": text, "option": name})
    if row["count"] > 1:
        raise BadInput("ambiguous_filter", name=text, count=row["count"])
    return str(row["code"])


def row_of(row: asyncpg.Record, now: float) -> dict[str, Any]:
    """Return one incident of a list, graded at ``now`` (seconds since 1970)."""
    same = ("version", "priority", "channel", "centre", "township", "community", "place", "unit", "claim_by")
    counted = ("mine", "reminders", "reports", "pending", "restricted", "round")
    return {
        "number": row["number"],
        "status": row["status"],
        "title": row["title"],
        "class": row["class_code"],
        "due": from_epoch(row["due"]),
        "grade": colour_of(row["due"], row["warn_at"], now),
        **{
            name: from_epoch(row[name])
            for name in ("received", "handling_due", "promised_due", "claim_until", "urged", "callback")
        },
        **{name: row[name] for name in (*same, *counted)},
    }


def lines(rows: list[dict[str, Any]]) -> str:
    """Return the incidents as a table with their number."""
    if not rows:
        return say("cli.list.none")
    cells = [[_cell(name, row[name]) for name in COLUMNS] for row in rows]
    return f"{table([label(name) for name in COLUMNS], cells)}\n{say('cli.list.count', count=len(rows))}"


def _cell(name: str, value: Any) -> object:  # noqa: ANN401  a column's own type
    if name == "status":
        return status_label(value)
    return say(f"cli.grade.{value}") if name == "grade" else value
