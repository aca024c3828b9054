"""Lying bars with their names and figures: rankings, classes, units. Read from top to bottom."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.language import say
from ui.growth import grown, growth
from ui.keyboard import PRESSES, STEPS
from ui.theme import theme

ROW, TALLEST, GAP = 26, 72, 12
MOST = 14  # rows for which a whole list asks for room; of more it shows as many as fit, and moves on
HANDLE = 3  # pixels of what shows where in a longer list one is
NOTCH = 120  # eighths of a degree of a wheel, for three rows
THIN, THICK = 10, 16  # a bar is 0.35 of its row, within these
NOWHERE = -1
Columns = tuple[float, float, float]  # widths of label, first and second figure


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: ``length`` and the part of it that is filled strongly, both shares of the longest; its words."""

    label: str
    length: float
    filled: float
    text: str
    second: str = ""
    request: str = ""  # what a click asks for, "" for nothing
    tip: str = ""
    role: str = "accent"  # the colour of its filled part
    mark: float | None = None  # a share of the room that a line over the bars goes through
    joined: bool = True  # whether it goes on from the row before


class BarList(QWidget):
    """Draws bars, and says how many do not fit; a ``whole`` list moves on to them by wheel and key."""

    requested = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        row: int = ROW,
        whole: bool = False,
    ) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._at, self._first = NOWHERE, 0  # the lit one of those that are shown, and which is shown first
        self._usual_row, self._whole = row, whole
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that no panel is drawn below it
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> bool:
        """Draw ``bars``; tell whether they are others than before."""
        if tuple(bars) == self._bars:
            return False
        self._first = self._first if len(bars) == len(self._bars) else 0
        self._bars = tuple(bars)
        self._at = NOWHERE
        self.setAccessibleDescription("\n".join(f"{bar.label} {bar.text} {bar.second}" for bar in bars))
        self.updateGeometry()
        self.update()
        return True

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return the rows."""
        return self._bars

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(300 * growth(self)), self._rows(max(min(len(self._bars), MOST), 4)))

    @override
    def minimumSizeHint(self) -> QSize:
        least = max(min(len(self._bars), MOST) if self._whole else 0, 3)
        return QSize(round(160 * growth(self)), self._rows(least))

    def _rows(self, count: int) -> int:
        """Return the pixels of so many rows."""
        return math.ceil(self._row * count)

    @property
    def _shown(self) -> tuple[Bar, ...]:
        return self._bars[self._first : self._first + self._room_for - bool(self._left_out)]

    @property
    def _left_out(self) -> int:
        """How many rows a list that does not move has no room for; a row tells it."""
        over = len(self._bars) - self._room_for
        return over + 1 if over > 0 and not self._whole else 0

    @property
    def _room_for(self) -> int:
        return max(int(self.height() // self._row), 1)

    @property
    def _wide(self) -> int:
        """Pixels that rows have; the rest is the handle's."""
        return self.width() - (round(3 * HANDLE * growth(self)) if self._last else 0)

    @property
    def _last(self) -> int:
        """The furthest that the list can begin."""
        return max(len(self._bars) - self._room_for, 0) if self._whole else 0

    def _begin(self, first: int) -> None:
        self._first = min(max(first, 0), self._last)
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._begin(self._first)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        first = self._first
        self._begin(first - round(3 * event.angleDelta().y() / NOTCH))
        if self._first == first:
            event.ignore()  # the page may move instead
        else:
            self._light(self._index(event.position()))

    @property
    def _height(self) -> float:
        tallest = TALLEST * self._row / ROW
        rows = len(self._shown) + bool(self._left_out)
        return min(self.height() / max(rows, 1), tallest)

    @property
    def _row(self) -> float:
        """The least pixels of a row."""
        return self._usual_row * growth(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), theme.color("panel"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._bars:
                self._draw_all(painter, self._columns())
        finally:
            painter.end()

    def _draw_all(self, painter: QPainter, columns: Columns) -> None:
        for index, bar in enumerate(self._shown):
            box = QRectF(0, index * self._height, self._wide, self._height)
            self._draw(painter, box, bar, columns, lit=index == self._at)
        self._draw_handle(painter)
        self._tell_rest(painter)

    def _draw_handle(self, painter: QPainter) -> None:
        """Show which part of a longer list this is."""
        if not self._last:
            return
        one = self.height() / len(self._bars)
        top, tall, wide = self._first * one, len(self._shown) * one, HANDLE * growth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("edge"))
        painter.drawRoundedRect(QRectF(self.width() - wide, top, wide, tall), wide / 2, wide / 2)

    def _tell_rest(self, painter: QPainter) -> None:
        """Say below the last row how many are not shown."""
        if self._left_out:
            painter.setFont(grown(self, "base"))
            painter.setPen(theme.color("text2"))
            box = QRectF(0, len(self._shown) * self._height, self._wide, self._height)
            words = say("boards.left_out", n=self._left_out)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _columns(self) -> Columns:
        """Return the widths of label, first and second figure: as wide as the widest needs."""
        metrics = QFontMetricsF(grown(self, "base"))
        widest = [
            max((metrics.horizontalAdvance(getattr(bar, name)) for bar in self._shown), default=0.0)
            for name in ("label", "text", "second")
        ]
        return min(widest[0], self.width() * 0.5), widest[1], widest[2]

    def _room(self, columns: Columns) -> tuple[float, float]:
        """Return where bars begin and how long the longest is."""
        label, first, second = columns
        gap = self._gap
        left = label + gap
        return left, max(self._wide - first - (second + gap if second else 0) - gap - left, 1)

    @property
    def _gap(self) -> float:
        """Pixels between columns."""
        return GAP * growth(self)

    def _draw(self, painter: QPainter, box: QRectF, bar: Bar, columns: Columns, *, lit: bool) -> None:
        label, first, _ = columns
        if lit and bar.request:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(box.adjusted(-4, 1, 4, -1), 4, 4)
        left, room = self._room(columns)
        self._bar(painter, QPointF(left, box.center().y()), room, bar)
        middle = Qt.AlignmentFlag.AlignVCenter
        font = grown(self, "base")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        name = QFontMetricsF(font).elidedText(bar.label, Qt.TextElideMode.ElideRight, label)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, name)
        value = QRectF(left + room + self._gap, box.top(), first, box.height())
        painter.drawText(value, middle | Qt.AlignmentFlag.AlignRight, bar.text)
        painter.setPen(theme.color("text2"))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, bar.second)

    def _bar(self, painter: QPainter, at: QPointF, room: float, bar: Bar) -> None:
        usual = 0.35 * self._height / growth(self)
        thick = min(max(usual, THIN), THICK) * self._row / ROW
        painter.setPen(Qt.PenStyle.NoPen)
        for share, role in ((1.0, "raised"), (bar.length, "choropleth3"), (bar.filled, bar.role)):
            if share > 0:
                painter.setBrush(theme.color(role))
                painter.drawRoundedRect(QRectF(at.x(), at.y() - thick / 2, room * share, thick), 3, 3)

    def _index(self, point: QPointF) -> int:
        index = int(point.y() // self._height) if self._bars else NOWHERE
        return index if 0 <= index < len(self._shown) else NOWHERE

    def _light(self, index: int) -> None:
        if index != self._at:
            self._at = index
            bar = self._shown[index] if index != NOWHERE else None
            self.setToolTip(bar.tip if bar else "")
            hand = bar is not None and bool(bar.request)
            self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._light(self._index(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._light(NOWHERE)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._ask(self._index(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS and self._bars:
            self._step(STEPS[Qt.Key(event.key())])
        elif event.key() in PRESSES:
            self._ask(self._at)
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        """Go to the next bar, or the one before, also to one that is not shown yet."""
        there = self._first + self._at + way
        if self._whole and not self._first <= there < self._first + self._room_for:
            self._begin(self._first + way)
        self._light(NOWHERE)
        self._light(min(max(there - self._first, 0), len(self._shown) - 1))

    def _ask(self, index: int) -> None:
        if index != NOWHERE and self._shown[index].request:
            self.requested.emit(self._shown[index].request)
