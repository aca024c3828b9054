"""Shapefiles and GeoPackages as offices make them: read, converted and told, or refused in words."""

import struct
from pathlib import Path

import pyproj
import pytest
import shapely

from console.errors import BadInput
from console.intake import frame
from console.intake.readers import read_rows
from console.intake.rows import parse
from tests.unit.intake.files import refusal
from tests.unit.intake.maps import (
    CGCS_114,
    FACTS,
    SQUARE,
    Ring,
    outline,
    package,
    parts,
    plain,
    taken,
    zipped,
)

SHAPE = shapely.Polygon(SQUARE)


def metres(epsg: int, ring: Ring = SQUARE) -> list[tuple[float, float]]:
    way = pyproj.Transformer.from_crs("EPSG:4490", f"EPSG:{epsg}", always_xy=True)
    return [way.transform(*point) for point in ring]


def said(path: Path) -> str:
    return " ".join(fault.reason for fault in taken(path).remarks)


@pytest.mark.parametrize(
    ("encoding", "cpg", "told"),
    [
        ("utf-8", "UTF-8", ""),
        ("gbk", "936", ""),
        ("gbk", "", "GBK"),
        ("utf-8", "", "UTF-8"),
        ("gbk", "UTF-8", "其实是 GBK"),
        ("utf-8", "GBK", "其实是 UTF-8"),
    ],
)
def test_the_texts_of_a_shapefile_are_read_whatever_its_cpg_says(
    tmp_path: Path, encoding: str, cpg: str, told: str
) -> None:
    path = plain(tmp_path, parts((FACTS, [SQUARE]), encoding=encoding, cpg=cpg, prj="EPSG:4490"))
    (row,) = taken(path).rows
    assert (row.code, row.name, row.datum) == ("130123201001", "南楼一网格", "CGCS2000")
    assert outline(row).equals(SHAPE)
    assert told in said(path) if told else "编码说明" not in said(path)


@pytest.mark.parametrize(
    ("prj", "epsg", "turned"),
    [(CGCS_114, 4547, False), ("", 4526, False), ("", 4526, True), ("", 4498, False), ("", 3857, False)],
)
def test_metres_become_degrees_by_the_prj_or_by_their_size(
    tmp_path: Path, prj: str, epsg: int, *, turned: bool
) -> None:
    drawn = [(y, x) if turned else (x, y) for x, y in metres(epsg)]
    path = plain(tmp_path, parts((FACTS, [drawn]), prj=prj))
    (row,) = taken(path).rows
    assert outline(row).hausdorff_distance(SHAPE) < 1e-8
    assert "换算" in said(path)


def test_metres_without_a_zone_are_asked_about(tmp_path: Path) -> None:
    path = plain(tmp_path, parts((FACTS, [metres(4547)])))
    problem = refusal(path)
    assert problem.code == "shapes_metres"
    assert "EPSG:4547" in problem.sentence
    asked = parse(read_rows(path, frame=frame.asked("EPSG:4547")), "grids")
    assert outline(asked.rows[0]).hausdorff_distance(SHAPE) < 1e-8


def test_an_old_datum_is_converted_and_told(tmp_path: Path) -> None:
    path = plain(tmp_path, parts((FACTS, [SQUARE]), prj=pyproj.CRS("EPSG:4214").to_wkt("WKT1_ESRI")))
    assert "百米" in said(path)
    assert outline(taken(path).rows[0]).centroid.distance(SHAPE.centroid) < 0.01


def test_holes_are_found_by_where_they_lie(tmp_path: Path) -> None:
    hole = [(114.52, 38.12), (114.52, 38.18), (114.58, 38.18), (114.58, 38.12), (114.52, 38.12)]
    island = [(114.54, 38.14), (114.54, 38.16), (114.56, 38.16), (114.56, 38.14), (114.54, 38.14)]
    path = plain(tmp_path, parts((FACTS, [island, hole, SQUARE])))  # all the same way round
    wanted = SHAPE.difference(shapely.Polygon(hole)).union(shapely.Polygon(island))
    assert outline(taken(path).rows[0]).equals(wanted)


def test_a_zip_with_several_layers_asks_which(tmp_path: Path) -> None:
    other = parts(({**FACTS, "网格编码": "130123201002"}, [SQUARE]))
    path = zipped(tmp_path / "数据.zip", 网格=parts((FACTS, [SQUARE])), 旧网格=other)
    assert "旧网格" in refusal(path).sentence
    assert taken(path, "旧网格").rows[0].code == "130123201002"
    assert len(taken(zipped(tmp_path / "一个.zip", 网格=other)).rows) == 1


def test_a_geopackage_gives_the_layer_that_is_asked_for(tmp_path: Path) -> None:
    wkb = shapely.to_wkb(SHAPE)
    path = package(tmp_path / "网格.gpkg", 网格=[(FACTS, wkb)], 道路=[({"名称": "中山路"}, wkb)])
    assert refusal(path).code == "layer_needed"
    (row,) = taken(path, "网格").rows
    assert (row.name, row.datum) == ("南楼一网格", "CGCS2000")
    assert outline(row).equals(SHAPE)
    with pytest.raises(BadInput, match="网格、道路"):
        taken(path, "河流")


def test_a_geopackage_names_the_rings_that_nobody_closed(tmp_path: Path) -> None:
    points = SQUARE[:4]
    ring = struct.pack("<I", len(points)) + b"".join(struct.pack("<dd", *point) for point in points)
    path = package(
        tmp_path / "a.gpkg", a=[(FACTS, b"\1\3\0\0\0\1\0\0\0" + ring), (FACTS | {"网格编码": "2"}, b"?")]
    )
    parsed = taken(path)
    assert outline(parsed.rows[0]).equals(SHAPE)
    assert "已闭合" in parsed.remarks[-1].reason
    assert [fault.line for fault in parsed.errors] == [2]


def test_a_broken_file_says_so_and_gives_nothing(tmp_path: Path) -> None:
    whole = parts((FACTS, [SQUARE]))
    assert refusal(plain(tmp_path, {".shp": whole[".shp"]})).code == "shapefile_part"
    cut = {".shp": whole[".shp"][:-20], ".dbf": whole[".dbf"]}
    assert refusal(plain(tmp_path, cut)).code == "file_not_read"
    path = package(tmp_path / "a.gpkg", a=[(FACTS, b"")])
    path.write_bytes(path.read_bytes()[:5000])
    assert refusal(path).code == "file_not_read"
    (tmp_path / "b.gpkg").write_bytes(b"SQLite format 3\0" + b"x" * 100)
    assert refusal(tmp_path / "b.gpkg").code == "file_not_read"


def test_swapped_axes_and_double_points_are_mended_and_told(tmp_path: Path) -> None:
    ring = [(lat, lon) for lon, lat in [SQUARE[0], *SQUARE]]
    path = plain(tmp_path, parts((FACTS, [ring]), prj="EPSG:4490"))
    assert outline(taken(path).rows[0]).equals(SHAPE)
    assert "1 个重复点" in said(path)
    assert "已对调" in said(path)
