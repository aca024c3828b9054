"""今日一张图: five figures, the ranking, the live map, what is overdue and what came last. No personal data.

Drawn 960 by 540 and shown twice as large on a wall of 1080 lines: 12 pixels here are 24 there.
"""

import math
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.feed.board import Board
from console.feed.board_row import Row
from console.indicators import words
from console.indicators.figures import BoardFigures, Figure
from console.indicators.indicator import Indicator, indicators
from console.language import say
from console.spoken import status_label
from ui.charts.barlist import BarList
from ui.map.widget import MapView
from ui.panels.boards_words import ranking_bars
from ui.queue.times import clock_time, remaining
from ui.theme import theme

FIGURES = ("received", "closed", "open", "overdue", "on_time")
FIGURE_PIXELS = 50  # a hundred at 1080 lines
LISTED, TOLD = 6, 3
TOLD_SECONDS = 5
OFFICES = {"社区居民委员会": "社区", "村村民委员会": "村", "村民委员会": "村"}  # said shorter on a wall
BOLD = {"overdue": "overdue"}


class WallMap(MapView):
    """A map that is drawn ``zoom`` times as large as its own pixels."""

    zoom = 2.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene.legend.folds = False  # nobody has a hand on a wall
        self.scene.overlay.names.patience = math.inf  # the next frame is seconds away

    @override
    def devicePixelRatioF(self) -> float:
        return self.zoom

    @override
    def devicePixelRatio(self) -> int:
        """Answer stamps on the sheet too; Qt takes fractions here, its types do not say so."""
        return cast("int", self.zoom)


class WallFigure(QFrame):
    """A figure to be read from eight metres."""

    def __init__(self, indicator: Indicator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._indicator = indicator
        self.name, self.value, self.note = (QLabel(self) for _ in range(3))
        self.name.setProperty("role", "second")
        self.note.setProperty("role", "small")
        font = theme.font("figure")
        font.setPixelSize(FIGURE_PIXELS)
        self.value.setFont(font)
        self.value.setStyleSheet(f"font-size: {FIGURE_PIXELS}px")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 14, 4)
        column.setSpacing(0)
        for label in (self.name, self.value, self.note):
            label.setMinimumWidth(1)
            column.addWidget(label)

    def show_board(self, board: BoardFigures | None) -> None:
        """Show the figure of ``board``."""
        figure = board.figure(self._indicator.key) if board else None
        self.name.setText(say(f"boards.wall.figure.{self._indicator.key}"))
        value = words.value_text(self._indicator, figure.value if figure else None)
        self.value.setText(value.replace("100.0", "100"))  # a digit more would not fit
        role = BOLD.get(self._indicator.key, "") if figure and figure.value else ""
        colour = f"; color: {theme.color(role).name()}" if role else ""
        self.value.setStyleSheet(f"font-size: {FIGURE_PIXELS}px{colour}")
        self.note.setText(self._counted(figure, board.figure("open")) if board and figure else "")

    def _counted(self, figure: Figure, unclosed: Figure | None) -> str:
        """Return of what ``figure`` is told, so that none of them seems to deny another."""
        if self._indicator.key == "overdue" and unclosed is not None:
            return say("boards.wall.overdue_of", open=f"{unclosed.value or 0:,.0f}")
        if self._indicator.key != "on_time":
            return words.change_text(self._indicator, figure)
        if not figure.denominator:
            return say("boards.wall.nothing_due")
        return say("boards.wall.on_time_of", hit=figure.numerator, of=figure.denominator)


class Listing(QFrame):
    """A heading over lines of two parts, the right one in the colour of its urgency."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.heading, self.none = QLabel(self), QLabel(self)
        self.heading.setProperty("role", "title")
        self.none.setProperty("role", "second")
        self.rows = [(QLabel(self), QLabel(self)) for _ in range(lines)]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(1)
        column.addWidget(self.heading)
        column.addWidget(self.none)
        for left, right in self.rows:
            left.setMinimumWidth(1)
            line = QHBoxLayout()
            line.addWidget(left, 1)
            line.addWidget(right)
            column.addLayout(line)
        column.addStretch(1)

    def show_lines(self, heading: str, lines: Sequence[tuple[str, str]], none: str, role: str) -> None:
        """Show ``lines``, as many as there is room for."""
        self.heading.setText(heading)
        self.heading.setStyleSheet(f"color: {theme.color(role if lines else 'text').name()}")
        self.none.setText(none)
        self.none.setVisible(not lines)
        for index, (left, right) in enumerate(self.rows):
            texts = lines[index] if index < len(lines) else ("", "")
            left.setTextFormat(Qt.TextFormat.PlainText)
            left.setText(texts[0])
            right.setText(texts[1])
            right.setStyleSheet(f"color: {theme.color(role).name()}")


class OverviewPage(QWidget):
    """The first page of the wall, of ``board`` at the time that ``clock`` tells."""

    def __init__(self, board: Board, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._board, self._clock = board, clock
        self._shown: object = None
        self._today: BoardFigures | None = None
        self._month: BoardFigures | None = None
        self.map = WallMap(self)
        self.figures = [WallFigure(indicators()[key], self) for key in FIGURES]
        self.ranking, self._ranked, self._ranked_of = BarList(self), QLabel(self), QLabel(self)
        self.overdue, self.latest = Listing(LISTED, self), Listing(LISTED, self)
        self.ticker = QLabel(self)
        self._arrange()
        self.show_today(None)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        for figure in self.figures:
            top.addWidget(figure, 1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.overdue, 1)
        right.addWidget(self.latest, 1)
        body = QHBoxLayout()
        body.setSpacing(6)
        body.addWidget(self._ranking_panel(), 26)
        body.addWidget(_framed(self.map), 44)
        body.addLayout(right, 30)
        self.ticker.setProperty("role", "second")
        self.ticker.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(body, 1)
        column.addWidget(self.ticker)

    def _ranking_panel(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("panel")
        self._ranked.setProperty("role", "title")
        self._ranked_of.setProperty("role", "small")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 8, 12, 8)
        for widget in (self._ranked, self._ranked_of):
            column.addWidget(widget)
        column.addWidget(self.ranking, 1)
        return frame

    def show_today(self, board: BoardFigures | None) -> None:
        """Show the day's figures."""
        self._today = board
        for figure in self.figures:
            figure.show_board(board)
        if self._month is None:
            self._ranked.setText(say("boards.loading.title"))
            self.ranking.setAccessibleName(self._ranked.text())

    def show_ranking(self, board: BoardFigures) -> None:
        """Show the organisations below, ranked."""
        self._month = board
        ranked = indicators()[board.ranking.figure]
        self._ranked.setText(say("boards.ranked_by", figure=ranked.name))
        self.ranking.setAccessibleName(self._ranked.text())
        self._ranked_of.setText(words.period_text(board))
        self.ranking.show_bars(ranking_bars(board, parts=False))

    def retell(self) -> None:
        """Show everything anew: the language or the look is another."""
        self._shown = None
        self.show_today(self._today)
        if self._month is not None:
            self.show_ranking(self._month)

    def tick(self, second: int) -> bool:
        """Bring lists and ticker to the present, and tell whether they changed."""
        now, rows = self._clock(), public_rows(self._board)
        late = sorted((row for row in rows if row.due <= now), key=lambda row: (row.due, row.number))
        last = sorted(rows, key=lambda row: (-row.received, -row.number))
        overdue = [(_told(row), remaining(row.due, now)) for row in late[:LISTED]]
        latest = [(_told(row), clock_time(row.received)[:5]) for row in last[:LISTED]]
        start = second // TOLD_SECONDS * TOLD % max(len(last), 1)
        told = (overdue, latest, [_tick(row) for row in (last + last)[start : start + TOLD]])
        if told == self._shown:
            return False
        self._shown = told
        title = f"■ {say('boards.wall.overdue')}"  # no count: the figure above has the restricted ones too
        self.overdue.show_lines(title, overdue, say("boards.wall.overdue_none"), "overdue")
        self.latest.show_lines(say("boards.wall.latest"), latest, say("boards.wall.latest_none"), "text")
        self.ticker.setText("      ".join(told[2]))
        return True


def public_rows(board: Board) -> list[Row]:
    """Return the open cases that a public screen may name: restricted ones never."""
    slots = board.all_slots()
    known = np.asarray(board.floats("restricted")[slots], np.bool_)
    return [board.row_at(int(slot)) for slot in slots[~known]]


def _told(row: Row) -> str:
    """Return kind and community: titles and addresses may name people."""
    where = row.community or row.township or row.centre
    for long, short in OFFICES.items():
        where = where.replace(long, short)
    return say("boards.wall.row", place=where, title=row.class_name)


def _tick(row: Row) -> str:
    where = row.township or row.centre
    return say(
        "boards.wall.ticker",
        number=row.number,
        title=row.class_name,
        place=where,
        status=status_label(row.status),
    )


def _framed(view: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2, 2, 2, 2)
    column.addWidget(view)
    return frame
