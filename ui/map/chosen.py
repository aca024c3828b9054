"""What is chosen: rings round the incidents that are marked in the queue, a border round each chosen grid."""

from collections.abc import Iterable

import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from console.geography.atlas import Atlas
from ui.map.outlines import stroke
from ui.map.widget import MapView
from ui.theme import theme

RING = 12.0  # pixels
WIDTH = 2.6


class Chosen:
    """Paints ``incidents`` by number and ``grids`` by code, above everything that stands on the map."""

    def __init__(self, view: MapView) -> None:
        self._view = view
        self._shapes: tuple[Atlas, dict[str, shapely.Geometry]] = (view.atlas, {})
        self.incidents: list[int] = []
        self.grids: list[str] = []
        view.overs.insert(0, self.draw)

    def show(self, *, incidents: Iterable[int] | None = None, grids: Iterable[str] | None = None) -> None:
        """Paint these from now on; what is not named stays."""
        self.incidents = self.incidents if incidents is None else list(incidents)
        self.grids = self.grids if grids is None else list(grids)
        self._view.update()

    def _shape(self, code: str) -> shapely.Geometry | None:
        atlas = self._view.atlas
        if self._shapes[0] is not atlas:
            self._shapes = atlas, {}
        if code in atlas.index and code not in self._shapes[1]:
            self._shapes[1][code] = atlas.shape(atlas.index[code])
        return self._shapes[1].get(code)

    def draw(self, painter: QPainter) -> None:
        """Paint borders, then rings."""
        view = self._view.camera.view
        for code in self.grids:
            shape = self._shape(code)
            if shape is not None:
                stroke(painter, shape, view, theme.color("accent"), WIDTH)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middles = [QPointF(*view.to_pixels(*place)) for place in self._view.spots(self.incidents)]
        for colour, width in (("panel", WIDTH + 2), ("accent", WIDTH)):
            painter.setPen(QPen(theme.color(colour), width))
            for middle in middles:
                painter.drawEllipse(middle, RING, RING)
