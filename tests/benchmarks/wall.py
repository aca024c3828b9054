"""The wall: twelve live charts at 3840 by 2160, and eight hours over midnight, month end and year end.

All twelve charts get other values every second, and are filled and drawn piece by piece as on the wall, ten
pieces a second: each case says in how many seconds every chart has its turn. A tick is one such piece with
what brings it to the screen; the bars are 8 ms for 99 of 100 ticks, and 50 ms of the processor a second.
The hours are told in wall_hours.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from time import process_time, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from console.indicators import figures, words
from console.indicators.figures import BoardFigures, Line, Series
from console.indicators.indicator import BOARDS
from tests.benchmarks import wall_hours
from tests.gui.board_documents import document
from ui.charts.barlist import BarList
from ui.panels import boards_charts
from ui.panels.boards_panel import Panel
from ui.panels.boards_words import ranking_bars
from ui.theme import theme
from ui.wall.sheet import Sheet
from ui.wall.view import STEP

SIZE = (3840, 2160)
CHARTS, SECONDS, STEPS, ACROSS = 12, 60, 1000 // STEP, 4
TICK, SECOND = 8.0, 50.0  # milliseconds
DAYS = 30
Result = dict[str, object]


def run() -> list[Result]:
    """Measure both."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.start(app, "dark")
    return [*charts(), *wall_hours.run()]


class Screen(QWidget):
    """A wall of charts alone; ``fills`` shows other values in each."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet(self)
        self._random = Random(7)
        self.fills = 0  # charts that have shown other values so far
        self.panels = dict(islice(_panels(self.sheet.page), CHARTS))
        grid = QGridLayout(self.sheet.page)
        for place, panel in enumerate(self.panels.values()):
            panel.setMinimumSize(1, 1)
            panel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            grid.addWidget(panel, place // ACROSS, place % ACROSS)
        self.sheet.parts = lambda: list(self.panels.values())
        self.resize(*SIZE)

    def renew(self) -> None:
        """Let every chart show other values, one after the other."""
        for board in BOARDS:
            found = _lively(figures.parse(document(board)), self._random)
            by_key = {series.key: series for series in found.series}
            self.sheet.refill(
                {
                    panel: partial(self._fill, panel, found, by_key.get(key))
                    for (of, key), panel in self.panels.items()
                    if of == board
                }
            )

    def _fill(self, panel: Panel, board: BoardFigures, series: Series | None) -> None:
        self.fills += 1
        if series is not None:
            boards_charts.fill(panel, board, series)
        elif isinstance(panel.chart, BarList):
            panel.say("ranking")
            panel.chart.show_bars(ranking_bars(board))

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
        for key, kind in boards_charts.declared(board).items():
            yield (board, key), Panel(boards_charts.make(kind, page, whole=False), page)


def _lively(board: BoardFigures, random: Random) -> BoardFigures:
    """Return ``board`` over a month, with values of the moment."""
    edges = tuple(board.edges[0] + timedelta(days=day) for day in range(DAYS + 1))
    return replace(board, edges=edges, series=tuple(_moved(one, random) for one in board.series))


def _moved(series: Series, random: Random) -> Series:
    def count(line: Line) -> int:
        return DAYS if series.kind == "trend" else len(line.values)

    def line(one: Line) -> Line:
        values = (random.uniform(0.3, 1) if shares else random.randrange(10, 100) for _ in range(count(one)))
        return Line(one.key, tuple(values))

    shares = words.of_shares(series)
    return replace(series, lines=tuple(map(line, series.lines)))


def charts() -> list[Result]:
    """Return how long a tick of twelve live charts takes, and all of them in a second."""
    screen = Screen()
    screen.show()
    screen.sheet.draw()
    ticks: list[float] = []
    seconds: list[float] = []
    for second in range(SECONDS):
        began = process_time()
        screen.renew()
        for _ in range(STEPS):
            at = thread_time()
            screen.sheet.step()
            QCoreApplication.processEvents()  # to the screen
            ticks.append((thread_time() - at) * 1000)
        if second:
            seconds.append((process_time() - began) * 1000)
    screen.close()
    worst = sorted(ticks)[len(ticks) * 99 // 100]
    mean = sum(seconds) / len(seconds)
    anew = len(screen.panels) * SECONDS / screen.fills  # they wait for their turn
    name = f"{len(screen.panels)} live charts at {SIZE[0]}×{SIZE[1]}, each anew in {anew:.1f} s"
    return [
        {"case": f"{name}: a tick, 99 %", "ours": worst, "peer": TICK, "ratio": TICK / worst, "unit": "ms"},
        {"case": f"{name}: a second", "ours": mean, "peer": SECOND, "ratio": SECOND / mean, "unit": "ms"},
    ]
