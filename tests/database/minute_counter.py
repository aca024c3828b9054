"""The slow and certain way to count working time: look at every minute, straight from the package's facts."""

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
from chinese_calendar import is_workday  # type: ignore[import-untyped]
from numpy.typing import NDArray

CHINA = timezone(timedelta(hours=8))
MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60
WORKED_HOURS = (8, 9, 10, 11, 14, 15, 16, 17)


class MinuteCounter:
    """Every minute of the years from ``first`` to ``last``, in China, and whether it is worked.

    ``before[i]`` is the number of worked minutes before minute ``i`` of the period.
    """

    def __init__(self, first: int, last: int) -> None:
        self.begin = datetime(first, 1, 1, tzinfo=CHINA)
        days = [
            date(first, 1, 1) + timedelta(days=n)
            for n in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)
        ]
        a_workday = np.repeat(np.isin(np.arange(24), WORKED_HOURS), 60)
        worked = np.outer([is_workday(day) for day in days], a_workday).ravel()
        self.days = days
        self.before: NDArray[np.int64] = np.concatenate([[0], np.cumsum(worked)])

    def __len__(self) -> int:
        return len(self.before) - 1

    def instant(self, minute: int) -> datetime:
        """Return the instant at which ``minute`` begins."""
        return (self.begin + int(minute) * MINUTE).astimezone(UTC)

    def minute(self, instant: datetime) -> int:
        """Return the minute that begins at ``instant``."""
        return (instant - self.begin) // MINUTE

    def due(self, start: int, amount: int) -> datetime | None:
        """Return when ``amount`` worked minutes have passed since ``start``; None past the end."""
        reached = int(np.searchsorted(self.before, self.before[start] + amount)) if amount else start
        return self.instant(reached) if reached < len(self.before) else None

    def elapsed(self, start: int, until: int) -> int:
        """Return the worked seconds between two minutes."""
        return int(self.before[until] - self.before[start]) * 60

    def edges(self) -> NDArray[np.int64]:
        """Return minutes at and beside everything that is easily got wrong."""
        workdays = [is_workday(day) for day in self.days]
        turns = [n for n in range(1, len(self.days)) if workdays[n] != workdays[n - 1]]
        leaps = [n for n, day in enumerate(self.days) if (day.month, day.day) in {(2, 29), (12, 31), (1, 1)}]
        hours = (0, 8, 12, 14, 18, 24)
        at = [
            n * MINUTES_A_DAY + hour * 60 + beside
            for n in (*turns, *leaps)
            for hour in hours
            for beside in (-1, 0, 1)
        ]
        return np.clip(np.array(at, dtype=np.int64), 0, len(self) - 1)
