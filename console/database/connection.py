"""What the console needs of an open connection, typed: asyncpg ships no types of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Connection(Protocol):
    """An open asyncpg connection."""

    async def execute(self, query: str, *values: object) -> str:
        """Run ``query`` and return its status tag."""

    async def fetch(self, query: str, *values: object) -> Sequence[Mapping[str, Any]]:
        """Return all rows."""

    async def fetchrow(self, query: str, *values: object) -> Mapping[str, Any] | None:
        """Return the first row, if there is one."""

    async def fetchval(self, query: str, *values: object) -> Any:  # noqa: ANN401  a column may be anything
        """Return the first column of the first row; None without a row."""
