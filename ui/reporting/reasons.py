"""Why a case looks the same and why a unit is suggested: what the database tells, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from console.language import say
from ui.moments import brief, epoch
from ui.texts import shown

Facts = Mapping[str, Any]
HOUR, DAY = 60, 1440  # minutes
NAMED = 24  # characters of a name among the reasons


def like_words(like: Facts) -> str:
    """Return why the case ``like`` looks the same, what weighs most first."""
    told = [LIKE[one["reason"]](one) for one in like["reasons"] if one["reason"] in LIKE]
    if (like.get("reports") or 0) > 1:
        told.append(say("report.like.reports", reports=like["reports"]))
    return say("case.dot").join(told)


def unit_words(unit: Facts, now: float, named: Callable[[str], str] = str) -> str:
    """Return why ``unit`` is suggested, what weighs most first; ``named`` says a class by its code."""
    reasons = [
        {**one, "class": named(str(one["class"]))} if "class" in one else one for one in unit["reasons"]
    ]
    told = [UNIT[one["reason"]](one, now) for one in reasons if one["reason"] in UNIT]
    return say("case.dot").join(told)


def _time(one: Facts) -> str:
    minutes = int(one["minutes"])
    if minutes < HOUR:
        return say("report.like.time", minutes=minutes)
    if minutes < DAY:
        return say("report.like.hours", hours=minutes // HOUR)
    return say("report.like.days", days=minutes // DAY)


def _grid(one: Facts, _now: float) -> str:
    grid, worker = shown(str(one.get("grid", "")))[:NAMED], one.get("worker")
    if worker:
        return say("report.unit.worker", grid=grid, worker=shown(str(worker))[:NAMED])
    return say("report.unit.grid", grid=grid)


def _duty(one: Facts, now: float) -> str:
    until = epoch(one.get("until"))
    if not one.get("on"):
        return say("report.unit.duty_off")
    if until is None:
        return say("report.unit.duty_on")
    return say("report.unit.duty_until", until=brief(until, now))


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
UNIT: dict[str, Callable[[Facts, float], str]] = {
    "responsibility": lambda one, _now: say(
        "report.unit.responsibility", **{"class": shown(str(one.get("class", "")))}
    ),
    "no_list": lambda _one, _now: say("report.unit.no_list"),
    "grid": _grid,
    "load": lambda one, _now: say("report.unit.load", open=one["open"]),
    "distance": lambda one, _now: say("report.unit.distance", metres=round(one["metres"])),
    "duty": _duty,
    "returned": lambda _one, _now: say("report.unit.returned"),
}
