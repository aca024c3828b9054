"""The wall view: the county today in figures, on the map, in the most urgent cases; read from metres away."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from console.feed.board import Board, Grade
from console.language import say
from console.spoken import status_label
from ui.language import language
from ui.map.widget import MapView
from ui.panels.map_feed import MapFeed, framed
from ui.queue.cells import DUE_ROLES, place_label, shown
from ui.queue.times import remaining
from ui.seat import Seat
from ui.texts import label
from ui.theme import theme

FIGURES = (
    ("open", "text"),
    ("reported", "accent"),
    ("handling", "text"),
    ("near", "near"),
    ("overdue", "overdue"),
)
NAMES = {"reported": "waiting"}
RANKED, LISTED = 10, 9
FIGURE_HEIGHT = 176
BASE_HEIGHT = 1080  # the measures below are for this height and grow with it
Align = Qt.AlignmentFlag


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: words, what stands at the right, the colour of that, and a bar from 0 to 1."""

    words: str
    right: str
    role: str = "text"
    share: float = 0.0
    below: str = ""


class Painted(QFrame):
    """A panel that paints itself at the size of a wall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        theme.changed.connect(self.update)

    def scale(self) -> float:
        """Return how much larger than at 1080 lines everything is."""
        return max(0.6, self.window().height() / BASE_HEIGHT)

    def font_of(self, role: str, size: int) -> QFont:
        """Return the type of ``role`` at ``size`` pixels of a wall of 1080 lines."""
        font = theme.font(role)
        font.setPixelSize(round(size * self.scale()))
        return font

    def write(self, painter: QPainter, box: QRect, text: str, facts: tuple[QFont, str, Align]) -> None:
        """Write ``text`` into ``box``, cut where it does not fit."""
        font, role, side = facts
        painter.setFont(font)
        painter.setPen(theme.color(role))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Align.AlignVCenter), cut)


class Figure(Painted):
    """One figure with its name."""

    def __init__(self, key: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._role, self.figure = key, role, 0
        language.follow(self, self.update)

    def show_figure(self, figure: int) -> None:
        """Show ``figure``."""
        if figure != self.figure:
            self.figure = figure
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        try:
            box = self.rect().adjusted(18, 10, -18, -8)
            name = say(f"window.wall_view.{NAMES.get(self._key, self._key)}")
            top = QRect(box.left(), box.top(), box.width(), round(40 * self.scale()))
            self.write(painter, top, name, (self.font_of("wall_text", 26), "text2", Align.AlignLeft))
            rest = box.adjusted(0, top.height(), 0, 0)
            role = self._role if self.figure else "text3"
            self.write(painter, rest, str(self.figure), (self.font_of("wall", 96), role, Align.AlignLeft))
        finally:
            painter.end()


class Listing(Painted):
    """A heading and lines, each as high as a finger on a wall."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.lines: list[Line] = []
        language.follow(self, self.update)

    def show_lines(self, lines: list[Line]) -> None:
        """Show ``lines``."""
        if lines != self.lines:
            self.lines = lines
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self.rect().adjusted(20, 14, -20, -14)
            top = QRect(box.left(), box.top(), box.width(), round(44 * self.scale()))
            heading = say(f"window.wall_view.{self._key}")
            self.write(painter, top, heading, (self.font_of("wall_text", 28), "text2", Align.AlignLeft))
            self._paint_lines(painter, box.adjusted(0, top.height() + 6, 0, 0))
        finally:
            painter.end()

    def _paint_lines(self, painter: QPainter, box: QRect) -> None:
        high = round((74 if any(line.below for line in self.lines) else 56) * self.scale())
        for place, line in enumerate(self.lines):
            row = QRect(box.left(), box.top() + place * high, box.width(), high)
            if row.bottom() > box.bottom() + 4:
                break
            self._paint_line(painter, row, line)

    def _paint_line(self, painter: QPainter, row: QRect, line: Line) -> None:
        font, small = self.font_of("wall_text", 26), self.font_of("wall_text", 24)
        width = QFontMetrics(font).horizontalAdvance(line.right) + 6
        upper = QRect(
            row.left(), row.top(), row.width(), row.height() // 2 if line.below else row.height() - 12
        )
        words = upper.adjusted(0, 0, -width - 12, 0)
        self.write(painter, words, line.words, (font, "text", Align.AlignLeft))
        self.write(painter, upper, line.right, (font, line.role, Align.AlignRight))
        if line.below:
            lower = QRect(row.left(), upper.bottom(), row.width(), row.height() // 2 - 4)
            self.write(painter, lower, line.below, (small, "text2", Align.AlignLeft))
        elif line.share > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("line"))
            painter.drawRoundedRect(QRectF(row.left(), row.bottom() - 11, row.width(), 5), 2, 2)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRectF(row.left(), row.bottom() - 11, row.width() * line.share, 5), 2, 2)


class WallPage(QWidget):
    """No personal data: titles, places, stages and limits only."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.figures = {key: Figure(key, role, self) for key, role in FIGURES}
        self.ranking, self.latest = Listing("ranking", self), Listing("latest", self)
        self._map = MapView()
        self._feed = MapFeed(seat, self._map)
        self._title = label(parent=self)
        self._hint = label(role="third", parent=self)
        self._arrange()
        language.follow(self, self._retranslate)

    def show_directory(self) -> None:
        """Draw the grids."""
        self._feed.show_grids()

    def tick(self) -> None:
        """Let a second pass."""
        board, now = self._seat.console.board, self._seat.bridge.now()
        counts = board.counts(now)
        told = {
            "open": counts.total,
            "near": counts.by_grade[Grade.NEAR],
            "overdue": counts.by_grade[Grade.OVERDUE],
            **{key: counts.by_status.get(key, 0) for key in ("reported", "handling")},
        }
        for key, figure in self.figures.items():
            figure.show_figure(told[key])
        self.ranking.show_lines(ranking(board))
        self.latest.show_lines(most_urgent(board, now))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for figure in self.figures.values():
            figure.setFixedHeight(round(FIGURE_HEIGHT * figure.scale()))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._hint)
        figures = QHBoxLayout()
        figures.setSpacing(10)
        for figure in self.figures.values():
            figures.addWidget(figure)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self.ranking, 24)
        body.addWidget(framed(self._map), 46)
        body.addWidget(self.latest, 30)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(figures)
        column.addLayout(body, 1)

    def _retranslate(self) -> None:
        font = theme.font("title")
        font.setPixelSize(26)
        self._title.setFont(font)
        self._title.setText(say("window.wall_view.title"))
        self._hint.setText(say("window.wall_view.leave"))
        self.ranking.setAccessibleName(say("window.wall_view.ranking"))
        self.latest.setAccessibleName(say("window.wall_view.latest"))


def ranking(board: Board) -> list[Line]:
    """Return the townships by open cases, the fullest first."""
    found = {str(name) or say("window.wall_view.elsewhere"): n for name, n in board.tally("township").items()}
    most = max(found.values(), default=1)
    lines = [Line(shown(name), str(number), share=number / most) for name, number in found.items()]
    return lines[:RANKED] or [Line(say("window.wall_view.ranking_none"), "")]


def most_urgent(board: Board, now: float) -> list[Line]:
    """Return the cases that are due first, restricted ones left out."""
    slots = board.all_slots()
    due = board.floats("due")[slots]
    first = slots[np.argsort(np.where(np.isnan(due), np.inf, due), kind="stable")]
    rows = [board.row_at(int(slot)) for slot in first[: LISTED * 3]]
    lines = []
    for row in [row for row in rows if not row.restricted][:LISTED]:
        grade = Grade(int(board.grades(now, np.array([board.slot(row.number)]))[0]))
        below = say("case.dot").join((shown(place_label(row)), status_label(row.status)))
        lines.append(Line(shown(row.title), remaining(row.due, now), DUE_ROLES[grade], below=below))
    return lines
