"""What the pages of the wall show, and where it comes from."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from console.errors import Refused
from console.feed.board import Board
from console.indicators import figures
from console.indicators.figures import BoardFigures
from console.indicators.indicator import BOARDS
from ui.boards.body import BoardBody
from ui.moments import local
from ui.wall.late import LatePage
from ui.wall.overview import OverviewPage
from ui.wall.pages import MAP, MONTH, OVERDUE, OVERVIEW
from ui.wall.path import Way, reached, traced
from ui.wall.public import PublicCases, place
from ui.wall.sheet import Sheet

TODAY = 1
FOLLOWED = 200  # of the latest cases one is followed


class Reads(Protocol):
    """What the wall asks the database for."""

    def board(self, board: str, organisation: str | None, days: int, /) -> Awaitable[dict[str, Any]]:
        """Return the figures of a board (see Reads.board)."""

    def timeline(self, number: int, /) -> Awaitable[list[dict[str, Any]]]:
        """Return the entries of a case (see Reads.timeline)."""


class Content:
    """The pages, of ``board`` at the time of ``clock`` and of what ``reads`` answers, drawn on ``sheet``."""

    def __init__(self, board: Board, clock: Callable[[], float], reads: Reads, sheet: Sheet) -> None:
        self._clock, self._reads, self._sheet = clock, reads, sheet
        self.cases = PublicCases(board)
        self.overview, self.late = OverviewPage(self.cases, clock), LatePage(self.cases, clock)
        self.bodies = {key: BoardBody(key) for key in BOARDS}
        self.asked: str | None = None  # code of the organisation, None for the reader's own
        self.organisation = ""
        self.at = ""  # the time of the last figures
        self.turns = 0  # how often the pages have come round

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """Return every page."""
        return (self.overview, self.late, *self.bodies.values())

    def page(self, key: str) -> OverviewPage | LatePage | BoardBody:
        """Return the page ``key`` as it is to be shown."""
        if key in {OVERVIEW, MAP}:
            self.overview.spread(whole=key == MAP)
            return self.overview
        return self.late if key == OVERDUE else self.bodies[key]

    async def read(self, page: str) -> None:
        """Read what ``page`` shows, and show it."""
        if page == OVERVIEW:
            self.show_today(await self._reads.board("incidents", self.asked, TODAY))
            self.show_document(await self._reads.board("incidents", self.asked, MONTH))
            await self._follow()
        else:
            self.show_document(await self._reads.board(page, self.asked, MONTH))

    async def _follow(self) -> None:
        """Show the way of one case; another one whenever the pages have come round."""
        row, way = traced(self.cases.latest(FOLLOWED), self.turns), None
        if row is not None:
            try:
                entries = await self._reads.timeline(row.number)
            except Refused:  # it has gone out of this reader's sight meanwhile
                entries = []
            if entries:
                way = Way(row.number, row.class_name, place(row), row.unit, reached(entries))
        self.overview.show_way(way)
        self._sheet.renew([self.overview.way])

    def show_today(self, document: dict[str, Any]) -> None:
        """Show the figures of today."""
        self._sheet.refill(self.overview.fills(self._take(document)))

    def show_document(self, document: dict[str, Any]) -> None:
        """Show the figures of a board over a month."""
        board = self._take(document)
        self._sheet.refill(self.bodies[board.board].fills(board))
        if board.board == "incidents":
            self._sheet.refill({self.overview.rank_frame: partial(self.overview.show_ranking, board)})

    def _take(self, document: dict[str, Any]) -> BoardFigures:
        board = figures.parse(document)
        self.organisation, self.at = board.organisation, f"{local(board.at.timestamp()):%H:%M}"
        return board

    def age(self, key: str, now: int) -> None:
        """Let the lists of the page ``key`` say what is so ``now``."""
        page = self.page(key)
        if not isinstance(page, BoardBody):
            self._sheet.renew(page.tick(now))

    def refine(self, fineness: float) -> None:
        """Draw maps and lines for so many device pixels a line of the sheet."""
        self.overview.map.zoom = fineness
        for body in self.bodies.values():
            body.set_weight(2 * fineness)

    def retell(self) -> None:
        """Say everything anew: the language or the look is another."""
        self.overview.retell()
        for body in self.bodies.values():
            body.retranslate()
