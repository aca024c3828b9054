"""`board … --cases`: the cases or records behind a figure, asked for in the words that its tables show."""

import argparse
import json
import re
from typing import Any, Final

import resources
from console.cli.answer import Answer
from console.cli.session import Session
from console.cli.table import table
from console.desk.behind import NOTE_PRINTED, Cases, View, held
from console.desk.board_reads import BoardReads
from console.errors import BadInput
from console.indicators import records
from console.indicators.indicator import Indicator, bearer, board_name, counted, indicators, key_of
from console.indicators.parts import PARTS, hour_label, part_label
from console.intake.hygiene import excerpt
from console.language import LANGUAGES, current, say
from console.lists.columns import of_cases, of_records
from console.lists.saving import save_list

QUESTION: Final = re.compile(
    r"(?P<figure>[^/:]+)(?:/(?P<by>[^=:]+)=(?P<part>.+?))?(?P<which>:(?:of|rest|hit))?"
)
ROWS: Final = "SELECT desk.board_parts($1, $2, $3, $4, $5, $6)::text"
CASES: Final = "SELECT number FROM desk.board_cases($1, $2, $3, $4, $5)"
RECORDS: Final = "SELECT desk.board_records($1, $2, $3, $4, $5, $6)::text"
MOST: Final = 20_000  # records that are listed
NAMED: Final = 12  # parts that a refusal names


async def cases(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "numbers"}: exactly the cases that a figure counts; or its records; or their file."""
    read = QUESTION.fullmatch(given.cases)
    name = "" if read is None else read["figure"]
    figure = name if name in resources.table("facts.toml") else figure_key(given.board, name or given.cases)
    known = indicators().get(figure)
    if known is not None and read is not None and (not known.cases or (known.per and read["which"] == ":of")):
        return await _records(given, session, known, read)
    if read is None or read["by"] is None:
        numbers = await _numbers(given, session, figure + ((read and read["which"]) or ""))
    else:
        numbers = await _of_part(given, session, read, figure)
    if given.to is not None:
        return await _save_cases(given, session, numbers)
    human = "\n".join(map(str, numbers)) if numbers else say("window.cases.none")
    return Answer({"count": len(numbers), "numbers": numbers}, human=human)


async def _records(
    given: argparse.Namespace, session: Session, known: Indicator, read: re.Match[str]
) -> Answer:
    """Return {"count", "sum", "records"} of a figure that counts no cases, as far as they can be listed."""
    if read["by"] is not None:
        raise BadInput("figure_no_cases", figure=known.name)
    question = known.key + (read["which"] or "")
    if given.to is not None:
        return await _save_records(given, session, question)
    about = given.board, question, given.organisation, given.days, given.until, MOST
    found: dict[str, Any] = json.loads(await session.fetchval(RECORDS, *about))
    if found["rows"]:  # what is printed can be sent to a file
        await session.execute(NOTE_PRINTED, question, given.organisation, len(found["rows"]))
    rows, what = found["rows"], counted(question)
    columns = [
        column
        for column in records.COLUMNS
        if (what or found["sum"] != found["total"] if column == "n" else any(row[column] for row in rows))
    ]
    cells = [[records.kind(row[key]) if key == "what" else row[key] for key in columns] for row in rows]
    told = say("lists.total", total=found["total"]) + (
        records.together(found["sum"], what) if "n" in columns else ""
    )
    if found["after"] is not None:
        told += say("lists.listed", shown=len(rows)) + say("lists.whole")
    headings = [records.heading(column, what, bearer(question)) for column in columns]
    document = {"count": found["total"], "sum": found["sum"], "records": rows}
    return Answer(document, human=f"{table(headings, cells)}\n{told}" if rows else say("boards.records.none"))


async def _save_cases(given: argparse.Namespace, session: Session, numbers: list[int]) -> Answer:
    async with session.desk() as desk:
        return _saved(given, await save_list(given.to, of_cases(), Cases(desk, held(numbers))))


async def _save_records(given: argparse.Namespace, session: Session, question: str) -> Answer:
    about = given.board, question, given.organisation, given.days, given.until
    async with session.desk() as desk:
        found = BoardReads(desk).board_records(*about)
        columns = of_records(found, await found.page(View()))
        return _saved(given, await save_list(given.to, columns, found, note=found.note))


def _saved(given: argparse.Namespace, count: int | None) -> Answer:
    human = say("lists.saved", count=count, file=given.to.name)
    return Answer({"count": count, "file": str(given.to)}, human=human)


async def _numbers(given: argparse.Namespace, session: Session, question: str) -> list[int]:
    asking = (given.board, question, given.organisation, given.days, given.until)
    return [row["number"] for row in await session.fetch(CASES, *asking)]


def figure_key(board: str, text: str) -> str:
    """Return the figure's key; one that the board does not have is refused with those that it has."""
    if (key := key_of(board, text)) is None:
        names = [f"{one.name} {key}" for key, one in indicators().items() if one.board == board]
        known = say("boards.comma").join(names)
        raise BadInput("figure_unnamed", board=board_name(board), figure=excerpt(text), known=known)
    return key


async def _of_part(
    given: argparse.Namespace, session: Session, read: re.Match[str], figure: str
) -> list[int]:
    """Return the cases of a part, named by its key or as the tables of ``board --by`` call it."""
    by = next((key for key in PARTS if read["by"] in {key, say(f"boards.by.{key}")}), None)
    if by is None:
        known = say("boards.comma").join(f"{key} {say(f'boards.by.{key}')}" for key in PARTS)
        raise BadInput("by_unknown", by=excerpt(read["by"]), known=known)
    parts = await _known(given, session, by, figure)
    part = parts.get(read["part"], read["part"])
    try:
        return await _numbers(given, session, f"{figure}/{by}={part}{read['which'] or ''}")
    except BadInput as error:
        if error.code != "figure_unknown" or not parts:
            raise
        names = list(parts)[: NAMED + 1]
        told = say("boards.comma").join([*names[:NAMED], *["…"] * (len(names) > NAMED)])
        facts = {"by": say(f"boards.by.{by}"), "part": excerpt(read["part"]), "known": told}
        raise BadInput("part_unknown", **facts) from error


async def _known(given: argparse.Namespace, session: Session, by: str, figure: str) -> dict[str, str]:
    """Return the keys of parts by what they are called: every hour, else those of which there are cases."""
    if by == "hour":
        return {hour_label(hour): str(hour) for hour in range(7 * 24)}
    asking = (given.board, by, given.organisation, given.days, given.until, None)
    rows: list[dict[str, Any]] = json.loads(await session.fetchval(ROWS, *asking))["rows"]
    if not any(figure in row["figures"] for row in rows):
        return {}
    order = sorted(LANGUAGES, key=lambda tongue: tongue != current())  # one's own tongue names first
    return {part_label(by, row[tongue]): row["part"] for tongue in order for row in rows}
