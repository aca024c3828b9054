"""What a person means to do: one intent, with an id of its own that makes a second sending harmless."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CAN_WAIT: Final = frozenset({"report", "note", "call", "remind"})  # need no answer before one goes on
as_json: Final = json.JSONEncoder(ensure_ascii=False).encode  # made once: every action encodes three times


@dataclass(frozen=True, slots=True)
class Command:
    """One action on one incident (``number`` is None for a report).

    ``args`` are the action's options as resources/actions.toml lists them; ``content`` is a file's bytes,
    whose name stands in ``args["file_name"]``. ``version`` is the one that the person saw.
    """

    action: str
    number: int | None = None
    args: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None
    content: bytes | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
