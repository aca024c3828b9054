"""GeoPackages (OGC 12-128): one layer of features from a file of SQLite, without anything but SQLite."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import mapping

from console.errors import BadInput
from console.intake import frame, geojson, geometry
from console.intake.frame import Frame
from console.intake.hygiene import excerpt
from console.intake.table import MOST_ROWS, Table
from console.intake.workbook import text_of
from console.language import say

MAGIC: Final = b"SQLite format 3\0"
_ENVELOPES: Final = (0, 32, 48, 48, 64)  # bytes, by the number in the header's flags
_LAYERS: Final = """
SELECT c.table_name, g.column_name, s.definition FROM gpkg_contents AS c
JOIN gpkg_geometry_columns AS g ON g.table_name = c.table_name
LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id AND s.srs_id > 0
WHERE c.data_type = 'features' ORDER BY c.table_name"""


def read(path: Path, file: str, layer: str | None = None, asked: Frame | None = None) -> Table:
    """Return one row a feature of ``layer``; BadInput names the layers where several could be meant."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            opened.execute("PRAGMA trusted_schema = OFF")
            table, column, definition = chosen(opened.execute(_LAYERS).fetchall(), layer, file)
            pairs = list(_pairs(opened, table, column, file))
    except (sqlite3.Error, UnicodeError) as error:
        raise BadInput("file_not_read", file=file, detail=excerpt(str(error), 120)) from error
    named = frame.told(definition) if definition else None
    notes = [] if asked or named else [say("geodata.no_prj")]
    meant = asked or frame.fitting(named, geometry.sample(shape for _, shape in pairs))
    found = geojson.shaped((cells for cells, _ in pairs), (shape for _, shape in pairs), meant, "gpkg", file)
    return replace(found, notes=(*notes, *found.notes))


def chosen(layers: list[tuple[str, str, str]], layer: str | None, file: str) -> tuple[str, str, str]:
    """Return the layer that is asked for, or the only one; its name comes first."""
    names = [name for name, _, _ in layers]
    if layer is None and len(layers) == 1:
        return layers[0]
    if layer not in names:
        shown = say("intake.comma").join(map(excerpt, names[:20]))
        code = "layer_none" if not names else "layer_needed" if layer is None else "layer_unknown"
        raise BadInput(code, file=file, layers=shown, names=names[:20])
    return layers[names.index(layer)]


def _pairs(
    opened: sqlite3.Connection, table: str, column: str, file: str
) -> Iterator[tuple[dict[str, str], object]]:
    cursor = opened.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608  a name, quoted
    names = [str(told[0]) for told in cursor.description]
    if column not in names:
        raise BadInput("file_not_read", file=file, detail=excerpt(column))
    for count, values in enumerate(cursor):
        if count >= MOST_ROWS:
            raise BadInput("file_too_large", file=file, limit=MOST_ROWS)
        row = dict(zip(names, values, strict=True))
        with np.errstate(invalid="ignore"):  # of points that are no numbers, told later
            shape = _shape(row.pop(column))
        yield (
            {key.strip(): text_of(value) for key, value in row.items() if not isinstance(value, bytes)},
            shape,
        )


def _shape(blob: Any) -> object:  # noqa: ANN401  a column may hold anything
    """Return a geometry as GeoJSON has it; None for none, "broken" for what cannot be read."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 9 or blob[3] & 0x10:  # noqa: PLR2004  empty
        return None
    envelope = (blob[3] >> 1) & 7
    if envelope >= len(_ENVELOPES):
        return {"type": "Polygon", "coordinates": "broken"}
    wkb = blob[8 + _ENVELOPES[envelope] :]
    try:
        shape = shapely.from_wkb(wkb)
    except shapely.errors.GEOSException:
        return _mended(wkb)
    except (struct.error, ValueError):
        return {"type": "Polygon", "coordinates": "broken"}
    return mapping(shape)


def _mended(wkb: bytes) -> object:
    """Return a polygon with a ring that nobody closed, open again so that it is told."""
    try:
        fixed = shapely.from_wkb(wkb, on_invalid="fix")
    except (shapely.errors.ShapelyError, ValueError):
        fixed = None
    if not isinstance(fixed, shapely.Polygon | shapely.MultiPolygon):
        return {"type": "Polygon", "coordinates": "broken"}
    shape = mapping(fixed)
    if shape["type"] == "Polygon":
        return {**shape, "coordinates": [list(ring)[:-1] for ring in shape["coordinates"]]}
    return {**shape, "coordinates": [[list(ring)[:-1] for ring in body] for body in shape["coordinates"]]}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
