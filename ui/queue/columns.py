"""The queue's columns: what each sorts by, how wide it is, and which go first when space is short."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from console.language import keys, say

MARK_WIDTH = 26
GAP = 14
EDGE = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``share`` of the free width (0 = as wide as its widest text), shown from a width on."""

    name: str
    sorts_by: str
    share: int = 0
    from_width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a column stands in a row, in pixels."""

    column: Column
    x: int
    width: int


COLUMNS = (
    Column("number", "number"),
    Column("title", "title", share=5),
    Column("place", "community", share=3, from_width=460),
    Column("status", "status"),
    Column("unit", "unit", share=2, from_width=580),
    Column("due", "due", right=True),
)
LONGEST_DUE = {"n": 23, "m": 59, "sign": "−"}


def arrange(width: int, metrics: QFontMetrics, largest_number: int) -> list[Cell]:
    """Return the cells of a row that is ``width`` wide; widths that depend on texts follow the language."""
    shown = [column for column in COLUMNS if width >= column.from_width]
    fixed = {column.name: _fixed(column, metrics, largest_number) for column in shown if not column.share}
    free = width - MARK_WIDTH - EDGE - GAP * (len(shown) - 1) - sum(fixed.values())
    shares = sum(column.share for column in shown)
    return _cells(shown, {c.name: fixed.get(c.name, max(0, free * c.share // shares)) for c in shown}, width)


def _cells(shown: Sequence[Column], widths: dict[str, int], width: int) -> list[Cell]:
    cells, x = [], MARK_WIDTH
    for column in shown:
        cells.append(Cell(column, x, widths[column.name]))
        x += widths[column.name] + GAP
    last = cells[-1]  # what rounding left over goes before the last column, which stands at the edge
    return [*cells[:-1], Cell(last.column, width - EDGE - last.width, last.width)]


def _fixed(column: Column, metrics: QFontMetrics, largest_number: int) -> int:
    texts = {
        "number": [str(largest_number), say("queue.column.number")],
        "status": [say(key) for key in keys() if key.startswith("queue.status.")],
        "due": [say("queue.remaining.hours", **LONGEST_DUE), say("queue.column.due") + " ↑"],
    }[column.name]
    return max(metrics.horizontalAdvance(text) for text in texts) + 2
