"""Campaigns (专项行动), some classes of cases over some days: made, told and ended under one's own rights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from console.indicators import figures, words
from console.indicators.figures import BoardFigures
from console.indicators.indicator import Indicator, Kind, indicators
from console.intake import hygiene
from console.intake.writing.caller import Caller
from console.language import say

ADD: Final = "SELECT desk.add_campaign($1, $2, $3, $4, $5, $6, $7::text::numeric)"
END: Final = "SELECT desk.end_campaign($1, $2)"
LIST: Final = "SELECT * FROM desk.campaigns($1)"
FIGURES: Final = "SELECT desk.campaign_figures($1, $2)::text"
CASES: Final = "SELECT number FROM desk.campaign_cases($1, $2, $3) AS number"


@dataclass(frozen=True, slots=True)
class Campaign:
    """``classes``: groups, or types by code; ``target``: the share that ``figure`` is to reach."""

    name: str
    first: date
    last: date
    classes: tuple[str, ...]
    figure: str | None = None
    target: float | None = None
    set_by: str = ""

    @property
    def days(self) -> str:
        """Return its first and last day."""
        return f"{self.first} … {self.last}"

    @property
    def aim(self) -> str:
        """Return its target in words; a dash where there is none."""
        known = indicators().get(self.figure or "")
        if known is None or self.target is None:
            return say("boards.none")
        return f"{known.name} {words.percent(self.target)}"

    def state(self, today: date) -> str:
        """Return "ahead", "running" or "over"."""
        return "ahead" if self.first > today else "over" if self.last < today else "running"


def told(row: Mapping[str, Any]) -> Campaign:
    """Return a row of desk.campaigns."""
    target = None if row["target"] is None else float(row["target"])
    facts = {key: row[key] for key in ("name", "first", "last", "figure", "set_by")}
    return Campaign(**facts, classes=tuple(row["classes"]), target=target)


def targets() -> list[Indicator]:
    """Return what a campaign may have a target of: the rates of the incidents board."""
    return [one for one in indicators().values() if one.board == "incidents" and one.kind is Kind.RATE]


class Campaigns:
    """Asks of those of an organisation, None: of one's own."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def all(self, organisation: str | None) -> list[Campaign]:
        """Return them, the latest first."""
        rows = await self._caller.call(lambda raw: raw.fetch(LIST, organisation))
        return [told(dict(row)) for row in rows]

    async def figures(self, organisation: str | None, name: str) -> BoardFigures:
        """Return what one tells: the incidents board of its classes and days so far."""
        found = await self._caller.call(lambda raw: raw.fetchval(FIGURES, organisation, name))
        return figures.parse(json.loads(found))

    async def cases(self, organisation: str | None, name: str, figure: str) -> list[int]:
        """Return the numbers of the cases behind one of its figures."""
        rows = await self._caller.call(lambda raw: raw.fetch(CASES, organisation, name, figure))
        return [row["number"] for row in rows]

    async def add(self, organisation: str | None, wanted: Campaign) -> None:
        """Make one."""
        name = hygiene.clean(wanted.name, "title")
        target = None if wanted.target is None else f"{wanted.target:.6f}"
        about = wanted.first, wanted.last, list(wanted.classes), wanted.figure, target
        await self._caller.call(lambda raw: raw.execute(ADD, organisation, name, *about))

    async def end(self, organisation: str | None, name: str) -> date | None:
        """End one today; return its last day, None where it had not begun and is gone."""
        last: date | None = await self._caller.call(lambda raw: raw.fetchval(END, organisation, name))
        return last
