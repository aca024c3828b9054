"""The records behind a figure that counts no cases: residents, houses, grids, workers, what they did."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from console.language import knows, say
from ui.dialog import Dialog
from ui.texts import shown

SIZE: Final = (900, 560)
COLUMNS: Final = {"code": 190, "name": 190, "what": 110, "place": 0, "day": 110, "n": 70}  # 0: the rest
WORDS: Final = ("registry.result", "places.staff")  # where what a record is may be named


class RecordList(Dialog):
    """``found`` as Reads.board_records has it; columns that say nothing are left out."""

    def __init__(self, name: str, found: Mapping[str, Any], parent: QWidget | None = None) -> None:
        rows = found["rows"]
        super().__init__(say("boards.records.title", name=name), parent, SIZE)
        several = any(row["n"] != 1 for row in rows)
        columns = [key for key in COLUMNS if (several if key == "n" else any(row[key] for row in rows))]
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.windowTitle())
        self.list.setColumnCount(max(len(columns), 1))
        self.list.setHeaderLabels([say(f"boards.records.{key}") for key in columns])
        self.list.addTopLevelItems(
            [QTreeWidgetItem([shown(_word(row[key])) for key in columns]) for row in rows]
        )
        self._widen(columns)
        self.column.addWidget(self.list, 1)
        self.foot(_foot(rows, more=found["more"], several=several))
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _widen(self, columns: list[str]) -> None:
        header = self.list.header()
        header.setStretchLastSection(False)
        for place, key in enumerate(columns):
            modes = QHeaderView.ResizeMode
            header.setSectionResizeMode(place, modes.Interactive if COLUMNS[key] else modes.Stretch)
            if COLUMNS[key]:
                header.resizeSection(place, COLUMNS[key])


def _foot(rows: list[dict[str, Any]], *, more: bool, several: bool) -> str:
    """Return how many there are, and how many they stand for where that is another number."""
    if not rows:
        return say("boards.records.none")
    if more:
        return say("boards.records.more", count=len(rows))
    told = say("boards.records.count", count=len(rows))
    return told + say("boards.records.sum", sum=sum(row["n"] for row in rows)) if several else told


def _word(value: object) -> str:
    known = next((key for group in WORDS if knows(key := f"{group}.{value}")), None)
    return "" if value is None else say(known) if known else str(value)
