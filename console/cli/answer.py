"""What a command answers: a document for scripts, the same for people, and how it ended."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """``human`` replaces the plain rendering of ``document`` on a terminal."""

    document: dict[str, Any]
    exit_code: int = 0
    human: str | None = None
