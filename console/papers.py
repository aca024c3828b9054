"""What the window asks of scores and bulletins, under the person's own rights."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from console.bulletins.bulletin import ISSUE, READ, Bulletin, parse
from console.indicators import scores, standing
from console.indicators.standing import Standing
from console.intake import hygiene
from console.intake.writing.caller import Caller

Facts = dict[str, Any]
LONGEST: Final = 4000  # characters of a comment
PREVIEW: Final = "SELECT * FROM desk.preview_bulletin($1, $2, $3, $4)"
LIST: Final = "SELECT * FROM desk.bulletins($1)"
CASES: Final = "SELECT number FROM desk.board_cases('incidents', $1, $2, $3, $4)"


class Period(NamedTuple):
    """``days`` up to ``until``; None: up to now."""

    days: int
    until: date | None = None


class Wanted(NamedTuple):
    """Which bulletin: of a ``period`` (2026-10) or, where one is named, of a ``campaign``."""

    organisation: str | None
    period: str
    campaign: str | None = None


class Papers:
    """Reads scores and what is behind them, sets their weights; issues and reads bulletins."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def standing(self, organisation: str | None, group: str, period: Period) -> Standing:
        """Return how the peers of ``group`` stand."""
        return standing.parse(await self._document(scores.ASKED, organisation, group, *period))

    async def appeals(self, organisation: str | None, group: str, period: Period) -> list[Facts]:
        """Return the appeals of the group's units, the latest first (see desk.score_appeals)."""
        rows = await self._caller.call(lambda raw: raw.fetch(scores.APPEALS, organisation, group, *period))
        return [dict(row) for row in rows]

    async def cases(self, figure: str, organisation: str | None, period: Period) -> list[int]:
        """Return the numbers of the cases behind ``figure``."""
        rows = await self._caller.call(lambda raw: raw.fetch(CASES, figure, organisation, *period))
        return [row["number"] for row in rows]

    async def weights(self) -> list[Facts]:
        """Return every weight that ever was, newest first (see desk.weights)."""
        return list(await self._document(scores.WEIGHTS))

    async def set_weights(self, since: date | None, points: Mapping[str, float], reason: str) -> None:
        """Put weights into force from ``since`` on, None: from today."""
        told = json.dumps(dict(points))
        await self._caller.call(lambda raw: raw.execute(scores.SET, since, told, reason))

    async def preview(self, wanted: Wanted) -> tuple[Bulletin, tuple[int, int] | None]:
        """Return what would be issued, and year and number of what was issued of the same, if anything."""
        about = wanted.organisation, hygiene.clean(wanted.period, "title"), "", wanted.campaign
        row = await self._row(PREVIEW, *about)
        before = row["year_before"], row["number_before"]
        return parse(row["document"]), before if None not in before else None

    async def issue(self, wanted: Wanted, comment: str) -> Bulletin:
        """Issue a bulletin under the next number, whatever was issued before of the same; return it."""
        period, told = hygiene.clean(wanted.period, "title"), hygiene.clean(comment, "comment", LONGEST)
        about = wanted.organisation, period, told, True, wanted.campaign
        row = await self._row(ISSUE, *about)
        return parse(row["document"], row["digest"])

    async def bulletin(self, organisation: str | None, year: int, number: int) -> Bulletin:
        """Return one that was issued."""
        row = await self._row(READ, organisation, year, number)
        return parse(row["document"], row["digest"])

    async def issued(self, organisation: str | None) -> list[Facts]:
        """Return what was issued, the newest first (see desk.bulletins)."""
        rows = await self._caller.call(lambda raw: raw.fetch(LIST, organisation))
        return [dict(row) for row in rows]

    async def _row(self, question: str, *values: object) -> Facts:
        return dict(await self._caller.call(lambda raw: raw.fetchrow(question, *values)) or {})

    async def _document(self, question: str, *values: object) -> Any:  # noqa: ANN401  the server's own
        return json.loads(await self._caller.call(lambda raw: raw.fetchval(question, *values)))
