"""Small drawings that come again and again, kept as pixmaps: a thousand marks pan without a wait."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from console.language import current
from ui.theme import theme

KEPT = 4000


class Stamps:
    """Drawings by key; each theme, language and pixel ratio has its own."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}

    def press(
        self,
        painter: QPainter,
        middle: QPointF,
        key: Hashable,
        size: QSizeF,
        draw: Callable[[QPainter, QPointF], None],
    ) -> None:
        """Draw around ``middle``; ``draw`` paints around the middle of ``size``, once for each key."""
        ratio = painter.device().devicePixelRatio()
        full = (key, theme.name, current(), ratio)
        stamp = self._kept.get(full)
        if stamp is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            stamp = self._kept[full] = _cut(size, ratio, draw)
        half = stamp.deviceIndependentSize() / 2
        left, top = (middle.x() - half.width()) * ratio, (middle.y() - half.height()) * ratio
        painter.drawPixmap(QPointF(round(left) / ratio, round(top) / ratio), stamp)


def _cut(size: QSizeF, ratio: float, draw: Callable[[QPainter, QPointF], None]) -> QPixmap:
    stamp = QPixmap((size * ratio).toSize())
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = stamp.deviceIndependentSize()
        draw(painter, QPointF(shown.width() / 2, shown.height() / 2))
    finally:
        painter.end()
    return stamp
