"""From the options of an action, as the workflow's table lists them, to flags and to the database's args."""

import argparse
import math
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from console.amounts import parse_limit
from console.cli.hidden import tidy
from console.errors import BadInput, Problem
from console.intake import attachment, instants, persons, values
from console.intake.hygiene import excerpt, rules
from console.language import say
from console.workflow import Action, Option

PREFIX: Final = "option_"
LINE: Final = 200
HIGHEST: Final = {"number": 2**63 - 1, "version": 2**31 - 1, "count": 2**63 - 1, "id": 2**63 - 1}
METAVARS: Final = {
    "amount": "2h",
    "point": "LON,LAT",
    "instant": "TIME",
    "number": "N",
    "entry": "SEQ",
    "file": "FILE",
    "command": "UUID",
    "answer": "yes|no",
    "card": "yellow|red",
    "priority": "1-4",
}


def declare(parser: argparse.ArgumentParser, action: Action) -> None:
    """Add a flag for each option of ``action``; what must be given, the database's own rules say."""
    for option in action.options:
        settings: dict[str, Any] = {"dest": PREFIX + option.name, "help": option.label}
        if option.kind == "flag":
            settings["action"] = argparse.BooleanOptionalAction
        else:
            settings["metavar"] = METAVARS.get(option.kind, option.name.upper())
        if option.kind == "units":
            settings["nargs"] = "+"
        parser.add_argument(f"--{option.name}", **settings)


def told(arguments: argparse.Namespace, action: Action) -> tuple[dict[str, object], bytes | None]:
    """Return the args and the file's bytes that ``desk.act`` takes; BadInput for what cannot be meant."""
    given = {option: getattr(arguments, PREFIX + option.name) for option in action.options}
    args: dict[str, object] = {
        option.name: _read(option, value)
        for option, value in given.items()
        if value is not None and option.kind not in {"file", "point", "datum"}
    }
    args |= _place({option.kind: value for option, value in given.items() if value is not None})
    content = None
    for option, value in given.items():
        if option.kind == "file" and value is not None:
            name, content = attachment.name(value), attachment.read(value)
            args |= {option.name: name, "file_name": name}
    return args, content


def flagged(problem: Problem, action: Action) -> Problem:
    """Return ``problem`` with the flag of the option that it is about, for those who type."""
    named = {"reason_needed": "reason"}.get(problem.code)
    option = problem.facts.get("option", problem.facts.get("field", named))
    if option not in {one.name for one in action.options}:
        return problem
    return type(problem)(problem.code, **{**problem.facts, "option": option, "flag": f"--{option}"})


def whole_number(text: str, kind: str = "number") -> int:
    """Return the number of an incident, or a version, in any script's digits."""
    digits = unicodedata.normalize("NFKC", text).strip()
    decimal = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(HIGHEST[kind]))
    if not decimal or int(digits) > HIGHEST[kind]:
        raise BadInput(f"bad_{kind}", number=excerpt(text))
    return int(digits)


def limit(parser: argparse.ArgumentParser, most: int | None = None, said: str = "") -> None:
    """Let a list be cut; ``most``: where it is cut unless told, None: nowhere; ``said``: its own help."""
    usual = say("cli.most", most=say("cli.every") if most is None else most)
    parser.add_argument("--limit", type=_most, default=most, metavar="N", help=said or usual)


def _most(text: str) -> int:
    number = whole_number(text, "count")
    if number == 0:
        raise BadInput("bad_most")
    return min(number, HIGHEST["version"])


def version(text: str) -> int:
    """Return the version that the caller saw."""
    return whole_number(text, "version")


def case_or_command(text: str) -> int | uuid.UUID:
    """Return the number of an incident, or the id of a command that says which it was for."""
    return command_id(text) if "-" in text[1:] else whole_number(text)


def command_id(text: str) -> uuid.UUID:
    """Return the id of a command."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise BadInput("bad_command_id", command=excerpt(text)) from error


def words(text: str, option: Option) -> str:
    """Return a text fit to be kept, on one line unless the option has lines."""
    known = option.name in rules()
    try:
        cleaned = tidy(text, option.name, None if known else LINE)
    except BadInput as error:
        raise BadInput(error.code, **{**error.facts, "field": option.name, "label": option.label}) from error
    return cleaned if known or option.kind == "text" else " ".join(cleaned.split())


def _read(option: Option, value: Any) -> object:  # noqa: ANN401  a string, a list or a flag
    if option.kind == "flag":
        return value
    if option.kind == "units":
        return [words(text, option) for text in value]
    reader = _READERS.get(option.kind) or _BY_NAME.get(option.name)
    return reader(value, option) if reader else words(value, option)


def _limit(text: str, _option: Option) -> object:
    amount = parse_limit(text)
    return {"seconds": amount.seconds, "clock": str(amount.clock)}


def _instant(text: str, _option: Option) -> str:
    try:
        return instants.instant(text).isoformat()
    except (ValueError, OverflowError) as error:
        raise BadInput("time_unreadable", text=excerpt(text)) from error


def _answer(text: str, option: Option) -> str:
    return values.choice("yes_no", text, option.name)


def _priority(text: str, option: Option) -> str:
    plain = words(text, option)
    return plain if plain.isdecimal() else values.choice("priority", text, option.name)


_READERS: Final[Mapping[str, Callable[[str, Option], object]]] = {
    "amount": _limit,
    "instant": _instant,
    "number": lambda text, _option: str(whole_number(text)),
    "command": lambda text, _option: str(command_id(text)),
    "answer": _answer,
    "priority": _priority,
    "channel": lambda text, option: values.choice("channel", text, option.name),
}
_BY_NAME: Final[Mapping[str, Callable[[str, Option], object]]] = {
    "phone": lambda text, _option: persons.phone(text),
}


def _place(given: Mapping[str, str]) -> dict[str, object]:
    """Return the point in WGS-84, converted once, beside it as given; of an unknown datum only that."""
    if "point" not in given:
        return {}
    lon, lat = pair(given["point"])
    datum = values.choice("datum", given.get("datum", "unknown"), "datum")
    told_: dict[str, object] = {"datum": datum, "raw_point": [lon, lat], "point": [lon, lat]}
    if datum != "unknown":
        from console.geography.datum import to_wgs84  # noqa: PLC0415  numpy is slow to load, points are rare

        told_["point"] = list(to_wgs84(lon, lat, datum))
    return told_


def pair(text: str) -> tuple[float, float]:
    """Return (longitude, latitude) in degrees, of whatever datum."""
    parts = unicodedata.normalize("NFKC", text[:80]).split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError as error:
        raise BadInput("bad_point", point=excerpt(text)) from error
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004  degrees
        raise BadInput("bad_point", point=excerpt(text))
    return lon, lat
