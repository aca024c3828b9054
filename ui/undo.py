"""The last step that can be taken back, on one case or on many at once, for as long as it can."""

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.command import Command

SECONDS = 30


class Undo(QObject):
    """Remembers the commands of one step; ``changed`` each second while there is something to take back."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: tuple[Command, ...] = ()
        self.left = 0  # seconds
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._pass)

    def remember(self, *commands: Command) -> None:
        """Offer to take ``commands`` back, each on its own case."""
        self._last, self.left = commands, SECONDS
        self._timer.start()
        self.changed.emit()

    def take(self) -> tuple[Command, ...]:
        """Return what is to be taken back, and forget it; nothing where there is nothing."""
        last, self._last, self.left = self._last, (), 0
        self._timer.stop()
        self.changed.emit()
        return last

    def _pass(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.take()
        else:
            self.changed.emit()
