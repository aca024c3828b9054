"""Rows with outlines from a GeoJSON FeatureCollection (RFC 7946, and what offices make of it)."""

import json
import re
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from console.errors import BadInput
from console.intake import shapes
from console.intake.hygiene import excerpt
from console.intake.table import MOST_ROWS, Row, Table, headings
from console.intake.workbook import text_of
from console.language import say

_DEGREES = re.compile(r"(?:CRS:?84|4326|4490)$", re.IGNORECASE)
# China with its seas: no longitude there is a latitude, so swapped pairs tell themselves
_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)


def read(text: str, file: str) -> Table:
    """Return one row a feature; what is wrong with an outline becomes that row's trouble."""
    features = _features(text, file)
    properties = [_properties(feature) for feature in features]
    columns = tuple(dict.fromkeys(key for cells in properties for key in cells))
    headings(columns, file)
    rows = [
        _row(line, feature, cells)
        for line, (feature, cells) in enumerate(zip(features, properties, strict=True), 1)
    ]
    return Table(columns, rows, "geojson", shaped=True)


def _features(text: str, file: str) -> list[Any]:
    try:
        document = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadInput("file_malformed", file=file, line=error.lineno, detail=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("file_not_table", file=file) from error
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise BadInput("file_not_table", file=file)
    if len(features) > MOST_ROWS:
        raise BadInput("file_too_large", file=file, limit=MOST_ROWS)
    if not features:
        raise BadInput("file_empty", file=file)
    _refuse_projected(document.get("crs"))
    return features


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _refuse_projected(crs: object) -> None:
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    if name and not _DEGREES.search(name):
        raise BadInput("shapes_projected", crs=excerpt(name))


def _properties(feature: object) -> dict[str, str]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(found, dict):
        return {}
    return {key.strip(): text_of(value) for key, value in found.items() if not isinstance(value, dict | list)}


def _row(line: int, feature: Any, cells: dict[str, str]) -> Row:  # noqa: ANN401  parsed JSON
    try:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        shape, remark = _outline(geometry)
    except BadInput as problem:
        return Row(line, cells, trouble=problem.sentence)
    return Row(line, cells, shape, remark=remark)


def _outline(geometry: object) -> tuple[bytes, str]:
    if not isinstance(geometry, dict):
        raise BadInput("shape_missing")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise BadInput("shape_kind", kind=excerpt(str(kind)))
    try:
        bodies = [coordinates] if kind == "Polygon" else coordinates or []
        polygons = [[_ring(ring) for ring in body] for body in bodies if body]
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise BadInput("shape_broken") from error
    for polygon in polygons:
        for ring, _ in polygon:
            _refuse_misplaced(ring)
    return _repaired(polygons)


def _repaired(polygons: list[list[tuple[shapes.Ring, bool]]]) -> tuple[bytes, str]:
    try:
        shape, mended = shapes.multipolygon([[ring for ring, _ in polygon] for polygon in polygons])
    except ValueError as error:
        raise BadInput("shape_empty") from error
    if mended:
        return shape, say("intake.remark.repaired")
    opened = any(was_open for polygon in polygons for _, was_open in polygon)
    return shape, say("intake.remark.closed") if opened else ""


def _ring(pairs: Any) -> tuple[shapes.Ring, bool]:  # noqa: ANN401  parsed JSON
    """Return the ring, closed, and whether it was open; heights are dropped."""
    points = np.array([(pair[0], pair[1]) for pair in pairs], dtype=np.float64)
    was_open = bool((points[0] != points[-1]).any())
    if was_open:
        points = np.vstack([points, points[:1]])
    if len(points) < 4 or not np.isfinite(points).all():  # noqa: PLR2004  a triangle, closed
        raise ValueError("not a ring")
    return points, was_open


def _refuse_misplaced(points: shapes.Ring) -> None:
    if _within(points, _LONGITUDES, _LATITUDES).all():
        return
    lon, lat = map(float, points[~_within(points, _LONGITUDES, _LATITUDES)][0])
    if _within(points, _LATITUDES, _LONGITUDES).any():
        raise BadInput("shape_swapped", lon=lon, lat=lat)
    projected = abs(lon) > 180 or abs(lat) > 90  # noqa: PLR2004  degrees of the globe
    raise BadInput("shape_projected" if projected else "shape_abroad", lon=lon, lat=lat)


def _within(points: shapes.Ring, xs: tuple[float, float], ys: tuple[float, float]) -> NDArray[np.bool_]:
    x, y = points[:, 0], points[:, 1]
    return (xs[0] <= x) & (x <= xs[1]) & (ys[0] <= y) & (y <= ys[1])
