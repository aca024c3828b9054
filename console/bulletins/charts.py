"""Charts of a bulletin, drawn as lines and boxes on paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.bulletins.paper import Paper
from console.indicators.figures import strokes, unbroken
from console.language import say

COLOURS: Final = ("accent", "category1")
STEPS: Final = (1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10, 12)
SMALL: Final = 7.5
SIZES: Final = (SMALL, 7, 6.5, 6)
NAME: Final = 8  # points of the names of bars
ROW: Final = 5.4
KEY: Final = 8.0  # millimetres above the first bar
MOST: Final = 10  # bars of a list; more are in the workbook
PARETO_MOST: Final = 12
PARTS: Final = 4  # of an axis


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the page, in millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart shows: ``lines`` are (name, values), one value a label; ``percent``: values are shares.

    Labels that are ``cut`` stand for less than the others.
    """

    labels: Sequence[str]
    lines: Sequence[tuple[str, Sequence[float | None]]]
    percent: bool = False
    cut: frozenset[int] = frozenset()

    @property
    def most(self) -> float:
        """Return the highest value."""
        return max((value or 0 for _, values in self.lines for value in values), default=0)

    @property
    def top(self) -> float:
        """Return where the axis ends: a round number not below any value."""
        return 1.0 if self.percent else ceiling(self.most)


def ceiling(value: float) -> float:
    """Return a round number that is not below ``value``, of which each part of an axis is whole from 4 on."""
    if value <= 1:
        return 1.0
    power = 1.0
    while power * 10 < value:
        power *= 10
    tops = (round(step * power) for step in STEPS)
    return next(top for top in tops if top >= value and top % PARTS == 0)


def trend(paper: Paper, area: Area, drawn: Drawn) -> None:
    """Draw lines over time."""
    plot = _axes(paper, area, drawn)
    step = plot.width / max(len(drawn.labels), 1)
    for place, (_, values) in enumerate(drawn.lines):
        role = COLOURS[place % len(COLOURS)]
        points = {
            at: (plot.x + (at + 0.5) * step, plot.y + plot.height * (1 - value / drawn.top))
            for at, value in enumerate(values)
            if value is not None
        }
        for run in unbroken(values):
            whole, ends = strokes(run, drawn.cut)
            for stroke, dotted in [(whole, False), *((end, True) for end in ends)]:
                paper.path([points[at] for at, _ in stroke], role, 0.6, dotted=dotted)
        for point in points.values() if len(drawn.labels) <= 31 else ():  # noqa: PLR2004  a month's days
            paper.dot(point, role, 0.6)
    every = max(-(-len(drawn.labels) // 8), 1)
    for at, label in enumerate(drawn.labels):
        if at % every == 0:
            box = (plot.x + (at + 0.5) * step - 10, plot.y + plot.height + 1)
            paper.text(box, label, SMALL, "text2", width=20, align="C")


def pareto(paper: Paper, area: Area, drawn: Drawn) -> None:
    """Draw columns, the most first, and over them the running share of all."""
    shown = _with_rest(drawn)
    plot = _axes(paper, area, shown, right=True)
    step = plot.width / max(len(shown.labels), 1)
    whole = sum(value or 0 for value in drawn.lines[0][1]) or 1
    running, points = 0.0, []
    for at, value in enumerate(shown.lines[0][1]):
        for place, (_, values) in enumerate(shown.lines):
            if count := values[at]:
                tall, left = plot.height * count / shown.top, plot.x + (at + 0.2) * step
                role = "choropleth2" if place == 0 else "accent"
                paper.box((left, plot.y + plot.height - tall), (step * 0.6, tall), role)
        running += (value or 0) / whole
        points.append((plot.x + (at + 0.5) * step, plot.y + plot.height * (1 - running)))
        _below(paper, (plot.x + at * step, plot.y + plot.height + 1), shown.labels[at], step)
    paper.path(points, "category1", 0.5)
    for point in points:
        paper.dot(point, "category1", 0.7)


def _below(paper: Paper, at: tuple[float, float], label: str, wide: float) -> None:
    """Write what a column is called, on two lines if need be; no word is broken that smaller letters hold."""
    word = max(re.findall("[!-~]+", label), key=len, default="")
    size = next((one for one in SIZES if paper.width(word, one) <= wide), SIZES[-1])
    for line, text in enumerate(list(paper.wrapped(label, size, wide))[:2]):
        paper.text((at[0], at[1] + line * 2.8), text, size, "text2", width=wide, align="C")


def _with_rest(drawn: Drawn) -> Drawn:
    """Return what has room, what is left over as one more."""
    left = len(drawn.labels) - PARETO_MOST
    if left <= 0:
        return drawn
    cut = PARETO_MOST - 1
    labels = [*drawn.labels[:cut], say("boards.rest", n=left + 1)]
    lines = [(name, [*values[:cut], sum(one or 0 for one in values[cut:])]) for name, values in drawn.lines]
    return Drawn(labels, lines, percent=drawn.percent)


def bars(paper: Paper, area: Area, drawn: Drawn) -> None:
    """Draw lying bars, each with the part of it that the second line counts."""
    _bars(paper, area, drawn, inside=True)


def places(paper: Paper, area: Area, drawn: Drawn) -> None:
    """Draw lying bars, those of the second line below those of the first: none is a part of the other."""
    _bars(paper, area, drawn, inside=False)


def fits(paper: Paper, labels: Sequence[str], wide: float) -> bool:
    """Tell whether a list of bars has room for its names when it is so ``wide``."""
    return all(paper.width(label, NAME) <= _name_wide(wide) for label in labels[:MOST])


def _name_wide(wide: float) -> float:
    return min(wide * 0.36, 44)


def _bars(paper: Paper, area: Area, drawn: Drawn, *, inside: bool) -> None:
    roles = ("choropleth2", "accent") if len(drawn.lines) > 1 else ("accent",)
    _key(paper, (area.x, area.y), [name for name, _ in drawn.lines], roles)
    labels = drawn.labels[:MOST]
    rows = [[_at(values, row) for _, values in drawn.lines] for row in range(len(labels))]
    told = [_told(counts, percent=drawn.percent, inside=inside) for counts in rows]
    names = min(max((paper.width(label, NAME) for label in labels), default=0) + 0.1, _name_wide(area.width))
    numbers = max((paper.width(text, NAME) for text in told), default=0) + 0.1
    bars = Area(area.x + names + 3, area.y + KEY - 2, area.width - names - numbers - 6, area.height - KEY)
    for row, counts in enumerate(rows):
        y = bars.y + row * bars.height / len(rows)
        paper.text((area.x, y), labels[row], NAME, width=names)
        thick = (ROW - 2.6) / (1 if inside else len(counts))
        for place, value in enumerate(counts):
            if value:
                top = y + 0.9 + (0 if inside else place * thick)
                size = (max(bars.width * value / drawn.most, 0.6), thick)
                paper.box((bars.x, top), size, roles[place % 2], round_by=0.3)
        paper.text((area.x + area.width - numbers, y), told[row], NAME, width=numbers, align="R")


def _at(values: Sequence[float | None], row: int) -> float | None:
    return values[row] if row < len(values) else None


def _told(counts: Sequence[float | None], *, percent: bool, inside: bool) -> str:
    told = [written(value, percent=percent) for value in (reversed(counts) if inside else counts)]
    return " / ".join(told)


def written(value: float | None, *, percent: bool) -> str:
    """Return a value on an axis or behind a bar."""
    if value is None:
        return say("boards.none" if percent else "boards.few")
    return f"{value * 100:g}%" if percent else f"{value:,g}"


def spark(paper: Paper, area: Area, values: Sequence[float | None], role: str) -> None:
    """Draw a small line without an axis."""
    top = max((value for value in values if value is not None), default=0) or 1
    step = area.width / max(len(values) - 1, 1)
    for run in unbroken(values):
        paper.path(
            [(area.x + at * step, area.y + area.height * (1 - value / top)) for at, value in run], role, 0.35
        )


def sparse(values: Sequence[float | None]) -> bool:
    """Tell whether too few steps have a value to draw a line: shares of a case or two have none."""
    return sum(value is not None for value in values) * 3 <= len(values)


def _axes(paper: Paper, area: Area, drawn: Drawn, *, right: bool = False) -> Area:
    """Draw key, lines of the grid and their values; return where the values go."""
    roles = COLOURS if not right else ("choropleth2", "accent")
    _key(paper, (area.x + 12, area.y), [name for name, _ in drawn.lines], roles)
    plot = Area(area.x + 12, area.y + 8, area.width - (24 if right else 14), area.height - 14)
    for part in range(PARTS + 1):
        y = plot.y + plot.height * (1 - part / PARTS)
        paper.line((plot.x, y), (plot.x + plot.width, y), "line", 0.15)
        value = drawn.top * part / PARTS
        if drawn.percent or value.is_integer():
            said = written(value, percent=drawn.percent)
            paper.text((area.x, y - 2), said, SMALL, "text2", width=11, align="R")
        if right:
            share = written(part / PARTS, percent=True)
            paper.text((plot.x + plot.width + 1, y - 2), share, SMALL, "category1", width=11)
    return plot


def _key(paper: Paper, at: tuple[float, float], names: Sequence[str], roles: Sequence[str]) -> None:
    x, y = at
    for place, name in enumerate(names):
        paper.box((x, y + 1.6), (4, 1.6), roles[place % len(roles)])
        paper.text((x + 5, y), name, SMALL, "text2", width=40)
        x += 10 + paper.width(name, SMALL)
