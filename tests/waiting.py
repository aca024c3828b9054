"""Waiting for facts: tests never wait for a moment, and a wait in vain tells what did not come true."""

import asyncio
import linecache
import sys
import time
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Self, TypeVar

T = TypeVar("T")
SECONDS = 60.0  # costs nothing where a fact comes true; machines are shared
TICK = 0.02
DEEP = 3  # lines of tests that a failure shows


async def until(
    true: Callable[[], T | None],
    seconds: float = SECONDS,
    *,
    pause: float = 0.01,
    meanwhile: Callable[[], object] = lambda: None,
    scene: Callable[[], str] = str,
) -> T:
    """Let the loop work until ``true()`` is; return what it returned, or fail and show the ``scene``."""
    __tracebackhide__ = True
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, f"not true after {seconds:.0f} s\n{_asked()}\n{scene()}"
        meanwhile()
        await asyncio.sleep(pause)
    return found


async def until_told(ask: Callable[[], Awaitable[T]], seconds: float = SECONDS) -> T:
    """Ask again and again until the answer is true; return it."""
    async with asyncio.timeout(seconds):
        while not (found := await ask()):
            await asyncio.sleep(TICK)
    return found


class Stopwatch:
    """Counts the ``seconds`` inside it as a machine would that has nothing else to do.

    What comes late because the machine is busy counts no more than what comes in time.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._ticking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._ticking = asyncio.get_running_loop().create_task(self._tick())
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._ticking is not None
        self._ticking.cancel()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self.seconds += TICK


def _asked() -> str:
    """Return the lines of the tests that wait, the innermost first."""
    lines: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and len(lines) < DEEP:
        if "/tests/" in frame.f_code.co_filename and frame.f_code.co_name != "until":
            lines.append(_line(frame))
        frame = frame.f_back
    return "\n".join(lines)


def _line(frame: FrameType) -> str:
    code = frame.f_code
    text = linecache.getline(code.co_filename, frame.f_lineno).strip()
    return f"  {code.co_filename.partition('/tests/')[2]}:{frame.f_lineno} {code.co_name}: {text}"
