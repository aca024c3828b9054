"""Commands that were sent and not yet answered: on disk before they go out, so that a crash loses none."""

import base64
import json
import os
import uuid
from pathlib import Path

from console.desk.command import Command


class Journal:
    """One file a command under ``folder`` (readable by its owner only)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, command: Command) -> None:
        """Store ``command``: it outlives this process (not a power cut, which the operator sees)."""
        path = self._path(command.id)
        draft = path.with_suffix(".new")
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(_as_json(command), file, ensure_ascii=False)
        draft.replace(path)

    def drop(self, command_id: uuid.UUID) -> None:
        """Forget a command that was answered."""
        self._path(command_id).unlink(missing_ok=True)

    def waiting(self) -> list[Command]:
        """Return what was sent and never answered, oldest first."""
        files = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [_from_json(json.loads(path.read_text(encoding="utf-8"))) for path in files]

    def _path(self, command_id: uuid.UUID) -> Path:
        return self._folder / f"{command_id}.json"


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
