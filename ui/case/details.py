"""What is kept of a timeline's entry beside its words, as lines of a name and a value."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import resources
from console.language import choose, knows, say
from console.spoken import action_label, channel_label, outcome_label
from ui.casefile import Entry
from ui.moments import exact
from ui.texts import shown

_SAID = {  # by the entry's own lines
    "seconds", "clock", "asked", "granted", "card", "undone", "contacted", "solved", "satisfied", "kept",
    "agreement",
    "callback", "called_back", "attachment",
}  # fmt: skip
_INNER = {"named", "unnamed", "taken_from", "held_by", "shown_to", "from_centre", "to_centre"}  # ids
_SUFFIXES = ("_id", "_name", "_names")


def details(entry: Entry, at: float, *, holds: bool) -> Iterator[str]:
    """Yield the lines; ``holds``: the chain bears the entry out."""
    yield say("case.story.entry", seq=entry["seq"], round=entry["round"], at=exact(at))
    people = {key: text for key in ("reporter", "phone") if (text := entry["texts"].get(key))}
    for key, value in (entry["facts"] | people).items():
        if key not in _SAID | _INNER and not key.endswith(_SUFFIXES) and value is not None:
            yield say("case.story.fact", key=_named(key), value=shown(_told(key, value)))
    yield say("case.story.command", id=str(entry["command_id"]))
    yield say("case.story.chained" if holds else "case.story.unchained")


def _named(key: str) -> str:
    """Return what a fact is called: as the option of the workflow that it answers, or by its own words."""
    option = resources.table("actions.toml")["options"].get(key)
    own = f"case.kept.{key}"
    return choose(option) if option else say(own) if knows(own) else key


def _told(key: str, value: object) -> str:
    if isinstance(value, bool):
        return say("case.kept.yes" if value else "case.kept.no")
    if isinstance(value, list):
        return say("case.list").join(map(str, value))
    return _WORDS.get(key, str)(value)


def _entry(seq: object) -> str:
    return say("case.kept.entry", seq=seq)


def _moment(micros: object) -> str:
    return exact(micros / 1_000_000) if isinstance(micros, int) else str(micros)


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "channel": channel_label,
    "asks": action_label,
    "offer": action_label,
    "outcome": outcome_label,
    "stage": lambda stage: say(f"case.stage.{stage}"),
    "asked_seq": _entry,
    "undoes": _entry,
    "answers": _entry,
    "at": _moment,
    "due": _moment,
}
