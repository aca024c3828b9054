"""One data folder and its server: make, start, find alive, stop. Callers hold the folder's lock."""

import os
import shutil
import socket
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import resources
from console.database import identity, probe, processes, sockets
from console.database.binaries import Binaries, find
from console.database.lease import POLL
from console.database.programs import Programs
from console.errors import OutOfReach

TABLE = resources.table("embedded.toml")
SECONDS: Mapping[str, float] = TABLE["seconds"]


@dataclass
class Cluster:
    """The PostgreSQL data in ``folder``/data, its log beside it, its socket there or in a short place."""

    folder: Path
    version: int | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    given_up: threading.Event = field(default_factory=threading.Event)  # set once nobody waits for a start

    @property
    def data(self) -> Path:
        """Return PostgreSQL's own folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Return the server's log file."""
        return self.folder / "log" / "server.log"

    def binaries(self) -> Binaries:
        """Return the programs for this data: those that made it, else those asked for."""
        made = self.data / "PG_VERSION"
        if not made.exists():
            return find(self.version)
        present = int(made.read_text())
        if self.version not in {None, present}:
            raise OutOfReach("embedded_version", folder=self.folder, present=present, wanted=self.version)
        return find(present)

    def answering(self) -> tuple[str, int] | None:
        """Return host and port of the running server, proved by a connection, else None."""
        lines = self._pid_file()
        if len(lines) <= 5:  # noqa: PLR2004  id, data, start, port, socket folder, address
            return None
        host, port = lines[4] or lines[5], int(lines[3] or 0)
        answer = probe.data_folder(host, port, SECONDS["answer"])
        return (host, port) if answer and os.path.realpath(answer) == os.path.realpath(self.data) else None

    def run(self) -> tuple[str, int]:
        """Adopt the running server, or start one, after a crash too; return host and port."""
        end = time.monotonic() + SECONDS["start"]
        grace = time.monotonic() + SECONDS["orphan"]
        while not (address := self.answering()):
            if time.monotonic() > end:
                raise OutOfReach("embedded_timeout", folder=self.folder, seconds=round(SECONDS["start"]))
            living = processes.of(self.data)
            if not living:
                self._launch(end - time.monotonic())
            elif self._postmaster(living) is None and time.monotonic() > grace:
                self._send(living, "QUIT" if time.monotonic() < grace + 1 else "KILL")
            if self.given_up.wait(POLL):
                raise OutOfReach("embedded_stopped", folder=self.folder)
        return address

    def halt(self) -> None:
        """Stop the server and wait until it is gone: with a checkpoint; in haste when that takes too long."""
        for signal in ("INT", "QUIT", "KILL"):
            living = processes.of(self.data)
            postmaster = self._postmaster(living)
            chosen = living if postmaster is None else {postmaster}
            self._send(chosen, signal)
            if self._gone(chosen):
                sockets.leave(self.folder)
                return
        raise OutOfReach("embedded_timeout", folder=self.folder, seconds=round(3 * SECONDS["stop"]))

    def cut_log(self) -> None:
        """Keep the log small: past its cap it is copied aside and emptied; the server goes on writing."""
        if self.log.exists() and self.log.stat().st_size > TABLE["log"]["bytes"]:
            shutil.copyfile(self.log, self.log.with_suffix(".old"))
            os.truncate(self.log, 0)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _claimed(self) -> int | None:
        """Return the server's id as its file claims."""
        lines = self._pid_file()
        return int(lines[0]) if lines and lines[0].strip().isdecimal() else None

    def _postmaster(self, living: set[int]) -> int | None:
        """Return the server's id, believed only of a process that works in the folder."""
        claimed = self._claimed()
        return claimed if claimed in living else None

    def _launch(self, seconds: float) -> None:
        binaries = self.binaries()
        who = identity.choose(self.folder, self.data, binaries.tool("postgres"))
        programs = Programs(self.folder, binaries, who, self.given_up)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".old"))
        who.own(self.log.parent)
        for begun in self.folder.glob("data.*"):
            shutil.rmtree(begun, ignore_errors=True)
        if not self.data.exists():
            self._make(programs)
        who.own(self.data)
        self._forget_the_dead()
        self._configure(who)
        try:
            programs.start(seconds)
        except OutOfReach:
            if self.given_up.is_set():
                self.halt()
            if not processes.of(self.data):  # else a start that was interrupted has come through after all
                raise

    def _make(self, programs: Programs) -> None:
        """Create the data aside and rename it when complete: a kill leaves none or a whole one.

        Under a new name each time: what an interrupted start left running may still write to its own.
        """
        new = self.folder / f"data.{uuid.uuid4().hex}"
        new.mkdir(mode=0o700)
        programs.who.own(new)
        try:
            programs.initdb(new, SECONDS["start"], sync=self.settings.get("fsync") != "off")
        except OutOfReach:
            shutil.rmtree(new, ignore_errors=True)
            raise
        (new / "folder.conf").write_text(_lines(self.settings), "utf-8")
        with (new / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude 'start.conf'  # the product's, rewritten at every start\n")
            file.write("include 'folder.conf'  # this folder's own\n")
        programs.who.own(new / "folder.conf")
        new.rename(self.data)

    def _forget_the_dead(self) -> None:
        """Remove the pid file of a dead server whose id somebody else has now.

        PostgreSQL sees through the others itself, by shared memory too, so they are left to it.
        """
        claimed = self._claimed()
        if claimed is not None and processes.exists(claimed):
            (self.data / "postmaster.pid").unlink()

    def _configure(self, who: identity.Identity) -> None:
        values: dict[str, object] = dict(TABLE["settings"])
        if sys.platform == "win32":
            with socket.create_server(("127.0.0.1", 0)) as free:
                values |= {"listen_addresses": "127.0.0.1", "port": free.getsockname()[1]}
        else:
            quoted = str(sockets.place(self.folder, who)).replace('"', '""')
            values |= {"unix_socket_directories": f'"{quoted}"', "port": sockets.PORT}
        (self.data / "start.conf").write_text(_lines(values), "utf-8")
        who.own(self.data / "start.conf")

    def _gone(self, pids: set[int]) -> bool:
        """Wait until these processes have ended; tell whether they have."""
        end = time.monotonic() + SECONDS["stop"]
        while living := any(processes.works(pid, self.data) for pid in pids):
            if time.monotonic() > end:
                break
            time.sleep(POLL)
        return not living

    def _send(self, pids: set[int], signal: str) -> None:
        for pid in pids:
            if sys.platform != "win32":
                processes.send(pid, self.data, signal)
            elif processes.works(pid, self.data):
                Programs(self.folder, self.binaries(), identity.Identity()).signal(
                    pid, signal, SECONDS["stop"]
                )


def _lines(settings: Mapping[str, object]) -> str:
    """Return lines of postgresql.conf."""
    escaped = {name: str(value).replace("\\", "\\\\").replace("'", "''") for name, value in settings.items()}
    return "".join(f"{name} = '{value}'\n" for name, value in escaped.items())
