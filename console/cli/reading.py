"""`incident list`, `show` and `timeline`: what the caller may see, as documents and as lines."""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import asyncpg

from console.amounts import Amount, format_limit
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
from models.vocabulary import OPEN, Clock, Status

PAGE: Final = 2000
FIRST: Final = (
    "number",
    "title",
    "status",
    "grade",
    "due",
    "due_stage",
    "class",
    "priority",
    "centre",
    "place",
)
LAST: Final = ("text", "legal", "clocks")
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
        "--status",
        nargs="+",
        choices=[str(one) for one in Status],
        metavar="STATUS",
        help=say("cli.list.status"),
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
    """Return one incident of a list."""
    same = ("version", "priority", "channel", "centre", "township", "community", "place", "unit", "claim_by")
    counted = ("mine", "reminders", "reports", "pending", "restricted", "round")
    return {
        "number": row["number"],
        "status": row["status"],
        "title": row["title"],
        "class": row["class_code"],
        "due": from_epoch(row["due"]),
        "grade": _grade(row["due"], row["warn_at"], row["now"]),
        **{
            name: from_epoch(row[name])
            for name in ("received", "handling_due", "promised_due", "claim_until")
        },
        **{name: row[name] for name in (*same, *counted)},
    }


def _grade(due: float | None, warn: float, now: float) -> str:
    """Return green to 80 % of the limit, yellow to its end, then red; all in seconds since 1970."""
    if due is None:
        return "none"
    return "red" if due <= now else "yellow" if warn <= now else "green"


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
    now = await session.fetchval("SELECT extract(epoch FROM desk.now())::float8")
    due = datetime.fromisoformat(case["due"]).timestamp() if case["due"] else None
    case["grade"] = _grade(due, case["warn_at"], now)
    case["warn_at"] = from_epoch(case["warn_at"])
    document = in_china(case | {"class": case["class_code"], "clocks": clocks})
    return Answer(document, human=plain(_spoken(document)))


def _spoken(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a person wants to read of a case, the main facts first, without what is not the case."""
    told = document | {
        "status": status_label(document["status"]),
        "grade": say(f"cli.grade.{document['grade']}"),
        "legal": [action_label(key) for key in document["legal"]],
        "clocks": [_clock(clock) for clock in document["clocks"]],
        "due_stage": _stage(document["due_stage"]),
        "pending": action_label(document["pending"] or ""),
    }
    left_out = {"class_code", "class_name", "personal", "mine", "warn_at", "claim_at"}
    names = dict.fromkeys([*FIRST, *(name for name in told if name not in LAST)])
    shown = {name: told[name] for name in names if told.get(name) and name not in left_out}
    shown |= document["personal"]
    return shown | {name: told[name] for name in LAST if told[name]}


def _clock(clock: dict[str, Any]) -> dict[str, Any]:
    """Return one clock for a table: its stage and how much of which time counts."""
    amount = format_limit(Amount(clock["seconds"], Clock(clock["clock"])))
    return {
        "stage": _stage(clock["stage"]),
        "limit": amount,
        **{name: clock[name] for name in ("started", "due", "stopped")},
    }


def _stage(key: str | None) -> str:
    return say(f"cli.stage.{key}") if key else ""


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
    facts = [entry["facts"].get(name) for name in ("unit", "with", "to", "result", "card")]
    said = [entry["reason"], *facts, *entry["texts"].values()]
    yield say("intake.semicolon").join(line(text) for text in said if text)
