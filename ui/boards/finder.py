"""Finds what a mark of a board counts: one question at a time, told while its answer is on the way."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.errors import Problem
from ui.boards.ask import Asked
from ui.tasks import tasks

Find = Callable[[Asked], Awaitable[None]]


class Finder(QObject):
    """``changed`` as a question begins and ends; ``failed`` with the sentence where it has no answer.

    Once ``page`` is left, its question is forgotten: no list opens over what is looked at now.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, find: Find, page: QWidget) -> None:
        super().__init__(page)
        self._find = find
        self.asked: Asked | None = None  # what is looked for now
        self._asking: asyncio.Task[None] | None = None
        page.installEventFilter(self)

    def ask(self, asked: Asked) -> None:
        """Look for ``asked``; pressing again meanwhile changes nothing."""
        if self.asked is None:
            self._turn(asked)
            self._asking = tasks.start(self._guarded(asked), f"cases of {asked.figures[0]}")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = event.type() == QEvent.Type.Hide and not event.spontaneous()
        if left and self.asked is not None and self._asking is not None:
            self._asking.cancel()
            self._turn(None)
        return super().eventFilter(watched, event)

    async def _guarded(self, asked: Asked) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            await self._find(asked)
        except Problem as problem:
            self.failed.emit(problem.sentence)
        finally:
            QGuiApplication.restoreOverrideCursor()
            if self.asked is asked:
                self._turn(None)

    def _turn(self, asked: Asked | None) -> None:
        self.asked = asked
        self.changed.emit()
