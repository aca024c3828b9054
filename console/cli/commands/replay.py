"""`replay`: the open incidents of a past moment, or what happened between two."""

import argparse
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final

import asyncpg

from console.cli.answer import Answer
from console.cli.arguments import limit
from console.cli.commands import listing
from console.cli.instants import from_epoch, in_china
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.grade import colour_of
from console.intake import instants
from console.intake.hygiene import excerpt
from console.language import say
from console.spoken import CHINA, action_label, status_label

PAGE: Final = 1000
FACTS: Final = ("at", "number", "action", "actor", "to", "title", "unit")
NOW: Final = "SELECT desk.now()"
BOARD: Final = "SELECT * FROM desk.past($1) ORDER BY due, number"
BETWEEN: Final = "SELECT * FROM desk.past_facts($1, $2, $3, $4)"


def add(commands: "Subparsers[Parser]") -> None:
    """Declare the command."""
    replay = commands.add_parser("replay", help=say("cli.replay.help"))
    which = replay.add_mutually_exclusive_group(required=True)
    which.add_argument("--at", type=moment, metavar="INSTANT", help=say("cli.replay.at"))
    which.add_argument("--from", dest="begin", type=moment, metavar="INSTANT", help=say("cli.replay.from"))
    replay.add_argument("--to", type=moment, metavar="INSTANT", help=say("cli.replay.to"))
    limit(replay, said=say("cli.replay.limit", most=PAGE))
    replay.set_defaults(run=replayed, usage=replay)


def moment(text: str) -> datetime:
    """Return the instant that is meant; what names no zone is meant in China."""
    try:
        return instants.instant(text)
    except (ValueError, OverflowError) as error:
        raise BadInput("time_unreadable", text=excerpt(text)) from error


async def replayed(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"at", "count", "more", "incidents"}; with --from {"from", "to", "count", "more", "facts"}.

    What the timelines do not tell (claim_until, urged) is null.
    """
    if given.begin is not None:
        return await _between(given, session)
    if given.to is not None:
        given.usage.error("argument --to: not allowed with argument --at")
    at = given.at.timestamp()
    found = [listing.row_of(row, at) for row in await session.fetch(BOARD, given.at)]
    shown = found[: given.limit]
    document = {"at": given.at, "count": len(shown), "more": len(found) > len(shown), "incidents": shown}
    return Answer(in_china(document), human=f"{_then(given.at)}\n{listing.lines(shown)}")


def _then(at: datetime) -> str:
    return say("cli.replay.then", at=f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}")


async def _between(given: argparse.Namespace, session: Session) -> Answer:
    end = given.to or await session.fetchval(NOW)
    if end < given.begin:
        if given.to is None:
            raise BadInput("moment_to_come", begin=f"{given.begin.astimezone(CHINA):%Y-%m-%d %H:%M}")
        raise BadInput("span_backwards", begin=given.begin.isoformat(), end=end.isoformat())
    most = given.limit or PAGE
    found = [_fact(row) async for row in _facts(session, given.begin, end, most + 1)]
    shown = found[:most]
    document = {
        "from": given.begin,
        "to": end,
        "count": len(shown),
        "more": len(found) > most,
        "facts": shown,
    }
    return Answer(in_china(document), human=_lines(shown, more=len(found) > most))


async def _facts(
    session: Session, begin: datetime, end: datetime, most: int
) -> AsyncIterator[asyncpg.Record]:
    """Yield at most ``most`` facts after ``begin`` up to ``end``, in order, page by page."""
    after: int | None = None
    while most > 0:
        page = await session.fetch(BETWEEN, begin, end, after, min(most, PAGE))
        for row in page:
            yield row
        if not page:
            return
        most -= len(page)
        begin, after = page[-1]["at"], page[-1]["id"]


def _fact(row: asyncpg.Record) -> dict[str, Any]:
    """Return one fact with the case as it stood after it."""
    stood, at = row["stood"], row["at"].timestamp()
    return {
        "at": row["at"],
        "number": stood["number"],
        "seq": row["seq"],
        "action": row["action"],
        "actor": row["actor"],
        "from": row["from_status"],
        "to": stood["status"],
        "title": stood["title"],
        "class": stood["class_code"],
        "unit": stood["unit"],
        "centre": stood["centre"],
        "grid": stood["grid_code"],
        "claim_by": stood["claim_by"],
        "due": from_epoch(stood["due"]),
        "grade": colour_of(stood["due"], stood["warn_at"], at),
    }


def _lines(facts: list[dict[str, Any]], *, more: bool) -> str:
    if not facts:
        return say("cli.replay.none")
    cells = [[_cell(name, fact[name]) for name in FACTS] for fact in facts]
    count = say("cli.replay.more" if more else "cli.replay.count", count=len(facts))
    return f"{table([label(name) for name in FACTS], cells)}\n{count}"


def _cell(name: str, value: Any) -> object:  # noqa: ANN401  a column's own type
    if name == "at":
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    named = {"action": action_label, "to": status_label}.get(name)
    return named(value) if named else value
