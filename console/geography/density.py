"""How thick points lie, as pixels: cases a square kilometre around each place, in stated steps."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from console.geography.borders import Colours, Drawn
from console.geography.classes import rounded
from console.geography.projection import ground_metres
from console.geography.view import View

Numbers = NDArray[np.float64]

REACH = 40.0  # pixels around a point, before the metres are rounded
STEPS = (1, 2, 4, 8, 16)  # times the first step
CELL = 2  # device pixels


def reach(view: View) -> float:
    """Return the metres on the ground around a place within which cases count, a round figure."""
    return rounded(REACH * view.scale * ground_metres(view.y))


def edges(x: Numbers, y: Numbers, metres: float) -> tuple[float, ...]:
    """Return where the steps begin, cases a square kilometre, for circles of so many metres.

    The first at what one case alone makes, or higher where cases lie so thick that all would be beyond the
    last; the same wherever the map looks.
    """
    alone = 1e6 / (np.pi * metres**2)
    side = metres / ground_metres(float(y.mean()) if len(y) else 0.0)
    cells = np.floor(x / side).astype(np.int64) << np.int64(32)
    counts = np.unique(cells + np.floor(y / side).astype(np.int64), return_counts=True)[1]
    thickest = counts.max(initial=1) * 1e6 / metres**2
    first = rounded(max(alone, thickest / (2 * STEPS[-1])))
    return tuple(first * step for step in STEPS)


def density(x: Numbers, y: Numbers, view: View, metres: float) -> Numbers:
    """Return (height, width) of cases a square kilometre at each pixel of a view, by the biweight kernel.

    A case counts most where it is, and nothing ``metres`` away; over the plane each adds up to one
    (B. W. Silverman, Density Estimation, 1986, equation 4.5).
    """
    pixel = view.scale * ground_metres(view.y)
    radius = metres / pixel
    margin = int(np.ceil(radius))
    right, down = view.to_pixels(x, y)
    column, row = np.floor(right).astype(np.int64) + margin, np.floor(down).astype(np.int64) + margin
    high, wide = view.height + 2 * margin, view.width + 2 * margin
    inside = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
    counts = np.bincount(row[inside] * wide + column[inside], minlength=high * wide).reshape(high, wide)
    away = np.hypot(*np.ogrid[-margin : margin + 1, -margin : margin + 1]) / radius
    kernel = np.clip(1 - away**2, 0, None) ** 2
    kernel *= 1e6 / (kernel.sum() * pixel**2)
    size = (high + 2 * margin, wide + 2 * margin)
    spread = np.fft.irfft2(np.fft.rfft2(counts, size) * np.fft.rfft2(kernel, size), size)
    found: Numbers = spread[2 * margin : 2 * margin + view.height, 2 * margin : 2 * margin + view.width]
    return found


@dataclass(eq=False)
class Heat:
    """Points of the plane as steps of density; ``colours``: premultiplied, one for each of STEPS.

    ``metres``: the radius that was drawn with last, 0 before; a legend states just that one.
    """

    x: Numbers
    y: Numbers
    colours: tuple[int, ...]
    metres: float = 0.0
    _edges: dict[float, tuple[float, ...]] = field(default_factory=dict)

    def edges(self, metres: float) -> tuple[float, ...]:
        """Return where the steps begin for circles of so many metres."""
        if metres not in self._edges:
            self._edges[metres] = edges(self.x, self.y, metres)
        return self._edges[metres]

    def put(self, image: Colours, drawn: Drawn) -> None:
        """Colour where cases lie thick; leave the rest as it is."""
        side = CELL * drawn.fine
        coarse = View(drawn.view.x, drawn.view.y, drawn.view.scale * side, *_cells(drawn.view, side))
        self.metres = metres = reach(drawn.view.finer(1 / drawn.fine))
        found = between(density(self.x, self.y, coarse, metres), side)
        shades = np.searchsorted(np.array(self.edges(metres), np.float32), found + 1e-6, side="right")
        spread = np.array([0, *self.colours], np.uint32)[shades]
        top, left = ((spread.shape[axis] - image.shape[axis]) // 2 for axis in (0, 1))
        shown = spread[top : top + image.shape[0], left : left + image.shape[1]]
        np.copyto(image, shown, where=shown != 0)


def between(values: Numbers, side: int) -> NDArray[np.float32]:
    """Return the values of cells as ``side`` times as many each way, straight from one middle to the next."""
    found = values.astype(np.float32)
    for axis in (0, 1):
        last = found.shape[axis] - 1
        at = ((np.arange((last + 1) * side, dtype=np.float32) + 0.5) / side - 0.5).clip(0, last)
        low = np.minimum(at.astype(np.int64), max(last - 1, 0))
        share = np.expand_dims(at - low, 1 - axis)
        nearer, farther = found.take(low, axis), found.take(np.minimum(low + 1, last), axis)
        found = nearer + (farther - nearer) * share.astype(np.float32)
    return found


def _cells(view: View, side: int) -> tuple[int, int]:
    """Return width and height in cells that cover a view, as many too much on either side."""
    return tuple(-(-pixels // (2 * side)) * 2 for pixels in (view.width, view.height))  # type: ignore[return-value]
