"""Instants and lengths of time as a panel says them."""

from datetime import datetime

from console.language import say
from console.spoken import CHINA

MINUTE, HOUR, DAY = 60, 3600, 86400
WORKING_DAY = 8 * HOUR


def epoch(instant: str | datetime | None) -> float | None:
    """Return an instant as the database gives it (text or datetime) as epoch seconds."""
    if instant is None:
        return None
    return (datetime.fromisoformat(instant) if isinstance(instant, str) else instant).timestamp()


def local(at: float) -> datetime:
    """Return ``at`` in the zone of the centres, whatever this machine's is."""
    return datetime.fromtimestamp(at, CHINA)


def exact(at: float) -> str:
    """Return ``at`` to the second, with its day."""
    return local(at).strftime(say("case.time.exact"))


def brief(at: float, now: float) -> str:
    """Return ``at`` as a clock time today, else with its day."""
    today = local(at).date() == local(now).date()
    return local(at).strftime("%H:%M" if today else say("case.time.day"))


def ago(at: float, now: float) -> str:
    """Return how long ago ``at`` was; a day and more ago is said as a date."""
    passed = now - at
    if passed < MINUTE:
        return say("case.time.just_now")
    if passed < HOUR:
        return say("case.time.minutes_ago", n=int(passed // MINUTE))
    if passed < DAY:
        return say("case.time.hours_ago", n=int(passed // HOUR))
    return local(at).strftime(say("case.time.day"))


def countdown(due: float, now: float) -> str:
    """Return what is left as a running clock, with a minus when it is past."""
    left = due - now
    sign, left = ("−", -left) if left < 0 else ("", left)
    days, rest = divmod(int(left), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    if days:
        return say("case.time.days", sign=sign, days=days, hours=hours, minutes=minutes)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}" if hours else f"{sign}{minutes}:{seconds:02}"


def amount(seconds: int, clock: str) -> str:
    """Return a limit in words: 2 小时（工作时）."""
    day = WORKING_DAY if clock == "working" else DAY
    days, rest = divmod(int(seconds), day)
    hours, rest = divmod(rest, HOUR)
    parts = {"days": days, "hours": hours, "minutes": rest // MINUTE}
    words = [say(f"case.amount.{name}", n=number) for name, number in parts.items() if number]
    return say(f"case.amount.{clock}", amount=" ".join(words) or say("case.amount.minutes", n=0))
