"""File locks, and leases made of them.

A lock is held by an open file: the kernel frees it when its process ends, however it ends, so
nobody has to believe a process number. Leases are taken and counted under the folder's lock.
"""

import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from console.errors import OutOfReach

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


POLL = 0.01


def grab(path: Path) -> BinaryIO | None:
    """Lock the existing file ``path`` until the returned file is closed; None when somebody else holds it."""
    file = path.open("rb")
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        file.close()
        return None
    except OSError:
        file.close()
        raise
    return file


@contextmanager
def locked(path: Path, seconds: float, given_up: threading.Event | None = None) -> Iterator[None]:
    """Hold the lock ``path``; wait for it at most ``seconds``, and no longer once ``given_up`` is set."""
    end = time.monotonic() + seconds
    while (file := grab(path)) is None:
        if given_up is not None and given_up.is_set():
            raise OutOfReach("embedded_stopped", folder=path.parent)
        if time.monotonic() > end:
            raise OutOfReach("embedded_timeout", folder=path.parent, seconds=round(seconds))
        time.sleep(POLL)
    with file:
        yield


def take(folder: Path) -> BinaryIO:
    """Return a new lease in ``folder``; closing it gives it up."""
    path = folder / uuid.uuid4().hex
    path.touch(0o600)
    while (lease := grab(path)) is None:
        time.sleep(POLL)
    return lease


def anybody(folder: Path) -> bool:
    """Tell whether a living process holds a lease in ``folder``; sweep out those of dead ones."""
    dead = [_swept(path) for path in list(folder.iterdir())]
    return not all(dead)


def _swept(path: Path) -> bool:
    if lease := grab(path):
        lease.close()  # nobody takes it in between: the folder is locked, and names are never used twice
        path.unlink()
    return lease is not None
