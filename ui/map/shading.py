"""What the grids are coloured by: a figure each, in steps that the legend states."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.geography.classes import Classes, counts
from console.language import say
from ui.map import look
from ui.map.ground import Look
from ui.map.legend import Row, Steps, Words

Numbers = NDArray[np.float64]
OPEN = "map.open_cases"
SEQUENTIAL, DIVERGING = "choropleth", "diverging"


@dataclass(frozen=True, eq=False)
class Figures:
    """``values``: (grids,), NaN is not known; ``told``: lines of a grid's card; ``rows``: of the legend."""

    values: Numbers
    classes: Classes
    told: Callable[[int], list[str]]
    rows: Callable[[], tuple[Row, ...]]
    palette: str = SEQUENTIAL

    @property
    def roles(self) -> tuple[str, ...]:
        """The theme's colours of the shades."""
        return tuple(f"{self.palette}{shade}" for shade in range(self.classes.count))


def counted(values: Numbers, subject: str = OPEN) -> Figures:
    """Return counts; ``subject``: key of the text that says one with {count}; with ``_scale`` the legend."""
    classes = counts(values)

    def told(grid: int) -> list[str]:
        value = values[grid]
        return [say("map.no_value") if np.isnan(value) else say(subject, count=f"{value:g}")]

    def rows() -> tuple[Row, ...]:
        return Words(say(f"{subject}_scale")), Steps(figures.roles, tuple(classes.names()))

    figures = Figures(values, classes, told, rows)
    return figures


class Shading:
    """The figures that are shown."""

    def __init__(self) -> None:
        self.figures = counted(np.empty(0))

    def put(self, figures: Figures) -> None:
        """Colour by these."""
        self.figures = figures

    def rows(self) -> tuple[Row, ...]:
        """Return what the legend says of them."""
        return self.figures.rows()

    def look(self, *, over: bool) -> Look:
        """Return the grids' colours; ``over`` lets a base map through."""
        figures = self.figures
        return look.look(figures.classes.shade(figures.values), figures.roles, over=over)
