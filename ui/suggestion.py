"""Why a unit is suggested for a case: what the database tells (see Reads.recommend), in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from console.language import say
from ui.moments import brief, epoch
from ui.texts import shown

Facts = Mapping[str, Any]
OTHERS = 2  # units beside the first
NAMED = 24  # characters of a name among the reasons


def suggestion(units: Sequence[Facts], now: float, named: Callable[[str], str] = str) -> list[str]:
    """Return in words whom ``units`` suggest: the first and why, whom beside it."""
    leads, co = ([one for one in units if one["kind"] == kind] for kind in ("lead", "co"))
    if not leads:
        return []
    beside = (("with", co), ("units_too", leads[1:]))
    return [
        say("report.ahead.unit", unit=shown(leads[0]["unit_name"])),
        unit_words(leads[0], now, named),
        *(
            say(
                f"report.ahead.{key}", units=say("intake.comma").join(shown(one["unit_name"]) for one in some)
            )
            for key, some in ((key, some[:OTHERS]) for key, some in beside)
            if some
        ),
    ]


def unit_words(unit: Facts, now: float, named: Callable[[str], str] = str) -> str:
    """Return why ``unit`` is suggested, what weighs most first; ``named`` says a class by its code."""
    reasons = [
        {**one, "class": named(str(one["class"]))} if "class" in one else one for one in unit["reasons"]
    ]
    told = [UNIT[one["reason"]](one, now) for one in reasons if one["reason"] in UNIT]
    return say("case.dot").join(told)


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
