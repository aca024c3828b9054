"""Who runs questions under a person's own rights."""

from collections.abc import Awaitable, Callable
from typing import Protocol, Self, TypeVar

from console.connection import Connection

T = TypeVar("T")


class Caller(Protocol):
    """A person's desk: runs a question on an open connection, again where the connection was lost."""

    async def call(self, ask: Callable[[Connection], Awaitable[T]]) -> T:
        """Return what ``ask`` answers."""

    def beside(self) -> Self:
        """Return another that asks over a connection of its own, to be closed after use."""

    async def close(self) -> None:
        """End the connection."""
