"""Peers as a table, and the working of one score as a tree whose numbers open their cases."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from console.indicators import scores, standing
from console.indicators.standing import Standing, Unit
from console.language import say
from ui.choices import HELD, RIGHT, Choices, Entries
from ui.texts import shown
from ui.theme import theme

NAMED: Final = 1  # the column of the units' names
INDENTS: Final = 4  # of a sentence in the working, with the room at its end
LEAST: Final = 200  # pixels of a line
HEAD: Final = ("place", "unit", "score", "grade", "due")

Facts = Mapping[str, Any]


class Peers(Choices):
    """The ranked first, then those with too few cases, then those without."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("scores.window.peers"), parent)
        self.header().setStretchLastSection(False)

    @property
    def unit(self) -> Unit | None:
        """Return the unit that has the keys."""
        found: Unit | None = self.held
        return found

    def show_standing(self, found: Standing) -> None:
        """Show ``found``; the unit that was chosen stays so."""
        before = self.unit
        self.clear()
        names = [say("scores.weighted", name=scores.name(part), weight=f"{weight:g}")
                 for part, weight in found.weights.items()]  # fmt: skip
        self.setColumnCount(len(HEAD) + len(names))
        self.setHeaderLabels([*(say(f"scores.{name}") for name in HEAD), *names])
        for column in range(self.columnCount()):
            if column != NAMED:
                self.headerItem().setTextAlignment(column, RIGHT)
        for title, units in (("", found.ranked), ("few", found.few), ("idle", found.idle)):
            if title and units:
                self._heading(say(f"scores.window.{title}", count=len(units)))
            for unit in units:
                item = self._line(unit)
                if before is not None and unit.code == before.code:
                    self.setCurrentItem(item)
        self.settle()

    def _heading(self, words: str) -> None:
        item = QTreeWidgetItem(self, [words])
        item.setFirstColumnSpanned(True)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setForeground(0, theme.color("text2"))

    def _line(self, unit: Unit) -> QTreeWidgetItem:
        none = say("boards.none")
        score = none if unit.score is None else f"{unit.score:.1f}"
        points = [none if part.points is None else f"{part.points:.2f}" for part in unit.parts]
        cells = [
            str(unit.place or none),
            shown(unit.name),
            score,
            unit.grade or none,
            str(unit.cases),
            *points,
        ]
        item = QTreeWidgetItem(self, cells)
        item.setData(0, HELD, unit)
        for column in range(len(cells)):
            if column != NAMED:
                item.setTextAlignment(column, RIGHT)
        return item


class Working(Entries):
    """Formula, weight, numbers and result of each part; figures are entered by key, cases by number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("scores.window.working"), parent)
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setWordWrap(True)

    def show_unit(self, found: Standing, unit: Unit, appeals: Sequence[Facts]) -> None:
        """Write out how ``unit`` has its score, and what was appealed."""
        self.clear()
        for part in unit.parts:
            top = self._row(self.invisibleRootItem(), scores.name(part.key), standing.part_text(part))
            top.setFont(0, theme.font("strong"))
            self._words(top, scores.formula(part.key, part.weight))
            if meaning := scores.meaning(part.key):
                self._words(top, meaning)
            if part.value is not None:
                for number in standing.counted(found.group, unit, part):
                    self._row(
                        top, number.words, say("scores.window.cases") if number.count else "", number.figure
                    )
            if part.key == "volume" and found.median is not None:
                self._words(top, say("scores.window.median", median=f"{found.median:g}"))
        total = self._row(self.invisibleRootItem(), say("scores.window.total"), "")
        total.setFont(0, theme.font("strong"))
        self._words(total, standing.sum_text(unit))
        if unit.cases and unit.place is None:
            self._words(total, say("scores.window.unranked"))
        self._words(total, say("scores.window.since", since=found.since))
        asked = self._row(self.invisibleRootItem(), say("scores.window.appeals", count=len(appeals)), "")
        self._words(asked, say("scores.window.how"))
        for appeal in appeals:
            item = self._words(asked, shown(standing.appeal_text(appeal)))
            item.setData(0, HELD, int(appeal["number"]))
            item.setForeground(0, theme.color("text"))
        self.expandAll()

    def _row(self, under: QTreeWidgetItem, words: str, told: str, figure: str = "") -> QTreeWidgetItem:
        item = QTreeWidgetItem(under, [words, told])
        item.setTextAlignment(1, RIGHT)
        item.setForeground(1, theme.color("accent" if figure else "text"))
        item.setData(0, HELD, figure if figure and told else None)
        return item

    def _words(self, under: QTreeWidgetItem, words: str) -> QTreeWidgetItem:
        """Add a line that says something over both columns."""
        room = self.viewport().width() - INDENTS * self.indentation()
        item = QTreeWidgetItem(under, ["\n".join(_folded(words, room))])
        item.setFirstColumnSpanned(True)
        item.setForeground(0, theme.color("text2"))
        return item


def _folded(words: str, room: int) -> Iterator[str]:
    """Yield ``words`` in lines of so many pixels: the rows of a tree do not fold by themselves."""
    layout = QTextLayout(words, theme.font("base"))
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(max(room, LEAST))
        yield words[line.textStart() : line.textStart() + line.textLength()].rstrip()
        line = layout.createLine()
    layout.endLayout()
