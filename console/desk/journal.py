"""Commands that were sent and not yet answered: on disk before they go out, so that a crash loses none.

Each console appends to a file of its own, which it keeps locked; what a console that is gone left behind is
taken over by the next. A file outlives its process, not a power cut, which the operator sees.
"""

import base64
import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from console.database import lease
from console.desk.command import Command, as_json

ROOM: Final = 1 << 20  # bytes after which a file without waiting commands begins anew


class Journal:
    """The commands of one console under ``folder`` (readable by its owner only)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._path = folder / f"{uuid.uuid4().hex}.journal"
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lock = lease.grab(self._path)
        self._waiting: dict[uuid.UUID, Command] = {}
        self._written = 0

    def put(self, command: Command) -> None:
        """Store ``command``."""
        self._waiting[command.id] = command
        self._append(_as_json(command))

    def drop(self, command_id: uuid.UUID) -> None:
        """Forget a command that was answered."""
        if self._waiting.pop(command_id, None) is None:
            return
        self._append({"answered": str(command_id)})
        if not self._waiting and self._written > ROOM:
            os.ftruncate(self._file, 0)
            self._written = 0

    def take_over(self) -> list[Command]:
        """Return what consoles that are gone sent and never heard of, oldest first; it is ours from now."""
        found = [command for path in self._orphans() for command in _unanswered(path)]
        for command in found:
            self.put(command)
        for path in self._orphans():
            path.unlink()
        return found

    def waiting(self) -> list[Command]:
        """Return what this console has sent and not heard of, oldest first."""
        return list(self._waiting.values())

    def close(self) -> None:
        """Leave the file: without waiting commands it goes, else the next console takes it over."""
        os.close(self._file)
        if self._lock is not None:
            self._lock.close()
        if not self._waiting:
            self._path.unlink(missing_ok=True)

    def _append(self, facts: dict[str, object]) -> None:
        self._written += os.write(self._file, as_json(facts).encode() + b"\n")

    def _orphans(self) -> Iterator[Path]:
        for path in sorted(self._folder.glob("*.journal"), key=lambda path: path.stat().st_mtime_ns):
            held: BinaryIO | None = None if path == self._path else lease.grab(path)
            if held is not None:
                held.close()
                yield path


def _unanswered(path: Path) -> list[Command]:
    waiting: dict[str, Command] = {}
    for line in path.read_bytes().split(b"\n")[
        :-1
    ]:  # what a crash tore off has no end of line and was not sent
        facts = json.loads(line)
        if "answered" in facts:
            waiting.pop(facts["answered"], None)
        else:
            waiting[facts["id"]] = _from_json(facts)
    return list(waiting.values())


def _as_json(command: Command) -> dict[str, object]:
    return {
        "id": str(command.id),
        "action": command.action,
        "number": command.number,
        "version": command.version,
        "args": dict(command.args),
        "content": base64.b64encode(command.content).decode() if command.content is not None else None,
    }


def _from_json(facts: dict[str, object]) -> Command:
    content = facts.pop("content")
    return Command(
        **{**facts, "id": uuid.UUID(str(facts["id"]))},  # type: ignore[arg-type]
        content=base64.b64decode(str(content)) if content is not None else None,
    )
