"""Which periods a bulletin may be of: the latest days, weeks, months, as desk.issue_bulletin names them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

from console.language import say

OFFERED: Final = {"day": 14, "week": 12, "month": 13}
FIRST: Final = {"day": 0, "week": 1, "month": 1}  # the week or month that is over


def offered(kind: str, today: date) -> list[tuple[str, str]]:
    """Return the latest periods of ``kind`` as (words, key), the one that runs first."""
    return list(islice(_all[kind](today), OFFERED[kind]))


def _days(today: date) -> Iterator[tuple[str, str]]:
    while True:
        yield f"{today:%Y-%m-%d} {say(f'window.weekday.{today.isoweekday()}')}", f"{today:%Y-%m-%d}"
        today -= timedelta(days=1)


def _weeks(today: date) -> Iterator[tuple[str, str]]:
    monday = today - timedelta(days=today.weekday())
    while True:
        year, week, _day = monday.isocalendar()
        key = f"{year}-W{week:02}"
        yield f"{key}  {monday:%m-%d} … {monday + timedelta(days=6):%m-%d}", key
        monday -= timedelta(days=7)


def _months(today: date) -> Iterator[tuple[str, str]]:
    while True:
        yield f"{today:%Y-%m}", f"{today:%Y-%m}"
        today = today.replace(day=1) - timedelta(days=1)


_all: Final[dict[str, Callable[[date], Iterator[tuple[str, str]]]]] = {
    "day": _days,
    "week": _weeks,
    "month": _months,
}
