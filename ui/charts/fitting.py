"""Of several ways to say a thing the fullest that has room."""

from collections.abc import Iterable

from PySide6.QtGui import QFontMetricsF

from ui.theme import theme

LARGE = 8  # times as large letters no longer step from pixel to pixel


def wide(text: str) -> float:
    """Return pixels of small letters: as they are, or as a wall draws them, larger and so at other steps."""
    small, large = theme.font("small"), theme.font("small")
    large.setPixelSize(large.pixelSize() * LARGE)
    plain, drawn = QFontMetricsF(small), QFontMetricsF(large)
    return max(
        max(plain.horizontalAdvance(line), drawn.horizontalAdvance(line) / LARGE) for line in text.split("\n")
    )


def fitting(ways: Iterable[str], room: float) -> str:
    """Return the first that has room, else the last."""
    told = list(ways)
    return next((one for one in told if wide(one) <= room), told[-1])
