"""One person at work: a started console, its signals, and what forms may name."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.app import Console
from console.desk.command import Command
from console.desk.drafts import Draft
from console.errors import Problem
from ui.bridge import Bridge
from ui.company import Company
from ui.directory import Directory
from ui.notices.notices import Notices
from ui.seat_loads import SeatLoads
from ui.undo import Undo
from ui.upkeep import Upkeep

__all__ = ["Draft", "Seat"]


class Seat(QObject):
    """Everything that panels share. Make it inside the loop, before the console starts."""

    settled = Signal(object, object)  # Command that had no answer for long, answer or Problem
    posted = Signal(object)  # Command that was left in the outbox

    def __init__(self, console: Console, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.console = console
        self.bridge = Bridge(console.feed, self)
        self.company = Company(console.presence, self)
        self.undo = Undo(self)
        self.notices = Notices(self.undo, self.bridge.now, self)
        self.directory = Directory()
        self.loads = SeatLoads(console.reads, self.directory)
        self.upkeep = Upkeep(console, self)
        self.drafts = console.drafts
        console.on_settled(self.settle)

    @property
    def unsure(self) -> dict[tuple[str, int | None], Command]:
        """Return by action and number what was sent, and nobody knows whether it was done."""
        return {(command.action, command.number): command for command in self.console.unanswered}

    def version(self, number: int) -> int | None:
        """Return the version of ``number`` that this seat saw last, None if it is not on the board."""
        row = self.console.board.row(number)
        return None if row is None else row.version

    def post(
        self, command: Command, typed: Mapping[str, object] | None = None, *, away: bool = False
    ) -> bool:
        """Leave ``command`` in the outbox if the database is away and the action can wait; tell whether."""
        left = self.console.post(command, typed, away=away)
        if left:
            self.posted.emit(command)
        return left

    def settle(self, command: Command, outcome: dict[str, Any] | Problem) -> None:
        """Forget the draft of what was done; what was refused stays as one."""
        if not isinstance(outcome, Problem):
            self.drafts.pop((command.action, command.number), None)
        self.settled.emit(command, outcome)
