"""The grids as a picture: drawn off the UI thread, wider than the window, stretched meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from console.geography import paint, topology
from console.geography.projection import shapes_to_plane
from console.geography.raster import NOWHERE, OVERLAP, Ids, rasterise
from console.geography.topology import Topology
from console.geography.view import Bounds, View
from ui.map.outlines import stroke
from ui.map.worker import Latest

MARGIN = 0.25  # of the window's size, drawn beyond each edge
FINE_PIXELS = 8_000_000  # up to so many, borders are drawn at twice the resolution
FAINT, FULL = 3.0, 12.0  # pixels a grid's side: borders fade in between


@dataclass(frozen=True, eq=False)
class Grids:
    """Grids in the plane: shapely ``shapes``, their topology, a given outline, bounds, usual side."""

    shapes: NDArray[np.object_]
    topology: Topology
    outline: shapely.Geometry | None
    bounds: Bounds
    side: float


@dataclass(frozen=True, eq=False)
class Look:
    """Colours 0xAARRGGBB of ``faces`` (grids,) and lines; ``width`` of a given outline in device pixels."""

    faces: NDArray[np.uint32]
    lines: paint.Lines
    width: float


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawn view in device pixels; ``entries`` may be twice as fine as ``ids`` and ``image``."""

    grids: Grids
    look: Look
    view: View
    ids: Ids
    entries: Ids
    image: NDArray[np.uint32]


def surveyed(wkb: Sequence[bytes], outline: bytes | None) -> Grids:
    """Return the grids of well-known binary in WGS-84 degrees, and their outline if one is given."""
    shapes = topology.repaired(shapes_to_plane(topology.read(wkb)))
    edge = shapes_to_plane(topology.read([outline]))[0] if outline else None
    west, south, east, north = (float(side) for side in shapely.total_bounds([*shapes, edge]))
    side = float(np.sqrt(np.median(shapely.area(shapes))))
    return Grids(shapes, topology.from_shapes(shapes), edge, (west, south, east, north), side)


def drawn(grids: Grids, look: Look, view: View) -> Picture:
    """Return the picture of a view in device pixels."""
    fine = 2 if view.width * view.height * 4 <= FINE_PIXELS else 1
    ids = rasterise(grids.topology, view.finer(fine))
    entries = paint.entries(ids, grids.topology.count, both_sides=fine == 2)  # noqa: PLR2004  as fine as above
    return Picture(grids, look, view, ids[::fine, ::fine], entries, _image(entries, grids, look, view))


def recoloured(picture: Picture, look: Look) -> Picture:
    """Return the same picture in other colours."""
    image = _image(picture.entries, picture.grids, look, picture.view)
    return replace(picture, look=look, image=image)


def _image(entries: Ids, grids: Grids, look: Look, view: View) -> NDArray[np.uint32]:
    strength = min(max((grids.side / view.scale - FAINT) / (FULL - FAINT), 0.0), 1.0)
    colours = paint.table(look.faces, look.lines, strength)
    image = paint.coloured(entries, colours)
    if image.shape != (view.height, view.width):
        image = paint.halved(image)
    if grids.outline is not None:
        _outline(image, grids.outline, look, view)
    return image


def _outline(image: NDArray[np.uint32], outline: shapely.Geometry, look: Look, view: View) -> None:
    canvas = _canvas(image)
    painter = QPainter(canvas)
    try:
        stroke(painter, outline, view, QColor.fromRgba(look.lines.outline), look.width)
    finally:
        painter.end()


def _canvas(image: NDArray[np.uint32]) -> QImage:
    """Return a QImage of the same memory."""
    height, width = image.shape
    return QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB32)


class Ground(QObject):
    """The layer of grids: survey them, colour them, draw them, tell which one is where."""

    surveyed = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._worker = Latest(owner)
        self._worker.done.connect(self._take)
        self._worker.failed.connect(self.failed)
        self._look: Look | None = None
        self._asked: tuple[Look, View] | None = None
        self.grids: Grids | None = None
        self.picture: Picture | None = None

    def survey(self, wkb: Sequence[bytes], outline: bytes | None) -> None:
        """Read grids off the UI thread; ``surveyed`` follows with them."""
        self.clear()
        self._worker.ask(lambda: surveyed(wkb, outline))

    def clear(self) -> None:
        """Show no grids."""
        self.grids = self.picture = self._asked = None

    def colour(self, look: Look) -> None:
        """Show the grids in these colours from the next picture on."""
        self._look = look

    def want(self, view: View) -> None:
        """See to it that a picture of the view, in device pixels, is there or under way."""
        grids, look, picture = self.grids, self._look, self.picture
        if grids is None or look is None or len(look.faces) != grids.topology.count:
            return
        if self.exact(view):
            return
        fits = picture is not None and _fits(picture, view)
        wide = picture.view if picture is not None and fits else view.wider(MARGIN)
        if self._asked == (look, wide):
            return
        self._asked = (look, wide)
        if picture is not None and fits:
            self._worker.ask(lambda: recoloured(picture, look))
        else:
            self._worker.ask(lambda: drawn(grids, look, wide))

    def exact(self, view: View) -> bool:
        """Tell whether the picture is neither stretched, nor cut, nor in old colours."""
        picture = self.picture
        return picture is not None and _fits(picture, view) and picture.look is self._look

    def _take(self, result: object) -> None:
        if isinstance(result, Grids):
            self.grids = result
            self.surveyed.emit(result)
        elif isinstance(result, Picture) and result.grids is self.grids:
            self.picture = result
        self.changed.emit()

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw the latest picture where it belongs in the view; the painter counts device pixels."""
        picture = self.picture
        if picture is None:
            return
        right, down = view.to_pixels(picture.view.left, picture.view.top)
        stretch = picture.view.scale / view.scale
        image = _canvas(picture.image)
        if stretch == 1:
            painter.drawImage(round(right), round(down), image)
        else:
            target = QRectF(right, down, image.width() * stretch, image.height() * stretch)
            painter.drawImage(target, image, QRectF(image.rect()))

    def at(self, view: View, right: float, down: float) -> int | None:
        """Return the index of the grid under a device pixel, None outside; of several the smallest."""
        picture = self.picture
        if picture is None:
            return None
        x, y = view.to_plane(right, down)
        column, row = picture.view.to_pixels(x, y)
        if not (0 <= row < picture.view.height and 0 <= column < picture.view.width):
            return None
        found = int(picture.ids[int(row), int(column)])
        if found == OVERLAP:
            return _smallest_at(picture.grids, x, y)
        return found - 1 if NOWHERE < found <= picture.grids.topology.count else None


def _fits(picture: Picture, view: View) -> bool:
    return picture.view.scale == view.scale and picture.view.covers(view)


def _smallest_at(grids: Grids, x: float, y: float) -> int | None:
    around = np.flatnonzero(shapely.intersects_xy(grids.shapes, x, y))
    return int(around[np.argmin(shapely.area(grids.shapes[around]))]) if len(around) else None
