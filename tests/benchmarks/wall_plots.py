"""The peer of the wall's charts: the same twelve as pyqtgraph draws them when it is told nothing special.

As large, as thick and as smooth as ours; the numbers at the bars, which ours write, are left out.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np
import pyqtgraph  # type: ignore[import-untyped]
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from console.indicators import words
from console.indicators.figures import BoardFigures, Series

Show = Callable[[BoardFigures], None]
THICK, HOURS = 8, 24  # pixels of a line; of a day
COLOURS = ("#77AADD", "#EE8866")


class Plots(QWidget):
    """One PlotWidget for each of ``charts``, pairs of board and key."""

    def __init__(
        self, charts: Iterable[tuple[str, str]], kinds: dict[tuple[str, str], str], across: int
    ) -> None:
        super().__init__()
        self._shows: dict[tuple[str, str], Show] = {}
        grid = QGridLayout(self)
        for place, chart in enumerate(charts):
            plot = pyqtgraph.PlotWidget(title=chart[1])
            font = QFont()
            font.setPixelSize(48)
            for side in ("left", "bottom"):
                plot.getAxis(side).setStyle(tickFont=font)
            grid.addWidget(plot, place // across, place % across)
            kind = kinds.get(chart, "ranking")
            make = {"trend": _trend, "week": _week, "ranking": _ranking}.get(kind, _bars)
            self._shows[chart] = make(plot, chart[1])

    def show_boards(self, boards: dict[str, BoardFigures]) -> Iterator[tuple[str, str]]:
        """Show them chart by chart; yield which it was, each on the screen."""
        for (board, key), show in self._shows.items():
            show(boards[board])
            QCoreApplication.processEvents()
            yield board, key


def _series(board: BoardFigures, key: str) -> Series:
    return next(one for one in board.series if one.key == key)


def _trend(plot: pyqtgraph.PlotWidget, key: str) -> Show:
    plot.showGrid(y=True)
    curves = [
        plot.plot(pen=pyqtgraph.mkPen(colour, width=THICK), antialias=True, fillLevel=fill, brush="#77AADD1E")
        for colour, fill in zip(COLOURS, (0, None), strict=True)
    ]

    def show(board: BoardFigures) -> None:
        for curve, line in zip(curves, _series(board, key).lines, strict=False):
            curve.setData(np.asarray(line.values, float))
        labels = [words.step_label(board, step) for step in range(len(board.edges) - 1)]
        plot.getAxis("bottom").setTicks([list(enumerate(labels))[::6]])

    return show


def _week(plot: pyqtgraph.PlotWidget, key: str) -> Show:
    image = pyqtgraph.ImageItem()
    plot.addItem(image)

    def show(board: BoardFigures) -> None:
        image.setImage(np.asarray(_series(board, key).lines[0].values, float).reshape(-1, HOURS).T)

    return show


def _lying(plot: pyqtgraph.PlotWidget) -> Callable[[list[str], list[list[float]]], None]:
    """Make lying bars; return how to show rows with their values."""
    bars = [pyqtgraph.BarGraphItem(x0=0, y=[0], height=0.5, width=[0], brush=one) for one in COLOURS]
    for bar in bars:
        plot.addItem(bar)

    def show(names: list[str], lines: list[list[float]]) -> None:
        rows = np.arange(len(names), 0, -1)
        for bar, values in zip(bars, lines, strict=False):
            bar.setOpts(y=rows, width=values)
        plot.getAxis("left").setTicks([list(zip(rows.tolist(), names, strict=True))])

    return show


def _bars(plot: pyqtgraph.PlotWidget, key: str) -> Show:
    return partial(_show_bars, _lying(plot), key)


def _show_bars(draw: Callable[[list[str], list[list[float]]], None], key: str, board: BoardFigures) -> None:
    series = _series(board, key)
    names = [mark.label for mark in series.marks]
    draw(names, [[value or 0 for value in line.values] for line in series.lines])


def _ranking(plot: pyqtgraph.PlotWidget, _key: str) -> Show:
    return partial(_show_ranking, _lying(plot))


def _show_ranking(draw: Callable[[list[str], list[list[float]]], None], board: BoardFigures) -> None:
    rows = board.ranked
    draw([row.name for row in rows], [[row.value or 0 for row in rows]])
