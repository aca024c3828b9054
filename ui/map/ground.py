"""The grids as a picture: drawn off the UI thread, wider than the window, stretched meanwhile."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from console.geography import paint
from console.geography.atlas import NOTHING, Atlas
from console.geography.raster import NOWHERE, OVERLAP, Ids, rasterise
from console.geography.view import View
from ui.map.sheets import MARGIN, lay
from ui.map.worker import Latest

FINE_PIXELS = 8_000_000  # up to so many, borders are drawn at twice the resolution
FINE_SIDE = 6.0  # pixels a grid's side: of smaller ones no border is seen that could have steps
FAINT, FULL = 3.0, 12.0  # pixels a grid's side: borders fade in between


@dataclass(frozen=True, eq=False)
class Look:
    """Colours 0xAARRGGBB of ``faces`` (grids,) and lines."""

    faces: NDArray[np.uint32]
    lines: paint.Lines


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawn view in device pixels; ``entries`` and ``fine_ids`` may be twice as fine as the others."""

    atlas: Atlas
    look: Look
    view: View
    ids: Ids
    fine_ids: Ids
    entries: Ids
    image: NDArray[np.uint32]


def drawn(atlas: Atlas, look: Look, view: View) -> Picture:
    """Return the picture of a view in device pixels."""
    few = view.width * view.height * 4 <= FINE_PIXELS
    fine = 2 if few and atlas.side / view.scale >= FINE_SIDE else 1
    ids = rasterise(atlas.topology, view.finer(fine))
    entries = paint.entries(ids, len(atlas), both_sides=fine == 2)  # noqa: PLR2004  as fine as above
    image = _image(entries, atlas, look, view)
    return Picture(atlas, look, view, ids[::fine, ::fine], ids, entries, image)


def recoloured(picture: Picture, look: Look) -> Picture:
    """Return the same picture in other colours."""
    image = _image(picture.entries, picture.atlas, look, picture.view)
    return replace(picture, look=look, image=image)


def _image(entries: Ids, atlas: Atlas, look: Look, view: View) -> NDArray[np.uint32]:
    strength = min(max((atlas.side / view.scale - FAINT) / (FULL - FAINT), 0.0), 1.0)
    colours = paint.table(look.faces, look.lines, strength)
    image = paint.coloured(entries, colours)
    if image.shape != (view.height, view.width):
        image = paint.halved(image)
    return image


def canvas(picture: Picture) -> QImage:
    """Return a QImage of the same memory."""
    height, width = picture.image.shape
    return QImage(picture.image.data, width, height, picture.image.strides[0], _format(picture.look))


def _format(look: Look) -> QImage.Format:
    """Return how pixels are read: what hides everything is drawn in half the time."""
    return QImage.Format.Format_RGB32 if _opaque(look) else QImage.Format.Format_ARGB32_Premultiplied


def _opaque(look: Look) -> bool:
    return look.lines.nowhere >= paint.OPAQUE


class Ground(QObject):
    """The layer of grids: colour them, draw them, tell which one is where."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._worker = Latest(owner)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self.failed)
        self._look: Look | None = None
        self._asked: tuple[Look, View] | None = None
        self.atlas = NOTHING
        self.picture: Picture | None = None

    def put(self, atlas: Atlas) -> None:
        """Show these grids."""
        self.atlas, self.picture, self._asked = atlas, None, None

    def colour(self, look: Look) -> None:
        """Show the grids in these colours from the next picture on."""
        self._look = look

    def want(self, view: View) -> None:
        """See to it that a picture of the view, in device pixels, is there or under way."""
        atlas, look, picture = self.atlas, self._look, self.picture
        if look is None or len(look.faces) != len(atlas):
            return
        if self.exact(view):
            return
        fits = picture is not None and picture.view.holds(view)
        wide = picture.view if picture is not None and fits else view.wider(MARGIN)
        if self._asked == (look, wide):
            return
        self._asked = (look, wide)
        if picture is not None and fits:
            self._worker.ask(lambda: recoloured(picture, look))
        else:
            self._worker.ask(lambda: drawn(atlas, look, wide))

    def ask_again(self) -> None:
        """Let what was asked for be asked for once more."""
        self._asked = None

    def exact(self, view: View) -> bool:
        """Tell whether the picture is neither stretched, nor cut, nor in old colours."""
        picture = self.picture
        return picture is not None and picture.view.holds(view) and picture.look is self._look

    def _take(self, result: object) -> None:
        if isinstance(result, Picture) and result.atlas is self.atlas:
            self.picture = result
        self.changed.emit()

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw the latest picture where it belongs in the view; the painter counts device pixels."""
        picture = self.picture
        if picture is not None:
            lay(painter, canvas(picture), picture.view, view)

    def hides(self, view: View) -> bool:
        """Tell whether nothing below the picture would be seen in the view."""
        picture = self.picture
        return picture is not None and _opaque(picture.look) and picture.view.covers(view)

    def at(self, view: View, right: float, down: float) -> int | None:
        """Return the index of the grid under a device pixel, None outside; of several the smallest."""
        picture = self.picture
        if picture is None:
            return None
        drawn = picture.view
        x, y = view.to_plane(right, down)
        column, row = (x - drawn.left) // drawn.scale, (drawn.top - y) // drawn.scale
        if not (0 <= row < drawn.height and 0 <= column < drawn.width):
            return None
        found = picture.ids.item(int(row), int(column))
        if found == OVERLAP:
            return next(iter(picture.atlas.around(x, y)), None)
        return found - 1 if found != NOWHERE else None
