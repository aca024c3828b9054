"""`board`: the figures of a board, by the parts of its cases, and the cases behind each."""

import argparse
import json
import re
from typing import Any

from console.cli import period
from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.indicators import figures, words
from console.indicators.indicator import BOARDS, Kind, board_name, indicators, key_of
from console.indicators.parts import AREAS, PARTS, part_label
from console.intake.hygiene import excerpt
from console.language import choose, say

FIRST = 6  # figures of a board that a table by parts shows unless others are asked for


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("board", help=say("boards.help"))
    parser.add_argument("board", choices=BOARDS, metavar="BOARD", help=say("boards.board_help"))
    period.add(parser)
    parser.add_argument("--rank", metavar="FIGURE", help=say("boards.rank_help"))
    parser.add_argument("--by", metavar="PART", help=say("boards.by_help", parts=" ".join(PARTS + AREAS)))
    parser.add_argument("--figures", metavar="FIGURE", nargs="+", help=say("boards.figures_help"))
    parser.add_argument("--cases", metavar="QUESTION", help=say("boards.cases_help"))
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return the board, or what is asked of it: its figures by parts, or the cases behind one."""
    given.rank = given.rank and _key(given.board, given.rank)
    given.figures = given.figures and [_key(given.board, figure) for figure in given.figures]
    if given.cases is not None:
        return await _cases(given, session)
    return await (_whole(given, session) if given.by is None else _by(given, session))


def _key(board: str, text: str) -> str:
    """Return the figure's key; one that the board does not have is refused with those that it has."""
    if (key := key_of(board, text)) is None:
        names = [f"{one.name} {key}" for key, one in indicators().items() if one.board == board]
        known = say("boards.comma").join(names)
        raise BadInput("figure_unnamed", board=board_name(board), figure=excerpt(text), known=known)
    return key


async def _whole(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.board_figures answers, each figure with its name, unit and formula."""
    asked = "SELECT desk.board_figures($1, $2, $3, $4, $5)::text"
    asking = (given.board, given.organisation, given.days, given.until, given.rank)
    found = await session.fetchval(asked, *asking)
    document: dict[str, Any] = in_china(json.loads(found))
    for facts in document["figures"]:
        indicator = indicators()[facts["key"]]
        facts |= {"name": indicator.name, "unit": indicator.unit, "formula": indicator.formula}
    return Answer(document, 0, _lines(document))


async def _by(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.board_parts answers, or the same by area, as a table for people."""
    document = in_china(await (_areas if given.by in AREAS else _parts)(given, session))
    shown = document["figures"] if given.figures else document["figures"][:FIRST]
    known = indicators()
    rows = [
        [part_label(given.by, choose(row)), *(_cell(row["figures"].get(key), key) for key in shown)]
        for row in document["rows"]
    ]
    headings = [say(f"boards.by.{given.by}"), *(known[key].name for key in shown)]
    return Answer(document, human=table(headings, rows))


async def _parts(given: argparse.Namespace, session: Session) -> dict[str, Any]:
    asked = "SELECT desk.board_parts($1, $2, $3, $4, $5, $6)::text"
    asking = (given.board, given.by, given.organisation, given.days, given.until, given.figures)
    document: dict[str, Any] = json.loads(await session.fetchval(asked, *asking))
    return document


async def _areas(given: argparse.Namespace, session: Session) -> dict[str, Any]:
    """Return the figures by area in the same shape, one question a figure; areas go by code."""
    asked = "SELECT desk.board_map($1, $2, $3, $4, $5)::text"
    mine = [key for key, one in indicators().items() if one.board == given.board]
    keys = given.figures or [key for key in mine if given.by != "grid" or indicators()[key].by_grid][:FIRST]
    document: dict[str, Any] = {}
    rows: dict[str, dict[str, Any]] = {}
    for key in keys:
        told = json.loads(
            await session.fetchval(asked, key, given.by, given.organisation, given.days, given.until)
        )
        document = document or {name: value for name, value in told.items() if name != "rows"}
        for code, *facts in told["rows"]:
            numbers = dict(zip(("value", "numerator", "denominator"), facts, strict=True))
            rows.setdefault(code, {"part": code, "zh": code, "en": code, "figures": {}})["figures"][key] = (
                numbers
            )
    return {**document, "board": given.board, "by": given.by, "figures": keys, "rows": list(rows.values())}


def _cell(facts: dict[str, Any] | None, key: str) -> str:
    """Return a figure of a part with what it is taken of; without cases a count is none, all else a dash."""
    indicator = indicators()[key]
    if facts is None:
        return words.value_text(indicator, 0 if indicator.kind is Kind.COUNT else None)
    value = words.value_text(indicator, facts["value"])
    if facts["denominator"] is None:
        return value
    return f"{value} ({say('boards.of_short', part=facts['numerator'], whole=facts['denominator'])})"


async def _cases(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"count", "numbers"}: exactly the cases that a figure counts."""
    name = re.split("[/:]", given.cases, maxsplit=1)[0]
    question = (key_of(given.board, name) or name) + given.cases[len(name) :]
    asked = "SELECT number FROM desk.board_cases($1, $2, $3, $4, $5) AS number"
    asking = (given.board, question, given.organisation, given.days, given.until)
    numbers = [row["number"] for row in await session.fetch(asked, *asking)]
    return Answer({"count": len(numbers), "numbers": numbers}, human="\n".join(map(str, numbers)))


def _lines(document: dict[str, Any]) -> str:
    bare = {"name", "unit", "formula"}
    plain = [{key: value for key, value in facts.items() if key not in bare} for facts in document["figures"]]
    board = figures.parse({**document, "figures": plain})
    title = say("boards.title", organisation=board.organisation, board=board_name(board.board))
    known = indicators()
    rows = [
        [
            known[figure.key].name,
            words.value_text(known[figure.key], figure.value),
            words.parts_text(known[figure.key], figure),
            words.change_text(known[figure.key], figure),
        ]
        for figure in board.figures
    ]
    return f"{title}  {words.period_text(board)}\n{table(['', '', '', ''], rows)}"
