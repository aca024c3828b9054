"""The border that a grid had, dashed: where a case was recorded in a grid that is another one since."""

import shapely
from PySide6.QtGui import QPainter

from console.language import say
from ui.map.legend import Lines, Sample
from ui.map.outlines import stroke
from ui.map.widget import MapView
from ui.theme import theme

WIDTH, DASHES = 2, (4.0, 3.0)


class Former:
    """Paints ``shape``, in metres of the plane, and names it in the legend; None for nothing."""

    def __init__(self, view: MapView) -> None:
        self._view = view
        self.shape: shapely.Geometry | None = None
        view.overs.insert(0, self.draw)

    def show(self, shape: shapely.Geometry | None) -> None:
        """Paint this border from now on."""
        self.shape = shape
        self.retell()
        self._view.update()

    def retell(self) -> None:
        """Name the line in the spoken language."""
        sample = Sample("text", WIDTH, dashed=True, text=say("map.former_grid"))
        self._view.scene.legend.put("past", *([] if self.shape is None else [Lines((sample,))]))

    def draw(self, painter: QPainter) -> None:
        """Paint it, with an edge that is seen on every ground."""
        if self.shape is not None:
            view = self._view.camera.view
            stroke(painter, self.shape, view, theme.color("window"), WIDTH + 2)
            stroke(painter, self.shape, view, theme.color("text"), WIDTH, DASHES)
