"""`bulletin`: issue one of a period; write one that was issued as PDF, XLSX or JSON; list them."""

import argparse
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.bulletins import words
from console.bulletins.bulletin import ISSUE, READ, parse
from console.bulletins.writing import written
from console.cli import period
from console.cli.answer import Answer
from console.cli.hidden import demand, tidy
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.language import say
from console.spoken import local

PERIODS: Final = {  # what a period looks like: how it is read, and what is added for that
    r"\d{4}-\d\d-\d\d": ("%Y-%m-%d", ""),
    r"\d{4}-W\d\d": ("%G-W%V-%u", "-1"),
    r"\d{4}-\d\d": ("%Y-%m", ""),
}
COLUMNS: Final = ("number", "period", "campaign", "organisation", "issued_at", "issued_by")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("bulletin", help=say("bulletins.help.bulletin"))
    parser.add_argument("--period", metavar="PERIOD", help=say("bulletins.help.period"))
    parser.add_argument("--number", metavar="YEAR/N", help=say("bulletins.help.number"))
    parser.add_argument("--campaign", metavar="NAME", help=say("bulletins.help.campaign"))
    period.organisation(parser)
    parser.add_argument("--to", type=Path, metavar="FILE", help=say("bulletins.help.to"))
    parser.add_argument("--comment", metavar="TEXT", default="", help=say("bulletins.help.comment"))
    parser.add_argument("--anew", action="store_true", help=say("bulletins.help.anew"))
    parser.add_argument("--list", action="store_true", help=say("bulletins.help.list"))
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Answer what was issued and written, what one says that was issued, or the list."""
    if given.list:
        return await _listed(given, session)
    if given.period is not None:
        _check_period(given.period)
    named = [one for one in (given.period, given.number, given.campaign) if one is not None]
    if len(named) != 1:
        raise BadInput("bulletin_one" if named else "bulletin_what")
    if given.number is not None:
        _number(given.number)
        if given.anew or given.comment:
            raise BadInput("bulletin_kept")
    if given.to is None:
        if given.number is None or not given.json:
            raise BadInput("bulletin_to")
        row = await _found(given, session)
        return Answer(json.loads(row["document"]) | {"digest": row["digest"]})
    return await _written(given, session)


async def _written(given: argparse.Namespace, session: Session) -> Answer:
    """Issue or find it, and write it; that it can be written is asked first."""
    write = written(given.to)
    row = await _found(given, session)
    bulletin = parse(row["document"], row["digest"])
    issued = bool(row.get("issued"))
    try:
        write(bulletin)
    except BadInput as error:
        if not issued:
            raise
        number = f"{bulletin.year}/{bulletin.number}"
        raise BadInput("bulletin_unwritten", number=number, **error.facts) from error
    how = "kept" if given.number is not None else "issued" if issued else "again"
    document = {
        "year": bulletin.year,
        "number": bulletin.number,
        "period": bulletin.period,
        "organisation": bulletin.organisation,
        "issued_at": bulletin.issued_at.isoformat(),
        "issued": issued,
        "digest": bulletin.digest,
        "file": str(given.to),
    }
    said = say(f"bulletins.said.{how}", number=words.number(bulletin), file=given.to.name)
    return Answer(document, human=said)


def _check_period(text: str) -> None:
    """Refuse what is no day, week or month; which of them have begun, the database knows."""
    forms = (form for shape, form in PERIODS.items() if re.fullmatch(shape, text, re.ASCII))
    form, added = next(forms, ("", ""))
    try:
        datetime.strptime(text + added, form).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadInput("bad_period", period=excerpt(text)) from error


async def _found(given: argparse.Namespace, session: Session) -> dict[str, str]:
    if given.number is not None:
        year, number = _number(given.number)
        found = await session.fetchrow(READ, given.organisation, year, number)
    else:
        comment = tidy(given.comment, "comment", 4000) if given.comment else ""
        campaign = demand(given.campaign, "campaign") if given.campaign is not None else None
        found = await session.fetchrow(
            ISSUE, given.organisation, given.period or "", comment, given.anew, campaign
        )
    return dict(found or {})


def _number(text: str) -> tuple[int, int]:
    """Return year and number of "2026/11", "〔2026〕11号" and the like."""
    found = re.fullmatch(r"\D{0,3}(20\d\d)\D{1,3}(\d{1,6})\D{0,2}", text.strip(), re.ASCII)
    if found is None:
        raise BadInput("bad_bulletin_number", number=excerpt(text))
    return int(found[1]), int(found[2])


async def _listed(given: argparse.Namespace, session: Session) -> Answer:
    rows = await session.fetch("SELECT * FROM desk.bulletins($1)", given.organisation)
    told = [in_china(dict(row), "") for row in rows]
    cells = [
        [
            say("bulletins.number", year=str(row["year"]), number=str(row["number"])),
            row["period"],
            row["campaign"],
            row["organisation"],
            local(row["issued_at"]),
            row["issued_by"],
        ]
        for row in told
    ]
    human = table([say(f"bulletins.column.{name}") for name in COLUMNS], cells)
    human = f"{human if told else say('bulletins.said.none')}\n{say('bulletins.said.of_one')}"
    return Answer({"count": len(told), "bulletins": told}, human=human)
