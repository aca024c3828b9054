"""`registry`, `spot` and `visit`: records of people and houses, checked by sample and visited."""

import argparse
import re
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.arguments import limit, whole_number
from console.cli.hidden import demand
from console.cli.instants import in_china
from console.cli.period import organisation, stretch
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.cli.words import beside, key_of, names
from console.errors import BadInput
from console.indicators.indicator import asked_name
from console.intake import instants, values
from console.intake.hygiene import excerpt
from console.language import knows, say
from console.registry import RESULTS, VISITED, Registry

Work = Callable[[argparse.Namespace, Registry], Awaitable[Answer]]
LISTED: Final = {
    "records": ("code", "grid", "grid_name", "what", "name", "address", "birth_year", "day"),
    "checks": ("id", "grid_name", "kind", "code", "fields", "result", "wrong"),
    "visits": ("id", "rule", "grid_name", "code", "fields", "worker", "due", "result"),
    "acts": ("at", "person", "action", "kind", "record_id", "place", "row_count", "reason"),
    "rules": ("code", "name", "kind", "min_age", "alone", "every_days", "active"),
}
# command: step: what does it, its words, its flags (! behind those that must be given)
STEPS: Final[dict[str, dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]]] = {
    "registry": {
        "figures": ("_figures", (), ("--organisation", "--days")),
        "list": ("_records", ("figure",), ("--organisation", "--days", "--which", "--after", "--limit")),
        "reveal": ("_reveal", ("kind", "code"), ("--reason!",)),
        "erase": ("_erase", ("code",), ("--reason!",)),
        "acts": ("_acts", (), ("--limit",)),
    },
    "spot": {
        "draw": ("_draw", (), ("--organisation",)),
        "list": ("_checks", (), ("--organisation", "--month", "--limit")),
        "enter": ("_enter", ("id", "result"), ("--wrong",)),
    },
    "visit": {
        "plan": ("_plan", (), ("--organisation",)),
        "list": ("_visits", (), ("--organisation", "--made", "--limit")),
        "done": ("_finish", ("id", "result"), ("--on",)),
        "rules": ("_rules", (), ()),
        "rule": (
            "_rule",
            ("code", "name"),
            ("--every!", "--min-age", "--alone", "--resident-kind", "--off"),
        ),
    },
}
OPTIONS: Final[dict[str, Callable[[Parser], None]]] = {  # that many commands have
    "--organisation": organisation,
    "--days": stretch,
    "--limit": partial(limit, most=200),
}
NUMBERS: Final = {"--after": 0, "--every": None, "--min-age": None}
WHICH: Final = ("of", "rest")
KINDS: Final = ("resident", "house")
RESIDENTS: Final = ("registered", "floating")
SWITCHES: Final = frozenset({"--made", "--alone", "--off"})


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the three commands."""
    for command, steps in STEPS.items():
        parser = subparsers.add_parser(command, help=say(f"registry.cli.{command}"))
        below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
        for step, (does, words, flags) in steps.items():
            one = below.add_parser(step, help=say(f"registry.cli.{command}_{step}"))
            for word in words:
                read = partial(whole_number, kind="id") if word == "id" else str
                own = f"registry.cli.word_{command}_{word}"
                said = say(own if knows(own) else f"registry.cli.word_{word}")
                one.add_argument(word, type=read, metavar=word.upper(), help=said)
            for flag in flags:
                _flag(one, flag)
            if (command, step) == ("registry", "list"):
                one.add_argument("--to", help=argparse.SUPPRESS)  # looked for here; boards save lists
            one.set_defaults(run=partial(_run, globals()[does]))


def _flag(parser: Parser, told: str) -> None:
    flag, must = told.removesuffix("!"), told.endswith("!")
    if flag in OPTIONS:
        OPTIONS[flag](parser)
        return
    said = say(f"registry.cli.flag_{flag[2:].replace('-', '_')}")
    if flag in SWITCHES:
        parser.add_argument(flag, action="store_true", help=said)
    elif flag in NUMBERS:
        read = partial(whole_number, kind="count")
        parser.add_argument(flag, type=read, default=NUMBERS[flag], metavar="N", required=must, help=said)
    else:
        parser.add_argument(flag, metavar=flag[2:].upper(), required=must, help=said)


async def _run(work: Work, given: argparse.Namespace, session: Session) -> Answer:
    async with session.desk() as desk:
        return await work(given, Registry(desk))


async def _figures(given: argparse.Namespace, registry: Registry) -> Answer:
    found = await registry.figures(given.organisation, given.days)
    order = [key for key in names("registry.figure") if key in found]
    rows = [[say(f"registry.figure.{key}"), *_told(key, **found[key])] for key in order]
    headings = ["", say("registry.hits"), say("registry.of"), say("registry.share")]
    first, last = await registry.stretch(given.days)
    months = _months(first, last)
    head = say("registry.cli.stretch", first=first, last=last, months=say("intake.comma").join(months))
    document = {
        "first": str(first),
        "last": str(last),
        "months": months,
        "figures": {k: found[k] for k in order},
    }
    return Answer(document, human=f"{head}\n{table(headings, rows)}")


def _months(first: date, last: date) -> list[str]:
    """Return the months that a stretch touches: spot checks are drawn by the month."""
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    places = (12 * first.year + first.month - 1 + more for more in range(count))
    return [f"{place // 12}-{place % 12 + 1:02}" for place in places]


def _told(key: str, hits: int | None, of: int | None) -> list[object]:
    """Return the cells of a figure; nothing of nothing is no share, people of hectares are none either."""
    if hits is None:
        return [say("registry.few"), None, None]
    if not of:
        return [hits, of, None]
    per = say("registry.per_km", count=round(100 * hits / of))
    return [hits, of, per if key == "density" else f"{hits / of:.1%}"]


async def _records(given: argparse.Namespace, registry: Registry) -> Answer:
    if given.to is not None:
        raise BadInput("list_saved_by_board")
    which = _one_of(given.which, WHICH, "--which") if given.which else ""
    figure = key_of("registry.figure", given.figure, say("boards.sheet.figure"))
    found = await registry.records(figure, given.organisation, given.days, which, given.after, given.limit)
    return await _printed("records", found, figure + (which and f":{which}"), given, registry)


async def _reveal(given: argparse.Namespace, registry: Registry) -> Answer:
    kind = _one_of(given.kind, KINDS, label("kind"))
    told = await registry.reveal(kind, demand(given.code, "code"), demand(given.reason, "reason"))
    rows = [[say(f"registry.revealed.{key}"), _word(value)] for key, value in told.items()]
    return Answer(told, human=table(["", ""], rows).strip("\n"))


async def _erase(given: argparse.Namespace, registry: Registry) -> Answer:
    return Answer(await registry.erase(demand(given.code, "code"), demand(given.reason, "reason")))


async def _acts(given: argparse.Namespace, registry: Registry) -> Answer:
    return _listed("acts", await registry.acts(given.limit))


async def _draw(given: argparse.Namespace, registry: Registry) -> Answer:
    document = await registry.draw(given.organisation)
    words = say("registry.drawn", grids=document["grids"], drawn=document["drawn"])
    return Answer(document, human=words)


async def _checks(given: argparse.Namespace, registry: Registry) -> Answer:
    month = values.month(given.month, "month") if given.month else None
    found = await registry.checks(given.organisation, month, given.limit)
    return await _printed("checks", found, "spot_list", given, registry)


async def _enter(given: argparse.Namespace, registry: Registry) -> Answer:
    words = [word.strip() for word in re.split("[,，、;；]", given.wrong or "")]
    wrong = [key_of("registry.field", word, "--wrong") for word in words if word]
    result = _one_of(given.result, RESULTS)
    try:
        return Answer(await registry.enter(given.id, result, wrong), human=_noted(given.id, result))
    except BadInput as error:
        if error.code != "spot_fields":
            raise
        fields = (say(f"registry.field.{key}") for key in str(error.facts["fields"]).split(", "))
        raise BadInput("spot_fields", fields=say("intake.comma").join(fields)) from error


async def _plan(given: argparse.Namespace, registry: Registry) -> Answer:
    planned = await registry.plan(given.organisation)
    return Answer({"planned": planned}, human=say("registry.planned", count=planned))


async def _visits(given: argparse.Namespace, registry: Registry) -> Answer:
    found = await registry.visits(given.organisation, made=given.made, limit=given.limit)
    return await _printed("visits", found, "visit_list", given, registry)


async def _finish(given: argparse.Namespace, registry: Registry) -> Answer:
    day = _day(given.on) if given.on else None
    result = _one_of(given.result, VISITED)
    return Answer(await registry.finish(given.id, result, day), human=_noted(given.id, result))


def _noted(number: int, result: str) -> str:
    return say("registry.noted", id=number, result=_word(result))


async def _rules(_given: argparse.Namespace, registry: Registry) -> Answer:
    return _listed("rules", await registry.rules())


async def _rule(given: argparse.Namespace, registry: Registry) -> Answer:
    asked = given.resident_kind
    kind = _one_of(asked, RESIDENTS, "--resident-kind") if asked else None
    who = {"kind": kind, "min_age": given.min_age, "alone": given.alone or None}
    code, name = demand(given.code, "code"), demand(given.name, "name")
    return Answer(await registry.set_rule(code, name, given.every, active=not given.off, **who))


def _one_of(text: str, words: tuple[str, ...], option: str = "result") -> str:
    """Return the key that ``text`` is, or whose name in either language it is."""
    for word in words:
        if text in (word, _word(word)):
            return word
    known = [beside(word, str(_word(word))) for word in words]
    raise BadInput("choice_unknown", option=option, value=excerpt(text), candidates=known)


def _day(text: str) -> date:
    try:
        return instants.day(text)
    except (ValueError, OverflowError) as error:
        raise BadInput("cell_instant", label=say("registry.day"), value=excerpt(text)) from error


async def _printed(
    kind: str, found: list[dict[str, Any]], asked: str, given: argparse.Namespace, registry: Registry
) -> Answer:
    """Return a list of people or houses; that it was printed is kept before it is."""
    if found:
        await registry.note_printed(asked, given.organisation, len(found))
    return _listed(kind, found)


def _listed(kind: str, found: list[dict[str, Any]]) -> Answer:
    document: dict[str, Any] = in_china({"count": len(found), kind: found})
    if not found:
        own = f"registry.cli.none_{kind}"
        return Answer(document, human=say(own if knows(own) else f"registry.none.{kind}"))
    columns = LISTED[kind]
    rows = [[_cell(one, column) for column in columns] for one in document[kind]]
    return Answer(document, human=table([_heading(kind, column) for column in columns], rows))


def _heading(kind: str, column: str) -> str:
    names = (f"registry.{kind}.{column}", f"registry.column.{column}")
    return next((say(name) for name in names if knows(name)), label(column))


def _cell(one: dict[str, Any], column: str) -> object:
    value = one[column]
    if column == "kind" and one.get("action") in {"save", "print"}:
        return say(f"registry.printed.{value}") if knows(f"registry.printed.{value}") else asked_name(value)
    if column == "fields":
        told = {key: say("registry.field.alone") if text is True else text for key, text in value.items()}
        return say("intake.comma").join(str(_word(text)) for text in told.values() if text)
    if column == "wrong":
        return say("intake.comma").join(say(f"registry.field.{key}") for key in value)
    return _word(value)


def _word(value: object) -> object:
    key = f"registry.result.{value}"
    return say(key) if isinstance(value, str) and knows(key) else value
