"""What the grids are coloured by: a figure each, in steps that the legend states."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from console.geography.classes import Classes, classes
from console.geography.view import View
from console.language import say
from ui.map import furniture, look
from ui.map.ground import Look
from ui.map.stamps import Stamps

Numbers = NDArray[np.float64]
OPEN = "map.open_cases"


class Shading:
    """``values``: (grids,), NaN is not known; ``subject``: key of the text that says one with {count}."""

    def __init__(self) -> None:
        self.values, self.subject = np.empty(0), OPEN
        self.classes = Classes(1)

    def put(self, values: Numbers, subject: str = OPEN) -> None:
        """Colour by these values; ``subject`` with ``_scale`` appended is the legend's."""
        self.values, self.subject = np.asarray(values, np.float64), subject
        self.classes = classes(self.values)

    def look(self, *, over: bool) -> Look:
        """Return the grids' colours; ``over`` lets a base map through."""
        return look.look(self.classes.shade(self.values), over=over)

    def told(self, grid: int) -> str:
        """Return the figure of a grid in words."""
        value = self.values[grid]
        return say("map.no_value") if np.isnan(value) else say(self.subject, count=f"{value:g}")

    def draw_legend(self, painter: QPainter, view: View, stamps: Stamps) -> None:
        """Say what the colours mean."""
        furniture.legend(painter, view, self.classes, f"{self.subject}_scale", stamps)
