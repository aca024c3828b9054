"""`score`: units by their scores, each with what it is made of; and the weights with their history."""

import argparse
import json
import math
from collections.abc import Iterator
from typing import Any, Final

from console.cli import period
from console.cli.answer import Answer
from console.cli.hidden import demand, tidy
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.indicators import scores, standing
from console.indicators.standing import Unit
from console.indicators.words import percent
from console.intake.hygiene import excerpt
from console.language import say

CALLED: Final = "SELECT code, level FROM gridseat.organisation WHERE $1 IN (code, name, alias)"


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("score", help=say("scores.help"))
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = kinds.add_parser("list", help=say("scores.list_help"))
    listed.add_argument(
        "--group", choices=scores.groups(), default="department", help=say("scores.group_help")
    )
    period.add(listed)
    listed.set_defaults(run=run)
    show = kinds.add_parser("show", help=say("scores.show_help"))
    show.add_argument("unit", metavar="UNIT", help=say("scores.unit_help"))
    show.add_argument("--group", choices=scores.groups(), help=say("scores.group_show_help"))
    period.add(show)
    show.set_defaults(run=run_show)
    weights = kinds.add_parser("weights", help=say("scores.weights_help"))
    weights.add_argument("--set", dest="given", nargs="+", metavar="PART=POINTS", help=say("scores.set_help"))
    weights.add_argument("--reason", default="", metavar="TEXT", help=say("scores.reason_help"))
    weights.add_argument("--since", type=period.day, metavar="DAY", help=say("scores.since_help"))
    weights.set_defaults(run=run_weights)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.scores answers, each part with its formula."""
    found = await session.fetchval(scores.ASKED, given.organisation, given.group, given.days, given.until)
    document: dict[str, Any] = in_china(json.loads(found))
    for weight in document["weights"]:
        weight["formula"] = scores.formula(weight["part"], weight["weight"])
    return Answer(document, 0, _lines(document))


async def run_show(given: argparse.Namespace, session: Session) -> Answer:
    """Return one unit's score with its arithmetic, what finds the cases of each number, and its appeals."""
    wanted = demand(given.unit, "organisation")
    called = {one["code"]: one["level"] for one in await session.fetch(CALLED, wanted)}
    own = (group for group in scores.groups() if group in called.values())
    group = given.group or next(own, scores.groups()[0])
    asked = given.organisation, group, given.days, given.until
    document = json.loads(await session.fetchval(scores.ASKED, *asked))
    row = next((one for one in document["rows"] if one["code"] in called), None)
    if row is None:
        raise BadInput("not_among_peers", unit=excerpt(wanted), group=scores.group_name(group))
    unit = next(one for one in standing.parse(document).units if one.code == row["code"])
    rows = await session.fetch(scores.APPEALS, *asked)
    appeals = [in_china(dict(one)) for one in rows if one["unit"] == unit.code]
    for part in unit.parts:
        row["parts"][part.key] |= {
            "formula": scores.formula(part.key, part.weight),
            "reckoned": standing.part_text(part),
            "cases": {one.figure: one.words for one in standing.counted(group, unit, part)},
        }
    found = {**row, "reckoned": standing.sum_text(unit), "appeals": appeals}
    return Answer(found, 0, "\n".join(_working(group, unit, appeals)))


def _working(group: str, unit: Unit, appeals: list[dict[str, Any]]) -> Iterator[str]:
    yield say("scores.head", unit=unit.name, grade=unit.grade or say("boards.none"), count=unit.cases)
    for part in unit.parts:
        yield f"{scores.name(part.key)}: {scores.formula(part.key, part.weight)}"
        if meaning := scores.meaning(part.key):
            yield f"    {meaning}"
        yield f"    {standing.part_text(part)}"
        if part.value is not None:
            told = [f"{one.words} ({one.figure})" for one in standing.counted(group, unit, part)]
            yield f"    {say('boards.comma').join(told)}"
    yield standing.sum_text(unit)
    yield from (standing.appeal_text(appeal) for appeal in appeals)


def _lines(document: dict[str, Any]) -> str:
    shown = [weight["part"] for weight in document["weights"]]
    head = [
        say("scores.place"),
        say("scores.unit"),
        say("scores.score"),
        say("scores.grade"),
        say("scores.due"),
    ]
    rows = [
        [
            str(row["place"] or say("boards.none")),
            row["name"],
            say("boards.none") if row["score"] is None else f"{row['score']:.1f}",
            row["grade"] or say("boards.none"),
            str(row["cases"]),
            *(_part(row["parts"][part]) for part in shown),
        ]
        for row in document["rows"]
    ]
    names = [f"{scores.name(weight['part'])} ×{weight['weight']:g}" for weight in document["weights"]]
    title = say(
        "scores.title",
        group=scores.group_name(document["group"]),
        organisation=document["organisation"]["name"] or say("boards.no_place"),
    )
    none = say("scores.none" if document["organisation"]["code"] else "errors.no_centre")
    return f"{title}\n{table([*head, *names], rows) if rows else none}"


def _part(facts: dict[str, Any]) -> str:
    if facts["value"] is None:
        return say("boards.none")
    counted = say("boards.of_short", part=facts["numerator"], whole=f"{facts['denominator']:g}")
    return f"{percent(facts['value'])} ({counted})"


async def run_weights(given: argparse.Namespace, session: Session) -> Answer:
    """Set the weights where they are given; return all that ever were, newest first."""
    if given.given:
        points = dict(map(_pair, given.given))
        if points.keys() != scores.parts().keys() or len(points) < len(given.given):
            raise BadInput("weights_incomplete", parts=_parts())
        reason = tidy(given.reason, "reason", 1000) if given.reason else ""
        await session.execute(scores.SET, given.since, json.dumps(points), reason)
    found = in_china(json.loads(await session.fetchval("SELECT desk.weights()::text")))
    rows = [
        [
            one["since"],
            one["part"],
            scores.name(one["part"]),
            f"{one['weight']:g}",
            one["by"] or say("scores.delivered"),
            one["reason"],
        ]
        for one in found
    ]
    words = ("in_force", "part", "", "weight", "set_by", "why")
    head = [say(f"scores.{one}") if one else "" for one in words]
    return Answer({"weights": found}, 0, table(head, rows))


def _parts() -> str:
    return say("boards.comma").join(f"{scores.name(part)} {part}" for part in scores.parts())


def _pair(text: str) -> tuple[str, float]:
    """Return a part, named by its key or as the table calls it, and its points."""
    name, _, points = text.replace("＝", "=").partition("=")
    part = next((key for key in scores.parts() if name.strip() in {key, scores.name(key)}), None)
    try:
        number = float(points)
    except ValueError:
        number = math.nan
    if part is None or not math.isfinite(number):
        raise BadInput("weight_unread", text=excerpt(text), parts=_parts())
    return part, number
