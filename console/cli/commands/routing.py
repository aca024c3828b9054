"""`incident duplicates` and `recommend`: what a case repeats and whom it concerns, each with its points."""

import argparse
import json
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.commands.reading import add_one
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.desk.reads import explained
from console.language import say
from console.spoken import status_label

REASONS: Final = {  # reason → the facts that are told beside its points
    "distance": ("metres",),
    "same_place": ("same",),
    "time": ("minutes",),
    "text": ("alike",),
    "class": ("same",),
    "responsibility": ("class",),
    "grid": ("worker",),
    "load": ("open",),
    "duty": ("on",),
}


def add(below: "Subparsers[Parser]") -> None:
    """Declare the commands."""
    for name, run in (("duplicates", duplicates), ("recommend", recommend)):
        add_one(below, name, say(f"routing.help.{name}"), run)


async def duplicates(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"number", "duplicates": […]}: the open cases that the case repeats, likeliest first."""
    found = await _asked(session, "SELECT * FROM desk.duplicates($1::text::jsonb)", given.number)
    rows = [
        [
            one["number"],
            status_label(one["status"]),
            one["class_code"],
            one["score"],
            one["title"],
            _points(one),
        ]
        for one in found
    ]
    headings = [label(name) for name in ("number", "status", "class", "score", "title", "reasons")]
    human = table(headings, rows) if rows else say("routing.none.duplicates")
    return Answer({"number": given.number, "duplicates": found}, human=human)


async def recommend(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"number", "units": […]}: who should lead, then who should be summoned beside them."""
    found = await _asked(session, "SELECT * FROM desk.recommend($1::text::jsonb)", given.number)
    rows = [
        [say(f"routing.kind.{one['kind']}"), one["unit_name"], one["unit_code"], one["score"], _points(one)]
        for one in found
    ]
    headings = [
        say("routing.kind.head"),
        *(label(name) for name in ("unit", "code", "score", "reasons")),
    ]
    human = table(headings, rows) if rows else say("routing.none.units")
    return Answer({"number": given.number, "units": found}, human=human)


async def _asked(session: Session, question: str, number: int) -> list[dict[str, Any]]:
    return [explained(dict(row)) for row in await session.fetch(question, json.dumps({"number": number}))]


def _points(one: dict[str, Any]) -> str:
    """Return the reasons with their points, and the fact that earned them."""
    return say("intake.comma").join(_point(reason) for reason in one["reasons"])


def _point(reason: dict[str, Any]) -> str:
    name = say(f"routing.reason.{reason['reason']}")
    facts = [reason[key] for key in REASONS.get(reason["reason"], ()) if reason.get(key) is not None]
    said = [say("cli.yes" if fact else "cli.no") if isinstance(fact, bool) else str(fact) for fact in facts]
    return f"{name} {reason['points']:g}" + "".join(f" ({fact})" for fact in said)
