"""Lengths and areas on the WGS-84 ellipsoid, in metres and square metres, of points in degrees.

Length: T. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid, Survey Review 23 (1975),
below a millimetre, but for points almost opposite each other on the earth. Area: J. P. Snyder, Map
projections - a working manual (USGS 1395, 1987), formulas 3-11 and 3-12: the sphere of equal area, on which
edges are great circles.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]  # longitude, latitude

EQUATOR, FLATTENING = 6378137.0, 1 / 298.257223563
POLE = EQUATOR * (1 - FLATTENING)
ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))
ROUNDS = 100
ENOUGH = 1e-12  # radians


def length(path: Sequence[Point]) -> float:
    """Return how long a path is."""
    return sum(distance(one, other) for one, other in pairwise(path))


def distance(one: Point, other: Point) -> float:
    """Return the length of the geodesic between two points."""
    (low, low_cos), (high, high_cos) = _reduced(one[1]), _reduced(other[1])
    apart = along = math.radians(other[0] - one[0])
    for _ in range(ROUNDS):
        sin_arc = math.hypot(high_cos * math.sin(along), low_cos * high - low * high_cos * math.cos(along))
        cos_arc = low * high + low_cos * high_cos * math.cos(along)
        if sin_arc == 0:
            return 0.0
        arc, sin_turn = math.atan2(sin_arc, cos_arc), low_cos * high_cos * math.sin(along) / sin_arc
        square = 1 - sin_turn**2
        middle = cos_arc - 2 * low * high / square if square else 0.0
        c = FLATTENING / 16 * square * (4 + FLATTENING * (4 - 3 * square))
        bend = middle + c * cos_arc * (2 * middle**2 - 1)
        before, along = along, apart + (1 - c) * FLATTENING * sin_turn * (arc + c * sin_arc * bend)
        if abs(along - before) < ENOUGH:
            break
    return _stretched(arc, sin_arc, cos_arc, middle, square)


def _reduced(latitude: float) -> tuple[float, float]:
    """Return sine and cosine of the reduced latitude."""
    turn = math.atan((1 - FLATTENING) * math.tan(math.radians(latitude)))
    return math.sin(turn), math.cos(turn)


def _stretched(arc: float, sin_arc: float, cos_arc: float, middle: float, square: float) -> float:
    """Return the length of an arc of the auxiliary sphere on the ellipsoid."""
    u = square * (EQUATOR**2 - POLE**2) / POLE**2
    a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    last = b / 6 * middle * (4 * sin_arc**2 - 3) * (4 * middle**2 - 3)
    return POLE * a * (arc - b * sin_arc * (middle + b / 4 * (cos_arc * (2 * middle**2 - 1) - last)))


def area(ring: Sequence[Point]) -> float:
    """Return the area within a ring, closed or not, that goes round no pole and does not cross itself."""
    closed = [*ring, ring[0]] if ring else []
    turns = [(math.radians(lon), math.tan(_authalic(lat) / 2)) for lon, lat in closed]
    excess = sum(_wedge(one, other) for one, other in pairwise(turns))
    return abs(excess) * EQUATOR**2 * _q(1.0) / 2


def _wedge(one: Point, other: Point) -> float:
    """Return the area between an edge and the equator on the unit sphere, eastward positive."""
    half = math.tan((other[0] - one[0]) / 2)
    return 2 * math.atan2(half * (one[1] + other[1]), 1 + one[1] * other[1])


def _authalic(latitude: float) -> float:
    return math.asin(max(-1.0, min(1.0, _q(math.sin(math.radians(latitude))) / _q(1.0))))


def _q(sine: float) -> float:
    turned = ECCENTRICITY * sine
    return (1 - ECCENTRICITY**2) * (sine / (1 - turned**2) + math.atanh(turned) / ECCENTRICITY)
