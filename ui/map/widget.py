"""The map of the desk: grids shaded by a figure, incidents on them, both clickable, never in the way."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.geography.atlas import Atlas
from console.language import say
from ui.language import language
from ui.map import furniture, keys, labels
from ui.map.canvas import Canvas
from ui.map.card import Card
from ui.map.cross import Cross
from ui.map.held import Held
from ui.map.picker import Picker
from ui.map.pile import open_pile
from ui.map.pins import Pins, Things
from ui.map.scene import Scene
from ui.map.shading import OPEN, Figures, counted
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
        self.state = State(self)
        self.scene = Scene(self, lambda error: self.state.show_failed(str(error)))
        self._marks = self.scene.markers
        self.under = Under(self, self.scene)
        self.held = Held(self, self.scene)
        self._card = Card(self, self.under, self.scene, self.held)
        self.cross = Cross(self)
        self.picker = Picker(self, self.cross)
        self._prepare()

    def _prepare(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._activate)
        self.takers.append(self._fold)
        self.held.changed.connect(self._describe)
        theme.changed.connect(self._relook)
        self.state.retried.connect(self._try_again)
        self.scene.ground.changed.connect(lambda: self.state.show_failed(""))
        language.follow(self, self._retell)
        self._retell()

    def set_grids(self, atlas: Atlas, *, stay: bool = False) -> None:
        """Show these grids, their values not known yet; ``stay``: where the view is."""
        self.scene.put(atlas, counted(np.full(len(atlas), np.nan)))
        self.state.show_grids(len(atlas.unreadable), drawn=atlas.bounds is not None)
        self._make_room()
        if atlas.bounds is not None:
            (self.camera.know if stay else self.camera.frame)(atlas.bounds)
        self._describe()
        self.laid.emit()

    def set_values(self, values: Numbers, subject: str = OPEN) -> None:
        """Shade the grids by these values, in the order of the codes; NaN is not known.

        ``subject``: key of the text with {count} on the card; with ``_scale`` appended, of the legend.
        """
        self.show_figures(counted(np.asarray(values, np.float64), subject))

    def show_figures(self, figures: Figures) -> None:
        """Colour the grids by these figures, and say so."""
        if len(figures.values) != len(self.atlas):
            raise ValueError(len(figures.values))
        self.scene.colour(figures)

    def set_incidents(
        self, numbers: ArrayLike, lons: Numbers, lats: Numbers, grades: ArrayLike, icons: Sequence[str] = ()
    ) -> None:
        """Show these incidents, WGS-84 degrees; grades 0 in time, 1 near due, 2 overdue; NaN has no place."""
        self._marks.put(numbers, np.asarray(lons, np.float64), np.asarray(lats, np.float64), grades, icons)
        self._describe()
        self.scene.restand()

    def set_pins(self, layer: str, things: Things | None) -> None:
        """Show these things in the layer "resources" or "staff", or none."""
        self.scene.stand(layer, things)

    def set_labels(self, names: Iterable[labels.Lettering | tuple[str, float, float]]) -> None:
        """Write these names on the map, the first ones first where room is short."""
        self.scene.write(labels.Lettering(*name) for name in names)

    @property
    def selected(self) -> int | None:
        """The incident that is ringed."""
        return self._marks.selected

    def place_of(self, number: int) -> tuple[float, float] | None:
        """Return where in the plane an incident is, None if it is not on the map."""
        return self._marks.place(number)

    def spots(self, numbers: Iterable[int]) -> list[tuple[float, float]]:
        """Return where in the plane the marks of incidents stand, each crowd's once."""
        return self._marks.spots(numbers, self.camera.view)

    def within(self, shape: shapely.Geometry) -> list[int]:
        """Return the incidents inside a shape of the plane."""
        return self._marks.within(shape)

    @property
    def values(self) -> Numbers:
        """The figures that the grids are coloured by, NaN where there is none."""
        return self.scene.shading.figures.values

    @property
    def atlas(self) -> Atlas:
        """The grids that are shown."""
        return self.scene.atlas

    def select(self, number: int | None) -> None:
        """Ring this incident, or none. The view stays."""
        self._marks.select(number)
        self.scene.restand()

    def show_incident(self, number: int) -> None:
        """Ring this incident and, if it is out of sight, centre it unless a hand has just moved the map."""
        self.select(number)
        place = self._marks.place(number)
        if place is not None:
            self.camera.reveal(*place)

    @property
    def exact(self) -> bool:
        """Tell whether all is drawn for just this view; until then it is shifted or stretched."""
        return self.scene.exact

    def _relook(self) -> None:  # of this object, which the theme outlives
        self.scene.relook()

    def _try_again(self) -> None:
        self.state.show_failed("")
        self.scene.ask_again()

    def _retell(self) -> None:
        self.state.retell()
        self.scene.reword()
        self._make_room()
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(say("map.name"))
        described = say("map.described", grids=len(self.atlas), incidents=len(self._marks))
        held = say("pins.chosen", told="，".join(self.held.lines)) if self.held.lines else ""
        self.setAccessibleDescription(" ".join(filter(None, (described, held))))
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.scene.relook()
        return super().event(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(590, 740)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.state.place()
        self._make_room()

    def _make_room(self) -> None:
        """Fit below the words that an empty map says."""
        if self.camera.head != self.state.head:
            self.camera.head = self.state.head
            self.camera.settle()

    @override
    def clickable(self, point: QPointF) -> bool:
        return self._folds(point) or bool(len(self.under.rows(point))) or self.under.pinned(point) is not None

    def _folds(self, point: QPointF) -> bool:
        return self.scene.legend.head(self.camera.view).contains(point)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            if not (self.camera.framed and self.scene.full):
                painter.fillRect(self.rect(), theme.color("panel"))
            if self.camera.framed:
                self.scene.draw(painter, self.under.grid(self.cursor_at), self.state.fault)
            for paint in self.overs:
                paint(painter)
            self._card.draw(painter)
            if self.hasFocus():
                furniture.ring(painter, self.rect())
        finally:
            painter.end()

    @property
    def card(self) -> list[str]:
        """The lines of the card under the cursor, empty where there is none."""
        return self._card.lines()

    @property
    def tips(self) -> Tips:
        """What knows more of cases and grids than the map itself."""
        return self._card.tips

    @tips.setter
    def tips(self, tips: Tips) -> None:
        self._card.tips = tips

    def _fold(self, event: QKeyEvent) -> Callable[[], None] | None:
        return self.scene.legend.fold if keys.command(event) == "legend" else None

    def _activate(self, point: QPointF, held: Qt.KeyboardModifier) -> None:
        rows, more = self.under.rows(point), bool(held & Qt.KeyboardModifier.ControlModifier)
        told = self.incidentToggled if more else self.incidentActivated
        if self._folds(point):
            self.scene.legend.fold()
        elif len(rows) == 1:
            told.emit(self._marks.number(int(rows[0])))
        elif len(rows) and self.under.apart(rows):
            self.under.scatter(rows)
        elif len(rows):
            open_pile(self, point.toPoint(), self._card.titles(rows), told.emit)
        elif (pinned := self.under.pinned(point)) is not None:
            self._hold(point, *pinned)
        else:
            self.held.drop()
            if (code := self.under.code(point)) is not None:
                (self.gridToggled if more else self.gridActivated).emit(code)

    def _hold(self, point: QPointF, pins: Pins, rows: NDArray[np.int64]) -> None:
        """Hold the one thing that a plate stands for, or go so near that there is one, or let choose."""
        if len(rows) == 1:
            self.held.take(pins, int(rows[0]))
        elif not self.under.spread((pins, rows)):
            things = [(row, pins.told(row)[0]) for row in rows.tolist()]
            open_pile(self, point.toPoint(), things, lambda row: self.held.take(pins, row))
