"""Points of the Chinese datums: WGS-84 and CGCS2000, GCJ-02, BD-09.

Source: the public formulas of ``eviltransform`` (github.com/googollee/eviltransform, MIT) for GCJ-02 and of
``coordtransform`` (github.com/wandergis/coordtransform, MIT) for BD-09. Neither is official; both agree with
map services to about a metre. The inverses are solved by iteration, not by the usual approximation, so a
round trip returns the same point. WGS-84 and CGCS2000 differ by centimetres and count as one here.
"""

from collections.abc import Callable
from typing import overload

import numpy as np
from numpy.typing import NDArray

from console.errors import BadInput

Numbers = NDArray[np.float64]
Pair = tuple[Numbers, Numbers]

DATUMS = ("WGS-84", "CGCS2000", "GCJ-02", "BD-09")

_RADIUS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as the formula has it
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271  # outside, GCJ-02 is WGS-84
_ROUNDS = 6  # each gains two digits or more: far below a millimetre


@overload
def to_wgs84(lon: float, lat: float, datum: str) -> tuple[float, float]: ...
@overload
def to_wgs84(lon: Numbers, lat: Numbers, datum: str) -> Pair: ...
def to_wgs84(lon: float | Numbers, lat: float | Numbers, datum: str) -> tuple[float, float] | Pair:
    """Return (lon, lat) in WGS-84, in degrees, of a point or of arrays of points given in ``datum``.

    Raises BadInput("datum_unknown") where the datum is none of DATUMS.
    """
    return _convert(_INWARD[_known(datum)], lon, lat)


@overload
def from_wgs84(lon: float, lat: float, datum: str) -> tuple[float, float]: ...
@overload
def from_wgs84(lon: Numbers, lat: Numbers, datum: str) -> Pair: ...
def from_wgs84(lon: float | Numbers, lat: float | Numbers, datum: str) -> tuple[float, float] | Pair:
    """Return (lon, lat) in ``datum``, in degrees, of a WGS-84 point or arrays of them.

    Raises BadInput("datum_unknown") where the datum is none of DATUMS.
    """
    return _convert(_OUTWARD[_known(datum)], lon, lat)


def _known(datum: str) -> str:
    """Return the canonical name; "gcj02" and "GCJ 02" are the same word."""
    wanted = "".join(letter for letter in datum.upper() if letter.isalnum())
    for name in DATUMS:
        if name.replace("-", "") == wanted:
            return name
    raise BadInput("datum_unknown", datum=datum[:40], known=", ".join(DATUMS))


def _convert(
    way: Callable[[Numbers, Numbers], Pair], lon: float | Numbers, lat: float | Numbers
) -> tuple[float, float] | Pair:
    x, y = way(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    return (float(x), float(y)) if np.ndim(lon) == 0 and np.ndim(lat) == 0 else (x, y)


def _same(lon: Numbers, lat: Numbers) -> Pair:
    return lon, lat


def _inside(lon: Numbers, lat: Numbers) -> NDArray[np.bool_]:
    return (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)


def _wave(n: Numbers, periods: tuple[float, float], sizes: tuple[float, float]) -> Numbers:
    found: Numbers = sum(
        (size * np.sin(n * np.pi / period) for period, size in zip(periods, sizes, strict=True)),
        np.zeros_like(n),
    )
    return found * 2 / 3


def _shift(lon: Numbers, lat: Numbers) -> Pair:
    """Return the offset of GCJ-02 in degrees at WGS-84 points, as if China had no borders."""
    x, y = lon - 105.0, lat - 35.0
    common = 0.1 * x * y + _wave(x, (1 / 6, 1 / 2), (20.0, 20.0))
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * root + common
    north = north + _wave(y, (1.0, 3.0), (20.0, 40.0)) + _wave(y, (12.0, 30.0), (160.0, 320.0))
    east = 300.0 + x + 2 * y + 0.1 * x * x + 0.1 * root + common
    east = east + _wave(x, (1.0, 3.0), (20.0, 40.0)) + _wave(x, (12.0, 30.0), (150.0, 300.0))
    phi = np.radians(lat)
    bend = 1 - _ECCENTRICITY * np.sin(phi) ** 2
    per_lat = np.radians(_RADIUS * (1 - _ECCENTRICITY) / (bend * np.sqrt(bend)))
    per_lon = np.radians(_RADIUS / np.sqrt(bend) * np.cos(phi))
    return east / per_lon, north / per_lat


def _shifted(lon: Numbers, lat: Numbers) -> Pair:
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def _wgs84_to_gcj02(lon: Numbers, lat: Numbers) -> Pair:
    inside = _inside(lon, lat)
    x, y = _shifted(lon, lat)
    return np.where(inside, x, lon), np.where(inside, y, lat)


def _gcj02_to_wgs84(lon: Numbers, lat: Numbers) -> Pair:
    x, y = _solved(_shifted, lon, lat)
    inside = _inside(x, y)
    return np.where(inside, x, lon), np.where(inside, y, lat)


def _gcj02_to_bd09(lon: Numbers, lat: Numbers) -> Pair:
    turn = np.pi * 3000.0 / 180.0
    reach = np.hypot(lon, lat) + 0.00002 * np.sin(lat * turn)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * turn)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006


def _bd09_to_gcj02(lon: Numbers, lat: Numbers) -> Pair:
    return _solved(_gcj02_to_bd09, lon, lat)


def _solved(way: Callable[[Numbers, Numbers], Pair], lon: Numbers, lat: Numbers) -> Pair:
    """Return the points that ``way`` leads to (lon, lat): step by what is still missing."""
    x, y = lon, lat
    for _ in range(_ROUNDS):
        reached_x, reached_y = way(x, y)
        x, y = x + (lon - reached_x), y + (lat - reached_y)
    return x, y


_OUTWARD: dict[str, Callable[[Numbers, Numbers], Pair]] = {
    "WGS-84": _same,
    "CGCS2000": _same,
    "GCJ-02": _wgs84_to_gcj02,
    "BD-09": lambda lon, lat: _gcj02_to_bd09(*_wgs84_to_gcj02(lon, lat)),
}
_INWARD: dict[str, Callable[[Numbers, Numbers], Pair]] = {
    "WGS-84": _same,
    "CGCS2000": _same,
    "GCJ-02": _gcj02_to_wgs84,
    "BD-09": lambda lon, lat: _gcj02_to_wgs84(*_bd09_to_gcj02(lon, lat)),
}
