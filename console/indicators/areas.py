"""A figure of every area of a level at once, in columns: a city has 68,049 grids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from console.indicators.figures import FEW

ASK: Final = "SELECT * FROM desk.board_map($1, $2, $3, $4, $5)"
Facts = tuple[float | None, int | None, int | None]


@dataclass(frozen=True)
class AreaFigures:
    """What desk.board_map tells, area by area in no order: value, what it counts, of how many.

    A value is None where there is nothing to divide by, or people are too few.
    """

    at: datetime
    codes: list[str]
    values: list[float | None]
    numerators: list[int | None]
    denominators: list[int | None]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each code stands."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def column(self) -> NDArray[np.float64]:
        """(areas,) the values, NaN for None."""
        return np.array(self.values, np.float64)

    @cached_property
    def sound(self) -> NDArray[np.float64]:
        """(areas,) the same without shares of fewer than FEW cases: of so few it is chance."""
        return np.where(np.array(self.denominators, np.float64) >= FEW, self.column, np.nan)

    def row(self, code: str) -> Facts:
        """Return the facts of an area; of one that is not told of there are none."""
        place = self.places.get(code)
        if place is None:
            return None, None, None
        return self.values[place], self.numerators[place], self.denominators[place]

    def of(self, codes: list[str], values: NDArray[np.float64]) -> NDArray[np.float64]:
        """(codes,) of ``values`` (areas,) those of these areas, NaN for those that are not told of."""
        places = self.places
        return np.append(values, np.nan)[[places.get(code, -1) for code in codes]]


def told(row: Mapping[str, Any]) -> AreaFigures:
    """Return the answer to ``ASK``, its only row."""
    columns = ("at", "codes", "values", "numerators", "denominators")
    return AreaFigures(**{name: row[name] for name in columns})
