"""A board's figures as typed values, read from the document that desk.board_figures answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from console.indicators.indicator import Direction, indicators
from console.language import choose, say
from console.spoken import CHINA

PARETO: Final = "pareto"
FUNNEL: Final = "funnel"
ANSWERS: Final = "answers"
MOMENT: Final = timedelta(seconds=1)
WEEK: Final = timedelta(days=7)
FEW: Final = 5  # cases from which on a share is drawn, and held against another: of fewer it jumps with each
Values = tuple[float | None, ...]
Run = list[tuple[int, float]]  # values beside one another, each with its step


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``value`` (shares from 0 to 1) is None where there is nothing to divide by or it is hidden.

    ``numerator`` and ``denominator`` count cases or things; ``before`` and ``change`` compare with the
    stretch before, of whole days ``compared`` where a day still runs; ``spark`` has one value a step;
    ``cases`` tells whether there are cases to show. Of a span ``value`` is the median and ``p90`` what nine
    in ten do not pass, both in seconds. ``spark_of``: of how many cases each step of a rate is,
    ``before_of``: of how many a rate or a span was before. ``unknown``: why there is no value, where nobody
    knows it: "last_only" (of a period that is over), "unrecorded" (nothing of its kind was by then).
    """

    key: str
    value: float | None
    numerator: int | None
    denominator: int | None
    before: float | None
    change: float | None
    spark: Values
    cases: bool
    p90: float | None = None
    spark_of: Values = ()
    compared: float | None = None
    before_of: int | None = None
    unknown: str | None = None

    @property
    def counted(self) -> bool:
        """Tell whether there is anything behind it that may be listed."""
        return self.cases or bool(self.numerator or self.denominator)


@dataclass(frozen=True, slots=True)
class Compared:
    """Of when figures are held against one another: from ``first`` to ``last``, and before that."""

    first: datetime
    last: datetime
    before_first: datetime
    before_last: datetime


@dataclass(frozen=True, slots=True)
class Peers:
    """How a figure stands among ``of`` organisations of the same level, its own among them.

    ``median`` is the one in the middle; ``above`` and ``below`` of them have more and less.
    """

    of: int
    median: float
    above: int
    below: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a chart's axis; ``figure`` is what to ask for its cases, "" if there are none to show."""

    words: dict[str, str]
    figure: str

    @property
    def label(self) -> str:
        """Return its name in the spoken language."""
        return choose(self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """One line or set of bars; ``of``: of how many cases each step of a rate is."""

    key: str
    values: Values
    of: Values = ()

    @property
    def sound(self) -> Values:
        """Return the values without those of too few cases."""
        return sound(self.values, self.of)

    def few(self, step: int) -> bool:
        """Tell whether the value at ``step`` is a share of too few cases."""
        return bool(self.of) and step < len(self.of) and (self.of[step] or 0) < FEW


@dataclass(frozen=True, slots=True)
class Series:
    """A chart of a ``kind`` (trend, pareto, bars, week, funnel, answers, places) with its lines.

    ``marks`` are none where they are the board's own steps.
    """

    key: str
    kind: str
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """One organisation of the ranking."""

    code: str
    name: str
    value: float | None
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The organisations below by one figure, the highest first, those without a value last."""

    figure: str
    rows: tuple[Rank, ...]


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """A whole board; ``until`` None: up to now.

    ``edges`` bound its steps ("hour", "day" or "week"): one edge more than steps. ``compared`` of cases and
    ``records`` of registers, which compare whole days: None where nothing is, or a bulletin does not say.
    """

    board: str
    organisation: str
    code: str | None
    level: str
    days: int
    until: date | None
    at: datetime
    step: str
    edges: tuple[datetime, ...]
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    ranking: Ranking
    compared: Compared | None = None
    records: Compared | None = None

    def figure(self, key: str) -> Figure | None:
        """Return the figure ``key``, if it is on this board."""
        return next((figure for figure in self.figures if figure.key == key), None)

    def spark(self, figure: Figure) -> Values:
        """Return how ``figure`` went, without steps of too few cases and without such as are cut."""
        told = sound(figure.spark, figure.spark_of)
        return tuple(value for step, value in enumerate(told) if step not in self.cut)

    @property
    def running(self) -> bool:
        """Tell whether the last step is not over yet; a stretch of the past ends a moment before its edge."""
        return self.edges[-1] - self.at > MOMENT

    @property
    def cut(self) -> frozenset[int]:
        """Return the steps that tell of less than the others: a short first week, a last one that runs."""
        short = self.step == "week" and self.edges[1] - self.edges[0] < WEEK
        return frozenset({0} if short else ()) | frozenset({len(self.edges) - 2} if self.running else ())

    @property
    def over(self) -> bool:
        """Tell whether its last day is over."""
        return (self.at + MOMENT).astimezone(CHINA).date() > self.at.astimezone(CHINA).date()

    @property
    def ranked(self) -> list[Rank]:
        """Return the ranking, the best first, those without a value last."""
        rows = [row for row in self.ranking.rows if row.value is not None]
        known = indicators().get(self.ranking.figure)
        if known is not None and known.direction is Direction.DOWN:
            rows.sort(key=lambda row: row.value or 0)
        return rows + [row for row in self.ranking.rows if row.value is None]

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing at all to show."""
        return not any(figure.numerator or figure.denominator for figure in self.figures)


def sound(values: Values, of: Values) -> Values:
    """Return shares without those that are ``of`` fewer than FEW cases; of counts nothing is left out."""
    if not of:
        return values
    return tuple(
        None if whole is None or whole < FEW else value for value, whole in zip(values, of, strict=True)
    )


def unbroken(values: Sequence[float | None]) -> list[Run]:
    """Return the stretches of a line without a gap, each as (step, value)."""
    runs: list[Run] = []
    for step, value in enumerate(values):
        if value is not None:
            if not runs or runs[-1][-1][0] != step - 1:
                runs.append([])
            runs[-1].append((step, value))
    return runs


def strokes(run: Run, cut: frozenset[int]) -> tuple[Run, list[Run]]:
    """Return of a stretch of a line what is drawn whole, and the ends that lead to steps that are ``cut``."""
    ends = [run[:2]] * (run[0][0] in cut) + [run[-2:]] * (len(run) > 1 and run[-1][0] in cut)
    return [point for point in run if point[0] not in cut], ends


def parse(document: dict[str, Any]) -> BoardFigures:
    """Read the answer of desk.board_figures."""
    place, ranking = document["organisation"], document["ranking"]
    return BoardFigures(
        board=document["board"],
        organisation=place["name"] or say("boards.no_place"),
        code=place["code"],
        level=place.get("level") or "",
        days=int(document["days"]),
        until=date.fromisoformat(document["until"]) if document.get("until") else None,
        at=datetime.fromisoformat(document["at"]),
        step=document["step"],
        edges=tuple(datetime.fromisoformat(edge) for edge in document["edges"]),
        figures=tuple(_figure(facts) for facts in document["figures"]),
        series=tuple(_series(facts) for facts in document["series"]),
        ranking=Ranking(ranking["figure"], tuple(_rank(row) for row in ranking["rows"])),
        compared=_compared(document, document),
        records=_compared(document, document.get("whole")),
    )


def _compared(document: dict[str, Any], ends: dict[str, Any] | None) -> Compared | None:
    if not ends or "before_ends" not in ends:
        return None
    told = (document["from"], ends["at"], document["before"], ends["before_ends"])
    return Compared(*map(datetime.fromisoformat, told))


def _figure(facts: dict[str, Any]) -> Figure:
    lines = {name: _values(facts.get(name)) for name in ("spark", "spark_of")}
    return Figure(**{**facts, **lines})


def _series(facts: dict[str, Any]) -> Series:
    marks = tuple(Mark({"zh": one["zh"], "en": one["en"]}, one["figure"] or "") for one in facts["labels"])
    lines = tuple(Line(one["key"], _values(one["values"]), _values(one.get("of"))) for one in facts["lines"])
    return Series(facts["key"], facts["kind"], marks, lines)


def _rank(row: dict[str, Any]) -> Rank:
    return Rank(row["code"], row["name"], row["value"], int(row["numerator"]), int(row["denominator"]))


def _values(values: Sequence[float | None] | None) -> Values:
    return tuple(values or ())
