"""`message`: what seats write to each other."""

import argparse
import json
import uuid
from functools import partial
from typing import Any, Final

from console.cli import arguments
from console.cli.answer import Answer
from console.cli.hidden import demand
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.desk.together import Together
from console.language import say

COLUMNS: Final = ("id", "at", "from", "to", "number", "text", "read_at")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("message", help=say("together.cli.message"))
    below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    new = below.add_parser("send", help=say("together.cli.send"))
    whom = new.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", metavar="LOGIN", help=say("together.cli.to"))
    whom.add_argument("--all", action="store_true", help=say("together.cli.all"))
    new.add_argument("--text", required=True, metavar="TEXT", help=say("cli.label.text"))
    new.add_argument("--number", type=arguments.whole_number, metavar="N", help=say("cli.label.number"))
    identified(new)
    new.set_defaults(run=send)
    listing = below.add_parser("list", help=say("together.cli.messages"))
    limited(listing)
    listing.set_defaults(run=list_all)
    seen = below.add_parser("read", help=say("together.cli.read"))
    seen.add_argument(
        "id",
        type=partial(arguments.whole_number, kind="id"),
        nargs="+",
        metavar="ID",
        help=say("cli.label.id"),
    )
    seen.set_defaults(run=read)


def identified(parser: Parser) -> None:
    """Let the command carry an id, so that it may be sent again."""
    parser.add_argument(
        "--command-id",
        type=arguments.command_id,
        default=None,
        metavar="UUID",
        help=say("cli.option.command_id"),
    )


def limited(parser: Parser) -> None:
    """Let a list be cut."""
    arguments.limit(parser, 50)


async def send(given: argparse.Namespace, session: Session) -> Answer:
    """Send it; answer the message, and the command's id."""
    command = given.command_id or uuid.uuid4()
    to = demand(given.to, "name") if given.to is not None else None
    async with session.desk(command) as desk:
        sent = await Together(desk).send(to, demand(given.text, "text"), given.number, command)
    return Answer(in_china(sent) | {"command": str(command)}, human=say("together.cli.sent", id=sent["id"]))


async def list_all(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "messages": […]}, the latest first."""
    found = json.loads(await session.fetchval("SELECT desk.messages($1)::text", given.limit))
    document = in_china({"count": len(found), "messages": found})
    return Answer(document, human=_lines(document["messages"]))


def _lines(messages: list[dict[str, Any]]) -> str:
    if not messages:
        return say("together.cli.no_messages")
    rows = [[_cell(one, column) for column in COLUMNS] for one in messages]
    return table([label(column) for column in COLUMNS], rows)


def _cell(one: dict[str, Any], column: str) -> object:
    if column == "to":
        return say("together.everybody") if one["all"] else one["to"]
    if column == "text" and one["kind"] == "transfer":
        return say("together.transferred", note=one["text"] or "")
    return one[column]


async def read(given: argparse.Namespace, session: Session) -> Answer:
    """Mark messages as read; answer which are now."""
    ids = await session.fetchval("SELECT desk.read_messages($1)", given.id)
    human = say("together.cli.seen", count=len(ids)) if ids else say("together.cli.none_unread")
    return Answer({"read": list(ids)}, human=human)
