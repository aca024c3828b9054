"""The outbox: commands without an answer, and refused ones that nobody has dealt with yet.

On disk before they go out, so that a crash loses none. Each console appends to a file of its own, which it
keeps locked; what a console that is gone left behind is taken over by the next. A file outlives its process,
not a power cut, which the operator sees. A line each; a file's bytes follow theirs as they are.
"""

import asyncio
import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final

from console import kept
from console.database import lease
from console.desk.command import Command, as_json
from console.errors import BadInput, Problem, Refused

ROOM: Final = 1 << 20  # bytes after which a file without entries begins anew
FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)  # of Windows
KINDS: Final = {kind.__name__: kind for kind in (Refused, BadInput)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the outbox: since when (epoch seconds), how it was typed, and why it was refused if so."""

    command: Command
    at: float
    typed: Mapping[str, object] = field(default_factory=dict)
    refusal: Problem | None = None


class Journal:
    """The outbox of one console under ``folder`` (readable by its owner only)."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = kept.folder(folder), clock
        self._path = folder / f"{uuid.uuid4().hex}.journal"
        self._file = os.open(self._path, FLAGS, 0o600)
        self._lock = lease.grab(self._path)
        self._writing = threading.Lock()
        self._entries: dict[uuid.UUID, Entry] = {}
        self._written = 0

    def put(self, command: Command, typed: Mapping[str, object] | None = None) -> None:
        """Store ``command``, once; ``typed`` is the draft of the form that it came from."""
        known = self._entries.get(command.id)
        if known is None or (typed and not known.typed):
            self._keep(Entry(command, known.at if known else self._clock(), typed or {}))

    async def store(self, command: Command) -> None:
        """Do as ``put``, a file's bytes beside the caller's thread: a disk may be slow."""
        if command.content is None or command.id in self._entries:
            self.put(command)
            return
        entry = self._entries[command.id] = Entry(command, self._clock())
        await asyncio.to_thread(self._append, _as_json(entry), command.content)

    def refuse(self, command_id: uuid.UUID, refusal: Problem) -> None:
        """Keep a command that nobody waits for as refused, until it is dropped."""
        self._entries[command_id] = replace(self._entries[command_id], refusal=refusal)
        self._append({"refused": str(command_id), **_refusal_as_json(refusal)})

    def drop(self, command_id: uuid.UUID) -> None:
        """Forget a command that was answered, or whose refusal somebody has dealt with."""
        if self._entries.pop(command_id, None) is None:
            return
        self._append({"answered": str(command_id)})
        if not self._entries and self._written > ROOM:
            os.ftruncate(self._file, 0)
            self._written = 0

    def take_over(self) -> list[Command]:
        """Return what consoles that are gone sent and never heard of, oldest first.

        It is ours from now on, as are the refusals that nobody dealt with there.
        """
        found = [entry for path in self._orphans() for entry in _left_in(path)]
        for entry in found:
            self._keep(entry)
        for path in self._orphans():
            path.unlink()
        return [entry.command for entry in found if entry.refusal is None]

    def entries(self) -> list[Entry]:
        """Return everything that is in the outbox, oldest first."""
        return list(self._entries.values())

    def waiting(self) -> list[Command]:
        """Return what this console has sent and not heard of, oldest first."""
        return [entry.command for entry in self._entries.values() if entry.refusal is None]

    def close(self) -> None:
        """Leave the file: without entries it goes, else the next console takes it over."""
        with self._writing:
            os.close(self._file)
            self._file = -1
        if self._lock is not None:
            self._lock.close()
        if not self._entries:
            self._path.unlink(missing_ok=True)

    def _keep(self, entry: Entry) -> None:
        self._entries[entry.command.id] = entry
        self._append(_as_json(entry), entry.command.content)

    def _append(self, facts: Mapping[str, object], content: bytes | None = None) -> None:
        parts = [as_json(facts).encode() + b"\n", *([content, b"\n"] if content else [])]
        with self._writing:
            self._written += sum(os.write(self._file, part) for part in parts)

    def _orphans(self) -> Iterator[Path]:
        for path in sorted(self._folder.glob("*.journal"), key=lambda path: path.stat().st_mtime_ns):
            held: BinaryIO | None = None if path == self._path else lease.grab(path)
            if held is not None:
                held.close()
                yield path


def _left_in(path: Path) -> list[Entry]:
    left: dict[str, dict[str, Any]] = {}
    with path.open("rb") as file:
        while (line := file.readline()).endswith(b"\n"):  # what a crash tore off was not sent
            facts = _facts(line)
            if "answered" in facts:
                left.pop(facts["answered"], None)
            elif "refused" in facts:
                left.get(facts["refused"], {})["refusal"] = facts
            elif facts and _with_content(facts, file):
                left[facts["id"]] = facts
    return [_from_json(facts) for facts in left.values()]


def _with_content(facts: dict[str, Any], file: BinaryIO) -> bool:
    """Put the bytes that follow in the place of how many they are; tell whether they are all there."""
    size = facts["content"]
    if size:
        facts["content"] = file.read(size)
        return len(facts["content"]) == size and file.read(1) == b"\n"
    return True


def _facts(line: bytes) -> dict[str, Any]:
    """Return what ``line`` says; nothing where a power cut has left no words of it."""
    try:
        return dict(json.loads(line))
    except ValueError:
        return {}


def _as_json(entry: Entry) -> dict[str, object]:
    command = entry.command
    return {
        "id": str(command.id),
        "action": command.action,
        "number": command.number,
        "version": command.version,
        "args": dict(command.args),
        "content": command.content and len(command.content),
        "at": entry.at,
        "typed": dict(entry.typed),
        "refusal": _refusal_as_json(entry.refusal) if entry.refusal is not None else None,
    }


def _from_json(facts: dict[str, Any]) -> Entry:
    at, typed, refusal = facts.pop("at"), facts.pop("typed"), facts.pop("refusal")
    command = Command(**{**facts, "id": uuid.UUID(str(facts["id"]))})
    return Entry(command, at, typed, _refusal_from_json(refusal) if refusal else None)


def _refusal_as_json(refusal: Problem) -> dict[str, object]:
    facts = json.loads(json.dumps(refusal.facts, default=str))
    return {"kind": type(refusal).__name__, "code": refusal.code, "facts": facts}


def _refusal_from_json(told: dict[str, Any]) -> Problem:
    return KINDS.get(told["kind"], Refused)(told["code"], **told["facts"])
