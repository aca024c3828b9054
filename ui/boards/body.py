"""A board at a glance, as the wall shows it: its main figures, two charts, the ranking at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators.figures import BoardFigures
from console.indicators.indicator import Indicator, indicators
from console.language import say
from ui.boards import charts
from ui.boards.ask import Asked, of_place, of_request, of_step
from ui.boards.panel import Panel
from ui.boards.words import ranking_bars
from ui.charts.barlist import ROW, BarList
from ui.charts.graph import Graph
from ui.charts.tile import Tile

TALL = 700  # pixels from which the two charts stand on top of each other
MAIN = 6  # figures in the first row
BRIEF = {"incidents": ("flow", "class")}  # charts at a glance, where they are not the first two


class BoardBody(QWidget):
    """The board ``key``; ``asked`` tells (an Asked) of which mark one wants to see the cases."""

    asked = Signal(object)
    nothing = "boards.nothing"  # what a chart without data says
    whole = False  # whether every chart is there, and has room for all of its rows

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: BoardFigures | None = None
        self.known = [one for one in indicators().values() if one.board == key]
        self.tiles: dict[str, Tile] = {one.key: Tile(one, self) for one in self.known[:MAIN]}
        kinds = charts.declared(key)
        shown = tuple(kinds) if self.whole else BRIEF.get(key, tuple(kinds)[:2])
        self.charts = {one: Panel(charts.make(kinds[one], self, whole=self.whole), self) for one in shown}
        bars = BarList(self, row=ROW if self.whole else charts.CLOSE, whole=self.whole)
        self.ranking = Panel(bars, self)
        self._tall: bool | None = None
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._column = QVBoxLayout(self)
        self._arrange()
        for tile in self.tiles.values():
            tile.casesRequested.connect(lambda figure: self.asked.emit(Asked((figure,))))
        self._connect()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        main = list(self.tiles.values())[:MAIN]
        for tile in main:
            tile.row = main
            row.addWidget(tile, 1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(row)
        self._column.addLayout(self._grid, 1)
        self._place()

    def _connect(self) -> None:
        for key, panel in self.charts.items():
            if isinstance(panel.chart, Graph):
                panel.chart.requested.connect(lambda step, one=key: self._ask_step(one, step))
            else:
                panel.chart.requested.connect(self._ask)  # type: ignore[attr-defined]
        bars = self.ranking.chart
        bars.requested.connect(lambda one: self._offer(of_place(one), bars))  # type: ignore[attr-defined]

    def _ask(self, request: str) -> None:
        self.asked.emit(of_request(request))

    def _ask_step(self, key: str, step: int) -> None:
        """Ask for the cases of a step; where there are several lines or parts, let one choose."""
        self._offer(self.step_choices(key, step), self.charts[key].chart)

    def _offer(self, choices: list[tuple[Asked, str]], chart: QWidget) -> None:
        """Ask what there is to be asked of ``chart``; of several questions let one choose."""
        if len(choices) == 1:
            self.asked.emit(choices[0][0])
        elif choices:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for question, text in choices:
                menu.addAction(text).triggered.connect(lambda _=False, one=question: self.asked.emit(one))
            by_mouse = chart.underMouse()
            menu.popup(QCursor.pos() if by_mouse else chart.mapToGlobal(chart.rect().center()))

    def step_choices(self, key: str, step: int) -> list[tuple[Asked, str]]:
        """Return what may be asked of ``step`` of the trend ``key``, in words."""
        board = self._board
        series = next((one for one in board.series if one.key == key), None) if board else None
        return of_step(board, series, step) if board and series else []

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
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

    @property
    def parts(self) -> list[QWidget]:
        """What is drawn for itself on a wall."""
        return [*self.tiles.values(), *self.charts.values(), self.ranking]

    def set_weight(self, weight: float) -> None:
        """Draw the lines of the charts this many device pixels thick."""
        for panel in self.charts.values():
            if isinstance(panel.chart, Graph):
                panel.chart.set_weight(weight)

    def show_board(self, board: BoardFigures) -> None:
        """Show ``board``."""
        self._board = board
        self.retranslate()

    def fills(self, board: BoardFigures) -> dict[QWidget, Callable[[], list[QWidget]]]:
        """Return what shows ``board``, part by part, for whoever has not the time to do it at once.

        Each tells what of its part looks otherwise than before.
        """
        self._board = board
        return {part: partial(self._fill, part) for part in self.parts}

    def _fill(self, part: QWidget) -> list[QWidget]:
        board = self._board
        if isinstance(part, Tile):
            figure = board.figure(part.indicator.key) if board else None
            return part.show_figure(figure, board)
        if part is self.ranking:
            return self._show_ranking(board)
        key = next(key for key, panel in self.charts.items() if panel is part)
        series = next((one for one in board.series if one.key == key), None) if board else None
        panel = self.charts[key]
        if board is None or series is None:
            none = say("boards.nothing" if board else "boards.loading.title")
            return [panel] * panel.say(say(f"boards.series.{key}"), none=none)
        return charts.fill(panel, board, series, say(self.nothing))

    def retranslate(self) -> None:
        """Say everything again, in the spoken language."""
        for part in self.parts:
            self._fill(part)

    def _show_ranking(self, board: BoardFigures | None) -> list[QWidget]:
        if board is None:
            return [self.ranking] * self.ranking.say(title="", none=say("boards.loading.title"))
        ranked = indicators()[board.ranking.figure]
        none = "" if board.ranking.rows else say("boards.ranking_empty")
        said = self.ranking.say(say("boards.ranked_by", figure=ranked.name), _parts(ranked), none)
        chart = self.ranking.chart
        new = isinstance(chart, BarList) and chart.show_bars(ranking_bars(board))
        return [self.ranking] if said else [chart] * new


def _parts(indicator: Indicator) -> str:
    """Return what the two numbers of a share are; a count has one."""
    if not indicator.part("of"):
        return ""
    return say("boards.ranked_parts", hit=indicator.part("hit"), of=indicator.part("of"))
