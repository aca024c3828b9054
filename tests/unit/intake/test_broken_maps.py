"""Map files that contradict themselves: what is said of each names the fault and the way out."""

import math
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyproj
import pytest

from console.errors import BadInput
from console.intake.mapping import Choice, applied
from console.intake.readers import read_rows
from console.intake.rows import Parsed, parse
from tests.unit.intake.files import refusal
from tests.unit.intake.maps import (
    CGCS_114,
    FACTS,
    SQUARE,
    Ring,
    geojson,
    outline,
    package,
    parts,
    plain,
    taken,
    zipped,
)

NAN, ENDLESS = math.nan, math.inf


def polygon(ring: Ring) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


def broken(number: float) -> list[tuple[float, float]]:
    return [(number, 38.1), *SQUARE[1:4], (number, 38.1)]


def metres(epsg: int) -> list[tuple[float, float]]:
    way = pyproj.Transformer.from_crs("EPSG:4490", f"EPSG:{epsg}", always_xy=True)
    return [way.transform(*point) for point in SQUARE]


def shapefile(folder: Path, rings: Sequence[Ring], **more: str) -> Path:
    found = [(FACTS | {"网格编码": f"G{n}"}, [ring]) for n, ring in enumerate(rings, 1)]
    return plain(folder, parts(*found, **more))


def said(parsed: Parsed) -> str:
    return " ".join(remark.reason for remark in parsed.remarks)


@pytest.mark.parametrize("number", [NAN, ENDLESS])
def test_numbers_that_are_none_cost_their_row_alone(tmp_path: Path, number: float) -> None:
    drawn = [(FACTS | {"网格编码": f"G{n}"}, polygon(r)) for n, r in enumerate((SQUARE, broken(number)), 1)]
    for path in (
        shapefile(tmp_path, [SQUARE, broken(number)]),
        shapefile(tmp_path, [broken(number), SQUARE]),
        geojson(tmp_path / "a.geojson", *drawn),
    ):
        parsed = taken(path)
        assert len(parsed.rows) == 1, path
        assert "无效数值" in parsed.errors[0].reason


def test_a_prj_that_cannot_be_true_is_not_heeded(tmp_path: Path) -> None:
    parsed = taken(shapefile(tmp_path, [SQUARE], prj=CGCS_114))  # degrees, said to be metres
    assert outline(parsed.rows[0]).bounds == (114.5, 38.1, 114.6, 38.2)
    assert "不符" in said(parsed)
    parsed = taken(shapefile(tmp_path, [metres(4526)], prj="EPSG:4490"))  # metres, said to be degrees
    assert outline(parsed.rows[0]).bounds == pytest.approx((114.5, 38.1, 114.6, 38.2))
    assert "zone 38" in said(parsed)
    assert refusal(shapefile(tmp_path, [metres(4547)], prj="EPSG:4490")).code == "shapes_metres"


def test_a_cpg_of_a_program_without_chinese_is_not_heeded(tmp_path: Path) -> None:
    parsed = taken(shapefile(tmp_path, [SQUARE], cpg="ISO-8859-1"))
    assert parsed.rows[0].name == "南楼一网格"
    assert "其实是 GBK" in said(parsed)


def test_layers_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "两镇.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for folder, code in (("甲镇", "G1"), ("乙镇", "G2"), ("../../../乙镇", "G3")):
            for ending, content in parts((FACTS | {"网格编码": code}, [SQUARE])).items():
                packed.writestr(f"{folder}/网格{ending}", content)
    names = ["甲镇/网格", "乙镇/网格", "../../../乙镇/网格"]
    problem = refusal(path)
    assert (problem.code, problem.facts["names"]) == ("layer_needed", names)
    assert [taken(path, name).rows[0].code for name in names] == ["G1", "G2", "G3"]


def test_zips_of_something_else_and_locked_ones_say_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", 网格=parts((FACTS, [SQUARE])))
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 1)
    path.write_bytes(content)
    assert refusal(path).code == "zip_locked"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("网格.geojson", "{}")
    assert "网格.geojson" in refusal(path).sentence


def test_shapes_without_their_facts_are_counted(tmp_path: Path) -> None:
    one, two = (parts(*[(FACTS, [SQUARE])] * count) for count in (1, 2))
    for found in ({**two, ".dbf": one[".dbf"]}, {**one, ".dbf": two[".dbf"]}):
        assert refusal(plain(tmp_path, found)).code == "shapefile_unequal"


def test_two_columns_for_one_meaning_are_told_apart_by_a_choice(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", (FACTS | {"网格代码": "X1", "坐标系": "GCJ-02"}, polygon(SQUARE)))
    table = read_rows(path)
    assert "--map" in refusal(path, "grids").sentence
    chosen = applied(table, "grids", Choice({"code": "网格代码", "datum": ""}))
    (row,) = parse(chosen, "grids").rows
    assert (row.code, row.datum) == ("X1", "unknown")


def test_one_column_cannot_mean_two_things(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", (FACTS, polygon(SQUARE)))
    choice = Choice({"code": "网格编码", "name": "网格编码"})
    assert "编码、名称" in refused(path, choice)


def refused(path: Path, choice: Choice) -> str:
    with pytest.raises(BadInput) as caught:
        applied(read_rows(path), "grids", choice)
    return caught.value.sentence


def test_a_clerk_reads_the_words_of_the_file_in_chinese(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", (FACTS | {"类型": "治安"}, polygon(SQUARE)))
    assert "可用：综合、专属、警务、调解" in taken(path).errors[0].reason
    path = package(tmp_path / "a.gpkg", a=[({"网格编码": "G1"}, b"")])
    problem = refusal(path, "grids")
    assert "类型（kind）" in problem.sentence
    assert "是否应为" not in problem.sentence  # fid is no kind


def test_a_code_that_stands_twice_is_told_by_line_and_code(tmp_path: Path) -> None:
    far = [(x + 1, y) for x, y in SQUARE]
    drawn = [
        (FACTS | {"网格编码": code}, polygon(ring))
        for code, ring in (("G1", SQUARE), ("G1", far), ("G1", SQUARE))
    ]
    parsed = taken(geojson(tmp_path / "a.geojson", *drawn))
    assert [(fault.line, fault.code) for fault in parsed.errors] == [(2, "G1")]
    assert parsed.repeated == 1
    assert (parsed.remarks[0].line, parsed.remarks[0].reason) == (3, "与第 1 行完全相同，只导入一次")
