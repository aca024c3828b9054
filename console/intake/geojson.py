"""Rows with outlines or points from a GeoJSON FeatureCollection (RFC 7946, and what offices make of it)."""

import json
from collections.abc import Iterable
from typing import Any

from console.errors import BadInput
from console.intake import frame, geometry
from console.intake.frame import Frame
from console.intake.hygiene import excerpt
from console.intake.table import MOST_ROWS, Row, Table, headings
from console.intake.workbook import text_of


def read(text: str, file: str, asked: Frame | None = None) -> Table:
    """Return one row a feature; what is wrong with an outline becomes that row's trouble.

    ``asked``: what the clerk says that the numbers are; it counts more than what the file says.
    """
    document = _document(text, file)
    features = _features(document, file)
    shapes = [_part(feature, "geometry") for feature in features]
    meant = asked or frame.fitting(_named(document.get("crs")), geometry.sample(iter(shapes)))
    return shaped(map(_properties, features), shapes, meant, "geojson", file)


def shaped(
    properties: Iterable[dict[str, str]], shapes: Iterable[object], meant: Frame, encoding: str, file: str
) -> Table:
    """Return a table of cells and GeoJSON geometries, a row each, in numbers of ``meant``."""
    cells = list(properties)
    columns = tuple(dict.fromkeys(key for row in cells for key in row))
    headings(columns, file)
    both = zip(cells, geometry.settled(shapes, meant), strict=True)
    rows = [_row(line, *pair) for line, pair in enumerate(both, 1)]
    if not rows:
        raise BadInput("file_empty", file=file)
    notes = (meant.note,) if meant.note else ()
    return Table(columns, rows, encoding, shaped=True, datum=meant.datum, notes=notes)


def _document(text: str, file: str) -> dict[str, Any]:
    try:
        document = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadInput("file_malformed", file=file, line=error.lineno, detail=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("file_not_table", file=file) from error
    if not isinstance(document, dict):
        raise BadInput("file_no_features", file=file)
    return document


def _features(document: dict[str, Any], file: str) -> list[Any]:
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise BadInput("file_no_features", file=file)
    if len(features) > MOST_ROWS:
        raise BadInput("file_too_large", file=file, limit=MOST_ROWS)
    return features


def _no_number(_constant: str) -> None:
    """Read NaN and Infinity, which JSON has not, as nothing: the row that holds them is told."""


def _named(crs: object) -> Frame | None:
    """Return the frame that the file names, as it did before RFC 7946; BadInput for one that nobody knows."""
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    if not name:
        return None
    found = frame.told(name)
    if found is None:
        raise BadInput("shapes_projected", crs=excerpt(name))
    return frame.PLAIN if "CRS84" in name.upper().replace(":", "") else found


def _part(feature: object, name: str) -> object:
    return feature.get(name) if isinstance(feature, dict) else None


def _properties(feature: object) -> dict[str, str]:
    found = _part(feature, "properties")
    if not isinstance(found, dict):
        return {}
    return {key.strip(): text_of(value) for key, value in found.items() if not isinstance(value, dict | list)}


def _row(line: int, cells: dict[str, str], found: geometry.Settled | BadInput) -> Row:
    if isinstance(found, BadInput):
        return Row(line, cells, trouble=found.sentence)
    return Row(line, cells, found[0], remark=found[1])
