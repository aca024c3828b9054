"""`incident list`, `show` and `timeline`: what the caller may see, as documents and as lines."""

import argparse
import json
from collections.abc import Iterator
from typing import Any, Final

import asyncpg

from console.cli.answer import Answer
from console.cli.arguments import whole_number
from console.cli.instants import from_epoch, in_china
from console.cli.session import Session
from console.cli.table import label, line, plain, table
from console.cli.usage import Parser, Subparsers
from console.intake import values
from console.intake.hygiene import clean
from console.language import say
from console.spoken import action_label, status_label
from models.vocabulary import OPEN, Status

PAGE: Final = 2000
GRADES: Final = ("green", "yellow", "red", "none")
COLUMNS: Final = ("number", "status", "title", "class", "due", "grade", "unit", "centre", "claim_by")
QUEUE: Final = """
    SELECT q.*, extract(epoch FROM desk.now())::float8 AS now
    FROM desk.queue($1::text::jsonb, $2, $3, $4) AS q
"""


def add(below: "Subparsers[Parser]") -> None:
    """Declare the three commands."""
    listing = below.add_parser("list", help=say("cli.list.help"))
    listing.add_argument(
        "--status", nargs="+", choices=[*Status], metavar="STATUS", help=say("cli.list.status")
    )
    listing.add_argument("--priority", choices=["1", "2", "3", "4"], help=say("cli.label.priority"))
    listing.add_argument("--grade", choices=GRADES, help=say("cli.label.grade"))
    for name in ("class", "centre", "grid", "unit", "channel", "text"):
        listing.add_argument(f"--{name}", metavar=name.upper(), help=say(f"cli.label.{name}"))
    listing.add_argument("--mine", action="store_true", help=say("cli.list.mine"))
    listing.add_argument("--all", action="store_true", help=say("cli.list.all"))
    listing.add_argument("--limit", type=whole_number, metavar="N", help=say("cli.list.limit"))
    listing.set_defaults(run=listed)
    for name, run in (("show", show), ("timeline", timeline)):
        parser = below.add_parser(name, help=say(f"cli.{name}.help"))
        parser.add_argument("number", type=whole_number, metavar="NUMBER", help=say("cli.label.number"))
        parser.set_defaults(run=run)


async def listed(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "more", "incidents": […]}, the earliest due first; ``more`` where --limit cut it."""
    wanted, found = _filter(given), list[dict[str, Any]]()
    after: tuple[float | None, int | None] = (None, None)
    while given.limit is None or len(found) <= given.limit:
        page = await session.fetch(QUEUE, json.dumps(wanted), *after, PAGE)
        found += [_row(row) for row in page]
        if len(page) < PAGE:
            break
        after = page[-1]["due"], page[-1]["number"]
    shown = found[: given.limit]
    document = {"count": len(shown), "more": len(found) > len(shown), "incidents": shown}
    return Answer(document, human=_lines(shown))


def _filter(given: argparse.Namespace) -> dict[str, object]:
    """Return the queue's filter; a status that is not open asks for closed ones too."""
    wanted: dict[str, object] = {
        name: clean(getattr(given, name), "title")
        for name in ("class", "centre", "grid", "unit", "text")
        if getattr(given, name)
    }
    if given.channel:
        wanted["channel"] = values.choice("channel", given.channel, "channel")
    wanted |= {name: getattr(given, name) for name in ("status", "priority", "grade") if getattr(given, name)}
    if given.mine:
        wanted["mine"] = True
    if given.all or not set(given.status or ()) <= set(OPEN):
        wanted["closed"] = True
    return wanted


def _row(row: asyncpg.Record) -> dict[str, Any]:
    """Return one incident of a list, graded: green to 80 % of the limit, yellow to its end, then red."""
    due, warn, now = row["due"], row["warn_at"], row["now"]
    grade = "none" if due is None else "red" if due <= now else "yellow" if warn <= now else "green"
    same = ("version", "priority", "channel", "centre", "township", "community", "place", "unit", "claim_by")
    counted = ("mine", "reminders", "reports", "pending", "restricted", "round")
    return {
        "number": row["number"],
        "status": row["status"],
        "title": row["title"],
        "class": row["class_code"],
        "due": from_epoch(due),
        "grade": grade,
        **{
            name: from_epoch(row[name])
            for name in ("received", "handling_due", "promised_due", "claim_until")
        },
        **{name: row[name] for name in (*same, *counted)},
    }


def _lines(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return say("cli.list.none")
    cells = [[_cell(name, row[name]) for name in COLUMNS] for row in rows]
    return f"{table([label(name) for name in COLUMNS], cells)}\n{say('cli.list.count', count=len(rows))}"


def _cell(name: str, value: Any) -> object:  # noqa: ANN401  a column's own type
    if name == "status":
        return status_label(value)
    return say(f"cli.grade.{value}") if name == "grade" else value


async def show(given: argparse.Namespace, session: Session) -> Answer:
    """Return one case whole, and its clocks with the pieces of time that explain them."""
    case = json.loads(await session.fetchval("SELECT desk.incident($1)::text", given.number))
    clocks = json.loads(await session.fetchval("SELECT desk.clocks($1)::text", given.number))
    for name in ("received", "warn_at"):
        case[name] = from_epoch(case[name]) if isinstance(case.get(name), float) else case.get(name)
    document = in_china(case | {"class": case["class_code"], "clocks": clocks})
    return Answer(document, human=plain(_spoken(document)))


def _spoken(document: dict[str, Any]) -> dict[str, Any]:
    full = {key: value for key, value in document.items() if value not in (None, [], {}, "")}
    full["status"] = status_label(document["status"])
    full["legal"] = [action_label(key) for key in document["legal"]]
    full["clocks"] = [
        {key: value for key, value in clock.items() if key != "segments"} for clock in document["clocks"]
    ]
    return full


async def timeline(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"number", "timeline": […]}, the first entry first."""
    rows = await session.fetch(
        "SELECT t.*, facts::text AS facts_json, texts::text AS texts_json FROM desk.timeline($1) AS t",
        given.number,
    )
    entries = [_entry(row) for row in rows]
    return Answer({"number": given.number, "timeline": entries}, human=_story(entries))


def _entry(row: asyncpg.Record) -> dict[str, Any]:
    entry = {
        "seq": row["seq"],
        "at": row["at"],
        "actor": row["actor"],
        "action": row["action"],
        "from": row["from_status"],
        "to": row["to_status"],
        "reason": row["reason"],
        **{name: row[name] for name in ("round", "centre", "behalf")},
        "facts": json.loads(row["facts_json"]),
        "texts": json.loads(row["texts_json"]),
        "command": str(row["command_id"]),
    }
    return dict(in_china(entry))


def _story(entries: list[dict[str, Any]]) -> str:
    headings = [label(name) for name in ("seq", "at", "actor", "action", "to", "said")]
    return table(headings, [list(_told(entry)) for entry in entries])


def _told(entry: dict[str, Any]) -> Iterator[object]:
    behalf = entry["behalf"]
    yield entry["seq"]
    yield entry["at"]
    yield say("cli.behalf", actor=entry["actor"], unit=behalf) if behalf else entry["actor"]
    yield action_label(entry["action"])
    yield "" if entry["to"] == entry["from"] else status_label(entry["to"])
    said = [entry["reason"], *entry["texts"].values()]
    yield say("intake.semicolon").join(line(text) for text in said if text)
