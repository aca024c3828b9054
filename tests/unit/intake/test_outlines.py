"""Outlines of grids: mended where that is sure, named by row where it is not."""

import json

import pytest
import shapely

from console.intake.readers import read_rows
from console.intake.rows import parse
from tests.unit.intake.files import Put, refusal

SQUARE = [[114.5, 38.1], [114.6, 38.1], [114.6, 38.2], [114.5, 38.2], [114.5, 38.1]]


def collection(*geometries: object, **more: object) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": f"1301232010{n:02}",
                "name": f"{n}网格",
                "kind": "综合",
                "organisation_code": 130123201,
            },
            "geometry": geometry,
        }
        for n, geometry in enumerate(geometries, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def polygon(*ring: list[float]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [list(ring)]}


def test_grids_come_with_sound_outlines(put: Put) -> None:
    bow = polygon([114.5, 38.1], [114.6, 38.2], [114.6, 38.1], [114.5, 38.2], [114.5, 38.1])
    parsed = parse(read_rows(put(collection(polygon(*SQUARE), polygon(*SQUARE[:4]), bow))), "grids")
    assert [row.code for row in parsed.rows] == ["130123201001", "130123201002", "130123201003"]
    shapes = [shapely.from_wkb(row.shape) for row in parsed.rows]
    assert all(shape.is_valid and shape.geom_type == "MultiPolygon" for shape in shapes)
    assert shapes[0].equals(shapes[1])
    assert shapes[2].area == pytest.approx(shapes[0].area / 2)
    assert [(fault.line, fault.reason[-6:]) for fault in parsed.remarks] == [
        (2, "不相接，已闭合"[-6:]),
        (3, "请在地图上核对"[-6:]),
    ]
    assert parsed.rows[0].kind == "comprehensive"
    assert parsed.rows[0].organisation_code == "130123201"
    assert parsed.rows[0].datum == "unknown"


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "没有边界"),
        ({"type": "Point", "coordinates": [114, 38]}, "应为面（多边形），而不是点（Point）"),
        (polygon([38.1, 114.5], [114.6, 38.1], [38.2, 114.6], [38.1, 114.5]), "颠倒"),
        (polygon([500000, 4200000], [500100, 4200000], [500100, 4200100]), "不是经纬度"),
        (polygon([2.3, 48.8], [2.4, 48.8], [2.4, 48.9]), "不在中国"),
        (polygon([114.5, 38.1], [114.6, 38.1]), "少于三个"),
        (polygon([114.5, 38.1], [114.6, 38.1], [114.7, 38.1]), "没有面积"),
        (polygon([114.5, 38.1], [1e999, 38.1], [114.7, 38.1]), "无效数值"),
        (polygon([114.5, 38.1], [float("nan"), 38.1], [114.7, 38.1]), "无效数值"),
        ({"type": "Polygon", "coordinates": []}, "没有面积"),
        ({"type": "Polygon", "coordinates": [{}]}, "无法识别"),
        ({"type": "MultiPolygon", "coordinates": None}, "没有面积"),
        ({"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"]]]}, "无法识别"),
    ],
)
def test_a_bad_outline_is_named_by_row_and_the_others_go_in(put: Put, geometry: object, reason: str) -> None:
    text = collection(polygon(*SQUARE), geometry).replace("Infinity", "1e999")
    parsed = parse(read_rows(put(text)), "grids")
    assert len(parsed.rows) == 1
    (fault,) = parsed.errors
    assert fault.line == 2
    assert reason in fault.reason


def test_unknown_frames_and_grids_without_outlines_are_refused(put: Put) -> None:
    crs = {"type": "name", "properties": {"name": "本地坐标系"}}
    assert refusal(put(collection(polygon(*SQUARE), crs=crs))).code == "shapes_projected"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read_rows(put(collection(polygon(*SQUARE), crs=crs))).shaped
    text = "编码,名称,类型,机构编码\n1,一网格,综合,130123201\n"
    assert refusal(put(text), "grids").code == "shapes_missing"
