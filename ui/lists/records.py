"""The records behind a figure that counts no cases: residents, houses, grids, workers, what they did."""

from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.desk.behind import Page, Records
from console.indicators import records as told
from console.lists.columns import of_records
from ui.lists.paged import PagedList
from ui.lists.rows import laid

WIDE: Final = {"code": 210, "name": 210, "what": 120, "place": 0, "day": 120, "n": 120}  # 0: the rest


class RecordList(PagedList):
    """The records behind ``name``, their ``first`` page read."""

    def __init__(self, name: str, records: Records, first: Page, parent: QWidget | None = None) -> None:
        self._records, self._several = records, records.several(first)
        columns = laid(of_records(records, first), WIDE)
        super().__init__(name, records, columns, "boards.records", parent)
        self.note = records.note

    @override
    def _count(self, total: int) -> str:
        """Return how many there are, and how many they stand for where that is another number."""
        count = super()._count(total)
        if not self._several or self.rows.view.find:
            return count
        return count + told.together(self._records.stands_for, self._records.counted)
