"""`registry`, `spot` and `visit`: records of people and houses, checked by sample and visited."""

import argparse
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.arguments import whole_number
from console.cli.hidden import demand
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.desk.desk import Desk
from console.errors import BadInput
from console.intake import instants
from console.intake.hygiene import excerpt
from console.language import knows, say
from console.registry import RESULTS, VISITED, Registry

Work = Callable[[argparse.Namespace, Registry], Awaitable[Answer]]
LISTED: Final = {
    "records": ("code", "grid", "grid_name", "what", "name", "address", "birth_year", "day"),
    "checks": ("id", "grid_name", "kind", "code", "fields", "result", "wrong"),
    "visits": ("id", "rule", "grid_name", "code", "fields", "worker", "due", "result"),
    "acts": ("at", "person", "action", "kind", "record_id", "reason"),
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
NUMBERS: Final = {"--days": 30, "--limit": 200, "--after": 0, "--every": None, "--min-age": None}
WHICH: Final = ("of", "rest")
KINDS: Final = ("resident", "house")
SWITCHES: Final = frozenset({"--made", "--alone", "--off"})


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the three commands."""
    for command, steps in STEPS.items():
        parser = subparsers.add_parser(command, help=say(f"registry.cli.{command}"))
        below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
        for step, (does, words, flags) in steps.items():
            one = below.add_parser(step, help=say(f"registry.cli.{command}_{step}"))
            for word in words:
                read = partial(whole_number, kind="count") if word == "id" else str
                one.add_argument(word, type=read, metavar=word.upper(), help=say(f"registry.cli.word_{word}"))
            for flag in flags:
                _flag(one, flag)
            one.set_defaults(run=partial(_run, globals()[does]))


def _flag(parser: Parser, told: str) -> None:
    flag, must = told.removesuffix("!"), told.endswith("!")
    said = say(f"registry.cli.flag_{flag[2:].replace('-', '_')}")
    if flag in SWITCHES:
        parser.add_argument(flag, action="store_true", help=said)
    elif flag in NUMBERS:
        read = partial(whole_number, kind="count")
        parser.add_argument(flag, type=read, default=NUMBERS[flag], metavar="N", required=must, help=said)
    else:
        parser.add_argument(flag, metavar=flag[2:].upper(), required=must, help=said)


async def _run(work: Work, given: argparse.Namespace, session: Session) -> Answer:
    async with _registry(session) as registry:
        return await work(given, registry)


@asynccontextmanager
async def _registry(session: Session) -> AsyncIterator[Registry]:
    desk = Desk(session.door, patience=session.settings.patience_seconds)
    try:
        yield Registry(desk)
    finally:
        await desk.close()


async def _figures(given: argparse.Namespace, registry: Registry) -> Answer:
    found = await registry.figures(given.organisation, given.days)
    rows = [[say(f"registry.figure.{key}"), _told(one["hits"]), one["of"]] for key, one in found.items()]
    return Answer({"figures": found}, human=table(["", say("registry.hits"), say("registry.of")], rows))


def _told(hits: int | None) -> object:
    return say("registry.few") if hits is None else hits


async def _records(given: argparse.Namespace, registry: Registry) -> Answer:
    which = _one_of(given.which, WHICH, "--which") if given.which else ""
    found = await registry.records(
        given.figure, given.organisation, given.days, which, given.after, given.limit
    )
    return _listed("records", found)


async def _reveal(given: argparse.Namespace, registry: Registry) -> Answer:
    return Answer(
        await registry.reveal(
            _one_of(given.kind, KINDS, label("kind")),
            demand(given.code, "code"),
            demand(given.reason, "reason"),
        )
    )


async def _erase(given: argparse.Namespace, registry: Registry) -> Answer:
    return Answer(await registry.erase(demand(given.code, "code"), demand(given.reason, "reason")))


async def _acts(given: argparse.Namespace, registry: Registry) -> Answer:
    return _listed("acts", await registry.acts(given.limit))


async def _draw(given: argparse.Namespace, registry: Registry) -> Answer:
    document = await registry.draw(given.organisation)
    words = say("registry.drawn", grids=document["grids"], drawn=document["drawn"])
    return Answer(document, human=words)


async def _checks(given: argparse.Namespace, registry: Registry) -> Answer:
    month = _day(f"{given.month}-01" if len(given.month or "") < 10 else given.month) if given.month else None  # noqa: PLR2004  a whole day
    return _listed("checks", await registry.checks(given.organisation, month, given.limit))


async def _enter(given: argparse.Namespace, registry: Registry) -> Answer:
    wrong = [word for word in (given.wrong or "").replace("，", ",").split(",") if word]
    result = _one_of(given.result, RESULTS)
    return Answer(await registry.enter(given.id, result, wrong), human=_noted(given.id, result))


async def _plan(given: argparse.Namespace, registry: Registry) -> Answer:
    planned = await registry.plan(given.organisation)
    return Answer({"planned": planned}, human=say("registry.planned", count=planned))


async def _visits(given: argparse.Namespace, registry: Registry) -> Answer:
    found = await registry.visits(given.organisation, made=given.made, limit=given.limit)
    return _listed("visits", found)


async def _finish(given: argparse.Namespace, registry: Registry) -> Answer:
    day = _day(given.on) if given.on else None
    result = _one_of(given.result, VISITED)
    return Answer(await registry.finish(given.id, result, day), human=_noted(given.id, result))


def _noted(number: int, result: str) -> str:
    return say("registry.noted", id=number, result=_word(result))


async def _rules(_given: argparse.Namespace, registry: Registry) -> Answer:
    return _listed("rules", await registry.rules())


async def _rule(given: argparse.Namespace, registry: Registry) -> Answer:
    who = {"kind": given.resident_kind, "min_age": given.min_age, "alone": given.alone or None}
    code, name = demand(given.code, "code"), demand(given.name, "name")
    return Answer(await registry.set_rule(code, name, given.every, active=not given.off, **who))


def _one_of(text: str, words: tuple[str, ...], option: str = "result") -> str:
    """Return the key that ``text`` is, or whose name in either language it is."""
    for word in words:
        if text in (word, _word(word)):
            return word
    known = say("intake.comma").join(" ".join(dict.fromkeys((word, str(_word(word))))) for word in words)
    raise BadInput("not_one_of", option=option, value=excerpt(text), values=known)


def _day(text: str) -> date:
    try:
        return instants.day(text)
    except (ValueError, OverflowError) as error:
        raise BadInput("cell_instant", label=say("registry.day"), value=excerpt(text)) from error


def _listed(kind: str, found: list[dict[str, Any]]) -> Answer:
    document: dict[str, Any] = in_china({"count": len(found), kind: found})
    if not found:
        return Answer(document, human=say(f"registry.none.{kind}"))
    columns = LISTED[kind]
    rows = [[_cell(one, column) for column in columns] for one in document[kind]]
    return Answer(document, human=table([_heading(column) for column in columns], rows))


def _heading(column: str) -> str:
    name = f"registry.column.{column}"
    return say(name) if knows(name) else label(column)


def _cell(one: dict[str, Any], column: str) -> object:
    value = one[column]
    if column == "fields":
        told = {key: say("registry.field.alone") if text is True else text for key, text in value.items()}
        return say("intake.comma").join(str(_word(text)) for text in told.values() if text)
    if column == "wrong":
        return say("intake.comma").join(say(f"registry.field.{key}") for key in value)
    return _word(value)


def _word(value: object) -> object:
    key = f"registry.result.{value}"
    return say(key) if isinstance(value, str) and knows(key) else value
