"""Finds what a mark of a board counts: one question at a time, told while its answer is on the way."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from console.errors import Problem
from ui.boards.ask import Asked
from ui.tasks import tasks

Find = Callable[[Asked], Awaitable[None]]


class Finder(QObject):
    """``changed`` as a question begins and ends; ``failed`` with the sentence where it has no answer."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, find: Find, parent: QObject) -> None:
        super().__init__(parent)
        self._find = find
        self.asked: Asked | None = None  # what is looked for now

    def ask(self, asked: Asked) -> None:
        """Look for ``asked``; pressing again meanwhile changes nothing."""
        if self.asked is None:
            self._turn(asked)
            tasks.start(self._guarded(asked), f"cases of {asked.figures[0]}")

    async def _guarded(self, asked: Asked) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            await self._find(asked)
        except Problem as problem:
            self.failed.emit(problem.sentence)
        finally:
            QGuiApplication.restoreOverrideCursor()
            self._turn(None)

    def _turn(self, asked: Asked | None) -> None:
        self.asked = asked
        self.changed.emit()
