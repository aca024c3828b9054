"""Shapefiles: .shp and .dbf, with .cpg and .prj or without, side by side or zipped. Adapter of pyshp."""

import codecs
import io
import itertools
import struct
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import shapefile  # type: ignore[import-untyped]  # ships no types; this file is its adapter

from console.errors import BadInput
from console.intake import frame, geojson, geometry
from console.intake.frame import Frame
from console.intake.hygiene import excerpt
from console.intake.table import MOST_ROWS, Table
from console.intake.texts import mostly_utf8
from console.intake.workbook import text_of
from console.language import say

MAGIC: Final = struct.pack(">i", 9994)
PARTS: Final = (".shp", ".dbf", ".cpg", ".prj")
_NAMES: Final = {
    "65001": "utf-8",
    "936": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "54936": "gb18030",
}
_FAULTS: Final = (
    shapefile.ShapefileException,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AssertionError,
)

Cells = dict[str, str]


def read(parts: Mapping[str, bytes], file: str, asked: Frame | None = None) -> Table:
    """Return one row a record of the shapefile whose parts are given by their endings, in lower case."""
    if ".dbf" not in parts or ".shp" not in parts:
        raise BadInput("shapefile_part", file=file, part=".shp" if ".dbf" in parts else ".dbf")
    encoding, notes = _encoding(parts[".dbf"], parts.get(".cpg", b""))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", shapefile.PossiblyCorruptFileHeader)  # of files that read well
            pairs = list(_pairs(parts, encoding, file))
    except _FAULTS as error:
        raise BadInput("file_not_read", file=file, detail=excerpt(str(error), 120)) from error
    shapes = [shape for _, shape in pairs]
    meant = asked or frame.fitting(_frame(parts, notes), geometry.sample(iter(shapes)))
    table = geojson.shaped((cells for cells, _ in pairs), shapes, meant, encoding, file)
    return replace(table, notes=(*notes, *table.notes), cut=True)


def _pairs(parts: Mapping[str, bytes], encoding: str, file: str) -> Iterator[tuple[Cells, object]]:
    with shapefile.Reader(
        shp=io.BytesIO(parts[".shp"]),
        dbf=io.BytesIO(parts[".dbf"]),
        encoding=encoding,
        encodingErrors="replace",
    ) as reader:
        both = itertools.zip_longest(reader.iterShapes(), reader.iterRecords())
        for count, (shape, record) in enumerate(both):
            if count >= MOST_ROWS:
                raise BadInput("file_too_large", file=file, limit=MOST_ROWS)
            if shape is None or record is None:
                raise BadInput("shapefile_unequal", file=file, line=count)
            yield {_text(key): _text(value) for key, value in record.as_dict().items()}, _shape(shape)


def _text(value: Any) -> str:  # noqa: ANN401  a field may hold anything
    """Return a cell; where a full field was cut in the middle of a character, without that half."""
    return text_of(value).replace("\0", "").rstrip("\N{REPLACEMENT CHARACTER}").strip()


def _shape(shape: Any) -> object:  # noqa: ANN401  pyshp's own
    """Return a geometry as GeoJSON has it; rings as they are, open ones open."""
    if not shape.points:
        return None
    name = str(shape.shapeTypeName)
    if name.startswith("POLYGON"):
        starts = [*shape.parts, len(shape.points)]
        rings = [list(shape.points[a:b]) for a, b in itertools.pairwise(starts)]
        return {"type": "Rings", "coordinates": rings}
    plain = name.removesuffix("Z").removesuffix("M")
    kind = {"POINT": "Point", "MULTIPOINT": "MultiPoint", "POLYLINE": "LineString"}.get(plain, name)
    points = list(shape.points)
    return {"type": kind, "coordinates": points[0] if kind == "Point" else points}


def _frame(parts: Mapping[str, bytes], notes: list[str]) -> Frame | None:
    text = parts.get(".prj", b"").decode("utf-8", errors="replace").strip("\ufeff\0 \r\n\t")
    if not text:
        notes.append(say("geodata.no_prj"))
        return None
    found = frame.told(text)
    if found is None:
        notes.append(say("geodata.prj_unknown", crs=excerpt(text)))
    return found


def _encoding(dbf: bytes, cpg: bytes) -> tuple[str, list[str]]:
    """Return the encoding of the texts: as the .cpg says unless they are not in it, else guessed and told."""
    said = cpg.decode("ascii", errors="replace").strip("\ufeff\0 \r\n\t").lower()
    named = _known(_NAMES.get(said.removeprefix("cp").removeprefix("ansi "), said))
    texts = dbf[int.from_bytes(dbf[8:10], "little") :]
    try:
        texts.decode("utf-8")
        fits = "utf-8"
    except UnicodeDecodeError:
        fits = "utf-8" if mostly_utf8(texts) else "gb18030"
    if texts.isascii() or named == fits:
        return named or fits, []
    if named not in {"utf-8", "gb18030"} and not _western(named):
        return named, []
    shown = {"utf-8": "UTF-8", "gb18030": "GBK"}[fits]
    if named:
        return fits, [say("geodata.cpg_wrong", said=excerpt(said), encoding=shown)]
    return fits, [say("geodata.no_cpg", encoding=shown)]


def _western(name: str) -> bool:
    """Tell an encoding without Chinese, or none: programs name theirs, whatever the texts are."""
    return not name or len("网格".encode(name, errors="ignore")) == 0


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
