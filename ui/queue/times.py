"""Times as a list says them: how long is left, and the instant itself when asked."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from math import isnan

from console.feed.board_row import Row
from console.language import current, say
from console.spoken import CHINA
from ui.moments import ago, brief
from ui.preferences import preferences

MINUTE, HOUR, DAY = 60, 3600, 86400
SECONDS_UP_TO = 100  # below this, seconds; so a countdown is felt
MINUTES_UP_TO = 100 * MINUTE
KEPT = 2000  # times in words


def remaining(due: float, now: float) -> str:
    """Return what is left until ``due`` ("18 分"), with a minus when it is past ("−26 分")."""
    if isnan(due):
        return say("queue.none")
    sign, left = ("−", now - due) if now - due >= 1 else ("", max(0.0, due - now))
    if left < SECONDS_UP_TO:
        return say("queue.remaining.seconds", sign=sign, n=int(left))
    if left < MINUTES_UP_TO:
        return say("queue.remaining.minutes", sign=sign, n=int(left // MINUTE))
    if left < DAY:
        return say("queue.remaining.hours", sign=sign, n=int(left // HOUR), m=int(left % HOUR // MINUTE))
    return say("queue.remaining.days", sign=sign, n=int(left // DAY))


def due_told(due: float, now: float) -> str:
    """Return ``due`` as the person wants it in lists: what is left, or the instant."""
    return say("queue.none") if isnan(due) else _told(remaining, due, now, (current(), _wanted()))


def passed_told(at: float, now: float) -> str:
    """Return ``at``, which is past, as the person wants it in lists: how long ago, or the instant."""
    return "" if isnan(at) else _told(ago, at, now, (current(), _wanted()))


@lru_cache(KEPT)
def _told(tell: Callable[[float, float], str], at: float, now: float, manner: tuple[str, str]) -> str:
    """Return ``at`` in words, made once for every line that shows it in the same second."""
    return brief(at, now) if manner[1] == "absolute" else tell(at, now)


def _wanted() -> str:
    return preferences.settings.times


def moment(instant: float) -> str:
    """Return ``instant`` as date and minute."""
    return datetime.fromtimestamp(instant, CHINA).strftime(say("queue.hover.date"))


def clock_time(instant: float) -> str:
    """Return ``instant`` as hours, minutes and seconds."""
    return datetime.fromtimestamp(instant, CHINA).strftime("%H:%M:%S")


def all_times(row: Row) -> list[str]:
    """Return every instant of ``row`` in words, one a line."""
    named = {
        "due": row.due,
        "handling": row.handling_due,
        "promised": row.promised_due,
        "received": row.received,
    }
    lines = [say(f"queue.hover.{key}", at=moment(at)) for key, at in named.items() if not isnan(at)]
    if row.claim_by and not isnan(row.claim_until):
        lines.append(say("queue.hover.claim", name=row.claim_by, at=moment(row.claim_until)))
    return lines
