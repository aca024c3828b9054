"""Working time as the database counts it, near at hand: to tell thousands of lives without asking each time.

The database compares every deadline told with its own (gridseat.check_bulk_clocks).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from console.connection import Connection

WORKING = "working"


@dataclass(frozen=True)
class WorkTime:
    """A calendar's spans in epoch seconds with the working seconds before each; years (starts, known)."""

    calendar_id: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    years: list[tuple[int, int]]

    def due(self, start: int, seconds: int, clock: str) -> int | None:
        """Return when ``seconds`` of ``clock`` are over; None where a year is missing."""
        if seconds <= 0 or clock != WORKING:
            return start + max(seconds, 0)
        target = self._counted(start) + seconds
        at = bisect_left(self.before, target) - 1
        if at < 0:
            return None
        due = self.starts[at] + target - self.before[at]
        known = self._known_until(start)
        return due if due <= self.ends[at] and known is not None and due <= known else None

    def later(self, start: int, seconds: float, clock: str) -> int:
        """Return when work of ``seconds`` of ``clock`` is done; of plain time in an unknown year."""
        due = self.due(start, int(seconds), clock)
        return start + int(seconds) if due is None else due

    def _counted(self, instant: int) -> int:
        at = bisect_right(self.starts, instant) - 1
        return self.before[at] + min(instant, self.ends[at]) - self.starts[at] if at >= 0 else 0

    def _known_until(self, instant: int) -> int | None:
        at = bisect_right(self.years, (instant, 1 << 62)) - 1
        return self.years[at][1] if at >= 0 and instant < self.years[at][1] else None


async def load(raw: Connection) -> WorkTime:
    """Return the first calendar's working time."""
    calendar = await raw.fetchval("SELECT id FROM gridseat.calendar ORDER BY id LIMIT 1")
    spans = await raw.fetch(
        """SELECT extract(epoch FROM starts)::bigint AS starts, extract(epoch FROM ends)::bigint AS ends,
                  before_seconds AS before
           FROM gridseat.calendar_span WHERE calendar_id = $1 ORDER BY starts""",
        calendar,
    )
    years = await raw.fetch(
        """SELECT extract(epoch FROM starts)::bigint AS starts,
                  extract(epoch FROM known_until)::bigint AS known
           FROM gridseat.calendar_year WHERE calendar_id = $1 AND starts IS NOT NULL ORDER BY starts""",
        calendar,
    )
    return WorkTime(
        calendar,
        [row["starts"] for row in spans],
        [row["ends"] for row in spans],
        [row["before"] for row in spans],
        [(row["starts"], row["known"]) for row in years],
    )
