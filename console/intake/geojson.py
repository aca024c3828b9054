"""Rows with outlines from a GeoJSON FeatureCollection (RFC 7946, and what offices make of it)."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

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
        polygons = [_rings(one) for one in ([coordinates] if kind == "Polygon" else coordinates or [])]
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise BadInput("shape_broken") from error
    for polygon in polygons:
        _refuse_misplaced([point for ring, _ in polygon for point in ring])
    return _repaired(polygons)


def _repaired(polygons: list[list[tuple[list[shapes.Point], bool]]]) -> tuple[bytes, str]:
    try:
        shape, mended = shapes.multipolygon([[ring for ring, _ in polygon] for polygon in polygons])
    except ValueError as error:
        raise BadInput("shape_empty") from error
    if mended:
        return shape, say("intake.remark.repaired")
    opened = any(was_open for polygon in polygons for _, was_open in polygon)
    return shape, say("intake.remark.closed") if opened else ""


def _rings(rings: Any) -> list[tuple[list[shapes.Point], bool]]:  # noqa: ANN401  parsed JSON
    """Return (ring, whether it was open) for the outline and each hole; heights are dropped."""
    found = []
    for ring in rings:
        points = list(_points(ring))
        was_open = points[0] != points[-1]
        if was_open:
            points.append(points[0])
        if len(points) < 4:  # noqa: PLR2004  a triangle, closed
            raise ValueError("not a ring")
        found.append((points, was_open))
    if not found:
        raise ValueError("no ring")
    return found


def _points(ring: Any) -> Iterator[shapes.Point]:  # noqa: ANN401  parsed JSON
    for pair in ring:
        lon, lat = pair[0], pair[1]
        if isinstance(lon, bool | str) or isinstance(lat, bool | str):
            raise TypeError(pair)
        point = float(lon), float(lat)
        if not all(map(math.isfinite, point)):
            raise ValueError(point)
        yield point


def _refuse_misplaced(points: list[shapes.Point]) -> None:
    for lon, lat in points:
        if _within(lon, _LONGITUDES) and _within(lat, _LATITUDES):
            continue
        if _within(lat, _LONGITUDES) and _within(lon, _LATITUDES):
            raise BadInput("shape_swapped", lon=lon, lat=lat)
        projected = abs(lon) > 180 or abs(lat) > 90  # noqa: PLR2004  degrees of the globe
        raise BadInput("shape_projected" if projected else "shape_abroad", lon=lon, lat=lat)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
