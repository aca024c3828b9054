"""The peer of the queue: QSortFilterProxyModel over a table model in Python, seen by a QTableView."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QTableView

from console.feed.board_row import Row
from tests.benchmarks.queue_rows import COLUMNS

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 30
SHOWN = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole})


class Table(QAbstractTableModel):
    """Incidents as lists of values, the way such a model is usually written."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self.rows = [values(row) for row in rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's signature
        """Return how many incidents there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """Return what stands in a cell."""
        return self.rows[index.row()][index.column()] if role in SHOWN else None

    def take(self, changed: Iterable[Row], *, each: bool) -> None:
        """Write ``changed`` (incident n is row n - 1), telling of each row, or of nothing."""
        for row in changed:
            line = row.number - 1
            self.rows[line] = values(row)
            if each:
                self.dataChanged.emit(self.index(line, 0), self.index(line, len(COLUMNS) - 1))


class Peer:
    """Model, proxy and view, sorted by due."""

    def __init__(self, rows: Iterable[Row], size: tuple[int, int]) -> None:
        self.table = Table(rows)
        self.proxy = QSortFilterProxyModel()
        self.proxy.setDynamicSortFilter(False)
        self.proxy.setSourceModel(self.table)
        self.view = QTableView()
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.view.setModel(self.proxy)
        self.view.resize(*size)
        self.view.show()

    def sort(self, column: str) -> None:
        """Sort by ``column``; the proxy is told to do so when asked only."""
        self.proxy.sort(COLUMNS.index(column))

    def filter(self, column: str, text: str) -> None:
        """Show rows in whose ``column`` ("" = any) stands ``text``."""
        self.proxy.setFilterKeyColumn(COLUMNS.index(column) if column else -1)
        self.proxy.setFilterFixedString(text)


def values(row: Row) -> list[object]:
    """Return the cells of ``row``."""
    return [getattr(row, name) for name in COLUMNS]
