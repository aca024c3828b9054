"""The chart of each kind that boards have, and what it shows of a board."""

from typing import Any, Final

from PySide6.QtWidgets import QWidget

import resources
from console.indicators import words
from console.indicators.figures import FEW, FUNNEL, PARETO, BoardFigures, Series
from console.language import say
from ui.boards.panel import Panel
from ui.boards.words import funnel_bars, series_bars
from ui.charts.barlist import ROW, BarList
from ui.charts.graph import Graph
from ui.charts.pareto import Funnel, Pareto
from ui.charts.surface import Surface
from ui.charts.week import WeekMap

CLOSE: Final = 22  # pixels of a row at a glance, so that ten and the rest have room
LISTS: Final[dict[str, type[BarList]]] = {PARETO: Pareto, FUNNEL: Funnel}


def declared(board: str) -> dict[str, str]:
    """Return the charts of ``board`` by key, with the kind of each."""
    charts: dict[str, Any] = resources.table("indicators.toml")["charts"]
    return {key: one["kind"] for key, one in charts.items() if one["board"] == board}


def make(kind: str, parent: QWidget, *, whole: bool) -> Graph | BarList | WeekMap:
    """Return an empty chart of ``kind``: a ``whole`` one to point at, with room for all of its rows."""
    if kind == "trend":
        return Graph(parent, None if whole else Surface())
    if kind == "week":
        return WeekMap(parent)
    return LISTS.get(kind, BarList)(parent, row=ROW if whole else CLOSE, whole=whole)


def fill(panel: Panel, board: BoardFigures, series: Series, none: str) -> list[QWidget]:
    """Show ``series`` of ``board``, or say ``none`` where it is empty; return what looks otherwise now."""
    blank = not any(value for line in series.lines for value in line.values)
    said = panel.say(say(f"boards.series.{series.key}"), _note(series), none if blank else "")
    new = _show(panel.chart, board, series)
    return [panel] if said else [panel.chart] * new


def _show(chart: QWidget, board: BoardFigures, series: Series) -> bool:
    if isinstance(chart, Graph):
        labels = [words.step_label(board, step) for step in range(len(board.edges) - 1)]
        names = [words.line_label(series, line) for line in series.lines]
        percent = words.of_shares(series)
        return chart.show_lines(labels, series.lines, names, percent=percent, cut=board.cut)
    if isinstance(chart, WeekMap):
        return chart.show_values(series.lines[0].values, [mark.figure for mark in series.marks])
    bars = funnel_bars(series) if series.kind == FUNNEL else series_bars(series)
    return isinstance(chart, BarList) and chart.show_bars(bars)


def _note(series: Series) -> str:
    """Return what the numbers of a chart are, of a trend what its hollow dots are."""
    if series.kind == "trend":
        few = any(
            line.few(step) and value is not None
            for line in series.lines
            for step, value in enumerate(line.values)
        )
        return say("boards.few_cases", count=FEW) if few else ""
    if series.kind == "week":
        most = max((value or 0 for value in series.lines[0].values), default=0)
        return say("boards.week_most", count=int(most)) if most else ""
    names = [words.line_label(series, line) for line in series.lines]
    return " / ".join([*names, *([say("boards.cumulative")] if series.kind == PARETO else [])])
