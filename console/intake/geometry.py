"""One outline or point of a map file: mended where that is sure, refused in words where it is not."""

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from console.errors import BadInput
from console.intake import shapes
from console.intake.frame import CHINA, PLAIN, Frame, within
from console.intake.hygiene import excerpt
from console.language import knows, say

Rings = list[list[tuple[shapes.Ring, list[str]]]]  # of each polygon, with what was mended
Settled = tuple[bytes, str]  # well-known binary in degrees, what was mended

TOGETHER: Final = 1000  # geometries
_BODIES = {"Polygon", "MultiPolygon", "Rings"}  # Rings: outlines and holes as they come, in shapefiles
_POINTS = {"Point", "MultiPoint"}


def settle(geometry: object, frame: Frame = PLAIN) -> tuple[bytes, str]:
    """Return (WKB in degrees, what was mended) of a GeoJSON geometry whose numbers are those of ``frame``.

    An area becomes a multipolygon, a point stays one. BadInput where it can be neither.
    """
    (found,) = settled([geometry], frame)
    if isinstance(found, BadInput):
        raise found
    return found


def settled(geometries: Iterable[object], frame: Frame = PLAIN) -> Iterator[Settled | BadInput]:
    """Yield what ``settle`` returns or raises of each; areas are made many at once."""
    left = iter(geometries)
    while some := list(islice(left, TOGETHER)):
        read = [_read(geometry, frame) for geometry in some]
        rings = [one for one in read if isinstance(one, list)]
        made = iter(shapes.multipolygons([[[ring for ring, _ in body] for body in area] for area in rings]))
        for one in read:
            yield _area(one, next(made)) if isinstance(one, list) else one


def _read(geometry: object, frame: Frame) -> Rings | Settled | BadInput:
    try:
        return _rings_or_point(geometry, frame)
    except BadInput as problem:
        return problem


def _rings_or_point(geometry: object, frame: Frame) -> Rings | Settled:
    if not isinstance(geometry, dict):
        raise BadInput("shape_missing")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in _BODIES | _POINTS:
        raise BadInput("shape_kind", kind=_called(str(kind)))
    try:
        if kind in _POINTS:
            return _point([coordinates] if kind == "Point" else coordinates, frame)
        bodies = coordinates or [] if kind == "MultiPolygon" else [coordinates]
        rings = [[_ring(ring, frame) for ring in body] for body in bodies if body]
        if kind == "Rings":
            rings = shapes.gathered(rings)
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise BadInput("shape_broken") from error
    return rings


def sample(geometries: Iterator[object]) -> NDArray[np.float64]:
    """Return the first pairs of the first geometries that have any, to guess what they count."""
    found: list[tuple[float, float]] = []
    for geometry in geometries:
        pair = geometry.get("coordinates") if isinstance(geometry, dict) else None
        while isinstance(pair, list | tuple) and pair and isinstance(pair[0], list | tuple):
            pair = pair[0]
        if (
            isinstance(pair, list | tuple)
            and len(pair) > 1
            and all(isinstance(n, int | float) and math.isfinite(n) for n in pair[:2])
        ):
            found.append((float(pair[0]), float(pair[1])))
        if len(found) == 100:  # noqa: PLR2004  enough to tell
            break
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def _point(pairs: Any, frame: Frame) -> tuple[bytes, str]:  # noqa: ANN401  parsed JSON
    points = np.array([(pair[0], pair[1]) for pair in pairs], dtype=np.float64)
    if len(points) != 1:
        raise ValueError("not one point")
    if not np.isfinite(points).all():
        raise BadInput("shape_not_finite")
    placed, remarks = _placed(frame.degrees(points))
    return bytes(shapely.to_wkb(shapely.Point(*placed[0]))), "".join(remarks)


def _area(rings: Rings, made: shapes.Made | None) -> Settled | BadInput:
    if made is None:
        return BadInput("shape_empty")
    shape, mended = made
    remarks = dict.fromkeys(remark for polygon in rings for _, said in polygon for remark in said)
    if mended:
        remarks.pop(say("intake.remark.closed"), None)
        remarks[say("intake.remark.repaired")] = None
    return shape, say("intake.semicolon").join(remarks)


def _ring(pairs: Any, frame: Frame) -> tuple[shapes.Ring, list[str]]:  # noqa: ANN401  parsed JSON
    """Return the ring in degrees, closed, and what was mended; heights are dropped."""
    points = np.array([(pair[0], pair[1]) for pair in pairs], dtype=np.float64)
    if not np.isfinite(points).all():
        raise BadInput("shape_not_finite")
    remarks = []
    if (points[0] != points[-1]).any():
        points = np.vstack([points, points[:1]])
        remarks.append(say("intake.remark.closed"))
    again = np.concatenate([[False], (points[1:] == points[:-1]).all(axis=1)])
    if again.any():
        points = points[~again]
        remarks.append(say("geodata.points_twice", count=int(again.sum())))
    if len(points) < 4:  # noqa: PLR2004  a triangle, closed
        raise BadInput("shape_few")
    placed, turned = _placed(frame.degrees(points))
    return placed, remarks + turned


def _placed(points: shapes.Ring) -> tuple[shapes.Ring, list[str]]:
    """Return points of China, turned round where latitude came first; refuse those of elsewhere."""
    if within(points, *CHINA).all():
        return points, []
    if within(points, *CHINA[::-1]).all():
        return np.ascontiguousarray(points[:, ::-1]), [say("geodata.swapped")]
    lon, lat = map(float, points[~within(points, *CHINA)][0])
    shown = {"lon": round(lon, 6), "lat": round(lat, 6)}
    if within(points, *CHINA[::-1]).any():
        raise BadInput("shape_swapped", **shown)
    projected = not np.isfinite([lon, lat]).all() or abs(lon) > 180 or abs(lat) > 90  # noqa: PLR2004  degrees
    raise BadInput("shape_projected" if projected else "shape_abroad", **shown)


def drawn(shape: bytes | None, facts: dict[str, Any], *, area: bool) -> bytes:
    """Return the shape of a row, which must be an area or a point; BadInput where it is not.

    A point may stand in the columns lon and lat instead, which leave ``facts``; where these name their datum
    they count more, being what somebody measured.
    """
    lon, lat = facts.pop("lon", None), facts.pop("lat", None)
    told = not area and lon is not None and lat is not None
    if told and (shape is None or facts.get("datum", "unknown") != "unknown"):
        return settle({"type": "Point", "coordinates": [lon, lat]})[0]
    if shape is None:
        raise BadInput("shape_missing" if area else "point_missing")
    kind = shapely.from_wkb(shape).geom_type
    if area and kind != "MultiPolygon":
        raise BadInput("shape_kind", kind=_called(kind))
    if not area and kind != "Point":
        raise BadInput("shape_no_point", kind=_called(kind))
    return shape


def _called(kind: str) -> str:
    """Return what a clerk calls a geometry of ``kind``, with the word that the file has for it."""
    plain = kind.removeprefix("Multi").lower()
    key = f"geodata.kind.{plain}"
    return say("geodata.kind_named", said=say(key), kind=excerpt(kind)) if knows(key) else excerpt(kind)
