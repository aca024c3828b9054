"""The map's part in the dispatch page: what is chosen there and in the queue is the same."""

from PySide6.QtCore import QObject

from ui.map.hand import Hand
from ui.map.widget import MapView
from ui.queue.panel import QueuePanel
from ui.seat import Seat


class MapWork(QObject):
    """Puts the hand on ``view``, and keeps it and ``queue`` agreed on incidents."""

    def __init__(self, seat: Seat, view: MapView, queue: QueuePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._seat, self._view, self._queue = seat, view, queue
        self.hand = Hand(view, self._marked, self._mine)
        self.hand.told.connect(seat.notices.say)

    def _marked(self) -> list[int]:
        """Return what is marked in the queue, else what is selected."""
        marked = [row.number for row in self._queue.list.selection.rows()]
        selected = self._view.selected
        return marked or ([selected] if isinstance(selected, int) else [])

    def _mine(self) -> list[int]:
        """Return the incidents whose claim is this seat's."""
        board = self._seat.console.board
        slots = board.all_slots()
        held = board.columns["mine"].within(slots, {True}) & board.claimed(self._seat.bridge.now(), slots)
        found: list[int] = board.numbers[slots[held]].tolist()
        return found
