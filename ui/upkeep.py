"""What a console does by itself: keeps claims alive while somebody works, and has time's changes written."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from typing_extensions import override

from console.app import Console
from console.errors import Problem
from ui.tasks import tasks

EVERY = 30_000  # milliseconds
INPUT = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove}
)


class Upkeep(QObject):
    """Twice a minute; a claim lives ten minutes beyond the last input."""

    def __init__(self, console: Console, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._console = console
        self._touched = True
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(lambda: tasks.start(self.keep(), "upkeep"))
        self._timer.start()

    def watch(self, window: QWindow) -> None:
        """Take input at ``window`` as a sign of life."""
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._touched = self._touched or event.type() in INPUT
        return super().eventFilter(watched, event)

    async def keep(self) -> None:
        """Renew and sweep once; a lost database is told elsewhere."""
        touched, self._touched = self._touched, False
        try:
            if touched and (mine := self._mine()):
                await self._console.renew(mine)
            await self._console.sweep()
        except Problem:
            self._touched = touched

    def _mine(self) -> list[int]:
        board = self._console.board
        slots = board.all_slots()
        held = slots[board.columns["mine"].within(slots, [True])]
        return [int(number) for number in board.numbers[held]]
