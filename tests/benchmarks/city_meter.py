"""What a statement costs: how long it took, and how much of a processor its server spent on it.

Other work on the machine makes the first longer, the second hardly. On Linux alone.
"""

import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.connection import Connection

TICK = 1000 / os.sysconf("SC_CLK_TCK")
REAPED = 16, 17  # in /proc/PID/stat: processor time, the user's and the system's, of children that have ended


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds: by the clock, and of a processor; ``answer`` is what it was paid for."""

    clock: float
    cpu: float
    answer: Any


async def cost(raw: Connection, work: Callable[[], Awaitable[Any]]) -> Cost:
    """Do ``work`` on ``raw``, alone, and tell what it cost. Parallel workers count in steps of 10 ms."""
    pid = raw.get_server_pid()
    before = processor(pid)
    start = time.perf_counter()
    answer = await work()
    clock = (time.perf_counter() - start) * 1000
    return Cost(clock, processor(pid) - before, answer)


def processor(pid: int) -> float:
    """Return the milliseconds that a server process, and those it had work for it, have spent so far."""
    parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    ended = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()
    return alone(pid) + sum(int(ended[place - 3]) for place in REAPED) * TICK


def whole(pid: int) -> float:
    """Return the milliseconds that all processes of a server have spent so far, of which ``pid`` is one."""
    parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    spent = 0.0
    for child in map(int, children):
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended, and stands below from now on
            spent += alone(child)
    ended = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()
    return spent + sum(int(ended[place - 3]) for place in REAPED) * TICK


def alone(pid: int) -> float:
    """Return the milliseconds of a processor that a server process itself has spent so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def forget(folder: Path) -> None:
    """Let the machine forget the files of a stopped server: the next reads come from the disk."""
    for file in folder.rglob("*"):
        if file.is_file() and hasattr(os, "posix_fadvise"):
            handle = os.open(file, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
