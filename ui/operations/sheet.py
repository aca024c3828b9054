"""The rows of one view of daily work, as a table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from console import works
from console.language import say
from ui.texts import shown

ROW: Final = Qt.ItemDataRole.UserRole
SORTED: Final = Qt.ItemDataRole.UserRole + 1
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SPARSE: Final = frozenset(  # columns that are hidden where empty
    {"worker", "name", "number", "title", "unit", "by_centre", "note"}
)
MOST: Final = 2000  # rows; who wants more chooses an organisation below
WIDEST: Final = 260  # pixels of a column of words

Facts = dict[str, Any]


class Line(QTreeWidgetItem):
    """A row, which goes before another by what its cell is, not by how it is written."""

    @override
    def __lt__(self, other: QTreeWidgetItem) -> bool:
        column = self.treeWidget().sortColumn()
        mine, theirs = self.data(column, SORTED), other.data(column, SORTED)
        return (mine is None, mine) < (theirs is None, theirs) if type(mine) is type(theirs) else mine is None


class Sheet(QTreeWidget):
    """``wanted`` with the number of the case of the row that is activated."""

    wanted = Signal(int)

    def __init__(self, called: Callable[[str], str], parent: QWidget | None = None) -> None:
        """Show organisations as they are ``called``."""
        super().__init__(parent)
        self._called = called
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setMaximumSectionSize(WIDEST)
        self.itemActivated.connect(self._activated)

    @property
    def row(self) -> Facts | None:
        """Return the row that is chosen."""
        item = self.currentItem()
        return dict(item.data(0, ROW)) if item is not None else None

    def show_rows(self, what: str, rows: Sequence[Mapping[str, Any]], key: str | None = None) -> None:
        """Show ``rows`` of ``works.COLUMNS[what]``; the chosen one stays so where it is known by ``key``."""
        before = self.row or {}
        columns = works.COLUMNS[what]
        self.setSortingEnabled(False)
        self.clear()
        self.setColumnCount(len(columns))
        self.setHeaderLabels([works.heading(column, what) for column in columns])
        self.setAccessibleName(say(f"operations.view.{what}"))
        for row in rows[:MOST]:
            item = self._line(columns, row)
            if key is not None and row[key] == before.get(key):
                self.setCurrentItem(item)
        for place, column in enumerate(columns):
            empty = column in SPARSE and not any(row[column] for row in rows)
            self.setColumnHidden(place, empty or (what, column) == ("flags", "name"))  # its organisation's
            number = any(_counts(column, row[column]) for row in rows)
            self.headerItem().setTextAlignment(place, RIGHT if number else LEFT)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    def _line(self, columns: Sequence[str], row: Mapping[str, Any]) -> Line:
        item = Line(self)
        item.setData(0, ROW, dict(row))
        for place, column in enumerate(columns):
            value = row[column]
            item.setText(place, self._said(column, value))
            item.setData(place, SORTED, value)
            if _counts(column, value):
                item.setTextAlignment(place, RIGHT)
        return item

    def _said(self, column: str, value: object) -> str:
        if value is None or value == "":
            return say("case.none")
        if isinstance(value, bool):
            return say("cli.yes" if value else "cli.no")
        told = self._called(str(value)) if column in works.PLACES else works.cell(column, value)
        return shown(str(told))

    def _activated(self, item: QTreeWidgetItem) -> None:
        number = item.data(0, ROW).get("number")
        if number is not None:
            self.wanted.emit(int(number))


def _counts(column: str, value: object) -> bool:
    """Tell whether a cell says how many."""
    return isinstance(value, int) and not isinstance(value, bool) and column not in {"id", "number"}
