"""How the past is read: the board of an instant, what happened between two, and how much of it when."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from console.feed.rows import read_row
from console.feed.stretch import Fact

if TYPE_CHECKING:
    from console.connection import Connection

T = TypeVar("T")
BOARD: Final = "SELECT * FROM desk.past($1)"
FACTS: Final = """SELECT f.id, extract(epoch FROM f.at)::float8 AS at, f.seq, f.action, f.actor,
                         f.from_status, f.stood
                  FROM desk.past_facts($1, $2, $3, $4) AS f"""
DENSITY: Final = "SELECT step, entries FROM desk.past_density($1, $2, $3)"


class Line(Protocol):
    """A connection that comes back when it is lost: a Desk."""

    async def call(self, ask: "Callable[[Connection], Awaitable[T]]") -> T:
        """Run ``ask`` on the connection."""


class PastReads:
    """The past over one line, under the person's own rights; instants are epoch seconds."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def board(self, at: float) -> list[Any]:
        """Return the rows of the incidents that were open at ``at``; what no entry tells is NaN."""
        rows: Sequence[Any] = await self._line.call(lambda raw: raw.fetch(BOARD, moment(at)))
        return [read_row(row) for row in rows]

    async def facts(self, begin: float, end: float, after: int | None, limit: int) -> list[Fact]:
        """Return what happened after ``begin``, or at it behind the entry ``after``, up to ``end``."""
        span = moment(begin), moment(end), after, limit
        rows: Sequence[Any] = await self._line.call(lambda raw: raw.fetch(FACTS, *span))
        return [
            Fact(
                row["id"],
                row["at"],
                row["seq"],
                row["action"],
                row["actor"],
                row["from_status"] or "",
                read_row(row["stood"]),
            )
            for row in rows
        ]

    async def density(self, begin: float, end: float, steps: int) -> list[int]:
        """Return how many entries fall into each of ``steps`` equal parts of the time between."""
        seconds = max(1, round((end - begin) / steps))
        rows: Sequence[Any] = await self._line.call(
            lambda raw: raw.fetch(DENSITY, moment(begin), moment(end), seconds)
        )
        found = [0] * steps
        for row in rows:
            found[min(row["step"], steps - 1)] += row["entries"]
        return found


def moment(at: float) -> datetime:
    """Return epoch seconds as an instant."""
    return datetime.fromtimestamp(at, UTC)
