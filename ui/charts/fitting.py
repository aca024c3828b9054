"""Of several ways to say a thing the fullest that has room."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFontMetricsF

from ui.theme import theme

LARGE: Final = 8  # times as large letters no longer step from pixel to pixel


@lru_cache(maxsize=4096)
def wide(text: str, growth: float = 1.0, role: str = "small") -> float:
    """Return pixels of ``text``: as it is, or as a wall draws it, larger and so at other steps."""
    plain, drawn = QFontMetricsF(theme.font(role, growth)), QFontMetricsF(theme.font(role, growth * LARGE))
    return max(
        max(plain.horizontalAdvance(line), drawn.horizontalAdvance(line) / LARGE) for line in text.split("\n")
    )


def fitting(ways: Iterable[str], room: float, growth: float = 1.0) -> str:
    """Return the first that has room, else the last."""
    told = list(ways)
    return next((one for one in told if wide(one, growth) <= room), told[-1])
