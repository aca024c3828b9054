"""What lies over the grids as one more picture, drawn off the UI thread: borders, density, hatching."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from console.geography.atlas import Atlas
from console.geography.borders import Drawn, Part
from console.geography.paint import halved
from console.geography.view import View
from ui.map.ground import Ground, Picture
from ui.map.sheets import lay
from ui.map.worker import Latest

Parts = tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """The picture of ``parts`` in a view, in device pixels; ``of``: the grids below it."""

    of: Picture
    parts: Parts
    view: View
    pixels: NDArray[np.uint32]
    image: QImage


def composed(parts: Parts, of: Picture) -> Sheet:
    """Return the sheet of the parts, the first one lowest."""
    fine = of.fine_ids.shape[0] // of.view.height
    drawn = Drawn(of.view.finer(fine), of.fine_ids, fine)
    pixels = np.zeros(of.fine_ids.shape, np.uint32)
    for part in parts:
        part.put(pixels, drawn)
    pixels = halved(pixels) if fine > 1 else pixels
    height, width = of.view.height, of.view.width
    shape = QImage.Format.Format_ARGB32_Premultiplied
    return Sheet(of, parts, of.view, pixels, QImage(pixels.data, width, height, pixels.strides[0], shape))


class Above(QObject):
    """Costs nothing while there are no parts; ``changed`` when there is another picture."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, owner: QObject, ground: Ground) -> None:
        super().__init__(owner)
        self._ground = ground
        self._worker = Latest(owner)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self.failed)
        self._parts: Parts = ()
        self._asked: tuple[Parts, View, Atlas] | None = None
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
        """Tell whether all parts are drawn over just the grids that are shown."""
        sheet, below = self._sheet, self._ground.picture
        if not self._parts:
            return True
        return sheet is not None and below is not None and self._fits(sheet, below)

    def _fits(self, sheet: Sheet, below: Picture) -> bool:
        return sheet.parts is self._parts and sheet.view == below.view and sheet.of.atlas is below.atlas

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw the latest sheet where it belongs in the view; the painter counts device pixels."""
        below = self._ground.picture
        if not self._parts or below is None:
            return
        sheet, asked = self._sheet, (self._parts, below.view, below.atlas)
        if (sheet is None or not self._fits(sheet, below)) and self._asked != asked:
            self._asked, parts = asked, self._parts
            self._worker.ask(lambda: composed(parts, below))
        if sheet is not None and sheet.of.atlas is below.atlas:
            lay(painter, sheet.image, sheet.view, view)

    def _take(self, sheet: object) -> None:
        if isinstance(sheet, Sheet) and self._parts:
            self._sheet = sheet
        self.changed.emit()
