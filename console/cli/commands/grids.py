"""`grid`, `resource` and `staff`: the card of a grid, lists of resources, and where workers say they are."""

import argparse
import json
from typing import Any, Final

from console.cli import period
from console.cli.answer import Answer
from console.cli.commands import around
from console.cli.hidden import demand
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import plain
from console.cli.usage import Parser, Subparsers, declare
from console.desk.around import CARD
from console.language import say

RESOURCE: Final = ("kind", "code", "name", "organisation_name", "grid_code", "phone", "note")
PLACE: Final = ("kind", "name", "phone", "grid_code", "told", "lon", "lat")
VERSION: Final = ("version", "name", "kind", "organisation", "drawn", "until")
FACTS: Final = ("code", "name", "organisation_name", "township", "ended")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the commands."""
    declare(subparsers, _STEPS, "places.help")


def _card(parser: Parser) -> None:
    _code(parser)
    period.stretch(parser)


def _code(parser: Parser) -> None:
    parser.add_argument("code", metavar="CODE", help=say("cli.label.grid_code"))


def _locate(parser: Parser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--point", metavar="LON,LAT", help=say("places.help.point"))
    where.add_argument("--off", action="store_true", help=say("places.help.off"))
    parser.add_argument("--datum", metavar="DATUM", help=say("places.help.datum"))


async def show(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.grid_card answers."""
    found = await session.fetchval(CARD, demand(given.code, "grid_code"), given.days)
    card: dict[str, Any] = in_china(json.loads(found))
    facts = {**card, "township": card["above"]}
    figures = card["figures"]
    share = "—" if figures["on_time"] is None else f"{figures['on_time']:.1%}"
    parts = (
        plain(
            {name: facts[name] for name in FACTS if facts[name]} | {"kind": around.kind_said(card["kind"])}
        ),
        around.lines(around.OWN, card["staff"]),
        say("places.said.open", **card["open"]),
        f"{say('places.heading.figures', days=card['days'])}\n"
        + say("places.said.figures", **figures | {"on_time": share}),
        f"{say('places.heading.versions')}\n{around.lines(VERSION, card['versions'])}",
    )
    return Answer(card, human="\n\n".join(parts))


async def end(given: argparse.Namespace, session: Session) -> Answer:
    """End a grid; return how much still names it."""
    found = await session.fetchval("SELECT desk.end_grid($1)::text", demand(given.code, "grid_code"))
    document = in_china(json.loads(found))
    return Answer(document, human=say("places.said.ended", **document))


async def resources(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "resources": […]}, by kind and code."""
    rows = [dict(row) for row in await session.fetch("SELECT * FROM desk.resources($1)", given.kind)]
    return Answer({"count": len(rows), "resources": rows}, human=around.lines(RESOURCE, rows))


async def places(_given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "staff": […]}: workers on duty who said where they are."""
    rows = in_china([dict(row) for row in await session.fetch("SELECT * FROM desk.staff_places()")])
    return Answer({"count": len(rows), "staff": rows}, human=around.lines(PLACE, rows))


async def locate(given: argparse.Namespace, session: Session) -> Answer:
    """Tell where the caller is, or take that back; return what was kept."""
    if given.off:
        gone = await session.fetchval("SELECT desk.withdraw_place()")
        sentence = say("places.said.withdrawn") if gone else say("places.said.nothing_told")
        return Answer({"withdrawn": gone}, human=sentence)
    spot = around.place(given.point, given.datum)
    found = await session.fetchval("SELECT desk.tell_place($1, $2, $3, $4, $5)::text", *spot)
    document = in_china(json.loads(found))
    facts = {"name": document["name"], "grid": document["grid"] or "—", "until": document["shown_until"]}
    return Answer(document, human=say("places.said.told", **facts))


_STEPS: Final[dict[str, dict[str, tuple[Any, Any]]]] = {
    "grid": {"show": (show, _card), "end": (end, _code)},
    "resource": {"list": (resources, around.add_kinds)},
    "staff": {"list": (places, lambda _: None), "locate": (locate, _locate)},
}
