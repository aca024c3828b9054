"""The last step that can be taken back, for as long as it can."""

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.command import Command

SECONDS = 30


class Undo(QObject):
    """Remembers one command; ``changed`` each second while there is something to take back."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: tuple[Command, int] | None = None
        self.left = 0  # seconds
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._pass)

    def remember(self, command: Command, number: int) -> None:
        """Offer to take ``command`` on ``number`` back."""
        self._last, self.left = (command, number), SECONDS
        self._timer.start()
        self.changed.emit()

    def take(self) -> tuple[Command, int] | None:
        """Return what is to be taken back, and forget it; None where there is nothing."""
        last, self._last, self.left = self._last, None, 0
        self._timer.stop()
        self.changed.emit()
        return last

    def _pass(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.take()
        else:
            self.changed.emit()
