"""`seats`: who sits where, and what each has in hand."""

import argparse
from typing import Final

from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.language import say

COLUMNS: Final = (
    "name",
    "login",
    "organisation",
    "signed_in",
    "looking",
    "claims",
    "urgent",
    "near",
    "overdue",
    "oldest_claim",
    "done_today",
)


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    subparsers.add_parser("seats", help=say("together.cli.seats")).set_defaults(run=list_all)


async def list_all(_given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "seats": […]}: a supervisor's subtree, else one's own centre."""
    rows = [dict(row) for row in await session.fetch("SELECT * FROM desk.seats()")]
    document = in_china({"count": len(rows), "seats": rows})
    cells = [[seat[column] for column in COLUMNS] for seat in document["seats"]]
    return Answer(document, human=table([say(f"together.seat.{column}") for column in COLUMNS], cells))
