"""From figures to shades: steps that a legend can state in a few words."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SHADES = 6
HALF = SHADES // 2
_LEAST = 0.001  # what figures are told to
_ROUND = (1.0, 2.0, 5.0, 10.0)
_ENDS = (0.01, 0.99)  # beyond these quantiles a few odd values do not stretch the steps


@dataclass(frozen=True)
class Classes:
    """Shade n covers what is from ``edges[n - 1]`` on and below ``edges[n]``; first and last are open.

    ``whole``: the figures are counts.
    """

    edges: tuple[float, ...]
    whole: bool = False

    @property
    def count(self) -> int:
        """How many shades there are."""
        return len(self.edges) + 1

    def shade(self, values: Numbers) -> NDArray[np.int64]:
        """Return (n,) shades from 0 to ``count`` - 1; -1 where a value is not known (NaN)."""
        shades = np.searchsorted(np.array(self.edges), values, side="right")
        return np.where(np.isnan(values), -1, shades).astype(np.int64)

    def names(self) -> list[str]:
        """Return what each shade of counts covers, in whole numbers: 0, 1, 2 … 5+, or 0, 1-5, 6-10 … 21+."""
        starts = [0, *(int(edge) for edge in self.edges)]
        spans = [f"{low}" if high - low == 1 else f"{low}-{high - 1}" for low, high in pairwise(starts)]
        return [*spans, f"{starts[-1]}+"]


def counts(values: Numbers) -> Classes:
    """Return steps of counts, nought apart, such that all but the highest few stand apart."""
    known = values[~np.isnan(values)]
    high = float(np.quantile(known, _ENDS[1])) if len(known) else 0.0
    step = rounded(max(high / (SHADES - 1), 1.0))
    return Classes(tuple(1 + shade * step for shade in range(SHADES - 1)), whole=True)


def equal(values: Numbers) -> Classes:
    """Return equal steps at round figures over all but a few odd values; none for the highest alone."""
    known = values[~np.isnan(values)]
    low, high = np.quantile(known, _ENDS).tolist() if len(known) else (0.0, 0.0)
    step = rounded(max((high - low) / SHADES, _LEAST))
    first = np.floor(low / step) + 1
    edges = [round(float(first + shade) * step, 9) for shade in range(SHADES - 1)]
    return Classes(tuple(edge for edge in edges if edge < known.max(initial=-np.inf)) or (edges[0],))


def quantiles(values: Numbers, *, whole: bool = False) -> Classes:
    """Return steps that hold equally many figures; fewer of them where many figures are the same."""
    known = np.sort(values[~np.isnan(values)])
    places = len(known) * np.arange(1, SHADES) // SHADES
    edges = np.unique(known[places]) if len(known) else np.empty(0)
    return Classes(tuple(float(edge) for edge in edges if edge > known[0]), whole)


def diverging(values: Numbers, goal: float) -> Classes:
    """Return equal steps on either side of ``goal``: from it on, the upper shades; shares end at 1."""
    known = values[~np.isnan(values)]
    low = float(np.quantile(known, _ENDS[0])) if len(known) else goal
    below, above = rounded(max(goal - low, 0.03) / HALF), (1.0 - goal) / HALF
    edges = [*(goal - below * step for step in (2, 1)), goal, *(goal + above * step for step in (1, 2))]
    return Classes(tuple(round(edge, 9) for edge in edges))


def rounded(wanted: float) -> float:
    """Return the least of 1, 2, 5, 10 … 0.1, 0.2 … that is not less."""
    size = 10.0 ** np.floor(np.log10(wanted))
    return float(next(size * unit for unit in _ROUND if size * unit >= wanted * (1 - 1e-9)))
