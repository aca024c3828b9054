"""A circle on the ground as a condition of the queue: middle in WGS-84 degrees, radius in metres."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.feed.board import Board
from console.feed.board_slots import Slots

EARTH = 6_371_008.8  # metres: the mean sphere, as the database measures


class Circle(NamedTuple):
    """What lies within ``metres`` of (``lon``, ``lat``), by the great circle."""

    lon: float
    lat: float
    metres: float

    def __str__(self) -> str:
        return f"{self.lon:.7f},{self.lat:.7f},{self.metres:g}"


def read(text: str) -> Circle | None:
    """Return the circle that ``str`` of one wrote, None where it is none."""
    try:
        lon, lat, metres = map(float, text.split(","))
    except ValueError:
        return None
    return Circle(lon, lat, metres) if np.isfinite((lon, lat, metres)).all() else None


def inside(board: Board, circles: Collection[str], slots: Slots) -> NDArray[np.bool_]:
    """Tell for each of ``slots`` whether it lies in one of the circles; what has no point lies in none."""
    found = np.zeros(len(slots), np.bool_)
    lons, lats = np.radians(board.floats("lon")[slots]), np.radians(board.floats("lat")[slots])
    for one in filter(None, map(read, circles)):
        lon, lat = np.radians(one.lon), np.radians(one.lat)
        half = np.sin((lats - lat) / 2) ** 2 + np.cos(lats) * np.cos(lat) * np.sin((lons - lon) / 2) ** 2
        found |= 2 * EARTH * np.arcsin(np.minimum(np.sqrt(half), 1)) <= one.metres
    return found
