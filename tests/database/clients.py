"""Other processes with an embedded server, and the facts that can be seen of one from outside."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console.database import lease, processes
from console.database.binaries import find
from tests.waiting import SECONDS

HOUSE = Path(__file__).parents[2]
CLIENT = """
import sys
from pathlib import Path
from console.database.embedded import EmbeddedServer
from console.errors import OutOfReach
server = EmbeddedServer(Path(sys.argv[1]))
try:
    print(server.start(), flush=True)
except OutOfReach as error:
    sys.exit(f"{error.code} {error}")
for order in sys.stdin:
    getattr(server, order.strip())()
    print("done", flush=True)
"""


def eventually(fact: Callable[[], bool], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.01)


def ask(dsn: str, query: str) -> str:
    command = [str(find().tool("psql")), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-c", query]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS).stdout.strip()


def stopped(folder: Path) -> bool:
    return not processes.of(folder / "data")


def postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def watched(folder: Path) -> bool:
    if mine := lease.grab(folder / "watchdog.lock"):
        mine.close()
    return mine is None


class Client:
    """Another process with a lease on a folder."""

    def __init__(self, folder: Path, *prefix: str) -> None:
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", CLIENT, str(folder)],
            cwd=HOUSE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def told(self, order: str) -> str:
        assert self.process.stdin
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        return self.says()

    def ends(self) -> str:
        """Close its input, so that it leaves by itself; return its last words."""
        return self.process.communicate(timeout=SECONDS)[1]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=SECONDS)


@contextmanager
def clients(folder: Path, count: int) -> Iterator[list[Client]]:
    """Run processes that start the folder's server, all at once."""
    started = [Client(folder) for _ in range(count)]
    try:
        yield started
    finally:
        for client in started:
            client.close()
        eventually(lambda: stopped(folder))
