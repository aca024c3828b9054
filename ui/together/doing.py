"""What seats do together, at hand in the window: the messages, and notices of what comes in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.dispatch.page import DispatchPage
from ui.queue.filters import Condition
from ui.seat import Seat
from ui.together.messages import Messages

if TYPE_CHECKING:
    from ui.together.page import HandoverPage


class Doing(QObject):
    """``opened`` carries a case that is wanted."""

    opened = Signal(int)
    queued = Signal()  # the queue shows what was asked for

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

    def handover(self) -> "HandoverPage":
        """Make the page of the handover."""
        from ui.together.page import HandoverPage  # noqa: PLC0415  looked at once or twice a shift

        page = HandoverPage(self._seat)
        page.opened.connect(self._open)
        page.wanted.connect(self._show_claims)
        page.takeover.connect(lambda number: self._dispatch.open_form(("claim", number)))
        return page

    def _show_claims(self, name: str) -> None:
        self._dispatch.queue.set_conditions([Condition("claim_by", name)])
        self.queued.emit()

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

    def _tell(self, sentence: str, number: int | None) -> None:
        """Say what has come in, unless the messages are open before the person."""
        if self.messages is None or not self.messages.isActiveWindow():
            self._seat.notices.say(sentence, number)
