"""The embedded PostgreSQL server: one folder, shared by all processes that ask for it.

Every process that uses the server holds a lease, a file lock that the kernel frees when the
process ends, however it ends. The last one out stops the server; when it had no time to (SIGTERM,
kill -9), a small watchdog does within a second or so; when that was killed too, the next start
adopts the running server or recovers the dead one. Proof of life is a connection, nothing else.
"""

import atexit
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import quote

from console.causes import cause
from console.database import identity, lease, watchdog
from console.database.cluster import SECONDS, Cluster
from console.errors import OutOfReach


class EmbeddedServer:
    """The PostgreSQL server of ``folder``, used by this process from start to stop.

    ``version`` is 16 or 18, by default that of the data, for new data GRIDSEAT_POSTGRES or 18.
    ``settings`` (for postgresql.conf) are written into the folder when its data is made.
    """

    def __init__(
        self, folder: Path, version: int | None = None, settings: Mapping[str, object] | None = None
    ) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._cluster = Cluster(self._folder, version, settings or {})
        self._lease: BinaryIO | None = None
        self._address: tuple[str, int] | None = None

    def start(self, given_up: threading.Event | None = None) -> str:
        """Make sure that the server runs and keep it; return its DSN for the superuser.

        Once ``given_up`` is set, from another thread, a start that is under way ends: what it has begun is
        stopped and cleared away, and ``embedded_stopped`` raised.
        May be called again at any time, after a crash of the server too. Raises OutOfReach:
        ``folder_unreachable``, ``embedded_start_failed``, ``embedded_timeout``, ``embedded_version``.
        """
        self._cluster.given_up = given_up or threading.Event()
        with self._reachable():
            self._furnish()
            with lease.locked(self._folder / "lock", SECONDS["lock"], given_up):
                self._join()
        host, port = self.address()
        return f"postgresql://postgres@/postgres?host={quote(host)}&port={port}"

    def address(self) -> tuple[str, int]:
        """Return host (a folder with a Unix socket, or 127.0.0.1) and port of the started server."""
        if self._address is None:
            raise OutOfReach("embedded_stopped", folder=self._folder)
        return self._address

    def stop(self) -> None:
        """Give up this process's lease; the last one out stops the server and waits for its end."""
        if self._lease is None:
            return
        atexit.unregister(self._leave)
        self._lease.close()
        self._lease = self._address = None
        if not self._folder.exists():  # deleted under a running server
            self._cluster.halt()
            return
        with self._reachable(), lease.locked(self._folder / "lock", SECONDS["lock"]):
            if not lease.anybody(self._folder / "lease"):
                self._cluster.halt()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _furnish(self) -> None:
        """Make the folder, which the server's user must be able to enter, and the files that are locked."""
        self._folder.mkdir(mode=0o711 if identity.root() else 0o700, parents=True, exist_ok=True)
        (self._folder / "lease").mkdir(mode=0o700, exist_ok=True)
        for name in ("lock", "watchdog.lock"):
            (self._folder / name).touch(0o600)

    def _join(self) -> None:
        """Take a lease, unless this process has one, and the server's address."""
        mine = self._lease or lease.take(self._folder / "lease")
        try:
            with watchdog.spawned(self._folder):
                self._address = self._cluster.run()
        except BaseException:
            if self._lease is None:
                mine.close()
            raise
        if self._lease is None:
            self._lease = mine
            atexit.register(self._leave)

    def _leave(self) -> None:
        with suppress(OutOfReach):  # the watchdog sees to it
            self.stop()

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutOfReach("folder_unreachable", folder=self._folder, reason=cause(error)) from error
