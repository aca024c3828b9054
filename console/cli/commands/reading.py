"""`incident show` and `timeline`: what the caller may see, as documents and as lines."""

import argparse
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

import asyncpg

from console.amounts import Amount, format_limit
from console.cli.answer import Answer
from console.cli.arguments import case_or_command, whole_number
from console.cli.commands import story
from console.cli.instants import from_epoch, in_china
from console.cli.session import Session
from console.cli.table import plain
from console.cli.usage import Parser, Subparsers
from console.cli.words import party, request, worded
from console.desk.sense import useful
from console.grade import colour_of
from console.language import say
from console.spoken import action_label, status_label
from models.vocabulary import Clock

Run = Callable[[argparse.Namespace, Session], Awaitable[Answer]]
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
TIMELINE: Final = (
    "SELECT t.*, facts::text AS facts_json, texts::text AS texts_json FROM desk.timeline($1) AS t"
)


def add(below: "Subparsers[Parser]") -> None:
    """Declare the commands."""
    for name, run in (("show", show), ("timeline", timeline)):
        add_one(below, name, say(f"cli.{name}.help"), run)


def add_one(below: "Subparsers[Parser]", name: str, about: str, run: Run) -> None:
    """Declare the command ``name``, told of by ``about``, that reads one case by its number."""
    parser = below.add_parser(name, help=about)
    add_number(parser)
    parser.set_defaults(run=run)


def add_number(parser: argparse.ArgumentParser, *, either: bool = False) -> None:
    """Ask for a case by its number, or with ``either`` by a command that was for it."""
    kind, name = (case_or_command, "NUMBER|UUID") if either else (whole_number, "NUMBER")
    parser.add_argument("number", type=kind, metavar=name, help=say("cli.label.number"))


async def show(given: argparse.Namespace, session: Session) -> Answer:
    """Return one case whole, and its clocks with the pieces of time that explain them."""
    case = json.loads(await session.fetchval("SELECT desk.incident($1)::text", given.number))
    clocks = json.loads(await session.fetchval("SELECT desk.clocks($1)::text", given.number))
    now = await session.fetchval("SELECT extract(epoch FROM desk.now())::float8")
    due = datetime.fromisoformat(case["due"]).timestamp() if case["due"] else None
    case["grade"] = colour_of(due, case["warn_at"], now)
    case["legal"] = useful(case)
    case["warn_at"] = from_epoch(case["warn_at"])
    document = in_china(case | {"class": case["class_code"], "clocks": clocks})
    return Answer(document, human=plain(_spoken(document)))


def _spoken(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a person wants to read of a case, the main facts first, without what is not the case."""
    told = document | {
        "status": status_label(document["status"]),
        "grade": say(f"cli.grade.{document['grade']}"),
        **{name: worded(name, document[name]) for name in ("channel", "outcome", "confirmation")},
        "parties": [party(one) for one in document["parties"]],
        "requests": [request(one, _limit(one)) for one in document["requests"]],
        "cards": [{name: worded(name, fact) for name, fact in one.items()} for one in document["cards"]],
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
    return {
        "stage": _stage(clock["stage"]),
        "limit": _limit(clock),
        **{name: clock[name] for name in ("started", "due", "stopped")},
    }


def _limit(one: dict[str, Any]) -> str:
    return format_limit(Amount(one["seconds"], Clock(one["clock"]))) if one["seconds"] else ""


def _stage(key: str | None) -> str:
    return say(f"cli.stage.{key}") if key else ""


async def timeline(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"number", "timeline": […], "names": {code: name of a unit}}, the first entry first."""
    rows = await session.fetch(TIMELINE, given.number)
    entries = [_entry(row) for row in rows]
    names = await story.names(session, entries)
    document = {"number": given.number, "timeline": entries, "names": names}
    return Answer(document, human=story.told(entries, names))


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
