"""Keys of a case as people read them, and people's words as the keys that filters take."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import resources
from console.errors import BadInput
from console.intake.columns import plain
from console.intake.hygiene import excerpt
from console.language import LANGUAGES, choose, knows, say
from console.spoken import action_label

LABELS: Final[Mapping[str, str]] = {  # what stands under a name in a document → its table of texts
    "channel": "queue.channel",
    "priority": "queue.priority",
    "outcome": "case.outcome",
    "confirmation": "case.confirmed",
    "colour": "case.card",
    "stage": "cli.stage",
}


def worded(name: str, value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Return ``value``, which stands under ``name``, in the spoken language; keys without a text stay."""
    key = f"{LABELS.get(name, '')}.{value}"
    return say(key) if knows(key) else value


def party(one: dict[str, Any]) -> dict[str, Any]:
    """Return a party of a case for a table."""
    return one | {
        "kind": say(f"cli.party.{one['kind']}") if knows(f"cli.party.{one['kind']}") else one["kind"]
    }


def request(one: dict[str, Any], limit: str) -> dict[str, Any]:
    """Return a request on a case for a table, with the time asked for as ``limit``."""
    bare = {name: fact for name, fact in one.items() if name not in {"kind", "seconds", "clock"}}
    return {"kind": action_label(one["kind"]), "limit": limit, **bare}


def key_of(table: str, text: str, option: str) -> str:
    """Return the key of ``table`` ("queue.status") that ``text`` is, or names in either language.

    Raises BadInput("choice_unknown") with the candidates.
    """
    found = _keys(table).get(plain(text[:80]))
    if found is None:
        candidates = [beside(key, choose(pair)) for key, pair in _pairs(table).items()]
        raise BadInput("choice_unknown", option=option, value=excerpt(text), candidates=candidates)
    return found


def beside(key: str, name: str) -> str:
    """Return a key with what it is called: "alone (60 and older, alone)"."""
    return key if key == name else say("cli.beside", key=key, name=name)


def names(table: str) -> list[str]:
    """Return the keys of ``table`` in its order."""
    return list(_pairs(table))


@cache
def _keys(table: str) -> dict[str, str]:
    """Return every way to write a key; those of imported files too, where the table has them.

    Where what one is called is another's key, the key is meant.
    """
    written = resources.table("columns.toml")["choices"].get(table.partition(".")[2], {})
    found = {plain(word): key for key, words in written.items() for word in words}
    for key, pair in _pairs(table).items():
        found |= {plain(pair[one]): key for one in LANGUAGES}
    return found | {plain(key): key for key in _pairs(table)}


def _pairs(table: str) -> dict[str, dict[str, str]]:
    file, _, name = table.partition(".")
    pairs: dict[str, dict[str, str]] = resources.table(f"text/{file}.toml")[name]
    return pairs
