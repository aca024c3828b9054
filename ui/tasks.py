"""Coroutines that a click starts: kept until done, their failures shown, all ended before the window goes."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.errors import Problem

log = logging.getLogger(__name__)


class Tasks(QObject):
    """The running tasks of the screen."""

    failed = Signal(str, object)  # name, exception: the window shows a notice

    def __init__(self) -> None:
        super().__init__()
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, coroutine: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run ``coroutine`` on; a failure is told by ``failed`` and logged, a fault with its traceback."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._running.add(task)
        task.add_done_callback(self._end)
        return task

    async def cancel_all(self) -> None:
        """Cancel what runs and wait until it has ended."""
        running = [task for task in self._running if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _end(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Problem):
            log.warning("task %s: %s", task.get_name(), error.sentence)
        elif error is not None:
            log.error("task %s failed", task.get_name(), exc_info=error)
        if error is not None:
            self.failed.emit(task.get_name(), error)


tasks = Tasks()
