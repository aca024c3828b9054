"""The day of a replay as a slider, with how much happened when."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget
from typing_extensions import override

from console.language import say
from ui.moments import DAY, HOUR, local
from ui.theme import theme

STEPS: Final = 144  # of ten minutes
HEIGHT: Final = 46
FOOT: Final = 16  # pixels of the hours
EVERY: Final = 3  # hours between two that are written


def midnight(at: float) -> float:
    """Return when the day of ``at`` began where the centres are."""
    return local(at).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


class DaySlider(QSlider):
    """Seconds of the day; ``chosen`` carries the instant that a hand has gone to."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, DAY - 1)
        self.setSingleStep(60)
        self.setPageStep(HOUR)
        self.setFixedHeight(HEIGHT)
        self.begin = 0.0
        self.bars: list[int] = [0] * STEPS
        self.blind = False
        self.actionTriggered.connect(lambda _action: self.chosen.emit(self.begin + self.sliderPosition()))
        theme.changed.connect(self.update)

    def show_moment(self, at: float) -> bool:
        """Show where in its day ``at`` is; tell whether that is another day."""
        begin = midnight(at)
        other, self.begin = begin != self.begin, begin
        if not self.isSliderDown():
            self.blockSignals(True)  # noqa: FBT003  Qt's signature
            self.setValue(int(at - begin))
            self.blockSignals(False)  # noqa: FBT003
        self.setAccessibleDescription(f"{local(at):%Y-%m-%d %H:%M}")
        return other

    def show_bars(self, bars: Sequence[int]) -> None:
        """Show how much happened in each of STEPS parts of the day."""
        self.bars = list(bars)
        self.update()

    def retell(self) -> None:
        """Say in the spoken language what it is."""
        self.setAccessibleName(say("replay.day"))
        self.setToolTip(say("replay.day"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._follow(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        place = int(event.position().x())
        value = QStyle.sliderValueFromPosition(0, DAY - 1, place, self.width())
        self.setSliderPosition(value)
        self.chosen.emit(self.begin + value)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._draw(painter)
        finally:
            painter.end()

    def _draw(self, painter: QPainter) -> None:
        foot, here = self.height() - FOOT, self.sliderPosition() / DAY * self.width()
        painter.fillRect(QRectF(0, foot - 1, self.width(), 1), theme.color("edge"))
        most = max(1, *self.bars)
        wide = self.width() / STEPS
        for step, count in enumerate(self.bars):
            left = step * wide
            if count and not (self.blind and left > here):
                tall = max(2.0, (foot - 4) * count / most)
                colour = theme.color("past" if left <= here else "text3")
                painter.fillRect(QRectF(left, foot - 1 - tall, max(1.0, wide - 1), tall), colour)
        self._draw_hours(painter, foot)
        painter.fillRect(QRectF(here - 1, 0, 2, foot + 3), theme.color("text"))
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))

    def _draw_hours(self, painter: QPainter, foot: int) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        room = self.width() * EVERY / 24
        for hour in range(0, 24, EVERY):
            left = self.width() * hour / 24
            painter.fillRect(QRectF(left, foot, 1, 4), theme.color("edge"))
            box = QRectF(left + 3, foot + 1, room - 3, FOOT - 1)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{hour:02}:00")
