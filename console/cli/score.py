"""`score`: units by their scores, each with what it is made of; and the weights with their history."""

import argparse
import json
from typing import Any, Final

from console.cli import period
from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.indicators import scores
from console.indicators.indicator import indicators
from console.indicators.words import percent
from console.intake.hygiene import excerpt
from console.language import say

ASKED: Final = "SELECT desk.scores($1, $2, $3, $4)::text"


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("score", help=say("scores.help"))
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = kinds.add_parser("list", help=say("scores.list_help"))
    listed.add_argument(
        "--group", choices=scores.groups(), default="department", help=say("scores.group_help")
    )
    period.add(listed)
    listed.set_defaults(run=run)
    weights = kinds.add_parser("weights", help=say("scores.weights_help"))
    weights.add_argument("--set", dest="given", nargs="+", metavar="PART=POINTS", help=say("scores.set_help"))
    weights.add_argument("--since", type=period.day, metavar="DAY", help=say("scores.since_help"))
    weights.set_defaults(run=run_weights)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.scores answers, each part with its formula."""
    found = await session.fetchval(ASKED, period.place(given), given.group, given.days, given.until)
    document: dict[str, Any] = in_china(json.loads(found))
    for weight in document["weights"]:
        weight["formula"] = scores.formula(weight["part"], weight["weight"])
    return Answer(document, 0, _lines(document))


def _lines(document: dict[str, Any]) -> str:
    shown = [weight["part"] for weight in document["weights"]]
    head = [
        say("scores.place"),
        say("scores.unit"),
        say("scores.score"),
        say("scores.grade"),
        say("scores.due"),
    ]
    rows = [
        [
            str(row["place"] or say("boards.none")),
            row["name"],
            say("boards.none") if row["score"] is None else f"{row['score']:.1f}",
            row["grade"] or say("boards.none"),
            str(row["cases"]),
            *(_part(row["parts"][part]) for part in shown),
        ]
        for row in document["rows"]
    ]
    names = [f"{_name(weight['part'])} ×{weight['weight']:g}" for weight in document["weights"]]
    title = say(
        "scores.title",
        group=scores.group_name(document["group"]),
        organisation=document["organisation"]["name"],
    )
    return f"{title}\n{table([*head, *names], rows)}"


def _name(part: str) -> str:
    if part == "volume":
        return say("scores.volume")
    one = indicators()[scores.parts()[part]["figure"]]
    return one.part("miss") if scores.parts()[part].get("turned") else one.name


def _part(facts: dict[str, Any]) -> str:
    if facts["value"] is None:
        return say("boards.none")
    counted = say("boards.of_short", part=facts["numerator"], whole=f"{facts['denominator']:g}")
    return f"{percent(facts['value'])} ({counted})"


async def run_weights(given: argparse.Namespace, session: Session) -> Answer:
    """Set the weights where they are given; return all that ever were, newest first."""
    if given.given:
        points = dict(_pair(text) for text in given.given)
        await session.execute("SELECT desk.set_weights($1, $2::text::jsonb)", given.since, json.dumps(points))
    found = in_china(json.loads(await session.fetchval("SELECT desk.weights()::text")))
    rows = [
        [one["since"], _name(one["part"]), f"{one['weight']:g}", one["by"] or say("scores.delivered")]
        for one in found
    ]
    return Answer({"weights": found}, 0, table(["", "", "", ""], rows))


def _pair(text: str) -> tuple[str, float]:
    part, _, points = text.partition("=")
    try:
        return part, float(points)
    except ValueError:
        raise BadInput("weight_unread", text=excerpt(text)) from None
