"""What the product says, in Chinese and English: one table a subject under resources/text."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import resources

LANGUAGES = ("zh", "en")

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
    return choose(_sentences()[key]).format(**values) if values else choose(_sentences()[key])


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
