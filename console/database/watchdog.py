"""The watchdog of one embedded server: stops it when no lease is held, whatever ended the last process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from console.database import lease
from console.database.cluster import SECONDS, Cluster
from console.errors import OutOfReach

HOUSE = Path(__file__).parents[2]
CALM = 2  # looks without a lease, one after the other: a start that was killed may still come through


@contextmanager
def spawned(folder: Path) -> Iterator[None]:
    """Start a watchdog that outlives this process, unless there is one, while the body does its part."""
    unwatched = lease.grab(folder / "watchdog.lock")
    if unwatched is None:
        yield
        return
    unwatched.close()
    with _detached(folder):  # what is waited for ends at once
        yield


def watch(folder: Path, mine: BinaryIO) -> None:
    """Stop the server of ``folder`` once nobody holds a lease, then let go of the lock ``mine``."""
    cluster, calm = Cluster(folder), 0
    while True:
        with suppress(OutOfReach), lease.locked(folder / "lock", 0):  # busy: look again
            calm = 0 if lease.anybody(folder / "lease") else calm + 1
            if calm:
                cluster.halt()
            if calm == CALM:
                mine.close()  # before the folder's lock: who comes next sees that nobody watches
                return
        cluster.cut_log()
        time.sleep(SECONDS["watch"])


def _detached(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    path = os.pathsep.join(filter(None, [str(HOUSE), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(  # noqa: S603  our own words
        [sys.executable, "-m", "console.database.watchdog", str(folder), *words],
        cwd=HOUSE.anchor,
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _main(folder: Path, *words: str) -> None:
    """Detach, and watch ``folder`` unless somebody does already."""
    if sys.platform == "win32":
        if not words:
            _detached(folder, "stay")
            return
    else:
        if os.fork():
            os._exit(0)
        for ignored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)  # it ends when its work is done, and soon
    try:
        if mine := lease.grab(folder / "watchdog.lock"):
            with mine:
                watch(folder, mine)
    except FileNotFoundError:  # the folder was deleted
        Cluster(folder).halt()


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *sys.argv[2:])
