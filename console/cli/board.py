"""`board`: the figures of a board, with counts to drill into."""

import argparse
import json
from typing import Any

from console.cli import period
from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.indicators import figures, words
from console.indicators.indicator import BOARDS, board_name, indicators
from console.language import say


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("board", help=say("boards.help"))
    parser.add_argument("board", choices=BOARDS, metavar="BOARD", help=say("boards.board_help"))
    period.add(parser)
    parser.add_argument("--rank", metavar="FIGURE", help=say("boards.rank_help"))
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.board_figures answers, each figure with its name, unit and formula."""
    asked = "SELECT desk.board_figures($1, $2, $3, $4, $5)::text"
    asking = (given.board, given.organisation, given.days, given.until, given.rank)
    found = await session.fetchval(asked, *asking)
    document: dict[str, Any] = in_china(json.loads(found))
    for facts in document["figures"]:
        indicator = indicators()[facts["key"]]
        facts |= {"name": indicator.name, "unit": indicator.unit, "formula": indicator.formula}
    return Answer(document, 0, _lines(document))


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
