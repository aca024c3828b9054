"""What stands on the grids, as one picture: drawn when the hand rests, moved with the ground meanwhile."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

from console.geography.view import View
from ui.map import labels
from ui.map.sheets import MARGIN
from ui.map.stamps import Stamps
from ui.soon import soon

LEAP = 4.0  # times nearer or farther at once: no turn of the wheel
REST = 80  # milliseconds without a change of scale after which the hand rests

Boxes = NDArray[np.float64]
Fixed = Callable[[View], Boxes]  # (n, 4) left, top, right and bottom of what stays where it is


class Layer(Protocol):
    """Marks of one kind; they stay as they are arranged until they are arranged again."""

    def arrange(self, scale: float) -> object:
        """Group what stands too close at a scale, metres a pixel."""

    def draw(self, painter: QPainter, view: View, stamps: Stamps) -> None:
        """Draw what is in sight."""

    def boxes(self, view: View) -> Boxes:
        """Return (n, 4) left, top, right and bottom of what is in sight, which names keep clear of."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A picture of the layers and the view that it shows, in device-independent pixels."""

    view: View
    ratio: float
    picture: QPixmap


class Overlay(QObject):
    """The names, and on them the layers above the ground, the first one lowest; ``redrawn`` after a rest.

    ``names_last``: the names on everything, where nobody has a hand to move what covers them.
    """

    redrawn = Signal()

    def __init__(self, owner: QObject, layers: Sequence[Layer], stamps: Stamps, fixed: Fixed) -> None:
        super().__init__(owner)
        self._fixed = fixed
        self.layers = list(layers)
        self.names = labels.Labels()
        self.names_last = False
        self._stamps = stamps
        self._sheet: Sheet | None = None
        self._wanted: View | None = None
        self._written = True
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._rested)

    def renew(self) -> None:
        """Draw anew at the next look: something stands elsewhere or looks otherwise."""
        self._sheet = None

    def exact(self, view: View) -> bool:
        """Tell whether the sheet shows all of the view, not stretched, and all names are written."""
        return self._written and self._sheet is not None and self._sheet.view.holds(view)

    def sheet(self, view: View, ratio: float) -> Sheet:
        """Return what is shown in the view: the latest sheet, or a new one after a leap."""
        self._wanted = view
        if self._sheet is None or self._sheet.ratio != ratio or _leapt(self._sheet.view, view):
            self._sheet = self._drawn(view, ratio)
        return self._sheet

    def written(self, view: View, ratio: float) -> list[tuple[labels.Name, QRectF]]:
        """Return the names that are written in the view, with their boxes."""
        self.sheet(view, ratio)
        return self.names.seen(view, self._fixed(view))

    def draw(self, painter: QPainter, view: View, *, named: bool = True) -> None:
        """Draw the sheet and the names where they belong; once the hand rests there comes a better sheet.

        ``named``: whether there is yet what the names name.
        """
        moved = self._wanted is None or self._wanted.scale != view.scale
        sheet = self.sheet(view, painter.device().devicePixelRatio())
        if not sheet.view.holds(view) and (moved or not self._rest.isActive()):
            self._rest.start()
        if named and not self.names_last:
            self._write(painter, view)
        left, top = view.to_pixels(sheet.view.left, sheet.view.top)
        stretch = sheet.view.scale / view.scale
        if stretch == 1:
            at = QPointF(round(left * sheet.ratio) / sheet.ratio, round(top * sheet.ratio) / sheet.ratio)
            painter.drawPixmap(at, sheet.picture)
        else:
            size = QSizeF(sheet.view.width * stretch, sheet.view.height * stretch)
            painter.drawPixmap(QRectF(QPointF(left, top), size), sheet.picture, QRectF(sheet.picture.rect()))
        if named and self.names_last:
            self._write(painter, view)
        if not self._written:
            soon(self, self.redrawn.emit)  # the next frame writes more

    def _write(self, painter: QPainter, view: View) -> None:
        self._written = self.names.draw(painter, view, self._fixed(view), self._stamps)

    def _rested(self) -> None:
        if self._sheet is not None and self._wanted is not None:
            self._sheet = self._drawn(self._wanted, self._sheet.ratio)
            self.redrawn.emit()

    def _drawn(self, shown: View, ratio: float) -> Sheet:
        view = shown.wider(MARGIN)
        picture = QPixmap(math.ceil(view.width * ratio), math.ceil(view.height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        try:
            for layer in self.layers:
                layer.arrange(view.scale)
                layer.draw(painter, view, self._stamps)
        finally:
            painter.end()
        marks = np.concatenate([layer.boxes(view) for layer in self.layers])
        self.names.arrange(view, shown, self._fixed(shown), marks)
        return Sheet(view, ratio, picture)


def _leapt(before: View, now: View) -> bool:
    return not 1 / LEAP < before.scale / now.scale < LEAP
