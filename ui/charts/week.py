"""The hours of a week as a field of 7 by 24: the darker on light (the lighter on dark), the more."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from console.language import current, say
from ui.growth import grown, growth
from ui.keyboard import PRESSES
from ui.theme import theme

DAYS, HOURS = 7, 24
SHADES = 5  # choropleth1 .. 5; none is none
GAP, FOOT, EVERY = 2, 20, 3
NOWHERE = -1
MOVES: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -HOURS,
    Qt.Key.Key_Down: HOURS,
}


class WeekMap(QWidget):
    """Draws 168 values, Monday's first hour first; a click or Enter asks for the hour's ``request``."""

    requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self._requests: tuple[str, ...] = ()
        self._at = NOWHERE
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def show_values(self, values: Sequence[float | None], requests: Sequence[str]) -> bool:
        """Draw ``values``, an hour each; tell whether they are others than before."""
        told = tuple(value or 0 for value in values), tuple(requests)
        if told == (self._values, self._requests):
            return False
        self._values, self._requests = told
        self._light(self._at if self._at < len(self._values) else NOWHERE)
        self.update()
        return True

    def words_at(self, hour: int) -> str:
        """Return what the cursor is told at ``hour`` of the week."""
        day, hour_of_day = divmod(hour, HOURS)
        return say(
            "boards.week_hour",
            day=say(f"window.weekday.{day + 1}"),
            start=f"{hour_of_day:02}:00",
            end=f"{hour_of_day + 1:02}:00",
            count=int(self._values[hour]),
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 220) * growth(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(300, DAYS * 16 + FOOT) * growth(self)

    def _cell(self, hour: int) -> QRectF:
        day, column = divmod(hour, HOURS)
        left = self._left
        wide, tall = (self.width() - left) / HOURS, (self.height() - self._foot) / DAYS
        return QRectF(left + column * wide, day * tall, wide - GAP, tall - GAP)

    @property
    def _left(self) -> float:
        return _day_names(current(), growth(self))

    @property
    def _foot(self) -> float:
        """Pixels of the line that tells the hours."""
        return FOOT * growth(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), theme.color("panel"))
            if self._values:
                self._draw(painter)
        finally:
            painter.end()

    def _draw(self, painter: QPainter) -> None:
        most = max(self._values) or 1
        stamps = self._stamps(painter.deviceTransform().m11())
        lefts = [self._cell(hour).left() for hour in range(HOURS)]
        tops = [self._cell(day * HOURS).top() for day in range(DAYS)]
        for hour, value in enumerate(self._values):
            shade = min(-(-SHADES * value // most), SHADES)
            corner = QPointF(lefts[hour % HOURS], tops[hour // HOURS])
            painter.drawPixmap(corner, stamps[int(shade)])
        self._name(painter)
        if self._at != NOWHERE:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "text"), 2))
            painter.drawRoundedRect(self._cell(self._at), 2, 2)

    def _stamps(self, fineness: float) -> list[QPixmap]:
        """Return a cell in each shade at ``fineness`` device pixels a pixel: all drawn anew are slow."""
        cell = self._cell(0)
        size = max(round(cell.width() * fineness), 1), max(round(cell.height() * fineness), 1)
        shades = (theme.color(f"choropleth{shade}") for shade in range(SHADES + 1))
        return [_stamp(size, fineness, shade.rgba()) for shade in shades]

    def _name(self, painter: QPainter) -> None:
        painter.setFont(grown(self, "small"))
        painter.setPen(theme.color("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        for day in range(DAYS):
            box = self._cell(day * HOURS)
            left = QRectF(0, box.top(), self._left, box.height())
            painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, say(f"window.weekday.{day + 1}"))
        for hour in range(0, HOURS, EVERY):
            box = self._cell(hour)
            below = QRectF(box.left(), self.height() - self._foot, box.width() * EVERY, self._foot)
            painter.drawText(below, middle | Qt.AlignmentFlag.AlignLeft, str(hour))

    def _hour(self, point: QPointF) -> int:
        return next((hour for hour in range(len(self._values)) if self._cell(hour).contains(point)), NOWHERE)

    def _light(self, hour: int) -> None:
        self._at = hour
        told = self.words_at(hour) if hour != NOWHERE else ""
        self.setToolTip(told)
        self.setAccessibleDescription(told)
        asks = hour != NOWHERE and bool(self._values[hour])
        self.setCursor(Qt.CursorShape.PointingHandCursor if asks else Qt.CursorShape.ArrowCursor)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hour = self._hour(event.position())
        if hour != self._at:
            self._light(hour)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._light(NOWHERE)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._ask(self._hour(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = MOVES.get(Qt.Key(event.key()))
        if move is not None and self._values:
            there = 0 if self._at == NOWHERE else self._at + move
            if 0 <= there < len(self._values):
                self._light(there)
                corner = self._cell(there).bottomRight().toPoint()
                QToolTip.showText(self.mapToGlobal(corner), self.toolTip(), self)
        elif event.key() in PRESSES:
            self._ask(self._at)
        else:
            super().keyPressEvent(event)

    def _ask(self, hour: int) -> None:
        if hour != NOWHERE and self._values[hour] and self._requests[hour]:
            self.requested.emit(self._requests[hour])


@lru_cache(maxsize=8 * (SHADES + 1))
def _stamp(size: tuple[int, int], fineness: float, colour: int) -> QPixmap:
    stamp = QPixmap(*size)
    stamp.fill(Qt.GlobalColor.transparent)
    stamp.setDevicePixelRatio(fineness)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(colour))
    painter.drawRoundedRect(QRectF(QPointF(), stamp.deviceIndependentSize()), 2, 2)
    painter.end()
    return stamp


@cache
def _day_names(_language: str, larger: float) -> float:
    """Return the room that the names of the days take: it is asked for every cell."""
    metrics = QFontMetricsF(theme.font("small", larger))
    widest = max(metrics.horizontalAdvance(say(f"window.weekday.{day + 1}")) for day in range(DAYS))
    return widest + 8 * larger
