"""What a console reads of the boards: figures, cases and records behind them, peers, maps."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from console.connection import Connection
from console.desk.behind import NOTE_LIST, Cases, Find, Records
from console.desk.desk import Desk
from console.errors import OutOfReach
from console.indicators.indicator import bearer, counted

if TYPE_CHECKING:
    from console.indicators.areas import AreaFigures

T = TypeVar("T")


class BoardReads:
    """Questions about the boards."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def board(
        self,
        board: str,
        organisation: str | None,
        days: int,
        until: date | None = None,
        ranked: str | None = None,
    ) -> dict[str, Any]:
        """Return the figures of ``board`` for an organisation's subtree over ``days`` up to ``until`` (now).

        ``ranked``: the figure by which the organisations below are ranked, else the board's own.
        """
        asked = "SELECT desk.board_figures($1, $2, $3, $4, $5)::text"
        found: dict[str, Any] = await self._json(asked, board, organisation, days, until, ranked)
        return found

    async def board_cases(
        self,
        board: str,
        figure: str,
        organisation: str | None,
        days: int,
        until: date | None = None,
        limit: int | None = None,
    ) -> tuple[list[int], int]:
        """Return the cases behind ``figure``, FIGURE[/BY=PART][:of | :rest | :hit], and how many there are.

        The newest number first; ``limit``: no more than so many.
        """
        asked = "SELECT number, total FROM desk.board_cases($1, $2, $3, $4, $5, NULL, $6)"
        rows = await self._rows(asked, board, figure, organisation, days, until, limit)
        return [row["number"] for row in rows], rows[0]["total"] if rows else 0

    def cases(self, find: Find) -> Cases:
        """Return the cases that ``find`` finds as a list to be read page by page."""
        return Cases(self._desk, find)

    def board_records(
        self, board: str, figure: str, organisation: str | None, days: int, until: date | None = None
    ) -> Records:
        """Return what is behind a figure that counts no cases, as a list to be read page by page."""

        async def read(limit: int, after: object) -> dict[str, Any]:
            asked = "SELECT desk.board_records($1, $2, $3, $4, $5, $6, $7::text::jsonb)::text"
            about = board, figure, organisation, days, until, limit
            found: dict[str, Any] = await self._json(asked, *about, json.dumps(after) if after else None)
            return found

        async def note(rows: int) -> None:
            await self._ask(lambda raw: raw.execute(NOTE_LIST, figure, organisation, rows))

        return Records(read, counted(figure), note, bearer(figure))

    async def board_peers(
        self, board: str, organisation: str | None, days: int, until: date | None = None
    ) -> dict[str, dict[str, Any]]:
        """Return how each figure stands among the organisation's peers (see desk.board_peers)."""
        asked = "SELECT desk.board_peers($1, $2, $3, $4)::text"
        found: dict[str, dict[str, Any]] = await self._json(asked, board, organisation, days, until)
        return found

    async def board_map(
        self, figure: str, area: str, organisation: str | None, days: int, until: date | None = None
    ) -> "AreaFigures":
        """Return ``figure`` for every grid, community, township or county of an organisation."""
        from console.indicators import areas  # noqa: PLC0415  it needs numpy, which the start does without

        rows = await self._rows(areas.ASK, figure, area, organisation, days, until)
        return areas.told(rows[0])

    async def _ask(self, ask: Callable[[Connection], Awaitable[T]]) -> T:
        """Run ``ask`` on the desk's connection; where nobody answers, nothing but the answer is unknown."""
        try:
            return await self._desk.call(ask)
        except OutOfReach as error:
            code = "database_lost" if error.code == "outcome_unknown" else error.code
            raise OutOfReach(code, **error.facts) from error

    async def _json(self, question: str, *values: object) -> Any:  # noqa: ANN401  the server's own document
        return json.loads(await self._ask(lambda raw: raw.fetchval(question, *values)))

    async def _rows(self, question: str, *values: object) -> list[dict[str, Any]]:
        rows: Sequence[Any] = await self._ask(lambda raw: raw.fetch(question, *values))
        return [dict(row) for row in rows]
