"""A map as a chart: areas in the steps of one figure, what is under the cursor in words; a click asks."""

from typing import Final

import numpy as np
import shapely
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.geography.atlas import Atlas
from console.geography.borders import Borders, Stroke, translucent
from console.geography.projection import plane_to_point
from console.language import say
from ui.growth import growth
from ui.layers.supply import HALO, hatch
from ui.map import keys
from ui.map.canvas import Step
from ui.map.labels import Lettering
from ui.map.legend import Steps
from ui.map.shading import Figures
from ui.map.tips import Plain
from ui.map.widget import MapView
from ui.theme import theme

NAMED: Final = 60  # areas: of more, names would cover what they name
CLOSER: Final = 1.5
MARGIN: Final = 6  # pixels round everything
# Where a name may stand, in its own widths and heights: further from its middle it would name another area.
INSIDE: Final = np.array([(0, 0), (0, -0.6), (0, 0.6), (0, -1.1), (0, 1.1)])
FITS: Final = 0.5  # of its width a name may have for its area: its middle is inside
SEEN: Final = 10.0  # pixels that an area is wide at least for its border to be drawn
WAYS: Final = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, 1), "Down": (0, -1)}  # in the plane
ASIDE: Final = 2.0  # how much worse it is to lie aside than ahead
# A menu of its own, or another window, takes the keys for a while only.
KEPT: Final = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class _Tips(Plain):
    """The name stands on the card already."""

    @override
    def grid(self, code: str) -> list[str]:
        return []


class AreaView(MapView):
    """A map without marks and legend; arrows go from area to area, Enter asks. The page keeps its wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tips = _Tips()
        legend = self.scene.legend
        legend.shown = legend.folds = False
        self.camera.margin = MARGIN
        self.scene.overlay.names.tries = INSIDE
        self.takers.append(self._taken)

    def _taken(self, event: QKeyEvent) -> Step | None:
        pressed = keys.pressed(event)
        steps: dict[str, Step] = {
            "Return": self._press,
            "Space": self._press,
            "+": lambda: self._zoom(CLOSER),
            "-": lambda: self._zoom(1 / CLOSER),
            "Home": self.camera.fit,
        }
        if pressed in WAYS and len(self.atlas):
            return lambda: self._go(np.array(WAYS[pressed], np.float64))
        return steps.get(pressed)

    def _zoom(self, factor: float) -> None:
        self.camera.zoom(factor, self.width() / 2, self.height() / 2)

    def _press(self) -> None:
        if self.cursor_at is not None:
            self.click(self.cursor_at)

    def _go(self, way: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
        """Point at the next area that way; at first, at the first one."""
        here = self.under.grid(self.cursor_at)
        there = 0
        if here is not None:
            ahead = (self.atlas.middles - self.atlas.middles[here]) @ way
            aside = np.abs((self.atlas.middles - self.atlas.middles[here]) @ way[::-1])
            cost = np.where(ahead > 0, ahead + ASIDE * aside, np.inf)
            cost[np.isnan(cost)] = np.inf
            there = int(cost.argmin()) if np.isfinite(cost).any() else here
        self.point_at_area(there)

    def point_at_area(self, area: int) -> None:
        """Point at the area of this index, as a cursor does."""
        inside = shapely.point_on_surface(self.atlas.shape(area))
        if inside.is_empty:
            return
        if not self.camera.shows(inside.x, inside.y):
            self.camera.reveal(inside.x, inside.y)
        self.point_at(QPointF(*self.camera.view.to_pixels(inside.x, inside.y)))
        self.setAccessibleDescription("\n".join(self.card))

    @override
    def clickable(self, point: QPointF) -> bool:
        return self.under.grid(point) is not None

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.underMouse() and event.reason() not in KEPT:
            self.point_at(None)

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, 260) * growth(self)


class StepsBar(QWidget):
    """What the colours below the map mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps: Steps | None = None
        theme.changed.connect(self.update)

    def show_steps(self, steps: Steps | None) -> None:
        """Show these."""
        self._steps = steps
        self.setVisible(steps is not None)
        if steps is not None:
            self.setAccessibleName(say("boards.map.steps", steps=say("boards.comma").join(steps.names)))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, 34) * growth(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._steps is None:
            return
        painter = QPainter(self)
        try:
            painter.scale(growth(self), growth(self))
            painter.setFont(theme.font("small"))
            usual = QSizeF(self.size()) / growth(self)
            self._steps.draw(painter, QRectF(QPointF(), usual).adjusted(1, 0, -14, 0))
        finally:
            painter.end()


class AreaMap(QWidget):
    """Areas and their steps; ``requested`` carries the code of the area that is clicked."""

    requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._atlas: Atlas | None = None  # nothing is known yet
        self.view, self.steps = AreaView(self), StepsBar(self)
        self.steps.hide()
        self.view.gridActivated.connect(self.requested)
        theme.changed.connect(self._lay)
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self.steps)

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.view.setAccessibleName(name)  # it has the keys

    def show_areas(self, atlas: Atlas, figures: Figures, steps: Steps) -> None:
        """Colour ``atlas`` by ``figures``; the view stays where it is while the areas are the same."""
        if atlas is not self._atlas:
            self._atlas = atlas
            self.view.set_grids(atlas)
            self._name()
        self.view.show_figures(figures)
        self.tell_steps(steps)
        self._lay()

    def tell_steps(self, steps: Steps) -> None:
        """Say what the colours mean, where there is anything to mean."""
        self.steps.show_steps(steps if np.isfinite(self.view.values).any() else None)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._name()
            self._lay()

    def _name(self) -> None:
        """Write the names as large as all letters are."""
        self.view.scene.overlay.names.growth = growth(self)
        self.view.set_labels(_names(self.view.atlas, growth(self)))

    def _lay(self) -> None:
        """Hatch what has no figure, and draw every border: the palest areas are no holes."""
        view = self.view
        colours = translucent(theme.color("panel").rgb(), HALO), theme.color("text3").rgb()
        wide = round(growth(view))
        edges = Borders(Stroke(colours[1], colours[0], wide), until=view.atlas.side / SEEN)
        view.scene.above.show([hatch(np.isnan(view.values), growth(self)), edges])


def _names(atlas: Atlas, larger: float) -> list[Lettering]:
    """Return the names, each written in its area while that is about as wide: elsewhere it would mislead."""
    if len(atlas) > NAMED:
        return []
    metrics, found = QFontMetricsF(theme.font("small", larger)), []
    for area, name in enumerate(atlas.names):
        inside = shapely.point_on_surface(atlas.shape(area))
        if not inside.is_empty:
            wide = float(atlas.boxes[area, 2] - atlas.boxes[area, 0])
            until = wide / max(metrics.horizontalAdvance(name) * FITS, 1)
            found.append(Lettering(name, *plane_to_point(inside.x, inside.y), "small", until))
    return found
