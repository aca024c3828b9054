"""`flag` and `inspection`: what communities kept month by month, and what was looked into."""

import argparse
import json
from datetime import date
from functools import partial
from typing import Any, Final

from console import works
from console.cli.answer import Answer
from console.cli.arguments import whole_number
from console.cli.commands.operations import listed, placed
from console.cli.hidden import demand, tidy
from console.cli.period import organisation
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers, declare
from console.intake import values
from console.language import say

FLAG: Final = ("list", "key", "flag", "organisation")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the commands."""
    declare(subparsers, _STEPS, "operations.help")


def _month(text: str) -> date:
    return values.month(text, "month")


def _yes(text: str, field: str = "kept") -> bool:
    return values.choice("kept", text, field) == "yes"


def _that_month(parser: Parser) -> None:
    parser.add_argument("--month", metavar="MONTH", type=_month, help=say("operations.help.month"))


def _show(parser: Parser) -> None:
    organisation(parser)
    _that_month(parser)


def _tell_flag(parser: Parser) -> None:
    parser.add_argument("community", metavar="CODE", help=say("operations.help.community"))
    parser.add_argument("month", metavar="MONTH", type=_month, help=say("operations.help.month"))
    parser.add_argument("flag", metavar="FLAG", help=say("operations.help.flag_name"))
    parser.add_argument(
        "--kept", metavar="yes|no", type=_yes, required=True, help=say("operations.help.kept")
    )
    parser.add_argument("--note", default="", help=say("operations.help.note"))


def _put(parser: Parser) -> None:
    parser.add_argument("key", metavar="KEY", help=say("operations.help.key"))
    for name, meant in (("list", "list"), ("zh", "name_zh"), ("en", "name_en")):
        parser.add_argument(f"--{name}", required=True, help=say(f"operations.help.{meant}"))


def _key(parser: Parser) -> None:
    parser.add_argument("key", metavar="KEY", help=say("operations.help.key"))


def _draw(parser: Parser) -> None:
    organisation(parser)
    parser.add_argument("month", metavar="MONTH", type=_month, help=say("operations.help.month"))
    parser.add_argument("--mode", choices=works.MODES, required=True, help=say("operations.help.mode"))
    parser.add_argument("--of", choices=("cases", "workers"), default="cases", help=say("operations.help.of"))
    parser.add_argument("--size", metavar="N", type=_number, required=True, help=say("operations.help.size"))


def _number(text: str) -> int:
    return whole_number(text, "count")


def _id(text: str) -> int:
    return whole_number(text, "id")


def _list(parser: Parser) -> None:
    _that_month(parser)
    parser.add_argument("--waiting", action="store_true", help=say("operations.help.waiting"))


def _tell(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", type=_id, help=say("operations.help.id"))
    parser.add_argument(
        "--passed",
        metavar="yes|no",
        type=partial(_yes, field="passed"),
        required=True,
        help=say("operations.help.passed"),
    )
    parser.add_argument("--note", default="", help=say("operations.help.note"))


async def flags(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "flags": […]} in their order."""
    found = [dict(row) for row in await session.fetch("SELECT * FROM desk.flags($1)", given.organisation)]
    cells = [[row[column] for column in FLAG] for row in await placed(session, [*map(works.named, found)])]
    human = table([works.heading(column) for column in FLAG], cells)
    return Answer({"count": len(found), "flags": found}, human=human)


async def months(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "flags": […]} of every community below, told or not."""
    return await listed(session, "flags", "flags", given.organisation, given.month)


async def tell_flag(given: argparse.Namespace, session: Session) -> Answer:
    """Say whether a flag was kept; what stood stays to be read."""
    words = demand(given.community, "organisation_code"), given.month, demand(given.flag, "name")
    async with session.works() as work:
        told = await work.tell_flag(*words, tidy(given.note, "remark"), kept=given.kept)
    return Answer(told, human=say("operations.said.told"))


async def put_flag(given: argparse.Namespace, session: Session) -> Answer:
    """Put a flag into the list of the caller's organisation."""
    words = (given.key, *(demand(text, "name") for text in (given.list, given.zh, given.en)))
    return Answer(json.loads(await session.fetchval("SELECT desk.put_flag($1, $2, $3, $4)::text", *words)))


async def end_flag(given: argparse.Namespace, session: Session) -> Answer:
    """Take a flag off the list."""
    return Answer(json.loads(await session.fetchval("SELECT desk.end_flag($1)::text", given.key)))


async def draw(given: argparse.Namespace, session: Session) -> Answer:
    """Draw; return how many there were, how many are drawn now and in all."""
    async with session.works() as work:
        document = await work.draw(given.organisation, given.month, given.mode, given.of, given.size)
    return Answer(document, human=works.drawn(document))


async def inspections(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "inspections": […]} of a month, by mode in the order of the draw."""
    return await listed(session, "inspections", "inspections", given.month, given.waiting)


async def tell(given: argparse.Namespace, session: Session) -> Answer:
    """Tell what an inspection found."""
    async with session.works() as work:
        document = await work.tell(given.id, tidy(given.note, "reason"), passed=given.passed)
    return Answer(document, human=say("operations.said.told"))


_STEPS: Final[dict[str, dict[str, tuple[Any, Any]]]] = {
    "flag": {
        "list": (flags, organisation),
        "show": (months, _show),
        "tell": (tell_flag, _tell_flag),
        "put": (put_flag, _put),
        "end": (end_flag, _key),
    },
    "inspection": {"draw": (draw, _draw), "list": (inspections, _list), "tell": (tell, _tell)},
}
