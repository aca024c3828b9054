"""Instants as files write them; what names no zone was written in China."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EXCEL_ZERO = datetime(1899, 12, 30, tzinfo=CHINA)
_WRITTEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[::时](\d{1,2})分?(?::?(\d{1,2})秒?)?)?"
)
_CLOCK = re.compile(
    r"(前天|昨天|今天|明天|后天|yesterday|today|tomorrow)?\s*(\d{1,2})[:：点时](?:(\d{1,2})分?)?"
)
_DAYS = {"前天": -2, "昨天": -1, "yesterday": -1, "今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}
_YEARS = range(1950, 2100)


def instant(text: str) -> datetime:
    """Return an aware instant; ValueError where there is none.

    ISO 8601, ``2026-11-21 09:00``, ``2026/11/21 9:00``, ``2026年11月21日 9时30分``, Excel's serial days;
    a day alone is its midnight.
    """
    found = _parse(text.strip())
    aware = found if found.tzinfo else found.replace(tzinfo=CHINA)
    if aware.year not in _YEARS:
        raise ValueError(text)
    aware.astimezone(UTC)
    return aware


def coming(text: str, now: datetime) -> datetime:
    """Return an aware instant as people type it: 10:30, 明天 9点, or as ``instant`` reads it.

    A clock time alone is that of the day of ``now``, in China. ValueError where there is none.
    """
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        return instant(text)
    today = now.astimezone(CHINA).replace(minute=0, second=0, microsecond=0)
    at = today.replace(hour=int(found[2]), minute=int(found[3] or 0))
    return at + timedelta(days=_DAYS.get(found[1] or "", 0))


def day(text: str) -> date:
    """Return the day, in China, of an instant written as ``instant`` reads it."""
    return instant(text).astimezone(CHINA).date()


def _parse(text: str) -> datetime:
    if _SERIAL.fullmatch(text):
        return _EXCEL_ZERO + timedelta(seconds=round(float(text) * 86400))
    if found := _WRITTEN.fullmatch(text):
        year, month, date_, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, date_, hour, minute, second, tzinfo=CHINA)
    return datetime.fromisoformat(text)
