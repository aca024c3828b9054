"""The queue's columns: what there is to choose from, and how the chosen ones share a row's width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtGui import QFontMetrics

from console.language import keys, say

MARK_WIDTH = 26
GAP = 14
EDGE = 12
NARROWEST, WIDEST = 32, 900


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` in pixels (0 = as wide as its widest text), and its ``share`` of what is left over.

    Where nothing was chosen it is shown from a list's width ``from_width`` on.
    """

    name: str
    sorts_by: str
    width: int = 0
    share: int = 0
    from_width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column stands in a row, in pixels."""

    column: Column
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which columns a person sees, from left to right (none = the usual ones), and widths set by hand."""

    names: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return self.names or USUAL

    def with_names(self, names: Sequence[str]) -> "Chosen":
        """Return the choice of ``names``; those that are unknown are left out, and one stays always."""
        known = tuple(name for name in dict.fromkeys(names) if name in COLUMNS)
        return replace(self, names=() if known == USUAL else known)

    def moved(self, name: str, to: str) -> "Chosen":
        """Return the choice with ``name`` in the place of ``to``."""
        others = [one for one in self.shown if one != name]
        others.insert(self.shown.index(to), name)
        return self.with_names(others)

    def sized(self, name: str, width: int) -> "Chosen":
        """Return the choice with ``name`` as wide as ``width`` pixels."""
        return replace(self, widths={**self.widths, name: min(max(width, NARROWEST), WIDEST)})


COLUMNS = {
    column.name: column
    for column in (
        Column("number", "number"),
        Column("title", "title", width=140, share=5),
        Column("place", "community", width=84, share=3, from_width=460),
        Column("status", "status"),
        Column("unit", "unit", width=80, share=2, from_width=580),
        Column("due", "due", right=True),
        Column("class", "class_name", width=150),
        Column("priority", "priority", width=70),
        Column("channel", "channel", width=84),
        Column("township", "township", width=84),
        Column("community", "community", width=96),
        Column("address", "place", width=160, share=2),
        Column("grid", "grid_code", width=124),
        Column("centre", "centre", width=96),
        Column("holder", "claim_by", width=70),
        Column("received", "received", width=96, right=True),
        Column("handling", "handling_due", width=84, right=True),
        Column("promised", "promised_due", width=84, right=True),
        Column("reminders", "reminders", width=48, right=True),
        Column("reports", "reports", width=48, right=True),
        Column("round", "round", width=48, right=True),
        Column("urged", "urged", width=96, right=True),
        Column("callback", "callback", width=84, right=True),
    )
}
USUAL = ("number", "title", "place", "status", "unit", "due")
LONGEST_DUE = {"n": 23, "m": 59, "sign": "−"}


def arrange(width: int, metrics: QFontMetrics, largest_number: int, chosen: Chosen) -> list[Cell]:
    """Return the cells of a row that is ``width`` wide, or wider where the columns do not fit."""
    columns = [COLUMNS[name] for name in chosen.shown]
    if not chosen.names:
        columns = [column for column in columns if width >= column.from_width]
    widths = {
        c.name: chosen.widths.get(c.name) or c.width or _widest(c, metrics, largest_number) for c in columns
    }
    free = width - MARK_WIDTH - EDGE - GAP * (len(columns) - 1) - sum(widths.values())
    elastic = [column for column in columns if column.share and column.name not in chosen.widths]
    for column in elastic if free > 0 or not chosen.names else ():  # the usual ones fit without a scroll bar
        room = widths[column.name] + free * column.share // sum(one.share for one in elastic)
        widths[column.name] = max(NARROWEST, room)
    return _cells(columns, widths, width if elastic and free > 0 else 0)


def content_width(cells: list[Cell]) -> int:
    """Return how wide a row is that shows ``cells`` whole."""
    return cells[-1].x + cells[-1].width + EDGE


def _cells(columns: Sequence[Column], widths: dict[str, int], width: int) -> list[Cell]:
    cells, x = [], MARK_WIDTH
    for column in columns:
        cells.append(Cell(column, x, widths[column.name]))
        x += widths[column.name] + GAP
    last = cells[-1]  # what rounding left over goes before the last column, which stands at the edge
    return [*cells[:-1], replace(last, x=max(last.x, width - EDGE - last.width))]


def _widest(column: Column, metrics: QFontMetrics, largest_number: int) -> int:
    texts = {
        "number": [str(largest_number), say("columns.name.number") + " ↑"],
        "status": [say(key) for key in keys() if key.startswith("queue.status.")],
        "due": [say("queue.remaining.hours", **LONGEST_DUE), say("columns.name.due") + " ↑"],
    }[column.name]
    return max(metrics.horizontalAdvance(text) for text in texts) + 2
