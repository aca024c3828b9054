"""The cases behind a figure, as a list; Enter opens one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.feed.board import Board
from console.language import say
from console.spoken import status_label
from ui.dialog import Dialog
from ui.texts import shown

LISTED = 1000
NUMBER = Qt.ItemDataRole.UserRole


class CaseList(Dialog):
    """``numbers`` with what the board knows of them; ``opened`` carries the one that is wanted."""

    opened = Signal(int)

    def __init__(self, numbers: Sequence[int], board: Board, parent: QWidget | None = None) -> None:
        super().__init__(say("window.cases.title", count=len(numbers)), parent, (560, 520))
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.windowTitle())
        for number in numbers[:LISTED]:
            item = QListWidgetItem(_line(number, board), self.list)
            item.setData(NUMBER, number)
        self.list.itemActivated.connect(self._open)
        self.column.addWidget(self.list, 1)
        self.foot(say("window.cases.hint" if numbers else "window.cases.none"))
        self.list.setCurrentRow(0)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(int(item.data(NUMBER)))
        self.accept()


def _line(number: int, board: Board) -> str:
    row = board.row(number)
    if row is None:
        return say("window.cases.gone", number=number)
    return say("window.cases.line", number=number, title=shown(row.title), status=status_label(row.status))
