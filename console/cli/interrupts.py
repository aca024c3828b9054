"""Ctrl-C and its like: whatever a command is doing, it leaves quietly and takes along what it has begun."""

import asyncio
import logging
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Final, Self, TypeVar

HEEDED: Final = (signal.SIGINT, signal.SIGTERM)
OURS: Final = (signal.SIG_DFL, signal.default_int_handler)  # what somebody else has set or ignores stays
DIED: Final = 128  # shells count the number of a signal from here

T = TypeVar("T")


class Interrupts:
    """While open, a signal to end cancels the work that is carried, or is a KeyboardInterrupt without one.

    ``code`` is then how the command ended by it. Never an exception in the midst of the driver's own code,
    which crashes by it. A second signal ends the process at once.
    """

    def __init__(self) -> None:
        self.code: int | None = None
        self._before: dict[signal.Signals, Any] = {}
        self._work: asyncio.Task[Any] | None = None

    def __enter__(self) -> Self:
        self.code = None
        if threading.current_thread() is threading.main_thread():
            wanted = [one for one in HEEDED if signal.getsignal(one) in OURS]
            self._before = {one: signal.signal(one, self._interrupt) for one in wanted}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}

    def carry(self, work: Coroutine[Any, Any, T]) -> T:
        """Run ``work`` as asyncio.run does; cancelled by a signal, it may still clear away."""

        async def carried() -> T:
            self._work = asyncio.current_task()
            try:
                return await work
            finally:
                self._work = None

        return asyncio.run(carried())

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let a signal interrupt the body, which keeps the loop waiting for a person or a long file."""
        work, self._work = self._work, None
        try:
            yield
        finally:
            self._work = work

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        self.code = DIED + number
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # what is left undone is meant to be
        for one in self._before:
            signal.signal(one, signal.SIG_DFL)
        if self._work is None:
            raise KeyboardInterrupt
        self._work.get_loop().call_soon_threadsafe(self._work.cancel)


interrupts: Final = Interrupts()  # signals belong to the process
