"""Amounts of time as people type them: `30m 4h 5d 2u`.

Two conventions. A limit carries its clock in its units: m, h and d are working (a day is 8 counted
hours), u is hours round the clock, with m for the rest of an hour (`1u30m`). An amount beside a stated
clock has m, h and d alone, and a day is 8 hours on the working clock and 24 on the continuous one.
Units are understood in the words of resources/columns.toml too, and small numbers in Chinese: 两小时, 半天.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

import resources
from console.errors import BadInput
from models.vocabulary import Clock

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
WORKING_DAY: Final = 8 * HOUR
DAY: Final = 24 * HOUR
LONGEST: Final = 3650 * DAY
SHOWN: Final = 40

_NUMERALS: Final = {numeral: str(figure) for figure, numeral in enumerate("一二三四五六七八九", 1)} | {
    "两": "2",
    "半": "0.5",
}
_CHINESE = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?|[一二两三四五六七八九半](?=[dhum])")
_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_AMOUNT = re.compile(
    rf"(?:(?P<d>{_NUMBER})d)?\s*(?:(?P<h>{_NUMBER})h)?\s*(?:(?P<u>{_NUMBER})u)?\s*(?:(?P<m>{_NUMBER})m)?"
)
_UNITS: Final = {
    Clock.WORKING: {"d": WORKING_DAY, "h": HOUR, "m": MINUTE},
    Clock.CONTINUOUS: {"d": DAY, "h": HOUR, "m": MINUTE},
}
_CONTINUOUS_LIMIT: Final = {"u": HOUR, "m": MINUTE}


@dataclass(frozen=True, slots=True)
class Amount:
    """So many counted seconds on a clock."""

    seconds: int
    clock: Clock


def parse_limit(text: str) -> Amount:
    """Return the limit that ``text`` ("2h", "1d4h", "0.5u") says; BadInput unless it is over zero."""
    parts = _parts(text)
    clock = Clock.CONTINUOUS if "u" in parts else Clock.WORKING
    units = _CONTINUOUS_LIMIT if "u" in parts else _UNITS[Clock.WORKING]
    seconds = _seconds(text, parts, units)
    if not seconds:
        raise BadInput("amount_unreadable", text=text[:SHOWN])
    return Amount(seconds, clock)


def parse_amount(text: str, clock: Clock) -> int:
    """Return the seconds that ``text`` ("30m", "4h", "5d") counts on ``clock``; BadInput if unreadable."""
    return _seconds(text, _parts(text), _UNITS[clock])


def format_limit(limit: Amount) -> str:
    """Return the shortest text that parse_limit reads as ``limit``; seconds under a minute are dropped."""
    if limit.clock is Clock.WORKING:
        return format_amount(limit.seconds, Clock.WORKING)
    hours = Decimal(limit.seconds) / HOUR
    if hours == round(hours, 2) and limit.seconds:
        return f"{hours.normalize():f}u"
    whole, rest = divmod(limit.seconds // MINUTE, 60)
    return f"{whole}u{rest}m"


def format_amount(seconds: int, clock: Clock) -> str:
    """Return the shortest text that parse_amount reads as ``seconds``; those under a minute are dropped."""
    words = []
    for unit, size in _UNITS[clock].items():
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count}{unit}")
    return "".join(words) or "0m"


def _parts(text: str) -> dict[str, Decimal]:
    found = _AMOUNT.fullmatch(_in_letters(unicodedata.normalize("NFKC", text).strip().lower()))
    parts = {unit: Decimal(number) for unit, number in found.groupdict().items() if number} if found else {}
    if not parts:
        raise BadInput("amount_unreadable", text=text[:SHOWN])
    return parts


def _in_letters(text: str) -> str:
    """Return ``text`` with its words for units as letters, and Chinese numbers as figures."""
    for word, letter in _unit_words():
        text = text.replace(word, letter)
    return _CHINESE.sub(_figure, text)


@cache
def _unit_words() -> list[tuple[str, str]]:
    """Return each word for a unit with its letter, longer words first."""
    table = resources.table("columns.toml")["choices"]["amount"]
    words = [(word, letter) for letter, others in table.items() for word in others]
    return sorted(words, key=lambda pair: -len(pair[0]))


def _figure(found: re.Match[str]) -> str:
    if "十" not in found[0]:
        return _NUMERALS[found[0]]
    return str(10 * int(_NUMERALS.get(found[1] or "", "1")) + int(_NUMERALS.get(found[2] or "", "0")))


def _seconds(text: str, parts: dict[str, Decimal], units: dict[str, int]) -> int:
    if not parts.keys() <= units.keys():
        raise BadInput("amount_unreadable", text=text[:SHOWN])
    seconds = sum(number * units[unit] for unit, number in parts.items())
    if seconds != int(seconds):
        raise BadInput("amount_unreadable", text=text[:SHOWN])
    if seconds > LONGEST:
        raise BadInput("amount_too_long", text=text[:SHOWN])
    return int(seconds)
