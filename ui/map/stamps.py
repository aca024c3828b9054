"""Small drawings that come again and again, kept as pixmaps: a thousand marks pan without a wait."""

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from console.language import current
from ui.theme import theme

KEPT = 4000

Draw = Callable[[QPainter, QPointF], None]


class Stamps:
    """Drawings by key; each theme, language and pixel ratio has its own."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}

    def cut(self, ratio: float, key: Hashable, size: QSizeF, draw: Draw) -> QPixmap:
        """Return the drawing of a key; ``draw`` paints around the middle of ``size``, once for each key."""
        full = (key, theme.name, current(), ratio)
        stamp = self._kept.get(full)
        if stamp is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            stamp = self._kept[full] = _cut(size, ratio, draw)
        return stamp

    def press(self, painter: QPainter, middle: QPointF, key: Hashable, size: QSizeF, draw: Draw) -> None:
        """Draw around ``middle``, sharp: on whole pixels."""
        ratio = painter.device().devicePixelRatio()
        stamp = self.cut(ratio, key, size, draw)
        half = stamp.deviceIndependentSize() / 2
        left, top = (middle.x() - half.width()) * ratio, (middle.y() - half.height()) * ratio
        painter.drawPixmap(QPointF(round(left) / ratio, round(top) / ratio), stamp)

    def strew(
        self,
        painter: QPainter,
        middles: NDArray[np.float64],
        of: NDArray[np.int64],
        stamps: Sequence[QPixmap],
    ) -> None:
        """Draw a stamp around each of (n, 2) middles, in their order, on whole pixels: for thousands.

        ``of``: (n,) which of ``stamps``.
        """
        ratio, draw = painter.device().devicePixelRatio(), painter.drawPixmap
        halves = np.array([stamp.size().toTuple() for stamp in stamps]).reshape(-1, 2) / (2 * ratio)
        corners = ((middles - halves[of]) * ratio).round() / ratio
        for (left, top), place in zip(corners.tolist(), of.tolist(), strict=True):
            draw(QPointF(left, top), stamps[place])


def _cut(size: QSizeF, ratio: float, draw: Draw) -> QPixmap:
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
