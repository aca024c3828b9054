"""The page of what is overdue: the whole list, screenful by screenful, the longest overdue first."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.language import say
from ui.wall.public import PublicCases, list_line
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
    """What is overdue of ``cases`` at the time that ``clock`` tells."""

    def __init__(self, cases: PublicCases, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._cases, self._clock = cases, clock
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
        slots = self._cases.late(now)
        part, note = screen(len(slots), self.rows.room, second)
        new = self.rows.show_lines(
            say("wall.overdue"),
            [list_line(row, now) for row in self._cases.rows(slots[part])],
            say("wall.overdue_none"),
            note=note,
            role="overdue",
        )
        return [self.rows] if new else []
