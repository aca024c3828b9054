"""Map files as offices send them, made by hand: shapefiles by pyshp, GeoPackages by SQLite."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapefile  # type: ignore[import-untyped]
import shapely

from console.intake.readers import read_rows
from console.intake.rows import GridRow, Parsed, parse

Ring = Sequence[tuple[float, float]]

SQUARE: Ring = [(114.5, 38.1), (114.5, 38.2), (114.6, 38.2), (114.6, 38.1), (114.5, 38.1)]
FACTS = {"网格编码": "130123201001", "网格名称": "南楼一网格", "类型": "综合", "机构编码": "130123201"}
CGCS_114 = """PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",
DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],
UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],
PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],
PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"""


def parts(
    *shapes: tuple[Mapping[str, str], Sequence[Ring]], encoding: str = "gbk", cpg: str = "", prj: str = ""
) -> dict[str, bytes]:
    """Return a shapefile's parts by their endings."""
    shp, dbf, shx = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, dbf=dbf, shx=shx, encoding=encoding, shapeType=5) as writer:
        for heading in shapes[0][0]:
            writer.field(heading.encode(encoding)[:10].decode(encoding, "ignore"), "C", 40)
        for facts, rings in shapes:
            writer.poly([list(ring) for ring in rings])
            writer.record(*facts.values())
    texts = {".cpg": cpg.encode(), ".prj": prj.encode()}
    whole = {".shp": shp.getvalue(), ".dbf": dbf.getvalue(), ".shx": shx.getvalue(), **texts}
    return {ending: content for ending, content in whole.items() if content}


def plain(folder: Path, found: Mapping[str, bytes]) -> Path:
    for ending, content in found.items():
        (folder / f"网格{ending}").write_bytes(content)
    return folder / "网格.shp"


def zipped(path: Path, **layers: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, found in layers.items():
            for ending, content in found.items():
                packed.writestr(f"数据/{name}{ending.upper()}", content)
    return path


def package(path: Path, definition: str = "", **layers: Sequence[tuple[Mapping[str, str], bytes]]) -> Path:
    """Write a GeoPackage of features as (facts, well-known binary)."""
    with sqlite3.connect(path) as opened:
        opened.executescript("""
            CREATE TABLE gpkg_contents (table_name, data_type);
            CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);
            CREATE TABLE gpkg_spatial_ref_sys (srs_id, definition);""")
        opened.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (1, ?)", [definition or "EPSG:4490"])
        for name, rows in layers.items():
            headings = ", ".join(f'"{heading}"' for heading in rows[0][0])
            opened.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, geom BLOB, {headings})')
            opened.execute("INSERT INTO gpkg_contents VALUES (?, 'features')", [name])
            opened.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 1)", [name])
            for facts, wkb in rows:
                marks = ", ".join("?" * (len(facts) + 1))
                blob = b"GP\0\x01" + struct.pack("<i", 1) + wkb
                opened.execute(
                    f'INSERT INTO "{name}" (geom, {headings}) VALUES ({marks})', [blob, *facts.values()]
                )
    opened.close()
    return path


def geojson(path: Path, *features: tuple[Mapping[str, Any], Mapping[str, Any] | None], **more: Any) -> Path:  # noqa: ANN401
    found = [{"type": "Feature", "properties": facts, "geometry": shape} for facts, shape in features]
    document = {"type": "FeatureCollection", "features": found, **more}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def taken(path: Path, layer: str | None = None) -> Parsed:
    """Return the grids of a file."""
    return parse(read_rows(path, layer=layer), "grids")


def outline(row: GridRow) -> shapely.MultiPolygon:
    drawn = shapely.from_wkb(row.shape)
    assert isinstance(drawn, shapely.MultiPolygon)
    return drawn
