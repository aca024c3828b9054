"""Times as a list says them: how long is left, and the instant itself when asked."""

from datetime import datetime
from math import isnan

from console.feed.board_row import Row
from console.language import say
from console.spoken import CHINA
from ui.moments import ago, brief
from ui.preferences import preferences

MINUTE, HOUR, DAY = 60, 3600, 86400
SECONDS_UP_TO = 100  # below this, seconds; so a countdown is felt
MINUTES_UP_TO = 100 * MINUTE


def remaining(due: float, now: float) -> str:
    """Return what is left until ``due`` ("18 分"), with a minus when it is past ("−26 分")."""
    if isnan(due):
        return say("queue.none")
    sign, left = ("−", now - due) if due <= now else ("", due - now)
    if left < SECONDS_UP_TO:
        return say("queue.remaining.seconds", sign=sign, n=int(left))
    if left < MINUTES_UP_TO:
        return say("queue.remaining.minutes", sign=sign, n=int(left // MINUTE))
    if left < DAY:
        return say("queue.remaining.hours", sign=sign, n=int(left // HOUR), m=int(left % HOUR // MINUTE))
    return say("queue.remaining.days", sign=sign, n=int(left // DAY))


def due_told(due: float, now: float) -> str:
    """Return ``due`` as the person wants it in lists: what is left, or the instant."""
    if preferences.settings.times == "absolute" and not isnan(due):
        return brief(due, now)
    return remaining(due, now)


def passed_told(at: float, now: float) -> str:
    """Return ``at``, which is past, as the person wants it in lists: how long ago, or the instant."""
    if isnan(at):
        return ""
    return brief(at, now) if preferences.settings.times == "absolute" else ago(at, now)


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
