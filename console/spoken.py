"""The facts of an error as words of a sentence: labels for keys, local time for instants, commas."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any, Final

import resources
from console.language import choose, fact, knows, say
from console.workflow import actions

CHINA: Final = timezone(timedelta(hours=8))
INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")
KILO: Final = 1024
LONGEST: Final = 600  # characters of one fact that a sentence can bear


def width(text: str) -> int:
    """Return how wide ``text`` is in letters of a terminal or of a worksheet: a Chinese one takes two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def spoken(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return every fact as text in the spoken language; what is missing is a dash."""
    return {name: _word(name, value) for name, value in facts.items()}


def status_label(status: str) -> str:
    """Return the name of a stage in the spoken language."""
    key = f"queue.status.{status}"
    return say(key) if knows(key) else status


def outcome_label(outcome: str) -> str:
    """Return how a case ended, in the spoken language."""
    key = f"case.outcome.{outcome}"
    return say(key) if knows(key) else outcome


def channel_label(channel: str) -> str:
    """Return a channel in the spoken language."""
    key = f"dialogs.channel.{channel}"
    return say(key) if knows(key) else channel


def action_label(key: str) -> str:
    """Return the name of an action, or of what the server itself writes down."""
    if key in actions():
        return actions()[key].label
    own = f"cli.written.{key}"
    return say(own) if knows(own) else key


def local(text: str) -> str:
    """Return an ISO instant as date and minute in China; any other text as it is."""
    if not INSTANT.fullmatch(text):
        return text
    return f"{datetime.fromisoformat(text).astimezone(CHINA):%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    """Return so many bytes as people say it."""
    if count < KILO * KILO:
        return say("case.file_kilobytes", size=max(1, round(count / KILO)))
    return say("case.file_megabytes", size=round(count / KILO / KILO, 1))


def promises(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an entry's facts say of calls back: the promise that was kept, the one that was made."""
    for key in ("called_back", "callback"):
        if facts.get(key):
            at = datetime.fromtimestamp(facts[key] / 1_000_000, CHINA)
            yield say(f"case.story.{key}", at=f"{at:%Y-%m-%d %H:%M}")


def _word(name: str, value: Any) -> str:  # noqa: ANN401  facts are whatever was known
    if value is None or value in ([], ""):
        return "—"
    if isinstance(value, list):
        return say("intake.comma").join(_word(name, one) for one in value)
    if isinstance(value, dict):
        return _candidate(value)
    text = _LABELS.get(name, local)(str(fact(name, value)))
    safe = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text[:LONGEST])
    return safe if len(text) <= LONGEST else safe + "…"


def _candidate(one: dict[str, Any]) -> str:
    words = [str(one[key]) for key in ("code", "name", "parent") if one.get(key)]
    return " ".join(words) or "—"


def _kept_label(file: str, table: str, name: str) -> str:
    """Return what ``name`` is called in a table of a resource; itself, where that has none."""
    names = resources.table(file)[table]
    return choose(names[name]) if name in names else name


_option_label = partial(_kept_label, "actions.toml", "options")

_LABELS: dict[str, Callable[[str], str]] = {
    "action": action_label,
    "legal": action_label,
    "pending": action_label,
    "status": status_label,
    "relations": partial(_kept_label, "actions.toml", "relations"),
    "option": _option_label,
    "field": _option_label,
    "board": partial(_kept_label, "indicators.toml", "boards"),
    "figure": partial(_kept_label, "indicators.toml", "figures"),
}


def centre_name(me: Mapping[str, Any]) -> str:
    """Return the name of the place somebody (desk.whoami) works at."""
    name = me.get("organisation") or ""
    if not name:
        return say("window.all_centres")
    centre = me.get("level") not in {None, "department", "community"}
    return say("window.centre", name=name) if centre else str(name)
