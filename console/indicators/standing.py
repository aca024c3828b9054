"""The scores of a group of peers as typed values, and how each is reckoned, written out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.indicators import scores
from console.indicators.indicator import indicators
from console.language import say
from console.spoken import CHINA


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score: ``points`` are ``value``, a share, of ``weight``; of ``of`` cases ``hits`` meet it.

    Of the volume ``hits`` are the unit's cases and ``of`` is the median of the peers'.
    """

    key: str
    value: float | None
    hits: int
    of: float
    weight: float
    points: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's score; ``place`` and ``grade`` are missing where it has too few cases."""

    name: str
    code: str
    place: int | None
    score: float | None
    grade: str
    cases: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Units of one group, the best first, those that are not ranked after them.

    ``weights``: points by part, the last of them in force ``since`` a day.
    """

    group: str
    first: datetime
    last: datetime
    median: float | None
    since: str
    weights: dict[str, float]
    units: tuple[Unit, ...]

    @property
    def ranked(self) -> list[Unit]:
        """Return those with a place."""
        return [unit for unit in self.units if unit.place is not None]

    @property
    def few(self) -> list[Unit]:
        """Return those with too few cases for a place."""
        return [unit for unit in self.units if unit.place is None and unit.cases]

    @property
    def idle(self) -> list[Unit]:
        """Return those without cases."""
        return [unit for unit in self.units if not unit.cases]


@dataclass(frozen=True, slots=True)
class Counted:
    """``count`` cases in words, and the ``figure`` that desk.board_cases finds them by."""

    words: str
    count: int
    figure: str


def parse(facts: dict[str, Any]) -> Standing:
    """Read what desk.scores answers."""
    weights = {one["part"]: float(one["weight"]) for one in facts["weights"]}
    return Standing(
        group=facts["group"],
        first=datetime.fromisoformat(facts["from"]),
        last=datetime.fromisoformat(facts["at"]),
        median=facts["median"],
        since=max((one["since"] for one in facts["weights"]), default=""),
        weights=weights,
        units=tuple(_unit(row, weights) for row in facts["rows"]),
    )


def _unit(row: dict[str, Any], weights: dict[str, float]) -> Unit:
    found = row["parts"]
    return Unit(
        name=row["name"],
        code=row["code"],
        place=row["place"],
        score=row["score"],
        grade=row["grade"] or "",
        cases=int(row["cases"]),
        parts=tuple(_part(key, found[key], weight) for key, weight in weights.items() if key in found),
    )


def _part(key: str, facts: dict[str, Any], weight: float) -> Part:
    hits, of = int(facts["numerator"]), float(facts["denominator"])
    return Part(key, facts["value"], hits, of, weight, facts["points"])


def part_text(part: Part) -> str:
    """Return the arithmetic of a part: "25 × 5 ÷ 6 = 20.83"."""
    if part.value is None or part.points is None:
        return say("scores.no_cases")
    share = f"{part.hits} ÷ {part.of:g}"
    told = say("scores.at_most_one", share=share) if part.key == "volume" else share
    return f"{part.weight:g} × {told} = {part.points:.2f}"


def sum_text(unit: Unit) -> str:
    """Return the arithmetic of the whole: "20.83 + … = 79.2"; of less than 100 points brought up to 100."""
    counted = [part for part in unit.parts if part.points is not None]
    if not counted or unit.score is None:
        return say("scores.no_cases")
    told = " + ".join(f"{part.points:.2f}" for part in counted)
    whole = sum(part.weight for part in counted)
    if whole != sum(part.weight for part in unit.parts):
        told = f"({told}) ÷ {whole:g} × 100"
    return f"{told} = {unit.score:.1f}"


def counted(group: str, unit: Unit, part: Part) -> Iterator[Counted]:
    """Yield the numbers that went into a part, each with what finds exactly its cases."""
    facts = scores.parts()[part.key]
    figure = indicators()[facts["figure"]]
    by = f"/unit={unit.code}" if group == "department" else ""
    if part.key == "volume":
        yield _counted(figure.part("of"), part.hits, f"{figure.key}{by}:of")
        return
    whole = int(part.of)
    met = whole - part.hits if facts.get("turned") else part.hits
    for key, ending, number in (("hit", "hit", met), ("miss", "rest", whole - met), ("of", "of", whole)):
        yield _counted(figure.part(key), number, f"{figure.key}{by}:{ending}")


def appeal_text(appeal: Mapping[str, Any]) -> str:
    """Return a row of desk.score_appeals in words; its instants may be texts."""
    state = {True: "granted", False: "refused", None: "waiting"}[appeal["granted"]]
    told = say(
        f"scores.appeal.{state}",
        number=appeal["number"],
        title=appeal["title"],
        reason=appeal["reason"] or say("boards.none"),
        asked_by=appeal["asked_by"],
        asked_at=_day(appeal["asked_at"]),
        by=appeal["decided_by"] or "",
        at=_day(appeal["decided_at"]),
    )
    return " ".join(told.split())


def _day(at: datetime | str | None) -> str:
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{instant.astimezone(CHINA):%Y-%m-%d %H:%M}" if instant else ""


def _counted(name: str, number: int, figure: str) -> Counted:
    return Counted(say("scores.counted", name=name, count=number), number, figure)
