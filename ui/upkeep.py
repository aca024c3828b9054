"""What a console does by itself: keeps claims alive while somebody works, and has time's changes written."""

from PySide6.QtCore import QObject, QTimer

from console.app import Console
from console.errors import Problem
from ui.attention import attention
from ui.tasks import tasks

EVERY = 30_000  # milliseconds


class Upkeep(QObject):
    """Twice a minute; a claim lives ten minutes beyond the last input."""

    def __init__(self, console: Console, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._console = console
        attention.notice()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(lambda: tasks.start(self.keep(), "upkeep"))
        self._timer.start()

    async def keep(self) -> None:
        """Renew and sweep once; a lost database is told elsewhere, and the next turn comes soon enough."""
        try:
            if attention.idle * 1000 <= EVERY and (mine := self._mine()):
                await self._console.renew(mine)
            await self._console.sweep()
        except Problem:
            return

    def _mine(self) -> list[int]:
        board = self._console.board
        slots = board.all_slots()
        held = slots[board.columns["mine"].within(slots, [True])]
        return [int(number) for number in board.numbers[held]]
