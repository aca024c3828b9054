"""Web Mercator: degrees ↔ metres of the map plane (EPSG:3857), the plane that public map tiles are cut in."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

RADIUS = 6378137.0
_LIMIT = 85.06  # beyond this latitude the plane runs to infinity


def to_plane(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    """Return (x, y) in metres of the plane, y northwards, of degrees in WGS-84."""
    phi = np.radians(np.clip(lat, -_LIMIT, _LIMIT))
    return RADIUS * np.radians(lon), RADIUS * np.arctanh(np.sin(phi))


def point_to_plane(lon: float, lat: float) -> tuple[float, float]:
    """Return (x, y) in metres of the plane of one point in degrees."""
    x, y = to_plane(np.array(lon), np.array(lat))
    return float(x), float(y)


def to_degrees(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return (lon, lat) in WGS-84 degrees of points of the plane."""
    return np.degrees(x / RADIUS), np.degrees(np.arctan(np.sinh(y / RADIUS)))


def plane_to_point(x: float, y: float) -> tuple[float, float]:
    """Return (lon, lat) in degrees of one point of the plane."""
    lon, lat = to_degrees(np.array(x), np.array(y))
    return float(lon), float(lat)


CHINA = (*point_to_plane(73.5, 18.0), *point_to_plane(135.1, 53.6))  # west, south, east, north; its land


def ground_metres(y: float) -> float:
    """Return how many metres on the ground one metre of the plane stands for at height ``y``."""
    return 1 / math.cosh(y / RADIUS)


def shapes_to_plane(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapely geometries in degrees as geometries of the plane."""
    projected: NDArray[np.object_] = shapely.transform(shapes, _columns)
    return projected


def _columns(degrees: Numbers) -> Numbers:
    return np.column_stack(to_plane(degrees[:, 0], degrees[:, 1]))
