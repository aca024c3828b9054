"""How much of any box in a window is covered by others: told from a table of sums, for thousands at once."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]

CELL = 8.0  # pixels: areas are counted in squares of so many, unless finer ones are asked for


class Cover:
    """What (n, 4) boxes, left, top, right and bottom in pixels, cover of a window, twice where two lie."""

    def __init__(self, boxes: Boxes, width: int, height: int, cell: float = CELL) -> None:
        self._cell = cell
        self._columns, self._rows = int(width // cell) + 1, int(height // cell) + 1
        left, top, right, bottom = self._cells(boxes)
        steps = np.zeros((self._rows + 1, self._columns + 1))
        for row, column, sign in ((top, left, 1), (top, right, -1), (bottom, left, -1), (bottom, right, 1)):
            np.add.at(steps, (row, column), sign)
        counts = steps.cumsum(axis=0).cumsum(axis=1)[:-1, :-1]
        self._sums = np.zeros_like(steps)
        self._sums[1:, 1:] = counts.cumsum(axis=0).cumsum(axis=1)

    def under(self, boxes: Boxes) -> NDArray[np.float64]:
        """Return how many square pixels of (…, 4) boxes are covered, to the nearest cells."""
        left, top, right, bottom = self._cells(boxes)
        sums = self._sums
        found: NDArray[np.float64] = sums[bottom, right] - sums[top, right] - sums[bottom, left]
        return (found + sums[top, left]) * self._cell**2

    def _cells(self, boxes: Boxes) -> tuple[NDArray[np.int64], ...]:
        """Return the cells that boxes begin in, and those after the ones that they end in."""
        first = np.floor(boxes[..., :2] / self._cell).astype(np.int64)
        after = np.ceil(boxes[..., 2:] / self._cell).astype(np.int64)
        sides = first[..., 0], first[..., 1], after[..., 0], after[..., 1]
        limits = self._columns, self._rows, self._columns, self._rows
        return tuple(side.clip(0, limit) for side, limit in zip(sides, limits, strict=True))
