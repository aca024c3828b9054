"""The cases behind a figure, as a list; Enter opens one."""

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.desk.behind import Listed
from console.lists.columns import of_cases
from ui.lists.paged import PagedList
from ui.lists.rows import laid

WIDE: Final = {
    "number": 76,
    "status": 108,
    "title": 0,
    "class_name": 104,
    "place": 190,
    "unit": 110,
    "received": 126,
    "due": 126,
    "closed": 126,
}


class CaseList(PagedList):
    """The cases ``listed`` behind ``name``; ``opened`` carries the one wanted."""

    opened = Signal(int)

    def __init__(self, name: str, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(name, listed, laid(of_cases(), WIDE), "window.cases", parent)
        self.chosen.connect(self._open)

    def _open(self, row: dict[str, Any]) -> None:
        self.opened.emit(int(row["number"]))
        self.accept()
