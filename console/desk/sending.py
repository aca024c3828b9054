"""A file on its way to the server: it has time as long as bytes leave; silence counts, not size."""

import asyncio
import os
import socket
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from console.connection import Connection

LOOK_SECONDS: Final = 0.1
FRESH_SECONDS: Final = 2.0  # for so long after some bytes have left the line counts as moving
HELD_BYTES: Final = 1 << 16  # that the system may hold back unseen: what it takes has not left
BLIND: Final = os.name == "nt"  # there the loop hands all over at once, and shows no move before the last
SLOWEST: Final = 1 << 15  # bytes a second of a line on which no move can be seen
ENDLESS: Final = 86_400.0  # seconds: the driver's own limit counts from the first byte

T = TypeVar("T")


@dataclass(slots=True)
class Sending:
    """How far the file of a command has come: its bytes, and those that still wait here.

    Loop times: ``moved``, at which bytes left last; ``furthest``, at which it had come further than ever.
    """

    command: uuid.UUID
    whole: int
    left: int = field(init=False)
    moved: float = field(init=False)
    furthest: float = field(init=False)
    _least: int = field(init=False)
    _begun: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.left = self._least = self.whole
        self.moved = self.furthest = _now()

    @property
    def gone(self) -> int:
        """Return how many bytes have left."""
        return max(0, self.whole - self.left)

    @property
    def moving(self) -> bool:
        """Tell whether bytes have left just now."""
        return _now() - self.moved < FRESH_SECONDS

    async def over(self, raw: Connection, asking: Coroutine[Any, Any, T], silence: float) -> T:
        """Return the answer over ``raw``; TimeoutError once nothing has moved for ``silence`` seconds."""
        transport = getattr(raw, "_transport")  # noqa: B009  the driver tells nobody else how much waits
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD_BYTES)
        self.left, self.moved, self._begun = self.whole, _now(), False
        task = asyncio.ensure_future(asking)
        try:
            while not (await asyncio.wait({task}, timeout=LOOK_SECONDS))[0]:
                self._look(_held(transport))
                if _now() - self.moved > self.limit(silence):
                    raise TimeoutError
            return task.result()
        finally:
            if not task.done():  # nobody waits for the answer any more, and what is half sent stops the line
                task.cancel()
                raw.terminate()

    def limit(self, silence: float) -> float:
        """Return how many seconds may pass without a move; more where a move cannot be seen."""
        return silence + (self.left / SLOWEST if BLIND else 0)

    def _look(self, left: int) -> None:
        self._begun = self._begun or left > 0  # before, the file is not on its way yet
        if self._begun and left != self.left:
            self.left, self.moved = left, _now()
        if left < self._least:
            self._least, self.furthest = left, self.moved


def _held(transport: Any) -> int:  # noqa: ANN401  the loop's own, under TLS the one beneath too
    """Return how many bytes wait in ``transport``; what is encrypted waits in the one that it writes to."""
    beneath = getattr(getattr(transport, "_ssl_protocol", None), "_transport", None)
    waiting: int = transport.get_write_buffer_size()
    return waiting + (beneath.get_write_buffer_size() if beneath is not None else 0)


def _now() -> float:
    """Return the loop's time."""
    return asyncio.get_running_loop().time()
