"""Where the embedded server's Unix socket lies: in its folder, or else in a short private one."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from console.database.identity import Identity
from console.errors import OutOfReach
from console.language import say

PORT = 5432
NAME = f".s.PGSQL.{PORT}"
PATH_BYTES = 107  # Linux, unix(7)
RUNTIME = Path("/tmp")  # noqa: S108  short by tradition; our folder in it is private and checked


def place(folder: Path, who: Identity) -> Path:
    """Return a private folder for the socket: short enough for the kernel, no list in a client's eyes."""
    chosen = folder / "socket"
    if len(os.fsencode(chosen / NAME)) > PATH_BYTES or "," in str(chosen):
        chosen = _short(folder)
    chosen.mkdir(mode=0o700, exist_ok=True)
    if chosen.is_symlink() or not who.owns(chosen):
        raise OutOfReach("folder_unreachable", folder=chosen, reason=say("embedded.not_ours"))
    for leftover in (NAME, f"{NAME}.lock"):  # no server lives in the folder: its lock may name anybody
        (chosen / leftover).unlink(missing_ok=True)
    who.own(chosen)
    return chosen


def leave(folder: Path) -> None:
    """Remove the short folder of a stopped server, if it had one."""
    with suppress(OSError):
        _short(folder).rmdir()


def _short(folder: Path) -> Path:
    return RUNTIME / f"gridseat-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:24]}"
