"""`campaign`: some classes of cases over some days, with their figures and the cases behind them."""

import argparse
import json
from typing import Any, Final

from console.cli import period
from console.cli.answer import Answer
from console.cli.hidden import demand, tidy
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.indicators import figures, words
from console.indicators.indicator import indicators
from console.intake.hygiene import excerpt
from console.language import say

COLUMNS: Final = ("name", "days", "classes", "target", "set_by")
ADD: Final = "SELECT desk.add_campaign($1, $2, $3, $4, $5, $6, $7::text::numeric)"


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("campaign", help=say("campaigns.help.campaign"))
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    made = {name: kinds.add_parser(name, help=say(f"campaigns.help.{name}")) for name in RUN}
    for name, one in made.items():
        one.add_argument("--organisation", metavar="CODE", help=say("campaigns.help.organisation"))
        if name != "list":
            one.add_argument("name", metavar="NAME", help=say("campaigns.help.name"))
        one.set_defaults(run=RUN[name])
    add = made["add"]
    for day in ("first", "last"):
        add.add_argument(
            f"--{day}", type=period.day, required=True, metavar="DAY", help=say(f"campaigns.help.{day}")
        )
    add.add_argument(
        "--class",
        dest="classes",
        nargs="+",
        required=True,
        metavar="CLASS",
        help=say("campaigns.help.classes"),
    )
    add.add_argument("--target", metavar="FIGURE=PERCENT", help=say("campaigns.help.target"))
    made["show"].add_argument("--figure", metavar="FIGURE", help=say("campaigns.help.figure"))


async def run_add(given: argparse.Namespace, session: Session) -> Answer:
    """Make a campaign."""
    name, figure, share = demand(given.name, "title"), None, None
    if given.target is not None:
        figure, share = _target(given.target)
    classes = [tidy(one, "title") for one in given.classes]
    await session.execute(ADD, period.place(given), name, given.first, given.last, classes, figure, share)
    return Answer({"name": name}, human=say("campaigns.said.added", name=name))


def _target(text: str) -> tuple[str, str]:
    figure, _, percent = text.partition("=")
    try:
        share = float(percent) / 100
    except ValueError:
        raise BadInput("campaign_target", figure=excerpt(text)) from None
    return figure, f"{share:.6f}"


async def run_list(given: argparse.Namespace, session: Session) -> Answer:
    """List those of an organisation, the latest first."""
    rows = await session.fetch("SELECT * FROM desk.campaigns($1)", period.place(given))
    told = [
        {**row, "first": str(row["first"]), "last": str(row["last"]),
         "target": None if row["target"] is None else float(row["target"])}
        for row in map(dict, rows)
    ]  # fmt: skip
    cells = [
        [
            row["name"],
            f"{row['first']} … {row['last']}",
            say("boards.comma").join(row["classes"]),
            target_text(row),
            row["set_by"],
        ]
        for row in told
    ]
    human = table([say(f"campaigns.column.{name}") for name in COLUMNS], cells)
    return Answer(
        {"count": len(told), "campaigns": told}, human=human if told else say("campaigns.said.none")
    )


def target_text(row: dict[str, Any]) -> str:
    """Return the target of a row of desk.campaigns; a dash where there is none."""
    known = indicators().get(row["figure"] or "")
    return f"{known.name} {words.percent(float(row['target']))}" if known else say("boards.none")


async def run_show(given: argparse.Namespace, session: Session) -> Answer:
    """Return the figures of a campaign, as desk.board_figures does, or the cases behind one."""
    place, name = period.place(given), demand(given.name, "title")
    if given.figure is not None:
        asked = "SELECT number FROM desk.campaign_cases($1, $2, $3) AS number"
        numbers = [row["number"] for row in await session.fetch(asked, place, name, given.figure)]
        return Answer({"count": len(numbers), "numbers": numbers}, human="\n".join(map(str, numbers)))
    found = await session.fetchval("SELECT desk.campaign_figures($1, $2)::text", place, name)
    document: dict[str, Any] = json.loads(found)
    board = figures.parse(document)
    known = indicators()
    rows = [
        [
            known[one.key].name,
            words.value_text(known[one.key], one.value),
            words.parts_text(known[one.key], one),
        ]
        for one in board.figures
    ]
    return Answer(in_china(document), human=f"{name} {words.period_text(board)}\n{table([''] * 3, rows)}")


async def run_end(given: argparse.Namespace, session: Session) -> Answer:
    """End a campaign today."""
    name = demand(given.name, "title")
    last = await session.fetchval("SELECT desk.end_campaign($1, $2)", period.place(given), name)
    return Answer({"name": name, "last": str(last)}, human=say("campaigns.said.ended", name=name, last=last))


RUN: Final = {"add": run_add, "list": run_list, "show": run_show, "end": run_end}
