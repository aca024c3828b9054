"""Headings that a clerk chose for columns, and what holds for every row; known again by the headings."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from console.errors import BadInput
from console.intake.columns import columns, meant
from console.intake.hygiene import excerpt, label
from console.intake.table import Row, Table
from console.language import say


@dataclass(frozen=True, slots=True)
class Choice:
    """``headings`` of the file by column key; ``constants`` by key, for columns that the file has not.

    A heading of "" leaves a column out that the file seems to have.
    """

    headings: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.headings or self.constants)


def told(headings: Iterable[str], constants: Iterable[str]) -> Choice:
    """Return the choice of ``key=heading`` and ``key=value`` words; BadInput for one without both."""
    return Choice(dict(map(_pair, headings)), dict(map(_pair, constants)))


def applied(table: Table, kind: str, choice: Choice) -> Table:
    """Return ``table`` with the chosen headings under the names of their columns, and the constants.

    A heading that names a column for which another one is chosen, or none, is left out. BadInput for what is
    not there, and for one heading chosen twice.
    """
    if not choice:
        return table
    keys = {heading: key for key, heading in choice.headings.items() if heading}
    _refuse_unknown(choice, keys, table, kind)
    chosen, named = {*choice.headings, *choice.constants}, meant(table, kind)
    gone = {column for column in table.columns if column not in keys and named.get(column) in chosen}
    kept = [column for column in table.columns if column not in gone]
    headings = tuple(keys.get(column, column) for column in kept) + tuple(choice.constants)
    rows = [_renamed(row, keys, gone, choice.constants) for row in table.rows]
    return replace(table, columns=headings, rows=rows)


def _renamed(row: Row, keys: dict[str, str], gone: set[str], constants: dict[str, str]) -> Row:
    cells = {keys.get(name, name): cell for name, cell in row.cells.items() if name not in gone}
    return replace(row, cells=cells | constants)


def _refuse_unknown(choice: Choice, keys: dict[str, str], table: Table, kind: str) -> None:
    wanted = columns(kind)
    for key in (*choice.headings, *choice.constants):
        if key not in wanted:
            known = say("intake.comma").join(wanted)
            raise BadInput("column_unknown", column=excerpt(key), columns=known)
    for key, heading in choice.headings.items():
        if heading and keys[heading] != key:
            both = say("intake.comma").join(map(label, (key, keys[heading])))
            raise BadInput("heading_twice", heading=excerpt(heading), columns=both)
    for heading in keys:
        if heading not in table.columns:
            known = say("intake.comma").join(map(excerpt, table.columns))
            raise BadInput("heading_unknown", heading=excerpt(heading), headings=known)


def _pair(word: str) -> tuple[str, str]:
    key, mark, value = word.partition("=")
    if not (key.strip() and mark and value.strip()):
        raise BadInput("map_malformed", word=excerpt(word))
    return key.strip(), value.strip()


class Choices:
    """The choices of one clerk on this machine, in a small file; one that cannot be read is forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, table: Table, kind: str) -> Choice:
        """Return what was chosen for files with the same headings."""
        found = self._all().get(_shape(table, kind))
        if not isinstance(found, dict):
            return Choice()
        return Choice(_words(found.get("headings")), _words(found.get("constants")))

    def keep(self, table: Table, kind: str, choice: Choice) -> None:
        """Remember ``choice`` for files with the headings of ``table``, as they came."""
        known = self._all()
        known[_shape(table, kind)] = {"headings": choice.headings, "constants": choice.constants}
        text = json.dumps(known, ensure_ascii=False, indent=1)
        with suppress(OSError):  # it is only chosen again
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(text, encoding="utf-8")

    def _all(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else {}
        return {}


def _words(found: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _shape(table: Table, kind: str) -> str:
    return hashlib.sha256("\x1f".join((kind, *sorted(table.columns))).encode()).hexdigest()[:24]
