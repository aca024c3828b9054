"""The records behind a figure that counts no cases: residents, houses, grids, workers, what they did."""

from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.desk.behind import Facts, Page, Records
from console.indicators import records as told
from ui.dialogs.paged_list import PagedList, text
from ui.dialogs.paged_rows import Column
from ui.texts import shown

COLUMNS: Final = {"code": 210, "name": 210, "what": 120, "place": 0, "day": 120, "n": 120}  # 0: the rest


class RecordList(PagedList):
    """The records behind ``name``, their ``first`` page read; columns that say nothing there are left out."""

    def __init__(self, name: str, records: Records, first: Page, parent: QWidget | None = None) -> None:
        self._records = records
        self._several = records.counted is not None or records.stands_for != first.total
        keys = [
            key
            for key in COLUMNS
            if (self._several if key == "n" else not first.rows or any(row[key] for row in first.rows))
        ]
        columns = [
            Column(key, told.heading(key, records.counted), COLUMNS[key],
                   _what if key == "what" else text(key), number=key == "n")
            for key in keys
        ]  # fmt: skip
        super().__init__(name, records, columns, "boards.records", parent)

    @override
    def _count(self, total: int) -> str:
        """Return how many there are, and how many they stand for where that is another number."""
        count = super()._count(total)
        if not self._several or self.rows.view.find:
            return count
        return count + told.together(self._records.stands_for, self._records.counted)


def _what(row: Facts) -> str:
    return shown(told.kind(row["what"]))
