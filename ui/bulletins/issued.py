"""The bulletins that were issued, the newest first."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from console.language import say
from console.papers import Facts
from ui.moments import local
from ui.texts import shown

ROW: Final = Qt.ItemDataRole.UserRole
COLUMNS: Final = ("number", "period", "issued_at", "issued_by")


class IssuedList(QTreeWidget):
    """Each with number, period or campaign, when and by whom."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderLabels([say(f"bulletins.column.{name}") for name in COLUMNS])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_rows(self, rows: list[Facts], chosen: tuple[int, int] | None = None) -> None:
        """Show rows of desk.bulletins; that of year and number ``chosen`` is selected, without a signal."""
        with QSignalBlocker(self):
            self.clear()
            for row in rows:
                number = say("bulletins.number", year=str(row["year"]), number=str(row["number"]))
                at = f"{local(row['issued_at'].timestamp()):%Y-%m-%d %H:%M}"
                cells = [number, shown(row["campaign"]) or row["period"], at, shown(row["issued_by"])]
                item = QTreeWidgetItem(self, cells)
                item.setData(0, ROW, key_of(row))
                if key_of(row) == chosen:
                    self.setCurrentItem(item)


def key_of(row: Facts) -> tuple[int, int]:
    """Return year and number."""
    return row["year"], row["number"]
