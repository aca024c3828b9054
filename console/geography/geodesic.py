"""Lengths and areas on the WGS-84 ellipsoid, in metres and square metres, of points in degrees.

By pyproj, loaded when it is needed: C. Karney, Algorithms for geodesics, Journal of Geodesy 87 (2013).
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Geod

Point = tuple[float, float]  # longitude, latitude


@cache
def _earth() -> "Geod":
    from pyproj import Geod  # noqa: PLC0415  heavy: the window starts without it

    return Geod(ellps="WGS84")


def length(path: Sequence[Point]) -> float:
    """Return how long a path is."""
    return float(_earth().line_length(*_columns(path)))


def area(ring: Sequence[Point]) -> float:
    """Return the area within a ring, closed or not, that goes round no pole and does not cross itself."""
    return abs(float(_earth().polygon_area_perimeter(*_columns(ring))[0]))


def _columns(points: Sequence[Point]) -> tuple[list[float], list[float]]:
    return [lon for lon, _ in points], [lat for _, lat in points]
