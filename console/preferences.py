"""What preferences may change: read from the declaration of the settings, written to the user's file."""

import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from console import kept
from console.causes import cause
from console.database import address
from console.errors import BadInput, Refused
from console.geography.tiles import address as tiles
from console.settings import ENVIRONMENT, Settings

Kind = Literal["choice", "flag", "number", "text"]
CHECKS: Final[Mapping[str, Callable[[str], object]]] = {  # beyond the type
    "database": address.told,
    "base_map": tiles.told,
}
SHAPES: Final[Mapping[str, str]] = {"wall_night": "setting_span"}  # what is said of another shape
_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Preference:
    """One setting as it is asked for; ``title``: a sentence's key, ``applies``: now, sign_in or start."""

    name: str
    title: str
    group: str
    applies: str
    kind: Kind
    choices: tuple[str, ...]
    least: float | None
    most: float | None
    default: object

    def read(self, told: object) -> object:
        """Return ``told`` as the setting's value; BadInput says what would be right."""
        given = told.strip() if isinstance(told, str) else told
        if given == "" and self.default is None:
            return None
        try:
            value: object = _adapter(self.name).validate_python(given)
        except ValidationError as error:
            if self.kind == "number":
                raise BadInput("setting_number", least=f"{self.least:g}", most=f"{self.most:g}") from error
            raise BadInput(SHAPES.get(self.name, "setting_empty") if given else "setting_empty") from error
        if self.name in CHECKS:
            CHECKS[self.name](str(value))
        return value


@cache
def declared() -> tuple[Preference, ...]:
    """Return every setting, in the order of the declaration."""
    return tuple(_preference(name, field) for name, field in Settings.model_fields.items())


def fixed(settings: Settings, file: Path) -> dict[str, str]:
    """Return the settings that the file does not decide: "environment" or "command_line" by name."""
    stored = _stored(file)
    told = {name: getattr(settings, name) for name in settings.model_fields_set}
    found = {name: "command_line" for name in told if name not in stored}
    by_environment = {name.upper() for name in os.environ}
    for name in Settings.model_fields:
        if (ENVIRONMENT + name).upper() in by_environment:
            found[name] = "environment"
        elif name in stored and name in told and told[name] != stored[name]:
            found[name] = "command_line"
    return found


def write(file: Path, changes: Mapping[str, object]) -> None:
    """Put ``changes`` into the settings file, whole or not at all; None takes a key out.

    Other keys and comments stay. Refused("settings_file") where that cannot be done.
    """
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        after = before
        for name, value in changes.items():
            after = _with(after, name, value)
        _prove(before, after, changes)
        file.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(file, after)  # a database's address may hold a password
    except (OSError, ValueError) as error:
        reason = cause(error) if isinstance(error, OSError) else str(error)
        raise Refused("settings_file", file=str(file), reason=reason) from error


def _prove(before: str, after: str, changes: Mapping[str, object]) -> None:
    """Raise ValueError unless ``after`` says what ``before`` said, and the changes."""
    wanted = tomllib.loads(before) | {name: _plain(value) for name, value in changes.items()}
    if tomllib.loads(after) != {name: value for name, value in wanted.items() if value is not None}:
        raise ValueError(", ".join(changes))


def _with(text: str, name: str, value: object) -> str:
    """Return the TOML ``text`` with the key ``name`` of its top level set to ``value``."""
    table = _TABLE.search(text)
    top, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    line = re.compile(rf'^[ \t]*(?:"{name}"|{name})[ \t]*=.*?(?P<note>[ \t]+#[^"\'\n]*)?$\n?', re.MULTILINE)
    found = line.search(top)
    told = "" if value is None else f"{name} = {json.dumps(_plain(value), ensure_ascii=False)}"
    if found is not None:
        written = f"{told}{found['note'] or ''}\n" if told else ""
        return top[: found.start()] + written + top[found.end() :] + rest
    if not told:
        return text
    return (top if not top or top.endswith("\n") else top + "\n") + told + "\n" + rest


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _stored(file: Path) -> dict[str, object]:
    """Return what ``file`` says, each value as the setting has it; nothing where it cannot be read."""
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # a file that is no TOML is told when the settings are read
        return {}
    stored: dict[str, object] = {}
    for name in Settings.model_fields.keys() & read.keys():
        with suppress(ValidationError):
            stored[name] = _adapter(name).validate_python(read[name])
    return stored


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    field = Settings.model_fields[name]
    kind: Any = field.annotation
    return TypeAdapter(Annotated[kind, *field.metadata] if field.metadata else kind)


def _preference(name: str, field: FieldInfo) -> Preference:
    extra = field.json_schema_extra
    told: Mapping[str, Any] = extra if isinstance(extra, dict) else {}
    limits: dict[str, float] = {
        bound: getattr(one, bound)
        for one in field.metadata
        for bound in ("ge", "gt", "le")
        if getattr(one, bound, None) is not None
    }
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    kinds: dict[object, Kind] = {bool: "flag", int: "number", float: "number"}
    return Preference(
        name=name,
        title=str(field.title),
        group=str(told["group"]),
        applies=str(told["applies"]),
        kind="choice" if choices else kinds.get(field.annotation, "text"),
        choices=tuple(map(str, choices)),
        least=limits.get("ge", limits.get("gt")),
        most=limits.get("le"),
        default=field.default,
    )
