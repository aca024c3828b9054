"""`deadline`: when a limit ends, and the pieces of time that explain it."""

import argparse
from datetime import UTC, datetime, timezone
from typing import Final

from console.amounts import SHOWN, parse_amount
from console.calendar import DEFAULT
from console.connection import Connection
from console.errors import BadInput, Refused
from console.language import say
from models.vocabulary import Clock

YEARS: Final = range(1900, 3000)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = subparsers.add_parser("deadline", help=say("deadline.help"))
    command.add_argument("--start", required=True, help=say("deadline.start"))
    command.add_argument("--amount", required=True, help=say("deadline.amount"))
    command.add_argument(
        "--clock",
        choices=[str(one) for one in Clock],
        default=str(Clock.WORKING),
        help=say("deadline.clock_help"),
    )
    command.add_argument("--calendar", default=DEFAULT, help=say("deadline.calendar"))
    command.set_defaults(run=run)


async def run(args: argparse.Namespace, connection: Connection) -> dict[str, object]:
    """Return {"start", "due", "segments": [{"from", "to", "seconds"}]} in the offset of ``--start``.

    A start without offset is a local time of the calendar. Refused as calendar_missing where the
    calendar has no data for a year on the way.
    """
    seconds = parse_amount(args.amount, Clock(args.clock))
    calendar, zone = await _calendar(connection, args.calendar)
    start = await _start(connection, args.start, zone)
    begin = await connection.fetchval(
        "SELECT gridseat.counting_from($1, $2, $3, $4)", calendar, start, seconds, args.clock
    )
    due = await connection.fetchval(
        "SELECT gridseat.due_at($1, $2, $3, $4)", calendar, begin, seconds, args.clock
    )
    if due is None:
        year = await connection.fetchval("SELECT gridseat.missing_year($1, $2)", calendar, begin)
        raise Refused("calendar_missing", calendar=args.calendar, year=year)
    segments = await connection.fetch(
        "SELECT * FROM gridseat.segments($1, $2, $3, $4)", calendar, begin, due, args.clock
    )
    return {
        "start": start.isoformat(),
        "due": due.astimezone(start.tzinfo).isoformat(),
        "segments": [
            {
                "from": segment["starts"].astimezone(start.tzinfo).isoformat(),
                "to": segment["ends"].astimezone(start.tzinfo).isoformat(),
                "seconds": segment["seconds"],
            }
            for segment in segments
        ],
    }


async def _calendar(connection: Connection, code: str) -> tuple[int, str]:
    found = await connection.fetchrow("SELECT id, timezone FROM gridseat.calendar WHERE code = $1", code)
    if found is None:
        raise BadInput("calendar_unknown", calendar=code[:SHOWN])
    return found["id"], found["timezone"]


async def _start(connection: Connection, text: str, zone: str) -> datetime:
    try:
        start = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput("time_unreadable", text=text[:SHOWN]) from error
    if start.year not in YEARS:
        raise BadInput("time_unreadable", text=text[:SHOWN])
    if start.tzinfo is None:
        local = start.replace(tzinfo=UTC)
        instant = await connection.fetchval("SELECT $1::timestamp AT TIME ZONE $2", start, zone)
        start = local.replace(tzinfo=timezone(local - instant))
    return start
