"""The cases behind a figure, as a list; Enter opens one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from console.errors import Problem
from console.feed.board import Board
from console.language import say
from console.spoken import status_label
from ui.dialog import Dialog
from ui.tasks import tasks
from ui.texts import shown

LISTED = 1000
NUMBER = Qt.ItemDataRole.UserRole
Heads = Callable[[Sequence[int]], Awaitable[Mapping[int, tuple[str, str]]]]  # title and status


class CaseList(Dialog):
    """The cases ``numbers`` behind ``name``, with what the board knows of them, else ``heads``.

    ``opened`` carries the one wanted.
    """

    opened = Signal(int)

    def __init__(
        self,
        name: str,
        numbers: Sequence[int],
        board: Board,
        parent: QWidget | None = None,
        heads: Heads | None = None,
    ) -> None:
        title = say("window.cases.title", name=shown(name), count=len(numbers))
        super().__init__(title, parent, (560, 520))
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.windowTitle())
        for number in numbers[:LISTED]:
            item = QListWidgetItem(_line(number, board), self.list)
            item.setData(NUMBER, number)
        self.list.itemActivated.connect(self._open)
        self.column.addWidget(self.list, 1)
        hint = say("window.cases.hint" if numbers else "window.cases.none")
        self.foot(say("window.cases.more", count=LISTED) if len(numbers) > LISTED else hint)
        self.list.setCurrentRow(0)
        ended = [number for number in numbers[:LISTED] if board.row(number) is None]
        if heads is not None and ended:
            tasks.start(self._complete(heads, ended), "titles of cases that have ended")

    async def _complete(self, heads: Heads, ended: Sequence[int]) -> None:
        """Name the cases that are on no board any more; what cannot be read stays a number."""
        try:
            found = await heads(ended)
        except Problem:
            return
        if not isValid(self):
            return
        for place in range(self.list.count()):
            item = self.list.item(place)
            number = int(item.data(NUMBER))
            if number in found:
                item.setText(_words(number, *found[number]))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(int(item.data(NUMBER)))
        self.accept()


def _line(number: int, board: Board) -> str:
    row = board.row(number)
    if row is None:
        return say("window.cases.gone", number=number)
    return _words(number, row.title, row.status)


def _words(number: int, title: str, status: str) -> str:
    return say("window.cases.line", number=number, title=shown(title), status=status_label(status))
