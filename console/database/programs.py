"""Running PostgreSQL's own programs on one folder, and what they said when they failed."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from console.database.binaries import Binaries
from console.database.identity import Identity
from console.errors import OutOfReach

FIRST_WITH_OWN_LOCALE = 17
TELLING_LINES = 3
LOOK = 0.05  # seconds between two looks at whether somebody still waits
TO_END = 5  # seconds that a program has to clear away what it made


@dataclass(frozen=True)
class Programs:
    """The programs ``binaries`` as run by ``who`` in ``folder``, until ``given_up`` is set."""

    folder: Path
    binaries: Binaries
    who: Identity
    given_up: threading.Event = field(default_factory=threading.Event)

    def initdb(self, data: Path, seconds: float, *, sync: bool = True) -> None:
        """Make a data folder: UTF-8, Chinese letters known as letters, trust on the socket only."""
        words = ["-D", str(data), "-U", "postgres", "-E", "UTF8", *_locale(self.binaries.version)]
        words += ["--auth-local=trust", f"--auth-host={'trust' if sys.platform == 'win32' else 'reject'}"]
        words += ["--no-instructions", *([] if sync else ["--no-sync"])]
        self._run("initdb", words, seconds)

    def start(self, seconds: float) -> None:
        """Start the server of ``folder``/data and wait until it is ready."""
        limit = str(max(1, round(seconds)))
        # Relative paths: pg_ctl hands them to a shell.
        self._run(
            "pg_ctl", ["start", "-w", "-s", "-t", limit, "-D", "data", "-l", "log/server.log"], seconds + 5
        )

    def signal(self, pid: int, name: str, seconds: float) -> None:
        """Send a signal ("INT", "QUIT", "KILL") where the system has none of its own."""
        self._run("pg_ctl", ["kill", name, str(pid)], seconds)

    def _run(self, name: str, words: list[str], seconds: float) -> None:
        said = self.folder / "log" / "programs.log"
        command = [*self.who.prefix, str(self.binaries.tool(name)), *words]
        with said.open("wb") as out:  # never a pipe: the server would inherit it and hold it open
            process = subprocess.Popen(  # noqa: S603  our own words
                command,
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # a Ctrl-C is for us, and we end what we have begun
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
            code = self._waited(process, seconds)
        if code:
            line = _telling(said.with_name("server.log")) or _telling(said)
            raise OutOfReach("embedded_start_failed", folder=self.folder, line=line)

    def _waited(self, process: "subprocess.Popen[bytes]", seconds: float) -> int:
        """Return the exit code; end the program where it takes longer, or where nobody waits any more."""
        end = time.monotonic() + seconds
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(LOOK)
            if self.given_up.is_set():
                _end(process)
                raise OutOfReach("embedded_stopped", folder=self.folder)
            if time.monotonic() > end:
                _end(process)
                raise OutOfReach("embedded_timeout", folder=self.folder, seconds=round(seconds))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program with all that it began: asked first, for then it clears away."""
    for blow in ("SIGTERM", "SIGKILL"):
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.Signals[blow])
        with suppress(subprocess.TimeoutExpired):
            process.wait(TO_END)
            return


def _locale(version: int) -> list[str]:
    """Return a locale in which Chinese text is text; from 17 on PostgreSQL brings one of its own."""
    own = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= FIRST_WITH_OWN_LOCALE else []
    )
    return [*own, "--locale=C" if sys.platform == "win32" else "--locale=C.UTF-8"]


def _environment() -> dict[str, str]:
    """Return the environment without settings meant for PostgreSQL's clients, speaking English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _telling(log: Path) -> str:
    """Return the last lines of ``log`` up to the one that names the end, without times and numbers."""
    text = log.read_text("utf-8", "replace") if log.exists() else ""
    lines = [line.split("] ", 1)[-1].strip() for line in text.split("\n") if line.strip()]
    fatal = [place for place, line in enumerate(lines, 1) if line.startswith(("FATAL:", "PANIC:"))]
    end = fatal[-1] if fatal else len(lines)
    return "; ".join(lines[max(0, end - TELLING_LINES) : end])
