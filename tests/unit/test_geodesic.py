"""Lengths and areas on the ellipsoid: against published figures, and areas against an equal-area plane."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from console.geography.geodesic import area, length

EQUATOR, FLATTENING = 6378137.0, 1 / 298.257223563  # WGS-84

# Geoscience Australia, GDA technical manual: Flinders Peak to Buninyong, on GRS80 (0.1 mm off WGS-84).
FLINDERS = (144 + 25 / 60 + 29.52440 / 3600, -(37 + 57 / 60 + 3.72030 / 3600))
BUNINYONG = (143 + 55 / 60 + 35.38390 / 3600, -(37 + 39 / 60 + 10.15610 / 3600))
# C. Karney, GeographicLib, the examples of GeodSolve and Planimeter.
KENNEDY, HEATHROW = (-73.8, 40.6), (-0.5, 51.6)
ANTARCTICA = (
    *((-58, -63.1), (-74, -72.9), (-102, -71.9), (-102, -74.9), (-131, -74.3), (-163, -77.5)),
    *((163, -77.4), (172, -71.7), (140, -65.9), (113, -65.7), (88, -66.6), (59, -66.9)),
    *((25, -69.8), (-4, -70.0), (-14, -71.0), (-33, -77.3), (-46, -77.9), (-61, -74.7)),
)


@pytest.mark.parametrize(
    ("path", "metres", "within"),
    [
        ((FLINDERS, BUNINYONG), 54972.271, 0.001),
        ((KENNEDY, HEATHROW), 5551759.400, 0.001),
        ((*ANTARCTICA, ANTARCTICA[0]), 16831067.893, 0.01),
        (((114.5, 38.0), (114.5, 38.0)), 0.0, 0.0),
    ],
)
def test_published_lengths(path: tuple[tuple[float, float], ...], metres: float, within: float) -> None:
    assert length(path) == pytest.approx(metres, abs=within)


def test_the_whole_earth() -> None:
    octant = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)]
    assert 8 * area(octant) == pytest.approx(510_065_621.724e6, rel=1e-9)  # WGS-84, NIMA TR8350.2
    assert length([(0, 0), (0, 90)]) == pytest.approx(10_001_965.729, abs=0.001)


def test_a_quarter_of_the_equator_is_its_circle() -> None:
    assert length([(10, 0), (100, 0)]) == pytest.approx(EQUATOR * math.pi / 2, abs=0.001)


corners = st.tuples(st.floats(114.0, 114.02), st.floats(38.0, 38.02))  # a few grids


@given(st.lists(corners, min_size=3, max_size=9))
def test_areas_agree_with_an_equal_area_plane(points: list[tuple[float, float]]) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    ring = shapely.get_coordinates(hull).tolist()
    expected = shapely.area(shapely.transform(shapely.segmentize(hull, 0.001), _equal_area))
    assert area(ring) == pytest.approx(expected, rel=1e-5, abs=200)  # an edge is no straight line in degrees
    assert area(ring[::-1]) == pytest.approx(area(ring), rel=1e-9, abs=0.01)


Degrees = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def _equal_area(degrees: Degrees) -> Degrees:
    """Return (x, y) of the cylindrical equal-area projection; y by integrating the meridian's strips."""
    square = FLATTENING * (2 - FLATTENING)
    steps = np.linspace(math.radians(37.9), math.radians(38.4), 4001)
    strip = np.cos(steps) * (1 - square) / (1 - square * np.sin(steps) ** 2) ** 2
    heights = np.concatenate(([0], np.cumsum((strip[1:] + strip[:-1]) / 2 * np.diff(steps))))
    y = np.interp(np.radians(degrees[:, 1]), steps, heights)
    return np.column_stack((EQUATOR * np.radians(degrees[:, 0]), EQUATOR * y))
