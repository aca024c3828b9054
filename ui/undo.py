"""The last step that can be taken back, on one case or on many at once, for as long as it can."""

from math import ceil
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.command import Command

SECONDS = 30
TICK = 200  # milliseconds


class Undo(QObject):
    """Remembers the commands of one step; ``changed`` each second while there is something to take back."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: tuple[Command, ...] = ()
        self._until = 0.0
        self.left = 0  # seconds
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.look)

    def remember(self, *commands: Command) -> None:
        """Offer to take ``commands`` back, each on its own case."""
        self._last, self._until, self.left = commands, monotonic() + SECONDS, SECONDS
        self._timer.start()
        self.changed.emit()

    def take(self) -> tuple[Command, ...]:
        """Return what is to be taken back, and forget it; nothing where there is nothing."""
        last, self._last, self.left = self._last, (), 0
        self._timer.stop()
        self.changed.emit()
        return last

    def look(self) -> None:
        """Look at the time: a second less is left, or nothing."""
        left = max(0, ceil(self._until - monotonic()))
        if not left:
            self.take()
        elif left != self.left:
            self.left = left
            self.changed.emit()
