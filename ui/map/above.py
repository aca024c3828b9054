"""Borders, density, hatching: drawn over the grids off the UI thread, one picture with them at last."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from console.geography.borders import Drawn, Part
from console.geography.paint import halved
from console.geography.view import View
from ui.map.ground import Ground, Picture, canvas
from ui.map.sheets import lay
from ui.map.worker import Latest

Parts = tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """The picture of ``parts`` in a view, in device pixels; ``whole``: with the grids ``of`` below it."""

    of: Picture
    parts: Parts
    pixels: NDArray[np.uint32]
    image: QImage
    whole: QImage

    def fits(self, parts: Parts, below: Picture) -> bool:
        """Tell whether it shows the parts as they lie over these grids, whatever their colours."""
        return self.parts is parts and self.of.view == below.view and self.of.atlas is below.atlas


def composed(parts: Parts, of: Picture, before: Sheet | None = None) -> Sheet:
    """Return the sheet of the parts, the first one lowest; with the pixels of ``before`` where they fit."""
    pixels = before.pixels if before is not None and before.fits(parts, of) else _drawn(parts, of)
    height, width = pixels.shape
    shape = QImage.Format.Format_ARGB32_Premultiplied
    image, whole = QImage(pixels.data, width, height, pixels.strides[0], shape), canvas(of).copy()
    painter = QPainter(whole)
    try:
        painter.drawImage(0, 0, image)
    finally:
        painter.end()
    return Sheet(of, parts, pixels, image, whole)


def _drawn(parts: Parts, of: Picture) -> NDArray[np.uint32]:
    fine = of.fine_ids.shape[0] // of.view.height
    drawn = Drawn(of.view.finer(fine), of.fine_ids, fine)
    pixels = np.zeros(of.fine_ids.shape, np.uint32)
    for part in parts:
        part.put(pixels, drawn)
    return halved(pixels) if fine > 1 else pixels


class Above(QObject):
    """Draws the grids, too, so that a hand moves one picture; ``changed`` when there is another one."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, owner: QObject, ground: Ground) -> None:
        super().__init__(owner)
        self._ground = ground
        self._worker = Latest(owner)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self.failed)
        self._parts: Parts = ()
        self._asked: tuple[Parts, Picture] | None = None
        self._sheet: Sheet | None = None

    def show(self, parts: Sequence[Part]) -> None:
        """Draw these from now on, the first one lowest; none of what was drawn before."""
        self._parts, self._asked = tuple(parts), None
        if not parts:
            self._sheet = None
        self.changed.emit()

    def ask_again(self) -> None:
        """Let what was asked for be asked for once more."""
        self._asked = None

    @property
    def exact(self) -> bool:
        """Tell whether all parts are drawn over just the grids that are shown, in one picture with them."""
        sheet = self._sheet
        if not self._parts:
            return True
        return sheet is not None and sheet.parts is self._parts and sheet.of is self._ground.picture

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw the grids and the latest sheet where they belong; the painter counts device pixels."""
        sheet, below = self._sheet, self._ground.picture
        whole = sheet is not None and sheet.of is below
        if not whole:
            self._ground.draw(painter, view)
        if below is None or not self._parts:
            return
        if not self.exact and self._asked != (self._parts, below):
            self._asked, parts = (self._parts, below), self._parts
            self._worker.ask(lambda: composed(parts, below, sheet))
        if sheet is not None and sheet.of.atlas is below.atlas:
            lay(painter, sheet.whole if whole else sheet.image, sheet.of.view, view)

    def _take(self, sheet: object) -> None:
        if isinstance(sheet, Sheet) and self._parts:
            self._sheet = sheet
        self.changed.emit()
