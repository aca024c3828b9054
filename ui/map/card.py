"""The card under the cursor: a case, a crowd of cases, or a grid."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from console.language import say
from ui.growth import growth
from ui.map import furniture
from ui.map.canvas import Canvas
from ui.map.held import Held
from ui.map.scene import Scene
from ui.map.tips import Plain, Tips
from ui.map.under import Under
from ui.texts import shown

LONGEST = 60  # letters of a line


class Card:
    """Says what is under the cursor; ``tips`` know more than the map itself."""

    def __init__(self, canvas: Canvas, under: Under, scene: Scene, held: Held) -> None:
        self._canvas, self._under, self._scene, self._held = canvas, under, scene, held
        self.tips: Tips = Plain()

    def lines(self) -> list[str]:
        """Return the lines, the first one the heading; none where nothing is under the cursor."""
        at = self._canvas.cursor_at
        return [] if at is None or self._canvas.hushed else [line[:LONGEST] for line in self._told(at)]

    def _told(self, at: QPointF) -> list[str]:
        rows, marks = self._under.rows(at), self._scene.markers
        if len(rows) == 1:
            row = int(rows[0])
            return self.tips.incident(marks.number(row), marks.grade(row))
        if len(rows):
            return marks.lines(rows, say("map.cluster_next" if self._under.apart(rows) else "map.pile_next"))
        pinned = self._under.pinned(at)
        if pinned is None:
            return self._grid(at)
        pins, things = pinned
        held = len(things) == 1 and self._held.holds(pins, int(things[0]))  # its card is there already
        return [] if held else pins.lines(things)

    def _grid(self, at: QPointF) -> list[str]:
        grid = self._under.grid(at)
        if grid is None:
            return []
        atlas = self._scene.atlas
        return [
            shown(atlas.names[grid]),
            *self._scene.shading.figures.told(grid),
            *self.tips.grid(atlas.codes[grid]),
        ]

    def titles(self, rows: NDArray[np.int64]) -> list[tuple[int, str]]:
        """Return number and title of the incidents in these rows."""
        marks = self._scene.markers
        told = [(marks.number(row), marks.grade(row)) for row in rows.tolist()]
        return [
            (number, " · ".join(line[:LONGEST] for line in self.tips.incident(number, grade)[:2]))
            for number, grade in told
        ]

    def draw(self, painter: QPainter) -> None:
        """Draw the lines beside the cursor."""
        at = self._canvas.cursor_at
        lines = self.lines()
        if lines and at is not None:
            furniture.card(painter, lines, at, self._canvas.camera.view, growth(self._canvas))
