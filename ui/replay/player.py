"""Time of a replay under the hand: any moment, played at a pace, or fact by fact."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from console.errors import Problem
from console.feed.past import Past
from ui.tasks import tasks

BEAT: Final = 100  # milliseconds between two pictures
PACES: Final = (60, 300, 1440, 4320, 10080)  # seconds that pass in one
USUAL: Final = 1440  # a day a minute
AHEAD: Final = 4.0  # seconds of playing that are read before they are shown


class Player(QObject):
    """Moves ``past``; what must be read first is read beside, and the last wish counts.

    ``busy``: a wish waits for what is being read. While it plays, what follows is read before it is wanted.
    """

    moved = Signal()  # another moment is shown
    turned = Signal()  # it plays or not, reads or not, or at another pace
    told = Signal(str)  # key of a sentence: why it goes no further
    failed = Signal(str)

    def __init__(self, past: Past, now: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.past = past
        self.pace = USUAL
        self.busy = False
        self.now = now
        self._wish: Callable[[], Awaitable[object]] | None = None
        self._reading: asyncio.Task[Any] | None = None
        self._passed = QElapsedTimer()
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self.beat)

    @property
    def playing(self) -> bool:
        """Tell whether time passes."""
        return self._timer.isActive()

    @property
    def at(self) -> float:
        """Return the moment that is shown."""
        return self.past.at

    def play(self, *, on: bool) -> None:
        """Let time pass from here on, or stand still."""
        if on:
            self._passed.start()
            self._timer.start()
        else:
            self._timer.stop()
        self.turned.emit()

    def toggle(self) -> None:
        """Play if it stands still, stop if it plays."""
        self.play(on=not self.playing)

    def quicken(self, by: int) -> None:
        """Take the next pace up or down."""
        place = PACES.index(self.pace) + by
        self.pace = PACES[max(0, min(place, len(PACES) - 1))]
        self.turned.emit()

    def go(self, at: float) -> None:
        """Show the moment ``at``, now at the latest."""
        at = min(at, self.now())
        if not self.busy and self.past.knows(at):
            self.past.show(at)
            self.moved.emit()
            self._look_ahead()
        else:
            self._ask(lambda: self.past.seek(at))

    def step(self, by: int) -> None:
        """Go one fact on (1) or back (-1), and stand still."""
        self.play(on=False)
        self._ask(lambda: self._step(by))

    def beat(self) -> None:
        """Let as much time pass as its pace says."""
        passed = self._passed.restart() / 1000
        if self.busy:
            return
        at = self.at + min(passed, 1.0) * self.pace
        if at >= self.now():
            self.play(on=False)
            self.told.emit("replay.reached_now")
        self.go(at)

    async def _step(self, by: int) -> None:
        before = self.past.told, self.at
        await self.past.step(by)
        if (self.past.told, self.at) == before:
            self.told.emit("replay.reached_now" if by > 0 else "replay.no_earlier")

    def stop_reading(self) -> None:
        """Call off what is being read for a wish: the moment that is shown stays, and time stands still."""
        if self.busy and self._reading is not None:
            self._reading.cancel()
            self._wish = self._reading = None
            self._turn(busy=False)
            self.play(on=False)
            self.told.emit("replay.called_off")

    def _ask(self, wish: Callable[[], Awaitable[object]]) -> None:
        self._wish = wish
        if not self.busy:
            self._turn(busy=True)
        self._begin()

    def _look_ahead(self) -> None:
        if self._ahead() is not None:
            self._begin()

    def _ahead(self) -> Callable[[], Awaitable[object]] | None:
        """Return how to read what will soon be shown, None where it is known or time stands still."""
        until = min(self.at + AHEAD * self.pace, self.now())
        wanted = self.playing and self.past.knows(self.at) and not self.past.knows(until)
        return partial(self.past.read_on, until) if wanted else None

    def _begin(self) -> None:
        if self._reading is None:
            self._reading = tasks.start(self._read(), "replay")

    async def _read(self) -> None:
        try:
            while (wish := self._wish or self._ahead()) is not None:
                wished, self._wish = self._wish is not None, None
                await wish()
                if wished:
                    self.moved.emit()
                    self._turn(busy=self._wish is not None)
        except Problem as problem:
            self.play(on=False)
            self.failed.emit(problem.sentence)
        finally:
            if self._reading is asyncio.current_task():  # not one that was called off
                self._wish = self._reading = None
                self._turn(busy=False)

    def _turn(self, *, busy: bool) -> None:
        if busy != self.busy:
            self.busy = busy
            self.turned.emit()
