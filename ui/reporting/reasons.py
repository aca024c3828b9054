"""Why a case looks the same: what the database tells, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from console.language import say

Facts = Mapping[str, Any]
HOUR, DAY = 60, 1440  # minutes


def like_words(like: Facts) -> str:
    """Return why the case ``like`` looks the same, what weighs most first."""
    told = [LIKE[one["reason"]](one) for one in like["reasons"] if one["reason"] in LIKE]
    if (like.get("reports") or 0) > 1:
        told.append(say("report.like.reports", reports=like["reports"]))
    return say("case.dot").join(told)


def _time(one: Facts) -> str:
    minutes = int(one["minutes"])
    if minutes < HOUR:
        return say("report.like.time", minutes=minutes)
    if minutes < DAY:
        return say("report.like.hours", hours=minutes // HOUR)
    return say("report.like.days", days=minutes // DAY)


LIKE: dict[str, Callable[[Facts], str]] = {
    "distance": lambda one: say("report.like.distance", metres=round(one["metres"])),
    "same_place": lambda one: say(
        "report.like.same_place" if one.get("same") == "place" else "report.like.same_community"
    ),
    "time": _time,
    "phone": lambda _one: say("report.like.phone"),
    "text": lambda one: say("report.like.text", percent=round(100 * float(one["alike"]))),
    "class": lambda one: say("report.like.class" if one.get("same") == "class" else "report.like.group"),
}
