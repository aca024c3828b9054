"""What a map window shows: a centre in the plane, a scale, a size in pixels; every move is a new view."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Bounds = tuple[float, float, float, float]

EDGE_OF_EARTH = 20_037_508.34  # metres of the plane: where east meets west, and as far to the poles
NEAREST, FARTHEST = 0.02, 80_000.0  # metres of the plane a pixel: a paving stone, the whole earth


@dataclass(frozen=True)
class View:
    """``x``, ``y``: centre in metres of the plane; ``scale``: metres a pixel; size in pixels."""

    x: float
    y: float
    scale: float
    width: int
    height: int

    @cached_property
    def left(self) -> float:
        """The plane's x at the left edge of the window."""
        return self.x - self.width * self.scale / 2

    @cached_property
    def top(self) -> float:
        """The plane's y at the upper edge of the window."""
        return self.y + self.height * self.scale / 2

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north edge in the plane."""
        reach_x, reach_y = self.width * self.scale / 2, self.height * self.scale / 2
        return self.x - reach_x, self.y - reach_y, self.x + reach_x, self.y + reach_y

    @overload
    def to_pixels(self, x: float, y: float) -> tuple[float, float]: ...
    @overload
    def to_pixels(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]: ...
    def to_pixels(
        self, x: float | Numbers, y: float | Numbers
    ) -> tuple[float, float] | tuple[Numbers, Numbers]:
        """Return pixel positions, right and down from the upper left corner, of points of the plane."""
        return (x - self.left) / self.scale, (self.top - y) / self.scale  # type: ignore[return-value]

    def to_plane(self, right: float, down: float) -> tuple[float, float]:
        """Return the point of the plane under a pixel position."""
        return self.left + right * self.scale, self.top - down * self.scale

    def panned(self, right: float, down: float) -> "View":
        """Return the view after its content was dragged by so many pixels."""
        return replace(self, x=self.x - right * self.scale, y=self.y + down * self.scale)

    def zoomed(self, factor: float, right: float, down: float) -> "View":
        """Return the view ``factor`` times as near, the point under the given pixel staying where it is."""
        scale = min(max(self.scale / factor, NEAREST), FARTHEST)
        x, y = self.to_plane(right, down)
        return replace(
            self,
            scale=scale,
            x=x - (right - self.width / 2) * scale,
            y=y + (down - self.height / 2) * scale,
        )

    def centred(self, x: float, y: float) -> "View":
        """Return the view moved so that the point is in its middle."""
        return replace(self, x=x, y=y)

    def resized(self, width: int, height: int) -> "View":
        """Return the view with the same centre in a window of another size."""
        return replace(self, width=width, height=height)

    def on_earth(self) -> "View":
        """Return the view with its middle on the earth, beyond which nothing can be computed."""
        x, y = (min(max(place, -EDGE_OF_EARTH), EDGE_OF_EARTH) for place in (self.x, self.y))
        return self if (x, y) == (self.x, self.y) else self.centred(x, y)

    def finer(self, ratio: float) -> "View":
        """Return the same part of the plane in pixels ``ratio`` times as fine."""
        return replace(
            self,
            scale=self.scale / ratio,
            width=round(self.width * ratio),
            height=round(self.height * ratio),
        )

    def wider(self, margin: float) -> "View":
        """Return the view with ``margin`` times its size added on each side, for panning without a wait."""
        return replace(
            self,
            width=self.width + 2 * round(self.width * margin),
            height=self.height + 2 * round(self.height * margin),
        )

    def holds(self, other: "View") -> bool:
        """Tell whether a picture of this view shows all of ``other``, not stretched."""
        return self.scale == other.scale and self.covers(other)

    def covers(self, other: "View") -> bool:
        """Tell whether every point of ``other`` lies in this view."""
        west, south, east, north = self.bounds
        slack = other.scale / 2
        inner = other.bounds
        horizontally = west <= inner[0] + slack and inner[2] <= east + slack
        return horizontally and south <= inner[1] + slack and inner[3] <= north + slack


def surrounding(x: Numbers, y: Numbers, least: float) -> Bounds | None:
    """Return the bounds of points of the plane, ``least`` metres wide at least.

    A point that is nan lies nowhere; None where all do.
    """
    placed = np.isfinite(x) & np.isfinite(y)
    if not placed.any():
        return None
    x, y = x[placed], y[placed]
    west, south, east, north = (float(edge) for edge in (x.min(), y.min(), x.max(), y.max()))
    short = max(least - max(east - west, north - south), 0) / 2
    return west - short, south - short, east + short, north + short


def fitted(bounds: Bounds, width: int, height: int, margin: int = 24) -> View:
    """Return the view that shows the bounds as large as the window allows, ``margin`` pixels kept free."""
    west, south, east, north = bounds
    room_x, room_y = max(width - 2 * margin, 1), max(height - 2 * margin, 1)
    scale = max((east - west) / room_x, (north - south) / room_y, NEAREST)
    return View((west + east) / 2, (south + north) / 2, min(scale, FARTHEST), width, height)
