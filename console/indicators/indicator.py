"""What the figures are called, what they count and which way is good: resources/indicators.toml."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import resources
from console.language import choose, say

BOARDS = ("people-houses", "incidents", "operations")


WHICH: Final = {"": "hit", "hit": "hit", "of": "of", "rest": "miss"}  # what part of a rate is asked for


class Kind(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    RATE = "rate"  # a share, shown in percent
    RATIO = "ratio"  # so many for each, shown with two places
    SPAN = "span"  # the median of how long it took, in seconds


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure as declared.

    ``goal`` is a share, ``source`` names what is read, ``present`` means: now, whatever the period.
    ``sums`` names the register that tells it, "" where it counts cases, grids or workers.
    ``sum`` is what that register calls it; ``per`` names what a ratio is shared out among: grids, workers.
    ``cases``: it counts cases; ``misses``: what a rate misses is of the same kind, and can be listed.
    ``monthly``: it goes by whole months, and is compared month with month; ``once``: each thing counts once
    in a period, which is compared once it is over where it has more than 31 days.
    ``people``: a number of people, under five not shown; ``by_grid``: told of single grids too; ``places``:
    of places alone, not of departments.
    """

    key: str
    board: str
    kind: Kind
    direction: Direction
    source: str
    goal: float | None
    present: bool
    sums: str
    sum: str
    per: str
    cases: bool
    misses: bool
    monthly: bool
    once: bool
    people: bool
    by_grid: bool
    places: bool
    words: dict[str, dict[str, str]]

    @property
    def name(self) -> str:
        """Return what it is called."""
        return choose(self.words["name"])

    @property
    def unit(self) -> str:
        """Return what is counted."""
        return choose(self.words["unit"])

    def unit_of(self, value: float) -> str:
        """Return what is counted where there is so much of it: "case" of one, "cases" of two."""
        return choose(self.words["one"]) if value == 1 and "one" in self.words else self.unit

    @property
    def formula(self) -> str:
        """Return how it is reckoned, in words."""
        return choose(self.words["formula"])

    def part(self, name: str) -> str:
        """Return what a rate's "hit", "of" or "miss" is called, or what it ``counted``; "" where not said."""
        return choose(self.words[name]) if name in self.words else ""


@cache
def indicators() -> dict[str, Indicator]:
    """Return every figure by key, in the order of the table."""
    return {key: _read(key, facts) for key, facts in resources.table("indicators.toml")["figures"].items()}


def asked_name(figure: str) -> str:
    """Return what FIGURE[:of | :rest | :hit] is called; what is no figure as it is."""
    key, _, which = figure.partition(":")
    known = indicators().get(key.partition("/")[0])
    if known is None:
        return figure
    word = known.part(WHICH.get(which, "hit")) if known.kind is Kind.RATE else ""
    return say("boards.step_part", name=known.name, part=word) if word else known.name


def counted(figure: str) -> tuple[str, str] | None:
    """Return what FIGURE[:of | :rest] counts of a record, as ("filled", "fields"); None: the record."""
    key, _, which = figure.partition(":")
    known = indicators().get(key)
    if known is None or not known.part("counted"):
        return None
    return known.part(WHICH.get(which, "hit")), known.part("counted")


def bearer(figure: str) -> str:
    """Return who bears the name beside a record of FIGURE[:of | :rest]; "": the record itself."""
    known = indicators().get(figure.partition(":")[0])
    return known.part("bearer") if known else ""


def board_name(key: str) -> str:
    """Return what a board is called."""
    return choose(resources.table("indicators.toml")["boards"][key])


def _read(key: str, facts: dict[str, object]) -> Indicator:
    words: dict[str, dict[str, str]] = {
        name: value for name, value in facts.items() if isinstance(value, dict)
    }
    goal = facts.get("goal")
    return Indicator(
        key=key,
        board=str(facts["board"]),
        kind=Kind(str(facts["kind"])),
        direction=Direction(str(facts["direction"])),
        source=str(facts["source"]),
        goal=goal if isinstance(goal, float) else None,
        present=bool(facts.get("present")),
        sums=str(facts.get("sums", "")),
        sum=str(facts.get("sum", key)),
        per=str(facts.get("per", "")),
        cases="fact" in facts,
        misses=bool(facts.get("misses", True)),
        monthly=bool(facts.get("monthly")),
        once=bool(facts.get("once")),
        people=bool(facts.get("people")),
        by_grid=bool(facts.get("by_grid", "sums" not in facts)),
        places=bool(facts.get("places", "fact" not in facts or "per" in facts)),
        words={"name": {"zh": str(facts["zh"]), "en": str(facts["en"])}, **words},
    )


def key_of(board: str, text: str) -> str | None:
    """Return the figure of ``board`` that is called ``text``: its key, or its name in any language."""
    asked = text.strip().casefold()
    for key, one in indicators().items():
        names = (key, *one.words["name"].values())
        if one.board == board and asked in map(str.casefold, names):
            return key
    return None
