"""Peers as a table, and the working of one score as a tree whose numbers open their cases."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from console.indicators import scores, standing
from console.indicators.standing import Standing, Unit
from console.language import say
from ui.keyboard import ENTER
from ui.texts import shown
from ui.theme import theme

KEPT: Final = Qt.ItemDataRole.UserRole
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NAMED: Final = 1  # the column of the units' names
HEAD: Final = ("place", "unit", "score", "grade", "due")

Facts = Mapping[str, Any]


class Peers(QTreeWidget):
    """The ranked first, then those with too few cases, then those without; ``chosen``: another unit."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName(say("scores.window.peers"))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())

    @property
    def unit(self) -> Unit | None:
        """Return the unit that has the keys."""
        item = self.currentItem()
        found: Unit | None = item.data(0, KEPT) if item is not None else None
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
        first = next((one for one in self._items() if one.data(0, KEPT) is not None), None)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

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
        item.setData(0, KEPT, unit)
        for column in range(len(cells)):
            if column != NAMED:
                item.setTextAlignment(column, RIGHT)
        return item


class Working(QTreeWidget):
    """Formula, weight, numbers and result of each part; ``asked`` carries a figure, ``opened`` a case."""

    asked = Signal(str)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setAccessibleName(say("scores.window.working"))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setWordWrap(True)
        self.itemClicked.connect(self._open)

    def show_unit(self, found: Standing, unit: Unit, appeals: Sequence[Facts]) -> None:
        """Write out how ``unit`` has its score, and what was appealed."""
        self.clear()
        for part in unit.parts:
            top = self._row(self.invisibleRootItem(), scores.name(part.key), standing.part_text(part))
            top.setFont(0, theme.font("strong"))
            self._words(top, scores.formula(part.key, part.weight))
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
        for appeal in appeals:
            item = self._words(asked, shown(standing.appeal_text(appeal)))
            item.setData(0, KEPT, int(appeal["number"]))
            item.setForeground(0, theme.color("text"))
        self.expandAll()

    def _row(self, under: QTreeWidgetItem, words: str, told: str, figure: str = "") -> QTreeWidgetItem:
        item = QTreeWidgetItem(under, [words, told])
        item.setTextAlignment(1, RIGHT)
        item.setForeground(1, theme.color("accent" if figure else "text"))
        item.setData(0, KEPT, figure if told else None)
        return item

    def _words(self, under: QTreeWidgetItem, words: str) -> QTreeWidgetItem:
        """Add a line that says something over both columns."""
        item = QTreeWidgetItem(under, [words])
        item.setFirstColumnSpanned(True)
        item.setForeground(0, theme.color("text2"))
        return item

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in ENTER and item is not None:
            self._open(item)
        else:
            super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem) -> None:
        kept = item.data(0, KEPT)
        if isinstance(kept, str):
            self.asked.emit(kept)
        elif isinstance(kept, int):
            self.opened.emit(kept)
