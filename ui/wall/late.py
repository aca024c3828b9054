"""The page of what is overdue: the whole list, screenful by screenful, the longest overdue first."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.feed.board import Board
from console.language import say
from ui.wall.public import late, list_line, rows
from ui.wall.rows import Column, Rows, screen

COLUMNS = {
    "number": Column(role="text2"),
    "what": Column(1.0),
    "where": Column(1.0),
    "township": Column(0.9, role="text2"),
    "unit": Column(1.2),
    "status": Column(0.8, role="text2"),
    "late": Column(right=True, role=""),
}
LEAST, ROW = 10, 30


class LatePage(QWidget):
    """What is overdue on ``board`` at the time that ``clock`` tells."""

    def __init__(self, board: Board, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._board, self._clock = board, clock
        self.rows = Rows(tuple(COLUMNS.values()), LEAST, self, row=ROW, grows=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self.rows)

    @property
    def parts(self) -> list[QWidget]:
        """What is drawn for itself."""
        return [self.rows]

    def tick(self, second: int) -> list[QWidget]:
        """Bring the list to the present; return it if it reads otherwise than before."""
        now = self._clock()
        self.rows.names = tuple(say(f"wall.column.{key}") for key in COLUMNS)
        slots = late(self._board, now)
        part, note = screen(len(slots), self.rows.room, second)
        new = self.rows.show_lines(
            say("wall.overdue"),
            [list_line(row, now) for row in rows(self._board, slots[part])],
            say("wall.overdue_none"),
            note=note,
            role="overdue",
        )
        return [self.rows] if new else []
