"""PostgreSQL servers that a test starts, kills, copies, promotes: the wheel's or the system's, over TCP."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg

from console.database import founding, identity, processes
from console.database.binaries import Binaries, find
from console.database.programs import Programs
from tests.database_fixtures import FAST, quick_folder
from tests.small_county import lay_out
from tests.waiting import SECONDS

TRUST = "host all all 127.0.0.0/8 trust\nhost replication all 127.0.0.0/8 trust\n"
COPIED = {**FAST, "wal_level": "replica", "max_wal_senders": 10}  # another may stream from it


class Server:
    """A server of its own folder at 127.0.0.1; ``hba`` says who may come in how."""

    def __init__(self, folder: Path, binaries: Binaries | None = None, hba: str = TRUST) -> None:
        folder.mkdir(mode=0o711)
        (folder / "log").mkdir()
        self.folder = folder
        self.data = folder / "data"
        self.binaries = binaries or find()
        self.port = _free_port()
        self.hba = hba
        self.who = identity.choose(folder, self.data, self.binaries.tool("postgres"))
        self.programs = Programs(folder, self.binaries, self.who)
        self.who.own(folder)

    def address(self) -> tuple[str, int]:
        return str(self.folder), self.port

    def dsn(self, name: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def make(self, settings: Mapping[str, object] = COPIED) -> None:
        """Make its data folder."""
        self.data.mkdir(mode=0o700)
        self.who.own(self.data)
        self.programs.initdb(self.data, SECONDS, sync=False)
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("include 'test.conf'\n")
        self.configure(settings)

    def configure(self, settings: Mapping[str, object] = COPIED) -> None:
        """Write what differs from the ordinary."""
        values = {"listen_addresses": "127.0.0.1,127.0.0.2,127.0.0.3", "port": self.port} | dict(settings)
        values |= {"unix_socket_directories": self.folder}
        (self.data / "test.conf").write_text(
            "".join(f"{name} = '{value}'\n" for name, value in values.items())
        )
        (self.data / "pg_hba.conf").write_text(f"local all all trust\n{self.hba}")
        self.who.own(self.data / "test.conf")

    def start(self) -> None:
        self.programs.start(SECONDS)

    def stop(self, how: int = signal.SIGINT) -> None:
        """End it: in order (SIGINT), or all its processes at once (SIGKILL)."""
        if how == signal.SIGKILL:
            kill(self.data)
        elif (pid_file := self.data / "postmaster.pid").exists():
            os.kill(int(pid_file.read_text().split()[0]), how)
        end = time.monotonic() + SECONDS
        while processes.of(self.data):
            assert time.monotonic() < end, "it does not end"
            time.sleep(0.01)

    def tool(self, name: str, *words: str) -> bytes:
        """Run one of its programs; return what it printed."""
        command = [*self.who.prefix, str(self.binaries.tool(name)), *words]
        done = subprocess.run(command, check=False, capture_output=True, cwd=self.folder, timeout=SECONDS)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    async def connect(self, name: str = "postgres") -> asyncpg.Connection:
        return await asyncpg.connect(self.dsn(name), command_timeout=SECONDS)

    async def found(self, name: str = "gridseat") -> None:
        """Make the product's database with the small county."""
        admin = await self.connect()
        await founding.create(admin, self.connect, name, name)
        await admin.close()
        await founding.upgrade(self.dsn(name), name)
        raw = await self.connect(name)
        await lay_out(raw)
        await raw.close()


def kill(data: Path) -> None:
    """End every process of the server of ``data`` at once; some end by themselves meanwhile."""
    for pid in processes.of(data):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def home() -> Iterator[Path]:
    """Give a folder for servers, in memory where there is one; end what still runs in it."""
    folder = quick_folder() or Path(tempfile.mkdtemp(prefix="gridseat-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        for data in folder.glob("*/data"):
            kill(data)
        shutil.rmtree(folder, ignore_errors=True)


def system() -> Binaries:
    """Return the newest PostgreSQL of the system: it has OpenSSL, which the wheel's lacks."""
    found = [path.parents[1] for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if not found:
        on_path = shutil.which("postgres")
        assert on_path, "no PostgreSQL of the system: sh .ci/postgresql"
        found = [Path(on_path).resolve().parents[1]]
    versions = {version(folder): folder for folder in found}
    return Binaries(max(versions), versions[max(versions)])


def version(folder: Path) -> int:
    said = subprocess.check_output([folder / "bin" / "postgres", "--version"], text=True)
    number = re.search(r"\d+", said)
    assert number, said
    return int(number[0])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
