"""All that is drawn of the map, lowest first: base map, grids, what lies over them, marks, names, legend."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from console.geography.atlas import NOTHING, Atlas
from console.geography.view import View
from ui.map import base_words, furniture, labels
from ui.map.above import Above
from ui.map.base import Base
from ui.map.canvas import Canvas
from ui.map.ground import Ground
from ui.map.hover import Hover
from ui.map.legend import Icon, Icons, Legend
from ui.map.markers import Markers
from ui.map.overlay import Layer, Overlay
from ui.map.pins import Pins, Things
from ui.map.shading import Figures, Shading
from ui.map.stamps import Stamps


class Scene:
    """Draws ``atlas`` and what stands on it into ``canvas``; ``failed`` hears what a picture could not do."""

    def __init__(self, canvas: Canvas, failed: Callable[[Exception], None]) -> None:
        self._canvas = canvas
        self.atlas = NOTHING
        self.base = Base(canvas, self._recolour)
        self.ground = Ground(canvas)
        self.above = Above(canvas, self.ground)
        self._hover = Hover()
        self.pins = {
            "resources": Pins("text2", "layers.resources_here"),
            "staff": Pins("accent", "layers.staff_here"),
        }
        self.markers = Markers()
        self.shading = Shading()
        self.legend = Legend(self.shading.rows, self._refit)
        self._stamps = Stamps()
        layers: list[Layer] = [*self.pins.values(), self.markers]
        self.overlay = Overlay(canvas, layers, self._stamps, self._fixed)
        canvas.camera.covered = self._fixed
        for changed in (self.ground.changed, self.above.changed, self.overlay.redrawn):
            changed.connect(canvas.update)
        for picture in (self.ground, self.above):
            picture.failed.connect(failed)

    def put(self, atlas: Atlas, figures: Figures) -> None:
        """Show these grids, coloured by these figures."""
        self.atlas = atlas
        self.ground.put(atlas)
        self.colour(figures)

    def colour(self, figures: Figures) -> None:
        """Colour the grids by these figures, and say so."""
        self.shading.put(figures)
        self.legend.renew()
        self._recolour()

    def ask_again(self) -> None:
        """Draw again what could not be drawn."""
        self.ground.ask_again()
        self.above.ask_again()
        self._canvas.update()

    def write(self, names: Iterable[labels.Lettering]) -> None:
        """Write these names, the first ones first where room is short."""
        self.overlay.names.put(names)
        self.restand()

    def stand(self, layer: str, things: Things | None) -> None:
        """Show these things in a layer of ``pins``, or none, and what their icons mean."""
        self.pins[layer].put(things)
        self._name_icons()
        self.restand()

    def _name_icons(self) -> None:
        icons = tuple(Icon(*one) for pins in self.pins.values() for one in pins.shown)
        self.legend.put("icons", *([Icons(icons)] if icons else []))

    def restand(self) -> None:
        """Draw anew what stands on the grids."""
        self.overlay.renew()
        self._canvas.update()

    def _refit(self) -> None:
        """Make room for a legend that has grown."""
        self._canvas.camera.settle()
        self.restand()

    def relook(self) -> None:
        """Take the theme's colours and letters."""
        self.overlay.names.renew()
        self.restand()
        self._recolour()

    def reword(self) -> None:
        """Speak the language that is spoken now."""
        self._name_icons()
        self.legend.renew()
        self.restand()

    def _recolour(self) -> None:
        self.ground.colour(self.shading.look(over=self.base.shown))
        self._canvas.update()

    @property
    def exact(self) -> bool:
        """Tell whether all is drawn for just this view; until then it is shifted or stretched."""
        view = self._canvas.camera.view
        below = self.base.exact and self.ground.exact(self._fine) and self.above.exact
        return below and self.overlay.exact(view)

    @property
    def full(self) -> bool:
        """Tell whether the grids' picture leaves nothing to be seen of what was there before."""
        return self.ground.hides(self._fine)

    @property
    def names(self) -> list[tuple[labels.Name, QRectF]]:
        """The names that are written in this view, with their boxes."""
        return self.overlay.written(self._canvas.camera.view, self._canvas.devicePixelRatioF())

    @property
    def _fine(self) -> View:
        """The view in device pixels."""
        return self._canvas.camera.view.finer(self._canvas.devicePixelRatioF())

    def _fixed(self, view: View) -> NDArray[np.float64]:
        """Return (n, 4) left, top, right and bottom of what lies over the map and stays where it is."""
        if not self.legend.shown:
            return np.empty((0, 4))
        legend = self.legend.box(view)
        boxes = (legend, furniture.scale_box(view, legend))
        return np.array([box.getCoords() for box in boxes], np.float64)

    def draw(self, painter: QPainter, hovered: int | None, fault: str) -> None:
        """Draw all; ``hovered``: index of a grid; ``fault``: what is wrong with what is shown, or ""."""
        view = self._canvas.camera.view
        self._draw_below(painter, self._fine)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._hover.draw(painter, view, self.atlas, hovered)
        self.overlay.draw(painter, view, named=self.ground.picture is not None or not len(self.atlas))
        self.legend.draw(painter, view, self._stamps)
        legend = self.legend.box(view)
        if self.legend.shown:
            furniture.scale_bar(painter, view, self._stamps, legend)
        base_words.draw(painter, view, self.base.words, self.base.fault, legend)
        if fault:
            furniture.chip(painter, view, fault)

    def _draw_below(self, painter: QPainter, fine: View) -> None:
        """Draw what is made of pixels."""
        self.ground.want(fine)
        painter.save()
        ratio = self._canvas.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        self.base.draw(painter, fine)
        self.above.draw(painter, fine)
        painter.restore()
