"""The map of the desk: grids shaded by a figure, incidents on them, both clickable, never in the way."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.geography.atlas import NOTHING, Atlas
from console.geography.view import View
from console.language import say
from ui.language import language
from ui.map import base_words, furniture, labels
from ui.map.above import Above
from ui.map.base import Base
from ui.map.canvas import Canvas
from ui.map.card import Card
from ui.map.cross import Cross
from ui.map.ground import Ground
from ui.map.hover import Hover
from ui.map.legend import Legend
from ui.map.markers import Markers
from ui.map.overlay import Layer, Overlay
from ui.map.picker import Picker
from ui.map.pins import Pins, Things
from ui.map.shading import OPEN, Figures, Shading, counted
from ui.map.stamps import Stamps
from ui.map.state import State
from ui.map.tips import Tips
from ui.map.under import Under
from ui.theme import theme

Numbers = NDArray[np.float64]


class MapView(Canvas):
    """Grids, incidents and names; give it data with the ``set_`` methods, in any order."""

    incidentActivated = Signal(object)  # noqa: N815  Qt's way of naming signals
    gridActivated = Signal(str)  # noqa: N815
    incidentToggled = Signal(object)  # noqa: N815  clicked with Ctrl: one more, or one less
    gridToggled = Signal(str)  # noqa: N815
    laid = Signal()  # other grids

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.base = Base(self, self._recolour)
        self._ground = Ground(self)
        self._markers = Markers()
        self._hover = Hover()
        self._stamps = Stamps()
        self.above = Above(self, self._ground)
        self.pins = {
            "resources": Pins("text2", "layers.resources_here"),
            "staff": Pins("accent", "layers.staff_here"),
        }
        self._shading = Shading()
        self.legend = Legend(self._shading.rows, self._restand)
        layers: list[Layer] = [*self.pins.values(), self._markers]
        self._overlay = Overlay(self, layers, self._stamps, self._fixed)
        self._atlas = NOTHING
        self.state = State(self)
        self.under = Under(self, self._ground, self._overlay, self._markers, self.pins.values())
        self._card = Card(self, self.under, self._markers, self._shading)
        self.cross = Cross(self)
        self.picker = Picker(self, self.cross)
        self._prepare()

    def _prepare(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._activate)
        self._ground.changed.connect(self.update)
        self._overlay.redrawn.connect(self.update)
        self.above.changed.connect(self.update)
        for picture in (self._ground, self.above):
            picture.failed.connect(lambda error: self.state.show_failed(str(error)))
        theme.changed.connect(self._relook)
        language.follow(self, self._retell)
        self.show_empty()

    def set_grids(self, atlas: Atlas, *, stay: bool = False) -> None:
        """Show these grids, their values not known yet; ``stay``: where the view is."""
        if not len(atlas):
            self.show_empty()
            return
        self._atlas = atlas
        self._shading.put(counted(np.full(len(atlas), np.nan)))
        self.legend.renew()
        self._ground.put(atlas)
        self.state.show_grids(len(atlas), len(atlas.unreadable))
        (self.camera.know if stay else self.camera.frame)(atlas.bounds)
        self._recolour()
        self._describe()
        self.laid.emit()

    def set_values(self, values: Numbers, subject: str = OPEN) -> None:
        """Shade the grids by these values, in the order of the codes; NaN is not known.

        ``subject``: key of the text with {count} on the card; with ``_scale`` appended, of the legend.
        """
        self.show_figures(counted(np.asarray(values, np.float64), subject))

    def show_figures(self, figures: Figures) -> None:
        """Colour the grids by these figures, and say so."""
        if len(figures.values) != len(self._atlas):
            raise ValueError(len(figures.values))
        self._shading.put(figures)
        self.legend.renew()
        self._recolour()

    def set_incidents(
        self, numbers: ArrayLike, lons: Numbers, lats: Numbers, grades: ArrayLike, icons: Sequence[str] = ()
    ) -> None:
        """Show these incidents, WGS-84 degrees; grades 0 in time, 1 near due, 2 overdue; NaN has no place."""
        self._markers.put(numbers, np.asarray(lons, np.float64), np.asarray(lats, np.float64), grades, icons)
        self._describe()
        self._restand()

    def set_pins(self, layer: str, things: Things | None) -> None:
        """Show these things in the layer "resources" or "staff", or none."""
        self.pins[layer].put(things)
        self._restand()

    def set_labels(self, names: Iterable[labels.Lettering | tuple[str, float, float]]) -> None:
        """Write these names on the map, the first ones first where room is short."""
        self._overlay.names.put(labels.Lettering(*name) for name in names)
        self._restand()

    @property
    def selected(self) -> int | None:
        """The incident that is ringed."""
        return self._markers.selected

    def place_of(self, number: int) -> tuple[float, float] | None:
        """Return where in the plane an incident is, None if it is not on the map."""
        return self._markers.place(number)

    def spots(self, numbers: Iterable[int]) -> list[tuple[float, float]]:
        """Return where in the plane the marks of incidents stand, each crowd's once."""
        return self._markers.spots(numbers, self.camera.view)

    def within(self, shape: shapely.Geometry) -> list[int]:
        """Return the incidents inside a shape of the plane."""
        return self._markers.within(shape)

    @property
    def values(self) -> Numbers:
        """The figures that the grids are coloured by, NaN where there is none."""
        return self._shading.figures.values

    @property
    def atlas(self) -> Atlas:
        """The grids that are shown."""
        return self._atlas

    def select(self, number: int | None) -> None:
        """Ring this incident, or none. The view stays."""
        self._markers.select(number)
        self._restand()

    def show_incident(self, number: int) -> None:
        """Ring this incident and, if it is out of sight, centre it unless a hand has just moved the map."""
        self.select(number)
        place = self._markers.place(number)
        if place is not None:
            self.camera.reveal(*place)

    def show_empty(self) -> None:
        """Say that there are no grids yet."""
        self._atlas = NOTHING
        self._ground.put(None)
        self.state.show_grids(0, 0)
        self._retell()

    @property
    def exact(self) -> bool:
        """Tell whether all is drawn for just this view; until then it is shifted or stretched."""
        fine = self.camera.view.finer(self.devicePixelRatioF())
        below = self.base.exact and self._ground.exact(fine) and self.above.exact
        return below and self._overlay.exact(self.camera.view)

    def _fixed(self, view: View) -> Numbers:
        """Return (n, 4) left, top, right and bottom of what lies over the map and stays where it is."""
        boxes = (self.legend.box(view), furniture.scale_box(view))
        return np.array([box.getCoords() for box in boxes], np.float64)

    def _recolour(self) -> None:
        self._ground.colour(self._shading.look(over=self.base.shown))
        self.update()

    def _relook(self) -> None:
        self._overlay.names.renew()
        self._restand()
        self._recolour()

    def _restand(self) -> None:
        """Draw anew what stands on the grids."""
        self._overlay.renew()
        self.update()

    def _retell(self) -> None:
        self.state.retell()
        self.legend.renew()
        self._describe()
        self._restand()

    def _describe(self) -> None:
        self.setAccessibleName(say("map.name"))
        described = say("map.described", grids=len(self._atlas), incidents=len(self._markers))
        self.setAccessibleDescription(described)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._recolour()
        return super().event(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(590, 740)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.state.place()

    @override
    def clickable(self, point: QPointF) -> bool:
        return bool(len(self.under.rows(point)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._ground.want(self.camera.view.finer(self.devicePixelRatioF()))
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), theme.color("panel"))
            if len(self._atlas):
                self._paint(painter)
            for paint in self.overs:
                paint(painter)
            self._card.draw(painter, self._atlas)
            if self.hasFocus():
                furniture.ring(painter, self.rect())
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        view, ratio = self.camera.view, self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        self.base.draw(painter, view.finer(ratio))
        self._ground.draw(painter, view.finer(ratio))
        self.above.draw(painter, view.finer(ratio))
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._hover.draw(painter, view, self._atlas, self.under.grid(self.cursor_at))
        self._overlay.draw(painter, view)
        self.legend.draw(painter, view, self._stamps)
        furniture.scale_bar(painter, view, self._stamps)
        base_words.draw(painter, view, self.base.words, self.base.fault, self.legend.box(view))
        if self.state.fault:
            furniture.chip(painter, view, self.state.fault)

    @property
    def names(self) -> list[tuple[labels.Name, QRectF]]:
        """The names that are written in this view, with their boxes."""
        return self._overlay.written(self.camera.view, self.devicePixelRatioF())

    @property
    def card(self) -> list[str]:
        """The lines of the card under the cursor, empty where there is none."""
        return self._card.lines(self._atlas)

    @property
    def tips(self) -> Tips:
        """What knows more of cases and grids than the map itself."""
        return self._card.tips

    @tips.setter
    def tips(self, tips: Tips) -> None:
        self._card.tips = tips

    def _activate(self, point: QPointF, held: Qt.KeyboardModifier) -> None:
        rows, more = self.under.rows(point), bool(held & Qt.KeyboardModifier.ControlModifier)
        if len(rows) and (len(rows) == 1 or not self.under.scatter(rows)):
            told = self.incidentToggled if more else self.incidentActivated
            told.emit(self._markers.number(int(rows[0])))
        elif not len(rows) and not self._spread(point) and (code := self.under.code(point)) is not None:
            (self.gridToggled if more else self.gridActivated).emit(code)

    def _spread(self, point: QPointF) -> bool:
        pinned = self.under.pinned(point)
        return pinned is not None and self.under.spread(pinned)
