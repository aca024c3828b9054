"""`board`: the figures of a board, by the parts of its cases, and the cases behind each."""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from console.cli import period
from console.cli.answer import Answer
from console.cli.commands import behind
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.indicators import areas, changes, figures, words
from console.indicators.figures import BoardFigures
from console.indicators.indicator import BOARDS, Kind, board_name, indicators
from console.indicators.parts import AREAS, PARTS, part_label
from console.indicators.places import placed
from console.language import choose, say

PLACES: Final = "SELECT code, coalesce(alias, name) AS name FROM gridseat.organisation WHERE code = ANY ($1)"
GRIDS: Final = "SELECT code, name FROM gridseat.grid WHERE code = ANY ($1) AND ended_at IS NULL"
APART: Final = (("cases", "by"), ("cases", "rank"), ("cases", "figures"), ("by", "rank"))
FIRST: Final = 6  # figures of a board that a table by parts shows unless others are asked for


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("board", help=say("boards.help"))
    parser.add_argument("board", type=_board, choices=BOARDS, metavar="BOARD", help=say("boards.board_help"))
    period.add(parser)
    parser.add_argument("--rank", metavar="FIGURE", help=say("boards.rank_help"))
    parser.add_argument("--by", metavar="PART", help=say("boards.by_help", parts=" ".join(PARTS + AREAS)))
    parser.add_argument("--figures", metavar="FIGURE", nargs="+", help=say("boards.figures_help"))
    parser.add_argument("--cases", metavar="QUESTION", help=say("boards.cases_help"))
    parser.add_argument("--to", type=Path, metavar="FILE", help=say("boards.to_help"))
    parser.set_defaults(run=run)


def _board(text: str) -> str:
    """Return the board that ``text`` names in the spoken language, else what was typed."""
    return next((key for key in BOARDS if text == board_name(key)), text)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return the board, or what is asked of it: its figures by parts, or the cases behind one."""
    given.rank = given.rank and behind.figure_key(given.board, given.rank)
    given.figures = given.figures and [behind.figure_key(given.board, figure) for figure in given.figures]
    _check_together(given)
    if given.cases is not None:
        return await behind.cases(given, session)
    if given.to is not None:
        raise BadInput("file_of_cases")
    return await (_whole(given, session) if given.by is None else _by(given, session))


def _check_together(given: argparse.Namespace) -> None:
    """Refuse two options of which one would go unheard."""
    for one, other in APART:
        if getattr(given, one) is not None and getattr(given, other) is not None:
            raise BadInput("options_apart", one=f"--{one}", other=f"--{other}")


async def _whole(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.board_figures answers, each figure with its name, unit and formula."""
    asked = "SELECT desk.board_figures($1, $2, $3, $4, $5)::text"
    asking = (given.board, given.organisation, given.days, given.until, given.rank)
    found = await session.fetchval(asked, *asking)
    document: dict[str, Any] = in_china(json.loads(found))
    human = _lines(document, given)
    if given.figures:
        document["figures"] = [facts for facts in document["figures"] if facts["key"] in given.figures]
    for facts in document["figures"]:
        indicator = indicators()[facts["key"]]
        facts |= {"name": indicator.name, "unit": indicator.unit, "formula": indicator.formula}
    return Answer(document, human=human)


async def _by(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.board_parts answers, or the same by area, as a table for people."""
    document = in_china(await (_areas if given.by in AREAS else _parts)(given, session))
    shown = document["figures"] if given.figures else document["figures"][:FIRST]
    known = indicators()
    rows = [
        [_part(given.by, row), *(_cell(row["figures"].get(key), key) for key in shown)]
        for row in document["rows"]
    ]
    headings = [say(f"boards.by.{given.by}"), *(known[key].name for key in shown)]
    return Answer(document, human=table(headings, rows))


def _part(by: str, row: dict[str, Any]) -> str:
    """Return what a part is called; many areas share a name, so their code stands beside it."""
    return f"{choose(row)} {row['part']}" if by in AREAS else part_label(by, choose(row))


async def _parts(given: argparse.Namespace, session: Session) -> dict[str, Any]:
    asked = "SELECT desk.board_parts($1, $2, $3, $4, $5, $6)::text"
    asking = (given.board, given.by, given.organisation, given.days, given.until, given.figures)
    document: dict[str, Any] = json.loads(await session.fetchval(asked, *asking))
    return document


async def _areas(given: argparse.Namespace, session: Session) -> dict[str, Any]:
    """Return the figures by area in the same shape, one question a figure."""
    mine = [key for key, one in indicators().items() if one.board == given.board]
    keys = given.figures or [key for key in mine if given.by != "grid" or indicators()[key].by_grid][:FIRST]
    document: dict[str, Any] = {}
    rows: dict[str, dict[str, Any]] = {}
    for key in keys:
        [row] = await session.fetch(areas.ASK, key, given.by, given.organisation, given.days, given.until)
        told, kind = areas.told(dict(row)), indicators()[key].kind
        document = {name: row[name] for name in ("organisation", "days")}
        document |= {"from": row["starts"].isoformat(), "at": row["at"].isoformat()}
        for code in sorted(told.codes):
            value, *parts = told.row(code)
            whole = int(value) if value is not None and kind in (Kind.COUNT, Kind.SPAN) else value
            numbers = dict(zip(("value", "numerator", "denominator"), (whole, *parts), strict=True))
            rows.setdefault(code, {})[key] = numbers
    found = await session.fetch(GRIDS if given.by == "grid" else PLACES, list(rows))
    names = {row["code"]: row["name"] for row in found}
    named = [
        {"part": code, "zh": names.get(code, code), "en": names.get(code, code), "figures": facts}
        for code, facts in rows.items()
    ]
    return {**document, "board": given.board, "by": given.by, "figures": keys, "rows": named}


def _cell(facts: dict[str, Any] | None, key: str) -> str:
    """Return a figure of a part with what it is taken of; without cases a count is none, all else a dash."""
    indicator = indicators()[key]
    if facts is None:
        return words.value_text(indicator, 0 if indicator.kind is Kind.COUNT else None)
    value = words.value_text(indicator, facts["value"])
    if facts["denominator"] is None:
        return value
    return f"{value} ({say('boards.of_short', part=facts['numerator'], whole=facts['denominator'])})"


def _lines(document: dict[str, Any], given: argparse.Namespace) -> str:
    board = figures.parse(document)
    title = say("boards.title", organisation=board.organisation, board=board_name(board.board))
    asked = (one for one in board.figures if not given.figures or one.key in given.figures)
    rows = [changes.line(one, board) for one in asked]
    told = f"{title}  {words.period_text(board)}\n{table([''] * 4, rows)}"
    return f"{told}\n\n{_ranking(board)}" if given.rank else told


def _ranking(board: BoardFigures) -> str:
    """Return the organisations below with their places; those without one last."""
    known = indicators()[board.ranking.figure]
    parts = (
        say("boards.of_short", part="{0.numerator}", whole="{0.denominator}")
        if known.kind is Kind.RATE
        else ""
    )
    rows = [
        [
            place or say("boards.none"),
            row.name,
            row.code,
            words.value_text(known, row.value),
            parts.format(row),
        ]
        for place, row in placed(board)
    ]
    title = say("boards.ranked_by", figure=known.name)
    headings = [say(f"boards.sheet.{name}") for name in ("place", "organisation", "code", "value")]
    return f"{title}\n{table([*headings, ''], rows) if rows else say('boards.ranking_empty')}"
