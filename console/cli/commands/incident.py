"""`incident`: every action of the workflow by number, and what there is to read of incidents."""

import argparse
import sys
import uuid
from functools import partial
from typing import Any

from console.cli import arguments
from console.cli.answer import Answer
from console.cli.commands import listing, reading, routing
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import plain
from console.cli.usage import Parser, Subparsers
from console.desk.command import Command
from console.errors import Problem, Refused
from console.intake.places import Organisation, Places
from console.language import say
from console.spoken import action_label, spoken
from console.workflow import Action, actions

REPORT, UNDO = "report", "undo"
PLACES = """
    SELECT o.code, o.name, o.level, coalesce(p.code, '') AS parent_code
    FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS p ON p.id = o.parent_id
"""


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command, with one of its own for each action of the table."""
    parser = subparsers.add_parser("incident", help=say("cli.incident.help"))
    below = parser.add_subparsers(
        dest="action", metavar="ACTION", required=True, title=say("cli.incident.actions")
    )
    listing.add(below)
    reading.add(below)
    routing.add(below)
    for action in actions().values():
        _add_action(below, action)


def _add_action(below: "Subparsers[Parser]", action: Action) -> None:
    parser = below.add_parser(action.key, help=action.label, description=action.label)
    parser.set_defaults(run=act)
    parser.later = partial(_declare, action)


def _declare(action: Action, parser: Parser) -> None:
    if action.key != REPORT:
        reading.add_number(parser, either=action.key == UNDO)
        version = say("cli.option.seen_version")
        parser.add_argument(
            "--version", dest="seen_version", type=arguments.version, metavar="N", help=version
        )
    arguments.declare(parser, action)
    parser.add_argument(
        "--command-id", type=arguments.command_id, metavar="UUID", help=say("cli.option.command_id")
    )


async def act(given: argparse.Namespace, session: Session) -> Answer:
    """Perform the action; answer what the database answers, and the command's id for `undo`."""
    action = actions()[given.action]
    try:
        answer = await _act(given, action, session)
    except Problem as problem:
        raise arguments.flagged(problem, action) from problem
    return Answer(answer, human=_done(action, answer))


async def _act(given: argparse.Namespace, action: Action, session: Session) -> dict[str, Any]:
    if isinstance(getattr(given, "number", None), uuid.UUID):
        await _find_case(given, session)
    args, content = arguments.told(given, action)
    if action.key == REPORT:
        await _find_place(session, args)
    command = Command(
        action.key,
        getattr(given, "number", None),
        args,
        getattr(given, "seen_version", None),
        content,
        given.command_id or uuid.uuid4(),
    )
    return dict(in_china(await session.perform(command))) | {"command": str(command.id)}


async def _find_case(given: argparse.Namespace, session: Session) -> None:
    """Let the id of a command stand for itself and for the case that it was for."""
    command = given.number
    given.number = await session.fetchval("SELECT desk.acted_on($1)", command)
    if given.number is None:
        raise Refused("no_such_command", command=str(command))
    setattr(given, arguments.PREFIX + "command", str(command))


def _done(action: Action, answer: dict[str, Any]) -> str:
    facts = spoken({name: answer[name] for name in ("number", "status", "due", "version", "command")})
    sentence = say("cli.incident.done", action=action.label, **facts)
    if answer["pending"]:
        sentence += say("cli.incident.pending", pending=action_label(answer["pending"]))
    return f"{sentence}\n{plain(answer['personal'])}" if answer.get("personal") else sentence


async def _find_place(session: Session, args: dict[str, object]) -> None:
    """Let a place or grid code, where there is no point, say whose it is; what may be several stays text."""
    if "point" in args:
        if args["datum"] == "unknown":
            print(say("cli.notice.datum_unknown"), file=sys.stderr)
        return
    if args.get("place"):
        grid = str(args["place"]).partition(" ")[0]
        if await session.fetch("SELECT FROM gridseat.grid WHERE code = $1 AND ended_at IS NULL", grid):
            args["at_grid"] = grid
            return
        rows = await session.fetch(PLACES)
        places = Places(Organisation(**dict(row)) for row in rows)
        args["at_organisation"] = places.find(str(args["place"])).code
