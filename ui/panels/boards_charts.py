"""The chart of each kind that boards have, and what it shows of a board."""

from typing import Any, Final

from PySide6.QtWidgets import QWidget

import resources
from console.indicators import words
from console.indicators.figures import FUNNEL, PARETO, BoardFigures, Series
from console.language import say
from ui.charts.barlist import BarList
from ui.charts.graph import Graph
from ui.charts.pareto import Funnel, Pareto
from ui.charts.week import WeekMap
from ui.panels.boards_panel import Panel
from ui.panels.boards_words import funnel_bars, series_bars

LISTS: Final[dict[str, type[BarList]]] = {PARETO: Pareto, FUNNEL: Funnel}


def declared(board: str) -> dict[str, str]:
    """Return the charts of ``board`` by key, with the kind of each."""
    charts: dict[str, Any] = resources.table("indicators.toml")["charts"]
    return {key: one["kind"] for key, one in charts.items() if one["board"] == board}


def make(kind: str, parent: QWidget, *, whole: bool) -> Graph | BarList | WeekMap:
    """Return an empty chart of ``kind``; a ``whole`` one asks for room for all of its rows."""
    if kind == "trend":
        return Graph(parent)
    return WeekMap(parent) if kind == "week" else LISTS.get(kind, BarList)(parent, whole=whole)


def fill(panel: Panel, board: BoardFigures, series: Series) -> None:
    """Show ``series`` of ``board`` in ``panel``."""
    blank = not any(value for line in series.lines for value in line.values)
    none = say("boards.empty.title") if blank else ""
    panel.say(say(f"boards.series.{series.key}"), _note(series), none)
    chart = panel.chart
    if isinstance(chart, Graph):
        labels = [words.step_label(board, step) for step in range(len(board.edges) - 1)]
        names = [words.line_label(series, line) for line in series.lines]
        percent = words.of_shares(series)
        chart.show_lines(labels, series.lines, names, percent=percent, running=board.running)
    elif isinstance(chart, WeekMap):
        chart.show_values(series.lines[0].values, [mark.figure for mark in series.marks])
    elif isinstance(chart, BarList):
        chart.show_bars(funnel_bars(series) if series.kind == FUNNEL else series_bars(series))


def _note(series: Series) -> str:
    """Return what the numbers of a chart are; a trend names its lines itself."""
    if series.kind == "trend":
        return ""
    if series.kind == "week":
        most = max((value or 0 for value in series.lines[0].values), default=0)
        return say("boards.week_most", count=int(most)) if most else ""
    names = [words.line_label(series, line) for line in series.lines]
    return " / ".join([*names, *([say("boards.cumulative")] if series.kind == PARETO else [])])
