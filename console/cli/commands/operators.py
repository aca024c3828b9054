"""`operator`: the people who may sign in."""

import argparse
import json
import re

from console.cli import passwords
from console.cli.answer import Answer
from console.cli.hidden import demand, tidy
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.cli.words import key_of
from console.database.door import role_of
from console.language import knows, say


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("operator", help=say("cli.operator.help"))
    below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    new = below.add_parser("add", help=say("cli.operator.add"))
    new.add_argument("login", metavar="LOGIN", help=say("cli.label.login"))
    new.add_argument("--name", help=say("cli.operator.name"))
    new.add_argument("--position", required=True, metavar="seat,…", help=say("cli.operator.position"))
    new.add_argument("--organisation", metavar="CODE", help=say("cli.label.organisation"))
    new.add_argument("--grid", metavar="CODE", help=say("cli.label.grid"))
    secret = new.add_mutually_exclusive_group()
    for where in ("prompt", "stdin"):
        said = say(f"cli.operator.password_{where}")
        secret.add_argument(f"--password-{where}", dest="password", action="store_true", help=said)
    new.set_defaults(run=add_one)
    below.add_parser("list", help=say("cli.operator.list")).set_defaults(run=list_all)
    off = below.add_parser("disable", help=say("cli.operator.disable"))
    off.add_argument("login", metavar="LOGIN", help=say("cli.label.login"))
    off.set_defaults(run=disable)


async def add_one(given: argparse.Namespace, session: Session) -> Answer:
    """Add a person; the answer names the database role, which a PGPASSFILE needs to know."""
    login = demand(given.login, "name")
    name = tidy(given.name, "name") if given.name else login
    words = re.split("[,，、;；]", tidy(given.position, "position"))
    positions = [key_of("cli.position", word, "--position") for word in words if word.strip()]
    verifier = passwords.verifier(passwords.asked()) if given.password else None
    answer = await session.fetchval(
        "SELECT desk.add_person($1, $2, $3, $4, $5, $6)::text",
        login,
        name,
        positions,
        _code(given.organisation),
        _code(given.grid),
        verifier,
    )
    role = role_of(session.door.name_of_prefix, login)
    return Answer({**json.loads(answer), "role": role, "password": verifier is not None})


def _code(text: str | None) -> str | None:
    return demand(text, "organisation_code") if text is not None else None


async def list_all(_given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "operators": […]} of the caller's own part of the tree."""
    people = [dict(row) for row in await session.fetch("SELECT * FROM desk.people()")]
    return Answer({"count": len(people), "operators": people}, human=_lines(people))


def _lines(people: list[dict[str, object]]) -> str:
    columns = ("login", "name", "positions", "organisation", "grid", "disabled")
    rows = [
        [_positions(one["positions"]) if column == "positions" else one[column] for column in columns]
        for one in people
    ]
    return table([label(column) for column in columns], rows)


def _positions(keys: object) -> object:
    shown = [f"cli.position.{key}" for key in keys] if isinstance(keys, list) else []
    return [say(key) if knows(key) else key for key in shown]


async def disable(given: argparse.Namespace, session: Session) -> Answer:
    """Let a person sign in no more; what they did stays theirs."""
    answer = await session.fetchval("SELECT desk.disable_person($1)::text", demand(given.login, "name"))
    return Answer(json.loads(answer))
