"""The processes of one data folder: those that work in it, whatever a pid file says."""

import os
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types; this file is its adapter

SIGNALS = {"INT": 2, "QUIT": 3, "KILL": 9}


def of(data: Path) -> set[int]:
    """Return the ids of the PostgreSQL processes whose working directory is ``data``."""
    return {process.pid for process in psutil.process_iter() if _works_in(process, data)}


def works(pid: int, data: Path) -> bool:
    """Tell whether process ``pid`` is a living PostgreSQL process of ``data``; a zombie is not."""
    try:
        return _works_in(psutil.Process(pid), data)
    except psutil.Error:
        return False


def exists(pid: int) -> bool:
    """Tell whether any process, zombies included, has this id."""
    return bool(psutil.pid_exists(pid))


def send(pid: int, data: Path, signal: str) -> None:
    """Send "INT", "QUIT" or "KILL" to ``pid``, if and only if it is a process of ``data``."""
    try:
        process = psutil.Process(pid)  # remembers its start: a reused id gets no signal
        if not _works_in(process, data):
            return
        process.send_signal(SIGNALS[signal])
    except psutil.NoSuchProcess:
        pass


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        if not str(process.name()).startswith("postgres"):
            return False
        return os.path.normcase(str(process.cwd())) == os.path.normcase(data)
    except (psutil.Error, OSError):
        return False
