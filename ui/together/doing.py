"""What seats do together, at hand in the window: the messages, and notices of what comes in."""

from PySide6.QtCore import QObject, Signal

from ui.panels.dispatch import DispatchPage
from ui.seat import Seat
from ui.together.messages import Messages


class Doing(QObject):
    """``opened`` carries a case that is wanted, ``told`` a sentence for the person."""

    opened = Signal(int)
    told = Signal(str)

    def __init__(self, seat: Seat, dispatch: DispatchPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._dispatch = seat, dispatch
        self.messages: Messages | None = None
        seat.company.told.connect(self._tell)

    @property
    def unread(self) -> int:
        """Return how many messages wait to be read."""
        return len(self._seat.company.around.messages)

    @property
    def waiting(self) -> int:
        """Return how many handovers wait for this seat's signature."""
        return len(self._seat.company.around.handover)

    def show_messages(self) -> None:
        """Open the messages, ready to write."""
        if self.messages is None:
            self.messages = Messages(self._seat, self._dispatch.window())
            self.messages.opened.connect(self._open)
        self.messages.show_for(self._dispatch.case.number)

    def leave(self) -> None:
        """Put everything away: the person leaves."""
        self._seat.company.leave()
        if self.messages is not None:
            self.messages.hide()
            self.messages.deleteLater()
            self.messages = None

    def _open(self, number: int) -> None:
        if self.messages is not None:
            self.messages.hide()
        self.opened.emit(number)

    def _tell(self, sentence: str) -> None:
        """Say what has come in, unless the messages are open before the person."""
        if self.messages is None or not self.messages.isActiveWindow():
            self.told.emit(sentence)
