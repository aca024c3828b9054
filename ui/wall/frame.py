"""What is drawn over every page: clock or, for a while, the keys, progress, and at night the dark."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from console.language import say
from ui.moments import local
from ui.theme import theme

HEAD = 40  # lines that change all the time
SHOWN, FADING = 24, 4  # beats


class Hint:
    """A line that is shown for six seconds in the clock's place, the last of which it fades."""

    def __init__(self) -> None:
        self.text, self._left = "", 0

    def show(self, text: str) -> None:
        """Show ``text``."""
        self.text, self._left = text, SHOWN

    def beat(self) -> None:
        """Let a quarter of a second pass."""
        self._left = max(self._left - 1, 0)

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


def draw_head(
    painter: QPainter, line: QRect, zoom: float, words: Sequence[str], role: str = "case", strength: float = 1
) -> None:
    """Write ``words`` at the right of ``line`` of the sheet in the type ``role``."""
    font = theme.font(role)
    font.setPixelSize(round(font.pixelSize() * zoom))
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.setOpacity(strength)
    box = QRectF(0, line.y() * zoom, line.right() * zoom, line.height() * zoom)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "    ".join(words))
    painter.setOpacity(1.0)


def draw_progress(painter: QPainter, wide: float, zoom: float) -> None:
    """Draw the thin line that tells when the page turns."""
    painter.fillRect(QRectF(0, 0, wide, 1.5 * zoom), theme.color("accent"))


def draw_shade(painter: QPainter, box: QRect, shade: int) -> None:
    """Lay ``shade`` of black, of 255, over ``box``."""
    if shade:
        painter.fillRect(box, QColor(0, 0, 0, shade))
