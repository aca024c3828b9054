"""What the numbers of a map file are, how they become degrees: told by file or clerk, else guessed.

Chinese surveyors write Gauss-Krüger metres on CGCS2000, the number of the zone before the easting, and often
the northing first. Zones of 3 degrees are 25 to 45 (EPSG 4513-4533), those of 6 degrees 13 to 23 (4491-4501).
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray
from pyproj.exceptions import ProjError

from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.intake.values import word
from console.language import say

Points = NDArray[np.float64]  # shape (points, 2)
Bounds = tuple[float, float]

# China with its seas: no longitude there is a latitude, so swapped pairs tell themselves
CHINA: Final[tuple[Bounds, Bounds]] = ((73.0, 136.0), (3.0, 54.0))

_MILLION = 1e6
_THREE, _SIX = range(25, 46), range(13, 24)
_MERCATOR = (7.9e6, 15.2e6)  # eastings of China in EPSG:3857; zones 13 to 15 lie in the far west
_NORTHINGS = (3e5, 7.3e6)
_EXACT = re.compile(r"WGS.?(?:19)?84|CGCS.?2000|China.?2000|China Geodetic", re.IGNORECASE)
_CGCS = re.compile(r"CGCS|China.?(?:2000|Geodetic)", re.IGNORECASE)
_URN = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC)[:/]+(?:[\d.]*[:/])?(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """``degrees`` makes longitudes and latitudes of a file's pairs; ``datum`` "" where nothing tells it.

    ``note`` says to the clerk what was taken for granted.
    """

    degrees: Callable[[Points], Points]
    datum: str = ""
    note: str = ""


def _as_they_are(points: Points) -> Points:
    return points


PLAIN = Frame(_as_they_are)


@functools.cache
def told(text: str) -> Frame | None:
    """Return the frame that well-known text, ``EPSG:4547`` or a URN names; None where nobody knows it."""
    urn = _URN.search(text[:80]) if len(text) < 80 else None  # noqa: PLR2004  well-known text is longer
    try:
        crs = pyproj.CRS.from_user_input(f"{urn[1]}:{urn[2]}" if urn else text)
        if not (crs.is_geographic or crs.is_projected):
            return None
        known = crs.geodetic_crs.name if crs.geodetic_crs else crs.name
        ways = None if crs.is_geographic and _EXACT.search(known) else _ways(crs)
    except ProjError:
        return None
    datum = "CGCS2000" if _CGCS.search(known) else "WGS-84"
    note = "" if _EXACT.search(known) else say("geodata.frame_old", crs=excerpt(known))
    if ways is None:
        return Frame(_as_they_are, datum, note)
    return Frame(ways, datum, note or say("geodata.frame_told", crs=excerpt(crs.name)))


def asked(text: str) -> Frame:
    """Return the frame that a clerk names: degrees of a datum, or EPSG:NUMBER; BadInput for any other."""
    datum = word("datum", text)
    frame = replace(PLAIN, datum=datum) if datum else told(text)
    if frame is None:
        raise BadInput("frame_unknown", crs=excerpt(text))
    return frame


def fitting(found: Frame | None, points: Points) -> Frame:
    """Return what the file says its numbers are, unless they cannot be that; else what they speak for.

    Offices give degrees the .prj of metres and metres that of degrees. Raises BadInput as ``guessed`` does.
    """
    if found is None:
        return guessed(points)
    if _fits(found, points):
        return found
    guess = guessed(points)
    if not _fits(guess, points):
        return found
    return replace(
        guess, note=say("intake.semicolon").join(filter(None, [say("geodata.frame_wrong"), guess.note]))
    )


def _fits(found: Frame, points: Points) -> bool:
    """Tell whether most of ``points`` come to lie in China, one way round or the other."""
    if not len(points):
        return True
    placed = found.degrees(points)
    return bool(2 * (within(placed, *CHINA) | within(placed, *CHINA[::-1])).sum() > len(points))


def within(points: Points, xs: Bounds, ys: Bounds) -> NDArray[np.bool_]:
    """Tell of each point whether it lies between both bounds."""
    x, y = points[:, 0], points[:, 1]
    return (xs[0] <= x) & (x <= xs[1]) & (ys[0] <= y) & (y <= ys[1])


def guessed(points: Points) -> Frame:
    """Return the frame that the size of the numbers speaks for; degrees of no datum are left as they are.

    Raises BadInput where the metres could stand anywhere: then somebody has to name the zone.
    """
    degrees = (np.abs(points) <= 180).all(axis=1)  # noqa: PLR2004  of the globe
    if 2 * degrees.sum() >= len(points):
        return PLAIN
    points = points[~degrees]
    x, y = map(float, np.median(points, axis=0))
    if _between(x, _NORTHINGS) and (_between(y, _MERCATOR) or _zone(y)):
        frame = guessed(points[:, ::-1])
        return Frame(lambda pairs: frame.degrees(pairs[:, ::-1]), frame.datum, frame.note)
    if _between(x, _MERCATOR) and _between(y, _NORTHINGS):
        return _guess(3857)
    zone = _zone(x) if _between(y, _NORTHINGS) else 0
    if not zone:
        raise BadInput("shapes_metres", x=round(x), y=round(y))
    return _guess(4513 + zone - _THREE[0] if zone in _THREE else 4491 + zone - _SIX[0])


def _guess(epsg: int) -> Frame:
    frame = asked(f"EPSG:{epsg}")
    return Frame(
        frame.degrees, frame.datum, say("geodata.frame_guessed", crs=pyproj.CRS.from_epsg(epsg).name)
    )


def _zone(easting: float) -> int:
    """Return the zone before an easting, 0 where there is none."""
    zone, rest = divmod(easting, _MILLION)
    return int(zone) if int(zone) in {*_THREE, *_SIX} and 1e5 < rest < 9e5 else 0  # noqa: PLR2004  metres


def _between(number: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= number <= bounds[1]


def _ways(crs: pyproj.CRS) -> Callable[[Points], Points]:
    way = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)

    def degrees(points: Points) -> Points:
        lon, lat = way.transform(points[:, 0], points[:, 1])
        return np.column_stack([lon, lat])

    return degrees
