"""The columns of lists behind figures: headings, and what each says of a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.desk.behind import Facts, Page, Records
from console.indicators import records as told
from console.intake.csv_file import Cell
from console.language import say
from console.spoken import CHINA, status_label

CASES: Final = ("number", "status", "title", "class_name", "place", "unit", "received", "due", "closed")
INSTANTS: Final = ("received", "due", "closed")
Says = Callable[[Facts], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``heading``, and what it ``says`` of a row; ``number``: it is one, in files too."""

    key: str
    heading: str
    says: Says
    number: bool = False

    def cell(self, row: Facts) -> Cell:
        """Return what stands of ``row`` in a file."""
        return row.get(self.key) if self.number else self.says(row)


def of_cases() -> list[Column]:
    """Return the columns of cases, as desk.case_lines tells them."""
    says: dict[str, Says] = {"number": _number, "status": _status, "place": _place}
    says |= {key: _instant(key) for key in INSTANTS}
    return [
        Column(key, say(f"window.cases.column.{key}"), says.get(key) or _text(key), number=key == "number")
        for key in CASES
    ]


def of_records(records: Records, first: Page) -> list[Column]:
    """Return the columns of ``records``, whose ``first`` page is read; not those that say nothing there."""
    several = records.several(first)
    return [
        Column(
            key,
            told.heading(key, records.counted, records.bearer),
            _kind if key == "what" else _text(key),
            key == "n",
        )
        for key in told.COLUMNS
        if (several if key == "n" else not first.rows or any(row[key] for row in first.rows))
    ]


def _text(key: str) -> Says:
    return lambda row: str(row.get(key) or "")


def _instant(key: str) -> Says:
    """Return what says the instant of a row under ``key``, which is in seconds since 1970."""
    return lambda row: f"{datetime.fromtimestamp(row[key], CHINA):%Y-%m-%d %H:%M}" if row.get(key) else ""


def _kind(row: Facts) -> str:
    return told.kind(row["what"])


def _number(row: Facts) -> str:
    return str(row["number"])


def _status(row: Facts) -> str:
    return status_label(row["status"]) if "status" in row else say("window.cases.gone")


def _place(row: Facts) -> str:
    """Return the place, with the community or township before it where its own words do not name one."""
    place, areas = row.get("place") or "", [row.get(key) for key in ("community", "township")]
    known = [str(area) for area in areas if area]
    named = any(area in place for area in known)
    return place if named else " ".join([*known[:1], place]).strip()
