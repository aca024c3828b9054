"""What every text passes before it enters, wherever it comes from: command line, window or file.

Refused: NUL and lone surrogates (no person types them and PostgreSQL cannot keep them), too long texts.
Removed: control, bidi and zero-width characters (Unicode Cc, Cf, noncharacters); a joiner stays between
two emoji, variation selectors stay (rare characters in names need them), private use stays (old GBK files
hold names there). At most MARKS combining marks follow one another. The rest is NFC, trimmed; a field
without lines has its white space folded. HTML is text: the screen shows it as it is.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

import resources
from console.errors import BadInput
from console.language import knows, say

MARKS = 8
_ROUGH = 4  # so many times its limit a text is refused unread: cleaning costs time

_PLAIN = re.compile(r"[ -~\u3001-\u3029\u4E00-\u9FFF\uFF01-\uFF5E]*")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\uD800-\uDFFF]")
_WHITE = frozenset("\t\n\r\v\f\x85")  # folded, not left out
_UNSEEN = frozenset({"Cc", "Cf", "Cn"})  # control, format (bidi, zero width), noncharacters
_EMOJI = r"\U0001F000-\U0001FAFF\u2600-\u27BF"
_LOOSE_JOINER = re.compile(rf"(?<![{_EMOJI}\uFE0F])\u200D|\u200D(?![{_EMOJI}])")


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a field's text may be, in characters, and whether it has lines."""

    limit: int
    lines: bool = False


@functools.cache
def rules() -> dict[str, Rule]:
    """Return the rule of each field from resources/columns.toml."""
    return {field: Rule(**facts) for field, facts in resources.table("columns.toml")["texts"].items()}


def clean(text: str, field: str, limit: int | None = None) -> str:
    """Return ``text`` fit to be kept in ``field``; BadInput where it cannot be.

    Cleaning twice changes nothing. ``limit`` in characters replaces the field's own; a field of unknown
    name has lines.
    """
    bound = rules().get(field) or Rule(limit or 0, lines=True)
    most = bound.limit if limit is None else limit
    cleaned = text
    if not _PLAIN.fullmatch(text):
        _refuse_unkeepable(text, field, most)
        cleaned = _normal(text)
    cleaned = cleaned.strip() if bound.lines else " ".join(cleaned.split())
    if len(cleaned) > most:
        raise _too_long(field, most)
    return cleaned


def demand(text: str, field: str, limit: int | None = None) -> str:
    """Clean ``text`` and refuse an empty one."""
    cleaned = clean(text, field, limit)
    if not cleaned:
        raise BadInput("text_missing", field=field, label=label(field))
    return cleaned


def left_out(text: str) -> int:
    """Return how many characters that nobody sees (control, bidi, zero width) cleaning removes."""
    return 0 if text.isprintable() else _unseen(text) - _unseen(_normal(text))


def _unseen(text: str) -> int:
    return sum(char not in _WHITE and unicodedata.category(char) in _UNSEEN for char in text)


def label(field: str) -> str:
    """Return the name of ``field`` in the spoken language."""
    key = f"intake.field.{field}"
    return say(key) if knows(key) else field


def excerpt(value: str, most: int = 40) -> str:
    """Return the printable beginning of any text, to be shown in a sentence about it."""
    seen = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[: most + 1])
    return seen if len(seen) <= most else seen[:most] + "…"


def _refuse_unkeepable(text: str, field: str, most: int) -> None:
    if "\0" in text:
        raise BadInput("text_nul", field=field, label=label(field))
    if _SURROGATE.search(text):
        raise BadInput("text_surrogate", field=field, label=label(field))
    if len(text) > most * _ROUGH and len(text.strip()) > most * _ROUGH:
        raise _too_long(field, most)


def _too_long(field: str, most: int) -> BadInput:
    return BadInput("text_too_long", field=field, label=label(field), limit=most)


def _normal(text: str) -> str:
    visible = _LOOSE_JOINER.sub("", "".join(filter(_kept, _BREAKS.sub("\n", text))))
    return _calm(unicodedata.normalize("NFC", _calm(visible)))


def _kept(char: str) -> bool:
    if char in "\n\t\u200d":
        return True
    point = ord(char)
    nowhere = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF  # noqa: PLR2004  Unicode's noncharacters
    return not nowhere and unicodedata.category(char) not in {"Cc", "Cf"}


def _calm(text: str) -> str:
    """Cut piles of combining marks: they hide neighbours and cost normalisation quadratic time."""
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= MARKS:
            kept.append(char)
    return "".join(kept)
