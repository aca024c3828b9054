"""Presence: this seat says every few seconds where it is, and hears who else looks, writes or hands over."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from console.desk.desk import Desk
from console.errors import Problem

LEAVE_SECONDS: Final = 1.0
ATTEND: Final = "SELECT desk.attend($1)::text"

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What goes on around this seat, in the shapes of desk.attend.

    ``looking``: who else looks at which case ({number, name, login, since}); ``messages`` not read yet;
    ``handover``: heads of those that wait for this seat's signature.
    """

    looking: list[Facts] = field(default_factory=list)
    messages: list[Facts] = field(default_factory=list)
    handover: list[Facts] = field(default_factory=list)

    def at(self, number: int) -> list[Facts]:
        """Return who else looks at the case ``number``."""
        return [one for one in self.looking if one["number"] == number]

    def names(self) -> dict[int, list[str]]:
        """Return the names of those who look, by case."""
        found: dict[int, list[str]] = {}
        for one in self.looking:
            found.setdefault(one["number"], []).append(one["name"])
        return found


class Presence:
    """Attends every ``seconds``, and at once when another case is opened; an outage passes in silence.

    How old what is known may be, the feed's pulse tells: ``around`` stays as it was heard last.
    """

    def __init__(self, desk: Desk, seconds: float) -> None:
        self._desk = desk
        self._seconds = seconds
        self._now = asyncio.Event()
        self._listeners: list[Callable[[Around], None]] = []
        self.number: int | None = None
        self.around = Around()

    def listen(self, listener: Callable[[Around], None]) -> Callable[[], None]:
        """Tell ``listener`` whenever something around has changed; return how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look_at(self, number: int | None) -> None:
        """Say that this seat looks at the case ``number`` from now on, None: at none."""
        if number != self.number:
            self.number = number
            self.attend()

    def attend(self) -> None:
        """Ask now, without waiting for the next turn."""
        self._now.set()

    async def run(self) -> None:
        """Attend until cancelled."""
        while True:
            self._now.clear()
            with suppress(Problem):
                heard = await self._desk.call(lambda raw: raw.fetchval(ATTEND, self.number))
                self._hear(Around(**json.loads(heard)))
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await self._now.wait()

    async def leave(self) -> None:
        """Say at once that this seat looks at no case any more; the others need not wait for its silence.

        A database that is slow or away keeps nobody from leaving.
        """
        if self.number is not None:
            with suppress(Problem, TimeoutError):
                async with asyncio.timeout(LEAVE_SECONDS):
                    await self._desk.call(lambda raw: raw.fetchval(ATTEND, None))

    def _hear(self, around: Around) -> None:
        if around == self.around:
            return
        self.around = around
        for listener in tuple(self._listeners):
            listener(around)
