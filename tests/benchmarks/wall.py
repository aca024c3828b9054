"""The wall: twelve live charts at 3840 by 2160 (wall_charts), eight hours over the year's end (wall_hours).

The bars are 8 ms of the processor for 99 of 100 ticks, and 50 ms for all that a second takes. The peer is
plain pyqtgraph (wall_plots), which shows the same values in turn with ours.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from statistics import fmean, median
from time import process_time, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from console.indicators import figures
from console.indicators.figures import BoardFigures
from console.indicators.indicator import BOARDS
from tests.benchmarks import wall_hours
from tests.benchmarks.wall_charts import ACROSS, SIZE, Document, Screen, Values
from tests.benchmarks.wall_plots import Plots
from ui.boards.charts import declared
from ui.theme import theme

SECONDS, WARM = 60, 2
TICK, SECOND = 8.0, 50.0  # milliseconds
Boards = dict[str, BoardFigures]
Show = Callable[[Boards], Iterator[object]]
Result = dict[str, object]


class Measured:
    """How long ticks and seconds took of the processor, in milliseconds."""

    def __init__(self) -> None:
        self.ticks: list[float] = []
        self.seconds: list[float] = []

    def second(self, show: Show, answers: list[Document]) -> None:
        """Show ``answers`` chart by chart."""
        began = process_time()
        boards = {found.board: found for found in map(figures.parse, answers)}
        steps, at = show(boards), thread_time()
        for _ in steps:
            self.ticks.append((thread_time() - at) * 1000)
            at = thread_time()
        self.seconds.append((process_time() - began) * 1000)

    def tick(self, share: float) -> float:
        """Return what so many of the ticks do not pass."""
        return sorted(self.ticks)[int(len(self.ticks) * share)]


def run() -> list[Result]:
    """Measure both."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.start(app, "dark")
    return [*charts(), *wall_hours.run()]


def charts() -> list[Result]:
    """Return how long a tick of twelve live charts takes, and all of them in a second."""
    screen, values = Screen(), Values()
    kinds = {(board, key): kind for board in BOARDS for key, kind in declared(board).items()}
    plots = Plots(screen.panels, kinds, ACROSS)
    plots.resize(*SIZE)
    ours, peer = Measured(), Measured()
    for window in (screen, plots):
        window.show()
    screen.sheet.draw()
    for second in range(WARM + SECONDS):
        if second == WARM:
            ours, peer = Measured(), Measured()
        answers = values.second()
        ours.second(screen.show_boards, answers)
        peer.second(plots.show_boards, answers)
    screen.close()
    plots.close()
    case = partial(
        _result, f"{len(screen.panels)} live charts at {SIZE[0]}×{SIZE[1]}, all anew each second: "
    )
    return [
        case("a tick, 99 %", ours.tick(0.99), TICK),
        case("a second", fmean(ours.seconds), SECOND),
        case("the longest tick (limit)", max(ours.ticks), TICK),
        case("a tick, 99 % (pyqtgraph)", ours.tick(0.99), peer.tick(0.99)),
        case("a tick, median (pyqtgraph)", median(ours.ticks), median(peer.ticks)),
        case("a second (pyqtgraph)", fmean(ours.seconds), fmean(peer.seconds)),
    ]


def _result(charts: str, case: str, ours: float, peer: float) -> Result:
    return {"case": charts + case, "ours": ours, "peer": peer, "ratio": peer / ours, "unit": "ms"}
