"""The board of a past moment, driven by the facts that happened since: seek and step; it is only read."""

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from console.feed.board import Board, Change
from console.feed.board_row import Row
from console.feed.stretch import Fact, Stretch

PAGE: Final = 500  # facts asked for at once
BACK: Final = (3600.0, 86400.0, 7 * 86400.0)  # seconds to look back for the fact before
NEAR: Final = 7200.0  # so far ahead facts are read; beyond, the board of that moment
MOST: Final = 50_000  # facts that are kept, some 60 MB: the older half goes when they are more


@dataclass(frozen=True, slots=True)
class Asking:
    """How the past is read: board(at); facts(begin, end, after, limit), at ``begin`` behind that id."""

    board: Callable[[float], Awaitable[Sequence[Row]]]
    facts: Callable[[float, float, int | None, int], Awaitable[Sequence[Fact]]]
    now: Callable[[], float]  # the server's time


class Past:
    """``board`` as it stood at ``at``: of the facts that are known ``told`` have happened.

    A reading that is called off leaves everything as it was.
    """

    def __init__(self, asking: Asking, page: int = PAGE, most: int = MOST) -> None:
        self.board = Board()
        self.at = 0.0
        self.told = 0
        self._asking, self._page, self._most = asking, page, most
        self._stretch = Stretch()

    @property
    def facts(self) -> Sequence[Fact]:
        """Return the facts that are known, in order."""
        return self._stretch.facts

    @property
    def last(self) -> Fact | None:
        """Return the fact that happened last, if one is known."""
        return self.facts[self.told - 1] if self.told else None

    def knows(self, at: float) -> bool:
        """Tell whether the board of ``at`` can be shown without asking."""
        return self._stretch.holds(at)

    async def seek(self, at: float) -> None:
        """Show the board of ``at``, at the latest that of now."""
        at = min(at, self._asking.now())
        stretch = self._stretch
        if stretch.begun <= at <= stretch.known + NEAR:
            await self._read_until(stretch, at)
        if not self.knows(at):
            self._enter(await self._begun(at))
        self.show(at)

    def show(self, at: float) -> Change | None:
        """Show the board of an instant that is known; None where it is the one that stands."""
        self.at = at
        return self._tell(bisect_right(self.facts, at, key=attrgetter("at")))

    async def read_on(self, until: float) -> None:
        """Know a page more of what follows, of what happened up to ``until``."""
        if self._stretch.holds(self.at) and not self.knows(until):
            await self._read_page(self._stretch, until)

    async def step(self, by: int) -> Fact | None:
        """Go to the next fact (1) or to before the last one (-1); return the last that has happened then."""
        if by > 0:
            now = self._asking.now()
            while self.told == len(self.facts) and not self.knows(now):
                await self._read_page(self._stretch, now)
        elif not self.told:
            await self._look_back()
        place = self.told + by
        if not 0 <= place <= len(self.facts):
            return None
        self.at = self.facts[place - 1].at if place else self._stretch.begun
        self._tell(place)
        return self.last

    async def _begun(self, at: float) -> Stretch:
        return Stretch.begin(at, await self._asking.board(at))

    def _enter(self, stretch: Stretch) -> None:
        self._stretch, self.told = stretch, 0
        self.board.replace(stretch.opening.values())

    async def _read_until(self, stretch: Stretch, at: float) -> None:
        while not stretch.holds(at):
            await self._read_page(stretch, max(at, self._asking.now()))

    async def _read_page(self, stretch: Stretch, end: float) -> None:
        """Read on behind what is known; to ``end`` where one page holds it all."""
        page = await self._asking.facts(stretch.known, end, stretch.after, self._page)
        stretch.extend(page, None if len(page) == self._page else end)
        if stretch is self._stretch and len(stretch.facts) > self._most:
            self._forget(min(self.told, len(stretch.facts) - self._most // 2))

    def _forget(self, count: int) -> None:
        if count:
            self._stretch.forget(count)
            self.told -= count

    async def _look_back(self) -> None:
        """Begin so much earlier that there is a fact before this instant; else as early as was looked."""
        here = self.at
        for span in BACK:
            stretch = await self._begun(here - span)
            await self._read_until(stretch, here)
            if span == BACK[-1] or (stretch.facts and stretch.facts[0].at <= here):
                self._enter(stretch)
                self.show(here)
                return

    def _tell(self, place: int) -> Change | None:
        """Have so many facts happened, from those before."""
        before, self.told = self.told, place
        if place == before:
            return None
        return self._apply(before, place) if place > before else self._take_back(place, before)

    def _apply(self, first: int, end: int) -> Change:
        latest = {fact.row.number: fact for fact in self.facts[first:end]}
        gone = [number for number, fact in latest.items() if not fact.open]
        return self.board.apply((fact.row for fact in latest.values() if fact.open), gone)

    def _take_back(self, first: int, end: int) -> Change:
        """Have each case whose facts these are stand as before them."""
        numbers = {fact.row.number for fact in self.facts[first:end]}
        stood = {number: self._stretch.before(number, first) for number in numbers}
        gone = [number for number, row in stood.items() if row is None]
        return self.board.restore((row for row in stood.values() if row is not None), gone)
