"""今日一张图: five figures, the ranking, the live map, what is overdue, what came last, one case's way.

Drawn 960 by 540 and shown twice as large on a wall of 1080 lines: 12 pixels here are 24 there. The same
page with the map spread over it is the live map beside the queue.
"""

import math
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import cast

import numpy as np
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators import words
from console.indicators.figures import BoardFigures
from console.indicators.indicator import indicators
from console.language import say
from ui.boards.words import ranking_bars
from ui.charts.barlist import BarList
from ui.dispatch.map_feed import framed
from ui.map.widget import MapView
from ui.texts import label
from ui.wall.figures import FIGURES, WallFigure
from ui.wall.path import Way, WayStrip
from ui.wall.public import PublicCases, late_line, latest_line, queue_line, ticked
from ui.wall.rows import Column, Rows, screen

LISTED, TOLD, QUEUED, TICKED = 5, 3, 13, 60
TOLD_SECONDS = 5
MARGIN = 8  # pixels round the map: the larger it is, the more names have room inside their area
# Where a name may stand, in its own widths and heights, the nearest first: further it names another area.
WIDE = 3  # a name's width in its heights
ASIDE, ABOVE = (0, -0.35, 0.35, -0.7, 0.7), (0, -0.6, 0.6, -1.2, 1.2)
NEAR = np.array(sorted(product(ASIDE, ABOVE), key=lambda at: math.hypot(WIDE * at[0], at[1])))
FINE = 2.0  # pixels to which is measured what a name covers: there are few
RANK = 21  # pixels a line of the ranking
PAIR = (Column(1.0), Column(right=True, role=""))
TRIPLE = (Column(role="text2"), Column(1.0), Column(right=True, role=""))


class WallMap(MapView):
    """A map that is drawn ``zoom`` times as large as its own pixels."""

    zoom = 2.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene.legend.folds = False  # nobody has a hand on a wall
        self.camera.margin = MARGIN
        names = self.scene.overlay.names
        names.patience = math.inf  # the next frame is seconds away
        names.tries, names.cell, names.restless = NEAR, FINE, True
        self.scene.overlay.names_last = True

    @override
    def devicePixelRatioF(self) -> float:
        return self.zoom

    @override
    def devicePixelRatio(self) -> int:
        """Answer stamps on the sheet too; Qt takes fractions here, its types do not say so."""
        return cast("int", self.zoom)


class OverviewPage(QWidget):
    """The first page of the wall, of ``cases`` at the time that ``clock`` tells."""

    def __init__(self, cases: PublicCases, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._cases, self._clock = cases, clock
        self._today: BoardFigures | None = None
        self._month: BoardFigures | None = None
        self.map = WallMap(self)
        self.map_frame = framed(self.map, 2)
        self.figures = [WallFigure(indicators()[key], self) for key in FIGURES]
        self.ranking, self._ranked, self._ranked_of = BarList(self, row=RANK), QLabel(self), QLabel(self)
        self.rank_frame = self._ranking_panel()
        self.overdue, self.latest = (Rows(PAIR, LISTED, self) for _ in range(2))
        self.queue = Rows(TRIPLE, QUEUED, self, row=28, grows=True)
        self.way = WayStrip()
        self.ticker = label(role="second", parent=self)
        self._arrange()
        self.spread(whole=False)
        self.show_today(None)

    def _arrange(self) -> None:
        top, right, body = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        for layout in (top, right, body, column):
            layout.setSpacing(6)
        for figure in self.figures:
            top.addWidget(figure, 1)
        right.addWidget(self.overdue, 1)
        right.addWidget(self.latest, 1)
        right.addWidget(self.queue, 1)
        body.addWidget(self.rank_frame, 26)
        body.addWidget(self.map_frame, 41)
        body.addLayout(right, 33)
        self.ticker.setMinimumWidth(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(body, 1)
        column.addWidget(self.way)
        column.addWidget(self.ticker)

    def _ranking_panel(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("panel")
        self._ranked.setProperty("role", "title")
        self._ranked_of.setProperty("role", "small")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(2)
        for widget in (self._ranked, self._ranked_of):
            column.addWidget(widget)
        column.addWidget(self.ranking, 1)
        return frame

    @property
    def parts(self) -> list[QWidget]:
        """What is drawn for itself."""
        lists = (self.overdue, self.latest, self.queue, self.way, self.ticker)
        return [*self.figures, self.rank_frame, self.map_frame, *lists]

    def spread(self, *, whole: bool) -> None:
        """Let the map and the queue have the page, or stand among the day's figures."""
        for widget in (*self.figures, self.rank_frame, self.overdue, self.latest, self.way):
            widget.setVisible(not whole)
        self.queue.setVisible(whole)
        self.map.scene.legend.shorten(brief=not whole)

    def fills(self, board: BoardFigures) -> dict[QWidget, Callable[[], list[QWidget]]]:
        """Return what shows the day's figures, one by one."""
        self._today = board
        return {figure: partial(figure.show_board, board) for figure in self.figures}

    def show_today(self, board: BoardFigures | None) -> None:
        """Show the day's figures."""
        self._today = board
        for figure in self.figures:
            figure.show_board(board)
        if self._month is None:
            self._ranked.setText(say("boards.loading.title"))
            self.ranking.setAccessibleName(self._ranked.text())

    def show_ranking(self, board: BoardFigures) -> list[QWidget]:
        """Show the organisations below, ranked; return what reads otherwise than before."""
        before = self._ranked.text(), self._ranked_of.text()
        self._month = board
        ranked = indicators()[board.ranking.figure]
        self._ranked.setText(say("boards.ranked_by", figure=ranked.name))
        self.ranking.setAccessibleName(self._ranked.text())
        self._ranked_of.setText(words.period_text(board))
        new = self.ranking.show_bars(ranking_bars(board, parts=False))
        said = before != (self._ranked.text(), self._ranked_of.text())
        return [self.rank_frame] if said else [self.ranking] * new

    def show_way(self, way: Way | None) -> None:
        """Show how a case has gone."""
        self.way.read = True
        self.way.show_way(way, self._clock())

    def retell(self) -> None:
        """Show everything anew: the language or the look is another."""
        self.show_today(self._today)
        if self._month is not None:
            self.show_ranking(self._month)
        self.way.show_way(self.way.way, self._clock())

    def tick(self, second: int) -> list[QWidget]:
        """Bring lists and ticker to the present; return what reads otherwise than before."""
        changed = self._tick_queue(second) if self.queue.isVisibleTo(self) else self._tick_lists()
        last = self._cases.latest(TICKED)
        start = second // TOLD_SECONDS * TOLD % max(len(last), 1)
        ticker = "      ".join(ticked(row) for row in (last + last)[start : start + min(TOLD, len(last))])
        if ticker != self.ticker.text():
            self.ticker.setText(ticker)
            changed.append(self.ticker)
        return changed

    def _tick_lists(self) -> list[QWidget]:
        now, cases = self._clock(), self._cases
        overdue = cases.rows(cases.late(now)[: self.overdue.room])
        told = {  # no count: the figure above has the restricted ones too
            self.overdue: ("overdue", [late_line(row, now) for row in overdue], "overdue"),
            self.latest: ("latest", [latest_line(row) for row in cases.latest(self.latest.room)], "text"),
        }
        changed: list[QWidget] = [
            part
            for part, (key, lines, role) in told.items()
            if part.show_lines(say(f"wall.{key}"), lines, say(f"wall.{key}_none"), role=role)
        ]
        return changed + [self.way] * self.way.show_way(self.way.way, now)

    def _tick_queue(self, second: int) -> list[QWidget]:
        now, slots = self._clock(), self._cases.by_due()
        part, note = screen(len(slots), self.queue.room, second)
        lines = [queue_line(row, now) for row in self._cases.rows(slots[part])]
        new = self.queue.show_lines(say("wall.queue"), lines, say("wall.queue_none"), note=note)
        return [self.queue] if new else []
