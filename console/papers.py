"""What the window asks of scores and bulletins, under the person's own rights."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from console.indicators import scores, standing
from console.indicators.standing import Standing
from console.intake.writing.caller import Caller

Facts = dict[str, Any]
CASES: Final = "SELECT number FROM desk.board_cases('incidents', $1, $2, $3, $4) AS number"


class Period(NamedTuple):
    """``days`` up to ``until``; None: up to now."""

    days: int
    until: date | None = None


class Papers:
    """Reads scores and what is behind them; sets their weights."""

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

    async def _document(self, question: str, *values: object) -> Any:  # noqa: ANN401  the server's own
        return json.loads(await self._caller.call(lambda raw: raw.fetchval(question, *values)))
