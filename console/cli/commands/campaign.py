"""`campaign`: some classes of cases over some days, with their figures and the cases behind them."""

import argparse
import json
import re
from typing import Any, Final

from console import campaigns
from console.cli import period
from console.cli.answer import Answer
from console.cli.commands import behind
from console.cli.hidden import demand, tidy
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.indicators import changes, figures, targets, words
from console.indicators.figures import BoardFigures
from console.indicators.indicator import indicators
from console.intake.hygiene import excerpt
from console.language import choose, say

CLASSES: Final = """
    SELECT group_name AS code, group_name AS zh, min(group_en) AS en
    FROM gridseat.catalogue_class GROUP BY group_name
    UNION ALL SELECT code, code, group_en || '/' || nullif(name_en, '') FROM gridseat.catalogue_class
"""
COLUMNS: Final = ("name", "days", "classes", "target", "set_by")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("campaign", help=say("campaigns.help.campaign"))
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    made = {name: kinds.add_parser(name, help=say(f"campaigns.help.{name}")) for name in RUN}
    for name, one in made.items():
        period.organisation(one)
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
    name, figure, share = demand(given.name, "campaign"), None, None
    if given.target is not None:
        figure, share = _target(given.target)
    classes = [tidy(one, "title") for one in given.classes]
    await session.execute(
        campaigns.ADD, given.organisation, name, given.first, given.last, classes, figure, share
    )
    return Answer({"name": name}, human=say("campaigns.said.added", name=name))


def _target(text: str) -> tuple[str, str]:
    """Return the figure and the share of 办结率=95, closing=95 and the like."""
    figure, _, percent = text.replace("＝", "=").partition("=")
    try:
        share = float(percent.strip().rstrip("%％")) / 100
    except ValueError:
        raise BadInput("campaign_target", figure=excerpt(text)) from None
    return behind.figure_key("incidents", figure), f"{share:.6f}"


def _question(text: str) -> str:
    """Return 办结率:rest as closing:rest."""
    found = re.match("[^/:]*", text)
    name = found[0] if found else ""
    return behind.figure_key("incidents", name) + text[len(name) :]


async def run_list(given: argparse.Namespace, session: Session) -> Answer:
    """List those of an organisation, the latest first."""
    rows = await session.fetch(campaigns.LIST, given.organisation)
    told = [
        {**row, "first": str(row["first"]), "last": str(row["last"]),
         "target": None if row["target"] is None else float(row["target"])}
        for row in map(dict, rows)
    ]  # fmt: skip
    names = {row["code"]: choose(dict(row)) for row in await session.fetch(CLASSES)}
    cells = [
        [
            row["name"],
            f"{row['first']} … {row['last']}",
            say("boards.comma").join(names.get(one) or one for one in row["classes"]),
            campaigns.told(row).aim,
            row["set_by"],
        ]
        for row in told
    ]
    human = table([say(f"campaigns.column.{name}") for name in COLUMNS], cells)
    return Answer(
        {"count": len(told), "campaigns": told}, human=human if told else say("campaigns.said.none")
    )


async def run_show(given: argparse.Namespace, session: Session) -> Answer:
    """Return the figures of a campaign, as desk.board_figures does, or the cases behind one."""
    place, name = given.organisation, demand(given.name, "campaign")
    if given.figure is not None:
        found = await session.fetch(campaigns.CASES, place, name, _question(given.figure))
        numbers = [row["number"] for row in found]
        return Answer({"count": len(numbers), "numbers": numbers}, human="\n".join(map(str, numbers)))
    document: dict[str, Any] = json.loads(await session.fetchval(campaigns.FIGURES, place, name))
    board = figures.parse(document)
    rows = [changes.line(one, board) for one in board.figures]
    aim, said = await _aim(session, place, board, name)
    human = (
        f"{name} {words.period_text(board)}\n{table([''] * 4, rows)}\n{said}{say('campaigns.said.present')}"
    )
    return Answer(in_china(document) | {"target": aim}, human=human)


async def _aim(
    session: Session, place: str | None, board: BoardFigures, name: str
) -> tuple[dict[str, Any] | None, str]:
    """Return what a campaign is to reach and whether it does, for scripts and as a line; None, "": none."""
    found = [campaigns.told(dict(row)) for row in await session.fetch(campaigns.LIST, place)]
    one = next(one for one in found if one.name == name)
    figure = board.figure(one.figure or "")
    if figure is None or one.target is None:
        return None, ""
    known = indicators()[figure.key]
    aim = {"figure": figure.key, "target": one.target, "met": targets.reaches(known, figure, one.target)}
    return aim, targets.target_text(known, figure, one.target) + "\n"


async def run_end(given: argparse.Namespace, session: Session) -> Answer:
    """End a campaign today."""
    name = demand(given.name, "campaign")
    last = await session.fetchval(campaigns.END, given.organisation, name)
    said = say("campaigns.said.ended" if last else "campaigns.said.dropped", name=name, last=last)
    return Answer({"name": name, "last": str(last) if last else None}, human=said)


RUN: Final = {"add": run_add, "list": run_list, "show": run_show, "end": run_end}
