"""Charts of a bulletin, drawn as lines and boxes on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.bulletins.paper import Paper
from console.language import say

COLOURS: Final = ("accent", "category1")
STEPS: Final = (1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10, 12)
SMALL: Final = 7.5
ROW: Final = 5.4
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

    ``running``: what the last label stands for is not over yet.
    """

    labels: Sequence[str]
    lines: Sequence[tuple[str, Sequence[float | None]]]
    percent: bool = False
    running: bool = False

    @property
    def top(self) -> float:
        """Return where the axis ends: a round number not below any value."""
        return 1.0 if self.percent else ceiling(max((v or 0 for _, vs in self.lines for v in vs), default=0))


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
        for run in _runs(values):
            points = [
                (plot.x + (at + 0.5) * step, plot.y + plot.height * (1 - value / drawn.top))
                for at, value in run
            ]
            dotted = drawn.running and len(run) > 1 and run[-1][0] == len(drawn.labels) - 1
            paper.path(points[:-1] if dotted else points, role, 0.6)
            if dotted:
                paper.dots(points[-2], points[-1], role, 0.6)
            for point in points if len(drawn.labels) <= 31 else ():  # noqa: PLR2004  a month's days
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
            tall = plot.height * (values[at] or 0) / shown.top
            left = plot.x + at * step + step * 0.2
            role = "choropleth2" if place == 0 else "accent"
            paper.box((left, plot.y + plot.height - tall), (step * 0.6, tall), role)
        running += (value or 0) / whole
        points.append((plot.x + (at + 0.5) * step, plot.y + plot.height * (1 - running)))
        paper.text(
            (plot.x + at * step, plot.y + plot.height + 1),
            shown.labels[at],
            SMALL,
            "text2",
            width=step,
            align="C",
        )
    paper.path(points, "category1", 0.5)
    for point in points:
        paper.dot(point, "category1", 0.7)


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
    """Draw lying bars, each with the part of it that the second line counts; as many as there is room for."""
    _bars(paper, area, drawn, inside=True)


def places(paper: Paper, area: Area, drawn: Drawn) -> None:
    """Draw lying bars, those of the second line below those of the first: none is a part of the other."""
    _bars(paper, area, drawn, inside=False)


def room(tall: float) -> int:
    """Return how many lying bars there is room for in ``tall`` millimetres."""
    return max(int((tall - 6) // ROW), 1)


def _bars(paper: Paper, area: Area, drawn: Drawn, *, inside: bool) -> None:
    roles = ("choropleth2", "accent") if len(drawn.lines) > 1 else ("accent",)
    _key(paper, area, [name for name, _ in drawn.lines], roles)
    name_wide, told_wide = min(area.width * 0.36, 44), 22.0
    wide = area.width - name_wide - told_wide - 4
    for row, label in enumerate(drawn.labels[: room(area.height)]):
        y = area.y + 6 + row * ROW
        counts = [values[row] if row < len(values) else None for _, values in drawn.lines]
        thick = (ROW - 2.6) / (1 if inside else len(counts))
        paper.text((area.x, y), label, 8, width=name_wide)
        for place, value in enumerate(counts):
            if value:
                top = y + 0.9 + (0 if inside else place * thick)
                size = (max(wide * value / drawn.top, 0.6), thick)
                paper.box((area.x + name_wide + 2, top), size, roles[place % 2], round_by=0.3)
        told = [written(value, percent=drawn.percent) for value in (reversed(counts) if inside else counts)]
        at = (area.x + area.width - told_wide, y)
        paper.text(at, " / ".join(told), 8, width=told_wide, align="R")


def written(value: float | None, *, percent: bool) -> str:
    """Return a value on an axis or behind a bar."""
    if value is None:
        return "—"
    return f"{value * 100:g}%" if percent else f"{value:,g}"


def spark(paper: Paper, area: Area, values: Sequence[float | None], role: str) -> None:
    """Draw a small line without an axis."""
    top = max((value for value in values if value is not None), default=0) or 1
    step = area.width / max(len(values) - 1, 1)
    for run in _runs(values):
        paper.path(
            [(area.x + at * step, area.y + area.height * (1 - value / top)) for at, value in run], role, 0.35
        )


def sparse(values: Sequence[float | None]) -> bool:
    """Tell whether too few steps have a value to draw a line: shares of a case or two have none."""
    return sum(value is not None for value in values) * 3 <= len(values)


def _axes(paper: Paper, area: Area, drawn: Drawn, *, right: bool = False) -> Area:
    """Draw key, lines of the grid and their values; return where the values go."""
    roles = COLOURS if not right else ("choropleth2", "accent")
    _key(paper, area, [name for name, _ in drawn.lines], roles)
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


def _key(paper: Paper, area: Area, names: Sequence[str], roles: Sequence[str]) -> None:
    x = area.x + (12 if len(names) else 0)
    for place, name in enumerate(names):
        paper.box((x, area.y + 1.6), (4, 1.6), roles[place % len(roles)])
        paper.text((x + 5, area.y), name, SMALL, "text2", width=40)
        x += 10 + paper.width(name, SMALL)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Return the stretches without a gap, each as (place, value)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((at, value))
    return [run for run in runs if run]
