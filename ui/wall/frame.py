"""What is drawn over every page: clock, progress, a hint that fades, and at night the dark."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from console.language import say
from ui.moments import local
from ui.theme import theme

HEAD = 40  # lines that change all the time
SHOWN, FADING = 24, 4  # beats
MARGIN = 10


class Hint:
    """A line that is shown for six seconds, the last of which it fades."""

    def __init__(self) -> None:
        self.text, self._left = "", 0

    def show(self, text: str) -> None:
        """Show ``text``."""
        self.text, self._left = text, SHOWN

    def beat(self) -> bool:
        """Let a quarter of a second pass; tell whether it looks otherwise."""
        if self._left:
            self._left -= 1
            return self._left < FADING
        return False

    @property
    def strength(self) -> float:
        """Return how much of it is seen."""
        if theme.still:
            return float(self._left > 0)
        return min(self._left / FADING, 1.0)


def clock(now: float) -> str:
    """Return date, day and time of ``now``, epoch seconds."""
    at = local(now)
    day = say("wall.date", date=f"{at:%Y-%m-%d}", day=say(f"window.weekday.{at.isoweekday()}"))
    return f"{day}   {at:%H:%M:%S}"


def draw_head(painter: QPainter, line: QRect, zoom: float, words: Sequence[str]) -> None:
    """Write ``words`` at the right of ``line`` of the sheet, the last one the clock."""
    font = theme.font("case")
    font.setPixelSize(round(font.pixelSize() * zoom))
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    box = QRectF(0, line.y() * zoom, line.right() * zoom, line.height() * zoom)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "    ".join(words))


def draw_progress(painter: QPainter, wide: float, zoom: float) -> None:
    """Draw the thin line that tells when the page turns."""
    painter.fillRect(QRectF(0, 0, wide, 1.5 * zoom), theme.color("accent"))


def draw_shade(painter: QPainter, box: QRect, shade: int) -> None:
    """Lay ``shade`` of black, of 255, over ``box``."""
    if shade:
        painter.fillRect(box, QColor(0, 0, 0, shade))


def draw_hint(painter: QPainter, size: QSize, zoom: float, hint: Hint) -> None:
    """Show the keys at the foot, until they fade."""
    if not hint.strength:
        return
    font = theme.font("base")
    font.setPixelSize(round(font.pixelSize() * zoom))
    wide = QFontMetricsF(font).horizontalAdvance(hint.text) + 4 * MARGIN * zoom
    tall = 30 * zoom
    box = QRectF((size.width() - wide) / 2, size.height() - tall - MARGIN * zoom, wide, tall)
    painter.setOpacity(hint.strength)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("edge"))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(box, 6 * zoom, 6 * zoom)
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, hint.text)
    painter.setOpacity(1.0)
