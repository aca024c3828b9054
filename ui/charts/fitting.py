"""Of several ways to say a thing the fullest that has room."""

from collections.abc import Iterable

from PySide6.QtGui import QFontMetricsF

from ui.theme import theme

LARGE = 8  # times as large letters no longer step from pixel to pixel


def wide(text: str) -> float:
    """Return pixels of small letters: as they are, or as a wall draws them, larger and so at other steps."""
    font = theme.font("small")
    plain = QFontMetricsF(font).horizontalAdvance(text)
    font.setPixelSize(font.pixelSize() * LARGE)
    return max(plain, QFontMetricsF(font).horizontalAdvance(text) / LARGE)


def fitting(ways: Iterable[str], room: float) -> str:
    """Return the first that has room, else the last."""
    told = list(ways)
    return next((one for one in told if wide(one) <= room), told[-1])
