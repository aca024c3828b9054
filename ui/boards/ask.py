"""Which cases a mark on a board stands for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from console.indicators.figures import BoardFigures, Series
from console.indicators.indicator import Indicator, Kind, asked_name, indicators
from console.language import say
from console.spoken import CHINA

STAFF: Final = "staff"  # workers of a kind, by a chart of their own
Cases = Callable[[str, str, str | None, int, date | None, int | None], Awaitable[tuple[Sequence[int], int]]]
PARTS: Final = {"hit": ":hit", "of": ":of", "miss": ":rest"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Cases of any of ``figures``, of ``organisation`` and of the last ``days``; "" and 0: as the board.

    ``less``: without those of the last so many days; ``until``: up to that day, None: as the board.
    """

    figures: tuple[str, ...]
    organisation: str = ""
    days: int = 0
    less: int = 0
    until: date | None = None

    @property
    def records(self) -> bool:
        """Tell whether it is asked of a figure that counts no cases, or of workers of a kind."""
        return not self._known.cases if self._known else self._key == STAFF

    @property
    def name(self) -> str:
        """Return what is asked for, in words."""
        figure = self.figures[0]
        if self._known is None:
            return say(f"boards.staff.{figure.partition(':')[0].partition('=')[2]}")
        return asked_name(figure)

    @property
    def _key(self) -> str:
        return self.figures[0].partition(":")[0].partition("/")[0]

    @property
    def _known(self) -> Indicator | None:
        return indicators().get(self._key)


@dataclass(frozen=True, slots=True)
class Behind:
    """Finds by ``cases`` what is ``asked`` of a ``board`` of ``place`` over ``days`` up to ``until``."""

    cases: Cases
    board: str
    asked: Asked
    place: str | None
    days: int
    until: date | None

    async def __call__(self, limit: int | None = None) -> tuple[Sequence[int], int]:
        """Return the first ``limit`` numbers, the newest first, and how many there are."""
        asked = self.asked
        if len(asked.figures) == 1 and not asked.less:
            return await self._of(asked.figures[0], asked.days, limit)
        found, later = set[int](), set[int]()
        for figure in asked.figures:
            found.update((await self._of(figure, asked.days))[0])
            if asked.less:
                later.update((await self._of(figure, asked.less))[0])
        numbers = sorted(found - later, reverse=True)
        return numbers[:limit], len(numbers)

    async def _of(self, figure: str, days: int, limit: int | None = None) -> tuple[Sequence[int], int]:
        place, until = self.asked.organisation or self.place, self.asked.until or self.until
        return await self.cases(self.board, figure, place, days or self.days, until, limit)


def of_request(request: str) -> Asked:
    """Return what a bar asks for: "FIGURE", "FIGURE@CODE", or several figures on a line each."""
    figures, _, code = request.partition("@") if "\n" not in request else (request, "", "")
    return Asked(tuple(figures.split("\n")), code)


def of_place(request: str) -> list[tuple[Asked, str]]:
    """Return what an area may be asked for, in words: what its figure counts, of a rate each of its parts."""
    asked = of_request(request)
    figure = asked.figures[0]
    known = indicators().get(figure.partition("/")[0])
    if known is None or known.kind is not Kind.RATE or ":" in figure:
        return [(asked, asked.name)]
    return [
        (
            replace(asked, figures=(figure + suffix,)),
            say("boards.step_part", name=known.name, part=known.part(part)),
        )
        for part, suffix in PARTS.items()
        if part != "miss" or known.misses
    ]


def of_step(board: BoardFigures, series: Series, step: int) -> list[tuple[Asked, str]]:
    """Return what a step of a trend may be asked for, in words: each line, of a rate each of its parts."""
    found = []
    for line in series.lines:
        known = indicators()[line.key]
        if known.kind is Kind.RATE:
            named = {known.key + suffix: known.part(part) for part, suffix in PARTS.items()}
            found += [
                (_at_step(board, known, figure, step), say("boards.step_part", name=known.name, part=part))
                for figure, part in named.items()
            ]
        elif line.values[step]:
            words = say("boards.counted", name=known.name, count=int(line.values[step] or 0))
            found.append((_at_step(board, known, known.key, step), words))
    return found


def _at_step(board: BoardFigures, known: Indicator, figure: str, step: int) -> Asked:
    """Return the question for one step.

    What a rate counts is met by the end of the board's stretch, not of the step: it is asked of all from the
    step on, less what comes after it.
    """
    first = board.edges[step].astimezone(CHINA)
    if board.step == "hour":
        name, _, part = figure.partition(":")
        hour = f"{name}/hour={first.weekday() * 24 + first.hour}"
        return Asked((f"{hour}:{part}" if part else hour,))
    last = board.edges[step + 1].astimezone(CHINA).date() - timedelta(days=1)
    end = board.at.astimezone(CHINA).date()
    if known.kind is Kind.RATE:
        return Asked((figure,), days=(end - first.date()).days + 1, less=(end - last).days)
    return Asked((figure,), days=(last - first.date()).days + 1, until=last)
