"""The board of a past moment, driven by the facts that happened since: seek and step; it is only read."""

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from math import inf
from operator import attrgetter
from typing import Final

from console.feed.board import Board, Change
from console.feed.board_row import Row
from models.vocabulary import OPEN

PAGE: Final = 500  # facts asked for at once
BACK: Final = (3600.0, 86400.0, 7 * 86400.0)  # seconds to look back for the fact before
NEAR: Final = 7200.0  # so far ahead facts are read; beyond, the board of that moment


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a timeline, at epoch seconds, and the case as it stood after it."""

    id: int
    at: float
    seq: int
    action: str
    actor: str
    before: str  # the status that it had, "" for none
    row: Row

    @property
    def open(self) -> bool:
        """Tell whether the case was open after it."""
        return self.row.status in OPEN


@dataclass(frozen=True, slots=True)
class Asking:
    """How the past is read: board(at); facts(begin, end, after, limit), at ``begin`` behind that id."""

    board: Callable[[float], Awaitable[Sequence[Row]]]
    facts: Callable[[float, float, int | None, int], Awaitable[Sequence[Fact]]]
    now: Callable[[], float]  # the server's time


class Past:
    """``board`` as it stood at ``at``; of ``facts``, known behind its beginning, ``told`` have happened."""

    def __init__(self, asking: Asking, page: int = PAGE) -> None:
        self.board = Board()
        self.at = 0.0
        self.facts: list[Fact] = []
        self.told = 0
        self._asking, self._page = asking, page
        self._opening: Sequence[Row] = ()
        self._begun = self._known = inf  # from here to there the board is known
        self._after: int | None = None

    @property
    def last(self) -> Fact | None:
        """Return the fact that happened last, if one is known."""
        return self.facts[self.told - 1] if self.told else None

    def knows(self, at: float) -> bool:
        """Tell whether the board of ``at`` can be shown without asking."""
        return self._begun <= at and (at <= self._known if self._after is None else at < self._known)

    async def seek(self, at: float) -> None:
        """Show the board of ``at``, at the latest that of now."""
        at = min(at, self._asking.now())
        if self._begun <= at <= self._known + NEAR:
            await self._read_until(at)
        if not self.knows(at):
            await self._begin(at)
        self.show(at)

    def show(self, at: float) -> Change | None:
        """Show the board of an instant that is known; None where it is the one that stands."""
        self.at = at
        return self._tell(bisect_right(self.facts, at, key=attrgetter("at")))

    async def step(self, by: int) -> Fact | None:
        """Go to the next fact (1) or to before the last one (-1); return the last that has happened then."""
        if by > 0:
            now = self._asking.now()
            while self.told == len(self.facts) and not self.knows(now):
                await self._read_page(now)
        elif not self.told:
            await self._look_back()
        place = self.told + by
        if not 0 <= place <= len(self.facts):
            return None
        self.at = self.facts[place - 1].at if place else self._begun
        self._tell(place)
        return self.last

    async def _begin(self, at: float) -> None:
        self._opening = await self._asking.board(at)
        self._begun = self._known = at
        self.facts, self._after, self.told = [], None, 0
        self.board.replace(self._opening)

    async def _read_until(self, at: float) -> None:
        while not self.knows(at):
            await self._read_page(max(at, self._asking.now()))

    async def _read_page(self, end: float) -> None:
        """Read on behind what is known; to ``end`` where one page holds it all."""
        page = await self._asking.facts(self._known, end, self._after, self._page)
        self.facts += page
        full = len(page) == self._page
        self._known, self._after = (page[-1].at, page[-1].id) if full else (end, None)

    async def _look_back(self) -> None:
        """Begin so much earlier that there is a fact before this instant; else as early as was looked."""
        here = self.at
        for span in BACK:
            await self._begin(here - span)
            await self._read_until(here)
            self.show(here)
            if self.told:
                return

    def _tell(self, place: int) -> Change | None:
        """Have so many facts happened: from those before, or from the beginning where it goes back."""
        before, self.told = self.told, place
        if place == before:
            return None
        if place > before:
            return self._apply(self.facts[before:place])
        latest = {row.number: row for row in self._opening}
        for fact in self.facts[:place]:
            latest[fact.row.number] = fact.row
        return self.board.replace(row for row in latest.values() if row.status in OPEN)

    def _apply(self, facts: Sequence[Fact]) -> Change:
        latest = {fact.row.number: fact for fact in facts}
        gone = [number for number, fact in latest.items() if not fact.open]
        return self.board.apply((fact.row for fact in latest.values() if fact.open), gone)
