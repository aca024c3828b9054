"""What a board shows below its head: tiles in a row, two charts, the ranking at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators import words
from console.indicators.figures import BoardFigures, Series
from console.indicators.indicator import Indicator, indicators
from console.language import say
from ui.charts.barlist import BarList
from ui.charts.graph import Graph
from ui.charts.tile import Tile
from ui.panels.boards_words import ranking_bars, series_bars

TALL = 700  # pixels from which the two charts stand on top of each other
GRAPHS = {"flow": False, "promptness": False}  # charts over time: whether as bars


class Panel(QFrame):
    """A titled box with one chart in it, or a sentence why there is none."""

    def __init__(self, chart: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.chart = chart
        self._title, self._note, self._none, self._foot = (QLabel(self) for _ in range(4))
        for label, role in ((self._title, "title"), (self._note, "small"), (self._none, "second")):
            label.setProperty("role", role)
        self._foot.setProperty("role", "small")
        self._foot.setWordWrap(True)
        for label in (self._title, self._note, self._none, self._foot):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(chart, 1)
        column.addWidget(self._none, 1)
        column.addWidget(self._foot)

    def say(self, title: str, note: str = "", none: str = "", foot: str = "") -> None:
        """Write the title; ``none`` takes the chart's place."""
        self._title.setText(title)
        self.chart.setAccessibleName(title)
        self._note.setText(note)
        self._none.setText(none)
        self._none.setVisible(bool(none))
        self._foot.setText(foot)
        self._foot.setVisible(bool(foot))
        self.chart.setVisible(not none)


class BoardBody(QWidget):
    """The charts of the board ``key``; ``asked`` names a figure and an organisation, "" for the board's."""

    asked = Signal(str, str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: BoardFigures | None = None
        known = [one for one in indicators().values() if one.board == key][:6]
        self.tiles = {one.key: Tile(one, self) for one in known}
        kinds = {"incidents": ("flow", "class"), "operations": ("unit", "promptness")}.get(
            key, ("grids", "staff")
        )
        self.charts = {kind: Panel(_chart(kind, self), self) for kind in kinds}
        self.ranking = Panel(BarList(self), self)
        self._tall: bool | None = None
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
            tile.casesRequested.connect(lambda figure: self.asked.emit(figure, ""))
        for panel in self.charts.values():
            panel.chart.requested.connect(lambda figure: self.asked.emit(figure, ""))  # type: ignore[attr-defined]
        self.ranking.chart.requested.connect(self._ask_ranked)  # type: ignore[attr-defined]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(self._grid, 1)
        self._place()

    def _ask_ranked(self, request: str) -> None:
        figure, _, code = request.partition("@")
        self.asked.emit(figure, code)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        tall = self.height() >= TALL
        if tall is self._tall:
            return
        self._tall = tall
        first, second = self.charts.values()
        for panel in (first, second, self.ranking):
            self._grid.removeWidget(panel)
        self._grid.addWidget(first, 0, 0)
        self._grid.addWidget(second, int(tall), int(not tall))
        self._grid.addWidget(self.ranking, 0, 2, 2 if tall else 1, 1)
        for index, stretch in enumerate((5, 0 if tall else 4, 3 if tall else 4)):
            self._grid.setColumnStretch(index, stretch)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowStretch(1, int(tall))

    def set_weight(self, weight: float) -> None:
        """Draw the lines of the charts this many device pixels thick."""
        for panel in self.charts.values():
            if isinstance(panel.chart, Graph):
                panel.chart.set_weight(weight)

    def show_board(self, board: BoardFigures) -> None:
        """Show ``board``."""
        self._board = board
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the spoken language."""
        board = self._board
        for key, tile in self.tiles.items():
            tile.show_figure(board.figure(key) if board else None)
        if board is None:
            return
        for series in board.series:
            if series.key in self.charts:
                self._show_series(board, series)
        ranked = indicators()[board.ranking.figure]
        none = "" if board.ranking.rows else say("boards.ranking_empty")
        self.ranking.say(say("boards.ranked_by", figure=ranked.name), _parts(ranked), none)
        chart = self.ranking.chart
        if isinstance(chart, BarList):
            chart.show_bars(ranking_bars(board))

    def _show_series(self, board: BoardFigures, series: Series) -> None:
        panel = self.charts[series.key]
        blank = not any(value for line in series.lines for value in line.values)
        foot = self._waiting(board) if series.key == "staff" else ""
        names = " / ".join(say(f"boards.line.{line.key}") for line in series.lines)
        note = "" if series.key in GRAPHS else names
        panel.say(say(f"boards.series.{series.key}"), note, say("boards.empty.title") if blank else "", foot)
        if isinstance(panel.chart, Graph):
            labels = [mark.label for mark in series.marks]
            steps = [words.step_label(board, step) for step in range(len(board.edges) - 1)]
            requests = [mark.figure for mark in series.marks]
            panel.chart.show_lines(labels or steps, series.lines, requests)
        elif isinstance(panel.chart, BarList):
            panel.chart.show_bars(series_bars(series))

    def _waiting(self, board: BoardFigures) -> str:
        names = say("boards.comma").join(say(f"boards.register.{name}") for name in board.waiting)
        return say("boards.waiting", names=names) if board.waiting else ""


def _parts(indicator: Indicator) -> str:
    return say("boards.ranked_parts", hit=indicator.part("hit"), of=indicator.part("of"))


def _chart(kind: str, parent: QWidget) -> Graph | BarList:
    return Graph(parent, bars=GRAPHS[kind]) if kind in GRAPHS else BarList(parent)
