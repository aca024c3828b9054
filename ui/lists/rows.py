"""Rows that are read page by page: the next one before the last row of this one is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from shiboken6 import isValid
from typing_extensions import override

from console.desk.behind import Facts, Listed, Page, View
from console.errors import BadInput, Problem
from console.lists import columns
from ui.tasks import tasks
from ui.texts import shown

AHEAD: Final = 150  # rows before the end at which the next page is asked for
Index = QModelIndex | QPersistentModelIndex
ARROWS: Final = {False: "↑", True: "↓"}
NOWHERE: Final = QModelIndex()
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def looked_for(text: str) -> str:
    """Return the words of what is typed into a search, without what cannot be seen: NUL, half letters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@dataclass(frozen=True, slots=True)
class Column(columns.Column):
    """A column on the screen: pixels (0: what is left over); ``sorts``: the list can be in its order."""

    width: int = 0
    sorts: bool = True


def laid(told: Sequence[columns.Column], widths: dict[str, int]) -> list[Column]:
    """Return columns as wide as ``widths`` say, and safe to be shown."""
    return [Column(one.key, one.heading, _shown(one.says), one.number, widths[one.key]) for one in told]


def _shown(says: columns.Says) -> columns.Says:
    return lambda row: shown(says(row))


class PagedRows(QAbstractTableModel):
    """The rows of ``listed`` as far as they are read, under ``columns``.

    ``told`` after every page; ``failed`` with the sentence where one cannot be read: looking at the end of
    the rows asks for it again. A view that cannot be had leaves the one before, and its rows.
    """

    told = Signal()
    failed = Signal(str)

    def __init__(self, listed: Listed, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.listed, self.columns = listed, tuple(columns)
        self.rows: list[Facts] = []
        self.total: int | None = None  # None: nothing is known yet
        self.view = self._seen = View()  # what is asked for, and whose rows are shown
        self.failing = False  # the last page could not be read
        self._after: object = None
        self._reading = False
        self._asked = 0  # how often rows were begun anew: what was asked for before is not wanted any more

    def begin(self, view: View) -> None:
        """Show the rows of ``view``; those that are shown stay until its first are there."""
        self.view = view
        self._asked += 1
        self._read(None)

    def _read(self, after: object) -> None:
        self._reading = True
        tasks.start(self._fetch(self._asked, after), "a page of a list")

    async def _fetch(self, asked: int, after: object) -> None:
        try:
            page = await self.listed.page(self.view, after)
        except Problem as problem:
            if isValid(self) and asked == self._asked:
                self._reading, self.failing = False, True
                if isinstance(problem, BadInput) and self.total is not None:
                    self.view, self.failing = self._seen, False
                self.failed.emit(problem.sentence)
            return
        if isValid(self) and asked == self._asked:
            self._take(page, first=after is None)

    def _take(self, page: Page, *, first: bool) -> None:
        self._reading = self.failing = False
        self._after, self.total, self._seen = page.after, page.total, self.view
        if first:
            self.beginResetModel()
            self.rows = list(page.rows)
            self.endResetModel()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        elif page.rows:
            self.beginInsertRows(NOWHERE, len(self.rows), len(self.rows) + len(page.rows) - 1)
            self.rows += page.rows
            self.endInsertRows()
        self.told.emit()

    def change(self, known: object, told: Facts) -> None:
        """Write ``told`` into the row whose "id" is ``known``."""
        for place, row in enumerate(self.rows):
            if row["id"] == known:
                self.rows[place] = row | told
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def drop(self, known: object) -> None:
        """Take the row whose "id" is ``known`` off the list: it is none of it any more."""
        place = next((place for place, row in enumerate(self.rows) if row["id"] == known), None)
        if place is not None and self.total is not None:
            self.beginRemoveRows(NOWHERE, place, place)
            del self.rows[place]
            self.total -= 1
            self.endRemoveRows()
            self.told.emit()

    def _near(self, row: int) -> None:
        """Read on where the end of what is read comes near."""
        if self._after is not None and not self._reading and row >= len(self.rows) - AHEAD:
            self._read(self._after)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.number else None
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        self._near(index.row())
        return column.says(self.rows[index.row()])

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column, sorted_by = self.columns[section], self.view.sort
            return f"{column.heading} {ARROWS[self.view.down]}" if sorted_by == column.key else column.heading
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].number else LEFT
        return None
