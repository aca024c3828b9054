"""`handover`: what one shift leaves to the next, given and signed."""

import argparse
import json
import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from console.cli import arguments
from console.cli.answer import Answer
from console.cli.commands.messages import identified, limited
from console.cli.hidden import demand, tidy
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import label, line, table
from console.cli.usage import Parser, Subparsers
from console.desk.together import LISTS, Together
from console.errors import Refused
from console.language import say
from console.spoken import status_label

COLUMNS: Final = ("number", "title", "status", "priority", "due", "at")
HEADS: Final = ("id", "at", "from", "to", "note", "signed_at", "signed_by")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("handover", help=say("together.cli.handover"))
    below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    below.add_parser("show", help=say("together.cli.show")).set_defaults(run=show)
    new = below.add_parser("give", help=say("together.cli.give"))
    new.add_argument("--to", metavar="LOGIN", help=say("together.cli.next"))
    new.add_argument("--note", default="", metavar="TEXT", help=say("together.cli.note"))
    identified(new)
    new.set_defaults(run=give)
    signing = below.add_parser("sign", help=say("together.cli.sign"))
    signing.add_argument(
        "id", type=partial(arguments.whole_number, kind="id"), metavar="ID", help=say("cli.label.id")
    )
    signing.add_argument("--leave", action="store_true", help=say("together.cli.leave"))
    identified(signing)
    signing.set_defaults(run=sign)
    listing = below.add_parser("list", help=say("together.cli.handovers"))
    limited(listing)
    listing.set_defaults(run=list_all)


async def show(_given: argparse.Namespace, session: Session) -> Answer:
    """Return what would be handed over now: {"since", "at", "lists": {key: {"total", "rows"}}}."""
    facts = in_china(json.loads(await session.fetchval("SELECT desk.handover()::text")))
    return Answer(facts, human="\n\n".join(_lists(facts)) or say("together.cli.nothing"))


def _lists(facts: dict[str, Any]) -> Iterator[str]:
    for key in LISTS:
        found = facts["lists"][key]
        if found["total"]:
            rows = [[_cell(row, column) for column in COLUMNS] for row in found["rows"]]
            heading = say(f"together.list.{key}", total=found["total"])
            yield f"{heading}\n{table([label(column) for column in COLUMNS], rows)}"


def _cell(row: dict[str, Any], column: str) -> object:
    return status_label(row["status"]) if column == "status" else row.get(column, "")


async def give(given: argparse.Namespace, session: Session) -> Answer:
    """Give the shift; answer the handover as it is stored, and the command's id."""
    command = given.command_id or uuid.uuid4()
    to = demand(given.to, "name") if given.to is not None else None
    async with session.desk(command) as desk:
        given_ = await Together(desk).hand_over(to, tidy(given.note, "text"), command)
    whom = given_["to"] or say("together.whoever")
    return _answer(given_, command, say("together.cli.given", id=given_["id"], to=whom))


async def sign(given: argparse.Namespace, session: Session) -> Answer:
    """Sign it; answer it with which cases passed ("taken") and which did not ("left")."""
    command = given.command_id or uuid.uuid4()
    async with session.desk(command) as desk:
        signed = await Together(desk).sign(given.id, take=not given.leave, command=command)
    sentence = say("together.cli.signed", id=signed["id"], count=len(signed["taken"]))
    left = [f"{one['number']} {Refused(one['code'], **one['facts']).sentence}" for one in signed["left"]]
    return _answer(signed, command, "\n".join([sentence, *left]))


def _answer(handover: dict[str, Any], command: uuid.UUID, sentence: str) -> Answer:
    return Answer(in_china(handover) | {"command": str(command)}, human=sentence)


async def list_all(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "handovers": […]}, the latest first."""
    found = json.loads(await session.fetchval("SELECT desk.handovers($1)::text", given.limit))
    document = in_china({"count": len(found), "handovers": found})
    rows = [[_head(one, column) for column in HEADS] for one in document["handovers"]]
    human = table([label(column) for column in HEADS], rows) if rows else say("together.cli.no_handovers")
    return Answer(document, human=human)


def _head(one: dict[str, Any], column: str) -> object:
    if column == "to":
        return one["to"] or say("together.whoever")
    if column == "signed_at":
        return say("together.withdrawn") if one["withdrawn_at"] else one["signed_at"]
    return line(one[column])
