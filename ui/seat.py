"""One person at work: a started console, its signals, and what forms may name."""

from PySide6.QtCore import QObject

from console.app import Console
from console.desk.command import Command
from console.desk.drafts import Draft
from ui.bridge import Bridge
from ui.directory import Directory
from ui.upkeep import Upkeep

__all__ = ["Draft", "Seat"]


class Seat(QObject):
    """Everything that panels share. Make it inside the loop, before the console starts."""

    def __init__(self, console: Console, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.console = console
        self.bridge = Bridge(console.feed, self)
        self.directory = Directory()
        self.upkeep = Upkeep(console, self)
        self.drafts = console.drafts
        self.unsure: dict[
            tuple[str, int | None], Command
        ] = {}  # sent, and nobody knows whether they were done

    def version(self, number: int) -> int | None:
        """Return the version of ``number`` that this seat saw last, None if it is not on the board."""
        row = self.console.board.row(number)
        return None if row is None else row.version
