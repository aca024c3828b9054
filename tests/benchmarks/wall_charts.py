"""Twelve live charts of the wall on a screen of 3840 by 2160, and the values that they show.

Every chart gets other values every second. A tick is one chart: from its new values to the finished picture
on the screen. A second is all twelve ticks with the reading of the three boards' answers, and whatever else
of the processor that takes. The making of the values is nobody's and not counted.
"""

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from random import Random
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from console.indicators.figures import BoardFigures
from console.indicators.indicator import BOARDS, indicators
from tests.gui.board_documents import document
from ui.boards import charts
from ui.boards.panel import Panel
from ui.boards.words import ranking_bars
from ui.charts.barlist import BarList
from ui.charts.graph import Graph
from ui.wall.sheet import Sheet

SIZE = (3840, 2160)
CHARTS, ACROSS = 12, 4
DAYS, ROWS = 30, 8  # of a trend, and of a list of bars
Document = dict[str, Any]


class Values:
    """What the database answers, another each second."""

    def __init__(self) -> None:
        self._random = Random(7)
        self._plain = {board: _long(document(board)) for board in sorted(BOARDS)}

    def second(self) -> list[Document]:
        """Return the boards' answers of the next second."""
        return [self._lively(board) for board in self._plain.values()]

    def _lively(self, plain: Document) -> Document:
        found = deepcopy(plain)
        for series in found["series"]:
            share = series["kind"] == "trend" and indicators()[series["lines"][0]["key"]].kind == "rate"
            for line in series["lines"]:
                line["values"] = [self._value(share=share) for _ in line["values"]]
            _settle(series)
        for row in found["ranking"]["rows"]:
            row["value"], row["numerator"] = self._value(share=True), self._random.randrange(10, 100)
        return found

    def _value(self, *, share: bool) -> float:
        return self._random.uniform(0.3, 1) if share else self._random.randrange(10, 100)


def _long(found: Document) -> Document:
    """Return a board of 30 days whose lists have eight rows."""
    found["edges"] = [f"2026-{10 + day // 31}-{day % 31 + 1:02}T16:00:00+00:00" for day in range(DAYS + 1)]
    for series in found["series"]:
        count = DAYS if series["kind"] == "trend" else len(series["labels"])
        if series["kind"] not in {"trend", "week", "funnel"}:
            series["labels"] = (series["labels"] * ROWS)[:ROWS]
            count = ROWS
        for line in series["lines"]:
            line["values"] = [0] * count
    rows = found["ranking"]["rows"]
    found["ranking"]["rows"] = [dict(rows[0], code=f"{place}", name=f"第{place}镇") for place in range(ROWS)]
    return found


def _settle(series: Document) -> None:
    """Let no part be more than its whole, and a funnel narrow."""
    if series["kind"] == "funnel":
        series["lines"][0]["values"].sort(reverse=True)
    elif series["kind"] != "trend" and len(series["lines"]) > 1:
        whole, part = (line["values"] for line in series["lines"])
        series["lines"][1]["values"] = [min(pair) for pair in zip(whole, part, strict=True)]


class Screen(QWidget):
    """A wall of charts alone, on the wall's own sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet(self)
        self.panels = dict(islice(_panels(self.sheet.page), CHARTS))
        grid = QGridLayout(self.sheet.page)
        for place, panel in enumerate(self.panels.values()):
            panel.setMinimumSize(1, 1)
            panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            grid.addWidget(panel, place // ACROSS, place % ACROSS)
        self.sheet.parts = lambda: list(self.panels.values())
        self.resize(*SIZE)
        for panel in self.panels.values():
            if isinstance(panel.chart, Graph):
                panel.chart.set_weight(2 * self.sheet.fineness)  # as on the wall

    def show_boards(self, boards: dict[str, BoardFigures]) -> Iterator[tuple[str, str]]:
        """Show them chart by chart; yield which it was, each on the screen."""
        for (board, key), panel in self.panels.items():
            self.sheet.refill({panel: lambda: _fill(panel, boards[board], key)})  # noqa: B023  called within
            self.sheet.step()
            while self.sheet._pieces:  # a chart is drawn to its end
                self.sheet.step()
            QCoreApplication.processEvents()
            yield board, key

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.drawPixmap(0, 0, self.sheet.picture)
        finally:
            painter.end()


def _panels(page: QWidget) -> Iterator[tuple[tuple[str, str], Panel]]:
    """Yield a ranking, and the charts that the boards declare."""
    yield ("incidents", "ranking"), Panel(BarList(page), page)
    for board in sorted(BOARDS):
        for key, kind in charts.declared(board).items():
            yield (board, key), Panel(charts.make(kind, page, whole=False), page)


def _fill(panel: Panel, board: BoardFigures, key: str) -> list[QWidget]:
    series = next((one for one in board.series if one.key == key), None)
    if series is not None:
        return charts.fill(panel, board, series, "")
    bars = panel.chart
    said = panel.say("ranking")
    new = isinstance(bars, BarList) and bars.show_bars(ranking_bars(board))
    return [panel] if said else [bars] * new
