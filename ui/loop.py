"""Start and stop of the screen: one loop for Qt and asyncio, left only after everything has been closed."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.adapters.event_loop import new_loop
from ui.tasks import tasks

Step = Callable[[], Awaitable[None]]


class Life(QObject):
    """A run of the screen, from ``begin`` until somebody leaves; then tasks end, and ``end`` is awaited.

    A window never quits by itself: its close is ignored and asks to leave, because a pool that is torn down
    by the end of the loop loses what was on its way.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._left = asyncio.Event()

    def leave(self) -> None:
        """Ask to end; what runs is cancelled first."""
        self._left.set()

    def leave_with(self, window: QWidget) -> None:
        """Make closing ``window`` ask to leave."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Turn a close into a wish to leave."""
        if event.type() == QEvent.Type.Close and not self._left.is_set():
            event.ignore()
            self.leave()
            return True
        return super().eventFilter(watched, event)

    def run(self, begin: Step, end: Step) -> None:
        """Live until left. An error in ``begin`` comes out here, after ``end``."""
        self._application.setQuitOnLastWindowClosed(False)
        loop = new_loop(self._application)
        with contextlib.closing(loop):
            self._heed_signals(loop)
            loop.run_until_complete(self._live(begin, end))

    async def _live(self, begin: Step, end: Step) -> None:
        try:
            await begin()
            await self._left.wait()
        finally:
            for window in self._application.topLevelWidgets():
                window.hide()
            await tasks.cancel_all()
            await end()

    def _heed_signals(self, loop: asyncio.AbstractEventLoop) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows ends programs by closing their windows
                loop.add_signal_handler(number, self.leave)


async def answer(dialog: QDialog) -> int:
    """Show ``dialog`` and return its result code; ``exec()`` would freeze the loop."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finish(result: int) -> None:
        if not done.done():
            done.set_result(result)

    dialog.finished.connect(finish)
    dialog.open()
    try:
        return await done
    except asyncio.CancelledError:
        dialog.close()
        raise
