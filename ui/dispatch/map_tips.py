"""What the map's card says of a case and of a grid, from the board and the grid's own card."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer

from console.errors import Problem
from console.language import say
from ui.queue.times import due_told
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import shown

REST = 250  # milliseconds on a grid before its head is asked for
KEPT = 500  # grids' heads


class BoardTips(QObject):
    """Answers at once; the head of a grid comes a moment later, and ``again`` is called then."""

    def __init__(self, seat: Seat, again: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._seat, self._again = seat, again
        self._heads: dict[str, str] = {}
        self._wanted = ""
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(lambda: tasks.start(self._ask(self._wanted), "asking for a grid's head"))

    def incident(self, number: int, grade: str) -> list[str]:
        """Return number and grade, title, class, limit and unit."""
        heading = say("map.incident", number=number, grade=say(f"map.{grade}"))
        row = self._seat.console.board.row(number)
        if row is None:
            return [heading]
        due = due_told(row.due, self._seat.bridge.now())
        unit = say("hand.tip_unit", unit=shown(row.unit)) if row.unit else say("hand.tip_no_unit")
        kind = self._seat.directory.class_name(row.class_code)
        return [heading, *(shown(line) for line in (row.title, kind, due, unit) if line)]

    def grid(self, code: str) -> list[str]:
        """Return the code, and the head once it is known."""
        if code not in self._heads and code != self._wanted:
            self._wanted = code
            self._rest.start()
        head = self._heads.get(code, "")
        return [code, *([say("hand.tip_head", name=shown(head))] if head else [])]

    async def _ask(self, code: str) -> None:
        """Read who is the head; a lost database is told elsewhere."""
        try:
            card = await self._seat.console.reads.around.grid_card(code)
        except Problem:
            self._wanted = ""  # the next step of the cursor asks again
            return
        if len(self._heads) >= KEPT:
            self._heads.clear()
        self._heads[code] = _head(card)
        self._again()


def _head(card: Mapping[str, Any]) -> str:
    """Return the name of the grid's head, "" where nobody is."""
    return next((str(one["name"]) for one in card["staff"] or [] if one["kind"] == "head"), "")
