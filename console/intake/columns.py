"""Which heading of a file is which column of its kind (resources/columns.toml); misspellings are guessed."""

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import resources
from console.errors import BadInput
from console.intake.hygiene import excerpt, label
from console.intake.table import Table
from console.language import say

_DECORATION = re.compile(r"\(.*?\)|[\s_\-*:]")
# difflib ratios: worth naming in Chinese, in letters (fid is no kind), too near to leave out in silence
_NEAR, _NEAR_LETTERS, _SAME_ALMOST = 0.5, 0.6, 0.75


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind: its parser, whether the file must have it, whether a cell may be empty.

    ``known``: rows of a plain kind are known again by it. ``first``: of several headings that mean the
    column, one of these counts. ``called``: the field whose name it bears, where that is not its own.
    ``unless``: without it and these, rows have no place: a heading like it is asked about.
    """

    key: str
    reads: str
    required: bool = False
    blank: bool = False
    known: bool = False
    names: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    called: str = ""
    unless: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return its name in the spoken language."""
        return label(self.called or self.key)


@functools.cache
def columns(kind: str) -> Mapping[str, Column]:
    """Return the columns of ``kind`` by key; BadInput for a kind that cannot be imported."""
    kinds = resources.table("columns.toml")["kinds"]
    if kind not in kinds:
        raise BadInput("kind_unknown", kind=excerpt(kind), kinds=say("intake.comma").join(kinds))
    return {key: Column(key, **facts) for key, facts in kinds[kind].items()}


def bind(table: Table, kind: str) -> tuple[dict[str, str], list[str]]:
    """Return (heading by column key, headings that nothing uses); wrong columns refuse the whole file."""
    named = meant(table, kind)
    found: dict[str, str] = {}
    for heading in _first_ones(named, kind):
        key = named[heading]
        if key in found:
            raise BadInput("columns_twice", column=f"{excerpt(found[key])} = {excerpt(heading)}")
        found[key] = heading
    spare = [heading for heading in table.columns if heading not in found.values()]
    unknown = [heading for heading in spare if heading not in named]
    _refuse_wrong(columns(kind), found, unknown, _keys(kind))
    return found, spare


def suggested(table: Table, kind: str) -> dict[str, str]:
    """Return the heading that each column seems to have: named so, cut off so, or misspelt a little."""
    named = meant(table, kind)
    found: dict[str, str] = {}
    for heading in _first_ones(named, kind):
        found.setdefault(named[heading], heading)
    for heading in table.columns:
        free = {alias: key for alias, key in _keys(kind).items() if key not in found}
        if heading not in named and (guess := _guess(heading, free, _near(heading))):
            found[guess] = heading
    return found


def _first_ones(named: Mapping[str, str], kind: str) -> list[str]:
    """Return the headings without those that yield to another of their column."""
    winners = {key: set(map(plain, column.first)) for key, column in columns(kind).items()}
    won = {key for heading, key in named.items() if plain(heading) in winners[key]}
    return [heading for heading, key in named.items() if key not in won or plain(heading) in winners[key]]


def meant(table: Table, kind: str) -> dict[str, str]:
    """Return the column that each heading names, whole or cut off; those that name none are left out."""
    keys = _keys(kind)
    named = {
        heading: keys.get(plain(heading)) or (_cut(plain(heading), keys) if table.cut else None)
        for heading in table.columns
    }
    return {heading: key for heading, key in named.items() if key is not None}


def _keys(kind: str) -> dict[str, str]:
    return {alias: key for key, column in columns(kind).items() for alias in map(plain, (key, *column.names))}


def _cut(heading: str, keys: Mapping[str, str]) -> str | None:
    """Return the column whose name begins so, where it is one: ten bytes hold three characters of UTF-8."""
    meant = {key for alias, key in keys.items() if alias.startswith(heading)} if len(heading) > 2 else set()  # noqa: PLR2004
    return meant.pop() if len(meant) == 1 else None


def plain(word: str) -> str:
    """Return a word as it is compared: without case, width, brackets and decoration."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", word[:200]).casefold())


def _refuse_wrong(
    wanted: Mapping[str, Column],
    found: Mapping[str, str],
    spare: list[str],
    keys: Mapping[str, str],
) -> None:
    missing = [key for key, column in wanted.items() if column.required and key not in found]
    free = {alias: key for alias, key in keys.items() if key not in found}
    placed = {key for key, column in wanted.items() if {key, *column.unless} & found.keys()}
    lost = {alias: key for alias, key in free.items() if wanted[key].unless and key not in placed}
    guesses = {
        heading: _guess(heading, free, _near(heading) if missing else _SAME_ALMOST)
        or _guess(heading, lost, _NEAR_LETTERS)
        for heading in spare
    }
    unknown = [heading for heading in spare if missing or guesses[heading]]
    if not missing and not unknown:
        return
    parts = []
    if missing:
        parts.append(say("intake.missing", columns=_listed(_both(wanted[key]) for key in missing)))
    if unknown:
        parts.append(say("intake.unknown", columns=_listed(_named(h, guesses[h], wanted) for h in unknown)))
    raise BadInput(
        "columns_wrong",
        detail=say("intake.semicolon").join(parts),
        missing=missing,
        unknown=[{"column": excerpt(heading), "guess": guesses[heading]} for heading in unknown],
    )


def _guess(heading: str, free: Mapping[str, str], cutoff: float) -> str | None:
    near = difflib.get_close_matches(plain(heading)[:40], free, n=1, cutoff=cutoff)
    return free[near[0]] if near else None


def _named(heading: str, guess: str | None, wanted: Mapping[str, Column]) -> str:
    said = excerpt(heading)
    return say("intake.guess", column=said, guess=_both(wanted[guess])) if guess else said


def _near(heading: str) -> float:
    return _NEAR_LETTERS if heading.isascii() else _NEAR


def _both(column: Column) -> str:
    """Return what a clerk calls a column, and what the command line calls it."""
    said = {"label": column.label, "key": column.key}
    return column.key if column.label == column.key else say("intake.column_named", **said)


def _listed(words: Iterable[str]) -> str:
    return say("intake.comma").join(words)
