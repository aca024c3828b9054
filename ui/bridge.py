"""Facts as Qt signals: the only place where the screen listens to the feed."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from console.feed.board import Change
from console.feed.listener import Feed, Link, Pulse


class Bridge(QObject):
    """Signals of one console's feed, and the server's clock."""

    facts = Signal(object)  # frozenset[int]: incidents that changed
    reloaded = Signal()  # the whole board is another
    linked = Signal(object)  # Link: it is another than before

    def __init__(self, feed: Feed, parent: QObject | None = None) -> None:
        """Listen to ``feed``; needs a running loop, whose time the pulse counts in."""
        super().__init__(parent)
        self._feed = feed
        self._time = asyncio.get_running_loop().time
        self._link = feed.pulse.link
        feed.on_facts(self._hear)
        feed.on_pulse(self._feel)

    @property
    def link(self) -> Link:
        """Return how the console stands to its database."""
        return self._feed.pulse.link

    def now(self) -> float:
        """Return the server's time in epoch seconds; meaningless before the first answer."""
        return self._time() + self._feed.pulse.offset

    def age(self) -> float | None:
        """Return how many seconds old the board may be; None before the first answer."""
        pulse = self._feed.pulse
        return None if not pulse.heard else max(0.0, self._time() - pulse.heard) + pulse.behind

    def _hear(self, numbers: Sequence[int], change: Change | None) -> None:
        if change is None:
            self.reloaded.emit()
        else:
            self.facts.emit(frozenset(numbers))

    def _feel(self, pulse: Pulse) -> None:
        if pulse.link is not self._link:
            self._link = pulse.link
            self.linked.emit(pulse.link)
