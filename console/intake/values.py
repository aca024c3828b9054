"""One cell to one value: the parsers that resources/columns.toml names. BadInput says what is wrong."""

import functools
import itertools
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import resources
from console.errors import BadInput
from console.intake import instants, persons
from console.intake.columns import Column, plain
from console.intake.hygiene import clean, excerpt, label, rules
from console.language import current, say

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.\-]{0,39}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_TEXT_CELL = re.compile(r"""="(.*)"|'(.*)""")  # how spreadsheets are told to leave digits alone
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_AMOUNT = re.compile(r"(\d{1,5})(\D+)")
_SPAN = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)[-~—–至]+([01]?\d|2[0-4]):([0-5]\d)")
_TIME = re.compile(r"([01]?\d|2[0-3])[:时]([0-5]\d)分?(?::?([0-5]\d)秒?)?")
_MONTH = re.compile(r"(20\d\d)[-/.年]?(\d{1,2})月?")
_BORN = re.compile(
    r"((?:18|19|20)\d{2})(?:年|(\d{2})(\d{2})?|[-/.年](\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?(?:[T ].*)?)?"
)
_DAY = 24 * 60
MOST = 1_000_000_000  # of anything that a cell counts

Spans = tuple[tuple[int, int], ...]  # minutes since midnight, ascending, apart


def value(text: str, column: Column) -> Any:  # noqa: ANN401  each column has its own type
    """Return what the cell ``text`` means in ``column``; an empty one is "", () for spans, if it may be."""
    stripped = text.strip()
    if stripped in _ERRORS:
        raise BadInput("cell_error", label=column.label, value=stripped)
    reads = column.reads
    parse: Callable[[str, str], Any]
    if reads not in _PARSERS and reads in rules():
        stripped = _cleaned(text, column)
        parse = _as_is
    else:
        parse = _PARSERS.get(reads) or functools.partial(choice, reads)
    if stripped:
        return parse(stripped, column.key)
    if column.blank:
        return _EMPTY.get(reads, "")
    raise BadInput("text_missing", field=column.key, label=column.label)


def _cleaned(text: str, column: Column) -> str:
    """Return the text fit to be kept; what is wrong with it names its column."""
    try:
        return clean(text, column.reads)
    except BadInput as fault:
        raise BadInput(
            fault.code, **fault.facts | {"field": column.key, "label": label(column.key)}
        ) from fault


def choice(table: str, text: str, field: str) -> str:
    """Return the word of the vocabulary ``table`` that ``text`` is or stands for."""
    found = word(table, text)
    if found is None:
        words = say("intake.comma").join(called(table, word) for word in _vocabulary(table))
        raise BadInput("cell_choice", field=field, label=label(field), value=excerpt(text), choices=words)
    return found


def vocabulary(kind_of: str) -> list[str]:
    """Return the words that a column reading ``kind_of`` may have; none where it is no choice."""
    return list(_vocabulary(kind_of)) if kind_of in {"grid_kind", "resource_kind"} else []


def called(kind_of: str, word: str) -> str:
    """Return the name of a word of a vocabulary: its first other word in Chinese, itself in English."""
    said = _vocabulary(kind_of)[word]
    return said[0] if current() == "zh" and said else word


def word(table: str, text: str) -> str | None:
    """Return the word of the vocabulary ``table`` that ``text`` is or stands for, None for any other."""
    return _choices(table).get(plain(text[:80]))


def code(text: str, field: str) -> str:
    """Return a code: a name in letters and digits, whose digits mean nothing here."""
    told = _TEXT_CELL.fullmatch(text[:80])
    bare = unicodedata.normalize("NFKC", (told[1] or told[2] or "") if told else text[:80]).strip()
    if _SCIENTIFIC.fullmatch(bare):
        raise BadInput("cell_code_float", field=field, label=label(field), value=bare[:40])
    if not _CODE.fullmatch(bare):
        raise BadInput("cell_code", field=field, label=label(field), value=excerpt(text))
    return bare


def amount(text: str, field: str) -> str:
    """Return a limit as 30m, 4h, 5d (working) or 2u (continuous hours)."""
    found = _AMOUNT.fullmatch(plain(text[:40]))
    unit = _choices("amount").get(found[2]) if found else None
    if not found or not unit or not int(found[1]):
        raise BadInput("cell_amount", field=field, label=label(field), value=excerpt(text))
    return f"{int(found[1])}{unit}"


def number(text: str, field: str) -> float:
    """Return a decimal number."""
    try:
        found = float(unicodedata.normalize("NFKC", text[:40]))
    except ValueError as error:
        raise BadInput("cell_number", field=field, label=label(field), value=excerpt(text)) from error
    if not math.isfinite(found):
        raise BadInput("cell_number", field=field, label=label(field), value=excerpt(text))
    return found


def count(text: str, field: str) -> int:
    """Return a whole number of things, none included."""
    found = number(text, field)
    if not found.is_integer() or not 0 <= found <= MOST:
        raise BadInput("cell_count", field=field, label=label(field), value=excerpt(text))
    return int(found)


def month(text: str, field: str) -> date:
    """Return the first day of a month: 2026-11, 2026年11月, 202611, or any of its days."""
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text[:40]).strip())
    try:
        return date(int(found[1]), int(found[2]), 1) if found else instants.day(text).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise BadInput("cell_month", field=field, label=label(field), value=excerpt(text)) from error


def moment(text: str, field: str) -> str:
    """Return a time of day as "08:25:00", or a whole instant in ISO 8601."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text[:60]))
    if found:
        return ":".join(f"{int(part or 0):02}" for part in found.groups())
    whole: datetime = _time(instants.instant, text, field)
    return whole.isoformat()


def spans(text: str, field: str) -> Spans:
    """Return working spans of a day, from "08:00-12:00 14:00-18:00"."""
    parts = re.split(r"[\s,;、]+", unicodedata.normalize("NFKC", text[:400]).strip())
    found = [_SPAN.fullmatch(part) for part in parts]
    minutes = [60 * int(f[i]) + int(f[i + 1]) for f in found if f for i in (1, 3)]
    ascending = all(a < b for a, b in itertools.pairwise(minutes))
    if not all(found) or not ascending or minutes[-1] > _DAY:
        raise BadInput("cell_spans", field=field, label=label(field), value=excerpt(text))
    return tuple(zip(minutes[::2], minutes[1::2], strict=True))


def birth_year(text: str, field: str) -> int:
    """Return the year of a year, a month or a day of birth: the rest is not kept."""
    found = _BORN.fullmatch(unicodedata.normalize("NFKC", text[:40]))
    if not found:
        raise BadInput("cell_birth_year", field=field, label=label(field), value=excerpt(text))
    year, *rest = found.groups()
    month, day = (next(filter(None, pair), "1") for pair in (rest[::2], rest[1::2]))
    try:
        return date(int(year), int(month), int(day)).year
    except ValueError as error:
        raise BadInput("cell_no_day", field=field, label=label(field), value=excerpt(text)) from error


def category(text: str, field: str) -> str:
    """Return "class/type" as the catalogue names it."""
    parts = [part.strip() for part in re.split(r"[/／>]", clean(text, "category"))]
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004  class and type
        raise BadInput("cell_category", field=field, label=label(field), value=excerpt(text))
    return "/".join(parts)


def _as_is(text: str, _field: str) -> str:
    return text


def _time(read: Callable[[str], Any], text: str, field: str) -> Any:  # noqa: ANN401  date or datetime
    try:
        return read(unicodedata.normalize("NFKC", text[:60]))
    except (ValueError, OverflowError) as error:
        raise BadInput("cell_instant", field=field, label=label(field), value=excerpt(text)) from error


_PARSERS: dict[str, Callable[[str, str], Any]] = {
    "code": code,
    "amount": amount,
    "spans": spans,
    "category": category,
    "phone": lambda text, _field: persons.phone(text),
    "own_phone": lambda text, _field: persons.own_phone(text),
    "instant": functools.partial(_time, instants.instant),
    "day": functools.partial(_time, instants.day),
    "number": number,
    "count": count,
    "moment": moment,
    "month": month,
    "birth_year": birth_year,
    "priority": lambda text, field: int(choice("priority", text, field)),
    "yes_no": lambda text, field: choice("yes_no", text, field) == "yes",
}
_EMPTY: dict[str, Any] = {"spans": (), "yes_no": False, "datum": "unknown", "role": "lead", "number": None}


@functools.cache
def _choices(table: str) -> dict[str, str]:
    return {plain(said): word for word, others in _vocabulary(table).items() for said in (word, *others)}


def _vocabulary(table: str) -> dict[str, list[str]]:
    """Return the words of ``table`` with what else stands for each."""
    if table == "resource_kind":
        kinds = resources.table("resource_kinds.toml")
        return {key: [facts["zh"], facts["en"], *facts.get("names", [])] for key, facts in kinds.items()}
    found: dict[str, list[str]] = resources.table("columns.toml")["choices"][table]
    return found
