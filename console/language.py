"""What the product says, in Chinese and English: one table a subject under resources/text."""

from collections.abc import Iterator
from functools import cache
from numbers import Integral
from typing import Any, Final

import resources

LANGUAGES = ("zh", "en")
# What of a sentence says how many. Numbers of cases, versions, years and ports stay bare.
COUNTS: Final = frozenset(
    """count total of shown hidden part whole hit more left left_out kept taken unseen near fine open overdue
    red yellow green none done failed refused unknown waiting undone read added updated unchanged
    received closed sum should_close incidents entries heads grids staff reports claims callbacks tries
    cells columns length limit most metres placed missing""".split()  # noqa: SIM905  a list would take fifty lines
)

_current = LANGUAGES[0]


def use(language: str) -> None:
    """Speak ``language`` ("zh" or "en") from now on, in this process."""
    global _current  # noqa: PLW0603  one tongue a process, chosen by its user
    if language not in LANGUAGES:
        raise ValueError(language)
    _current = language


def current() -> str:
    """Return the language that is spoken now."""
    return _current


def say(key: str, /, **values: object) -> str:
    """Return the sentence ``key`` ("queue.title") with ``values`` filled in."""
    sentence = choose(_sentences()[key])
    return (
        sentence.format(**{name: fact(name, value) for name, value in values.items()}) if values else sentence
    )


def counted(count: int) -> str:
    """Return ``count`` as people read it: 40,000."""
    return f"{count:,}"


def fact(name: str, value: object) -> object:
    """Return ``value`` as the placeholder ``name`` of a sentence says it."""
    return counted(int(value)) if name in COUNTS and isinstance(value, Integral) else value


def tongues(key: str) -> dict[str, str]:
    """Return the sentence ``key`` in every language."""
    return _sentences()[key]


def knows(key: str) -> bool:
    """Tell whether there is a sentence ``key``."""
    return key in _sentences()


def choose(pair: dict[str, str]) -> str:
    """Return the spoken one of ``{"zh": …, "en": …}``."""
    return pair[_current]


def keys() -> Iterator[str]:
    """Yield every key of a sentence."""
    yield from _sentences()


@cache
def _sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted(resources.path("text").glob("*.toml")):
        _flatten(file.stem, resources.table(f"text/{file.name}"), found)
    return found


def _flatten(prefix: str, node: dict[str, Any], found: dict[str, dict[str, str]]) -> None:
    for key, value in node.items():
        name = f"{prefix}.{key}"
        if isinstance(value.get("zh"), str):
            found[name] = value
        else:
            _flatten(name, value, found)
