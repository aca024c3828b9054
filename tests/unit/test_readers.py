"""Files as offices send them: read into typed rows, or refused in a sentence."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from console.errors import BadInput
from console.intake import workbook as workbook_reader
from console.intake.columns import columns
from console.intake.instants import CHINA
from console.intake.readers import MOST_BYTES, read_rows
from console.intake.report import Fault, ImportReport, inert
from console.intake.rows import CalendarRow, CatalogueRow, IncidentRow, OrganisationRow, StaffRow, parse
from console.intake.tree import Known, arrange
from console.intake.values import value
from models.vocabulary import Channel, Datum, GridKind, Level, StaffKind

ORGANISATIONS = "code,name,level,parent_code\n130123,正定县,county,\n130123201,南楼乡,township,130123\n"
SQUARE = [[114.5, 38.1], [114.6, 38.1], [114.6, 38.2], [114.5, 38.2], [114.5, 38.1]]


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write one file and return where."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


Put = Callable[[str | bytes], Path]


def refusal(path: Path, kind: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse(read_rows(path), kind) if kind else read_rows(path)
    assert "{" not in caught.value.sentence
    return caught.value


def outcome(action: Callable[..., object], *given: object) -> str:
    """Return the code of the refusal, "" for none; anything else fails the test."""
    try:
        action(*given)
    except BadInput as problem:
        problem.sentence.encode()
        return problem.code
    return ""


def read_and_count(path: Path, kind: str) -> None:
    parsed = parse(read_rows(path), kind)
    assert len(parsed.rows) + parsed.repeated + len(parsed.errors) == parsed.read
    assert all(fault.reason.encode() for fault in parsed.errors)


# --- encodings and delimiters ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_delimiter(put: Put, encoding: str, delimiter: str) -> None:
    table = read_rows(put(ORGANISATIONS.replace(",", delimiter).encode(encoding)))
    assert table.columns == ("code", "name", "level", "parent_code")
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(2, "正定县"), (3, "南楼乡")]
    assert table.encoding == {"utf-8-sig": "utf-8", "gbk": "gb18030"}.get(encoding, encoding)


def test_lines_are_those_of_the_file_through_blank_lines_titles_and_quoted_breaks(put: Put) -> None:
    text = '正定县机构表,,\r\n\r\n编码,名称,备注\r\n1,"甲,\r\n乙",x\r\n\r\n,,\r\n2,"丙""丁",\r\n'
    table = read_rows(put(text))
    assert table.columns == ("编码", "名称", "备注")
    assert [(row.line, row.cells["名称"]) for row in table.rows] == [(4, "甲,\r\n乙"), (8, '丙"丁')]


def test_a_row_wider_than_its_heading_is_troubled_and_a_short_one_is_not(put: Put) -> None:
    table = read_rows(put("code,name\n1,甲,多\n2\n3,丙,,\n"))
    assert [bool(row.trouble) for row in table.rows] == [True, False, False]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \n\n,,\n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "file_old_excel"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_not_table"),
        (b"PK\x03\x04 not a zip", "file_not_table"),
        (b'code,name\n1,"open\n2,x\n', "file_malformed"),
        ("编码,名称\n".encode() * 9 + "破".encode()[:2] + b"\n", "file_damaged"),
        (b"code,name,code\n1,2,3\n", "columns_twice"),
        (b"," * 5000 + b"a,b", "file_not_table"),
        (b'{"type":"Feature"}', "file_not_table"),
        (b'{"type":', "file_malformed"),
        (b'{"type":"FeatureCollection","features":[]}', "file_empty"),
        (b'{"a":' * 100_000, "file_not_table"),
    ],
)
def test_what_is_no_table_is_refused(put: Put, content: bytes, code: str) -> None:
    assert refusal(put(content)).code == code


def test_no_file_a_folder_and_a_giant_are_refused(put: Put, tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv").code == "file_missing"
    assert refusal(tmp_path).code == "file_missing"
    path = put("")
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert refusal(path).code == "file_too_large"


def test_a_damaged_line_is_named(put: Put) -> None:
    problem = refusal(put("编码,名称\n1,南楼乡\n".encode() + b"2,\xe6\xe6\n" + "3,正定镇\n".encode()))
    assert problem.facts["line"] == 3


# --- workbooks ------------------------------------------------------------------------------------------


def workbook(*rows: list[Any], prepare: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if prepare:
        prepare(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_reads_like_a_csv(put: Put) -> None:
    when = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001  a worksheet knows no zones
    content = workbook(
        ["上报时间", "编码", "数", "是", "日"],
        [when, 130123201204, 2.5, True, date(2026, 11, 21)],
        [],
        [None, "  "],
    )
    table = read_rows(put(content))
    assert table.encoding == "xlsx"
    assert [row.cells for row in table.rows] == [
        {
            "上报时间": "2026-11-21T09:30:00+08:00",
            "编码": "130123201204",
            "数": "2.5",
            "是": "true",
            "日": "2026-11-21T00:00:00+08:00",
        },
    ]


def test_titles_and_hidden_sheets_are_passed_over(put: Put) -> None:
    def prepare(book: openpyxl.Workbook) -> None:
        assert book.active is not None
        book.active.merge_cells("A1:D1")
        book.create_sheet("草稿", 0).sheet_state = "hidden"

    content = workbook(["正定县机构登记表"], ["编码", "名称"], [1, "甲"], prepare=prepare)
    (row,) = read_rows(put(content)).rows
    assert (row.line, row.cells) == (3, {"编码": "1", "名称": "甲"})


def test_bombs_and_strange_zips_are_refused(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as lower:
        lower.setattr(workbook_reader, "MOST_UNPACKED", 2**20)
        bomb = _with_part(workbook(["code"]), "xl/styles.xml", lambda xml: xml + b" " * 2**20)
        assert refusal(put(bomb)).code == "file_too_large"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(put(kept.getvalue())).code == "file_not_table"


def _with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return kept.getvalue()


def test_a_workbook_that_lies_about_its_rows_or_entities_is_refused(put: Put) -> None:
    good, sheet = workbook(["code", "name"], [1, "甲"]), "xl/worksheets/sheet1.xml"
    far = _with_part(good, sheet, lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"'))
    assert refusal(put(far)).code in {"file_too_large", "file_not_table"}
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE w [<!ENTITY l0 "lol">{laughs}]>'.encode()
    bomb = _with_part(good, sheet, lambda xml: doctype + xml.replace(b"<v>1</v>", b"<v>&l9;</v>"))
    assert refusal(put(bomb)).code == "file_not_table"


def test_every_cut_of_a_workbook_is_read_or_refused(put: Put) -> None:
    content = workbook(["code", "name"], [1, "甲"])
    for end in range(4, len(content), 97):
        assert refusal(put(content[:end])).code == "file_not_table"


# --- outlines -------------------------------------------------------------------------------------------


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
        ({"type": "Point", "coordinates": [114, 38]}, "应为多边形"),
        (polygon(*[[lat, lon] for lon, lat in SQUARE]), "颠倒"),
        (polygon([500000, 4200000], [500100, 4200000], [500100, 4200100]), "不是经纬度"),
        (polygon([2.3, 48.8], [2.4, 48.8], [2.4, 48.9]), "不在中国"),
        (polygon([114.5, 38.1], [114.6, 38.1]), "无法识别"),
        (polygon([114.5, 38.1], [114.6, 38.1], [114.7, 38.1]), "没有面积"),
        (polygon([114.5, 38.1], [1e999, 38.1], [114.7, 38.1]), "无法识别"),
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


def test_projected_collections_and_grids_without_outlines_are_refused(put: Put) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    assert refusal(put(collection(polygon(*SQUARE), crs=crs))).code == "shapes_projected"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read_rows(put(collection(polygon(*SQUARE), crs=crs))).shaped
    text = "编码,名称,类型,机构编码\n1,一网格,综合,130123201\n"
    assert refusal(put(text), "grids").code == "shapes_missing"


# --- columns --------------------------------------------------------------------------------------------


def test_chinese_headings_are_known(put: Put) -> None:
    text = "序号,机构 编码*,名称,级别（必填）,上级编码\n1,130123,正定县,县,\n2,130123201,南楼乡,乡镇,130123\n"
    parsed = parse(read_rows(put(text)), "organisations")
    assert parsed.rows == [
        OrganisationRow(0, "130123", "正定县", "county", ""),
        OrganisationRow(0, "130123201", "南楼乡", "township", "130123"),
    ]
    assert "序号" in parsed.remarks[0].reason


def test_wrong_columns_name_the_missing_the_unknown_and_a_guess(put: Put) -> None:
    problem = refusal(put("cod,名字,level,parent_code\n1,2,3,4\n"), "organisations")
    assert problem.code == "columns_wrong"
    assert problem.facts["missing"] == ["code", "name"]
    assert problem.facts["unknown"] == [
        {"column": "cod", "guess": "code"},
        {"column": "名字", "guess": "name"},
    ]
    assert "缺少列：code、name；不认识的列：cod（是否应为 code）、名字（是否应为 name）" in problem.sentence


def test_a_misspelt_optional_column_is_not_lost_in_silence(put: Put) -> None:
    problem = refusal(put("code,name,kind,grid_code,phnoe\n1,张三,专职,2,13812342751\n"), "staff")
    assert problem.facts["unknown"] == [{"column": "phnoe", "guess": "phone"}]


def test_two_headings_for_one_column_and_unknown_kinds_are_refused(put: Put) -> None:
    assert refusal(put("code,编码,name,level,parent_code\n"), "organisations").code == "columns_twice"
    assert refusal(put(ORGANISATIONS), "houses\ud800").code == "kind_unknown"


def test_the_tables_of_words_are_those_of_the_vocabulary() -> None:
    choices = resources.table("columns.toml")["choices"]
    assert set(choices["level"]) == set(Level)
    assert set(choices["grid_kind"]) == set(GridKind)
    assert set(choices["staff_kind"]) == set(StaffKind)
    assert set(choices["channel"]) == set(Channel)
    assert set(choices["datum"]) == set(Datum)


def test_every_column_has_a_parser() -> None:
    for kind in resources.table("columns.toml")["kinds"]:
        for column in columns(kind).values():
            said = outcome(value, "1", column)
            assert said.split("_")[0] in {"", "cell", "phone"}


# --- rows -----------------------------------------------------------------------------------------------


def parsed_rows(put: Put, kind: str, text: str) -> tuple[list[Any], list[tuple[int, str]]]:
    parsed = parse(read_rows(put(text)), kind)
    assert len(parsed.rows) + parsed.repeated + len(parsed.errors) == parsed.read
    return parsed.rows, [(fault.line, fault.reason) for fault in parsed.errors]


def test_staff_rows(put: Put) -> None:
    rows, errors = parsed_rows(
        put,
        "staff",
        "工号,姓名,类型,网格编码,机构编码,手机\n"
        "W1,反腐败,专职,130123201204001,,138 1234 2751\n"
        "W2,张三,经理,130123201204001,,\n"
        "W3,李四,网格长,,,\n"
        "W4,王五,志愿者,,130123,12\n"
        "1.3E+11,赵六,志愿者,,130123,\n"
        "#REF!,赵六,志愿者,,130123,\n"
        "W1,反腐败,专职,130123201204001,,13812342751\n",
    )
    assert rows == [StaffRow(0, "W1", "反腐败", "full_time", "130123201204001", "", "13812342751")]
    assert [line for line, _ in errors] == [3, 4, 5, 6, 7]
    for (_, reason), word in zip(errors, ["经理", "至少", "12", "科学计数法", "#REF!"], strict=True):
        assert word in reason


def test_calendar_rows(put: Put) -> None:
    rows, errors = parsed_rows(
        put,
        "calendar",
        "日期,类型,名称,时段\n2026-10-01,放假,国庆节,\n46305,补班,,08:00-12:00 13:30～17:30\n"
        "2026-13-01,放假,,\n2026-10-03,放假,,12:00-08:00\n",
    )
    assert rows == [
        CalendarRow(0, date(2026, 10, 1), "holiday", "国庆节"),
        CalendarRow(0, date(2026, 10, 10), "working", "", ((480, 720), (810, 1050))),
    ]
    assert [line for line, _ in errors] == [4, 5]


def test_catalogue_rows(put: Put) -> None:
    rows, errors = parsed_rows(
        put,
        "catalogue",
        "大类,小类,优先级,时限,是否受限\n街面秩序,游商,P3,2u,\n市容环境,暴露垃圾,三级,4 小时,否\n"
        "公共安全,火情,1,30分钟,是\n街面秩序,游商,P2,2u,\n诉求咨询,举报,P3,一天,\n诉求咨询,建议,P3,0d,\n",
    )
    assert rows == [
        CatalogueRow(0, "街面秩序", "游商", 3, "2u"),
        CatalogueRow(0, "市容环境", "暴露垃圾", 3, "4h"),
        CatalogueRow(0, "公共安全", "火情", 1, "30m", restricted=True),
    ]
    assert [line for line, _ in errors] == [5, 6, 7]
    assert "第 2 行相同的大类、小类" in errors[0][1]


def test_incident_rows(put: Put) -> None:
    head = "reported_at,place,channel,category,title,handled_by,outcome\n"
    good = "2020-08-20T09:00:00+08:00,庙街社区52号院,grid_worker,市容环境/油烟,烧烤摊扰民,区城管局,加装设备\n"
    bad = (
        "昨天,甲,phone,市容环境/油烟,某事,,\n"
        "2020-08-20,甲,鸽子,市容环境/油烟,某事,,\n"
        "2020-08-20,甲,phone,油烟,某事,,\n"
        "2020-08-20,甲,phone,市容环境/油烟,\u200b,,\n"
        f"2020-08-20,甲,phone,市容环境/油烟,{'长' * 201},,\n"
    )
    rows, errors = parsed_rows(put, "incidents", head + good + good + bad)
    (row,) = rows
    assert isinstance(row, IncidentRow)
    assert row.reported_at == datetime(2020, 8, 20, 1, tzinfo=UTC)
    assert (row.channel, row.category) == ("grid_worker", "市容环境/油烟")
    assert len(row.fingerprint) == 64
    assert [line for line, _ in errors] == [4, 5, 6, 7, 8]


def test_an_incident_with_an_id_is_known_by_it(put: Put) -> None:
    head = "编号,上报时间,地点,渠道,类别,标题,处置单位,结果\n"
    row = "A1,2020-08-20 09:00,甲,电话,市容环境/油烟,{},,\n"
    rows, errors = parsed_rows(put, "incidents", head + row.format("一") + row.format("二"))
    assert [one.fingerprint for one in rows] == ["A1"]
    assert errors == [(3, "与第 2 行相同的编号，内容却不同")]


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-21T09:30:00+08:00",
        "2026-11-21T01:30:00Z",
        "2026-11-21 09:30",
        "2026/11/21 9:30:00",
        "2026年11月21日 9时30分",
        "２０２６-11-21 09：30",
        "46347.3958333333",
    ],
)
def test_times_as_offices_write_them(put: Put, written: str) -> None:
    head = "reported_at,place,channel,category,title,handled_by,outcome\n"
    (row,), _ = parsed_rows(put, "incidents", f"{head}{written},,phone,市容环境/油烟,某事,,\n")
    assert row.reported_at == datetime(2026, 11, 21, 9, 30, tzinfo=CHINA)


# --- the tree of organisations --------------------------------------------------------------------------


def tree(
    put: Put, lines: str, known: dict[str, Known] | None = None
) -> tuple[list[str], list[tuple[int, str]]]:
    parsed = arrange(
        parse(read_rows(put("code,name,level,parent_code\n" + lines)), "organisations"), known or {}
    )
    return [row.code for row in parsed.rows], [(fault.line, fault.reason) for fault in parsed.errors]


def test_parents_come_before_children_and_orphans_stay_out(put: Put) -> None:
    codes, errors = tree(
        put,
        "3,村,community,2\n2,乡,township,1\n1,县,county,\n8,孤村,community,9\n81,孤儿,community,8\nD,城管局,department,1\n"
        "7,怪县,county,2\n6,局下村,community,D\n5,无级,village-x,1\n3,别名,community,2\n",
    )
    assert codes == ["1", "2", "D", "3"]
    assert [line for line, _ in errors] == [5, 6, 8, 9, 10, 11]
    assert "上级 9 不存在" in errors[0][1]
    assert "第 2 行" in errors[-1][1]


def test_parents_may_stand_in_the_database_already(put: Put) -> None:
    known = {"1": Known("county", ""), "2": Known("township", "1")}
    assert tree(put, "3,村,community,2\n", known) == (["3"], [])


def test_a_circle_refuses_the_whole_file(put: Put) -> None:
    for lines in ("1,县,county,1\n", "1,甲,county,2\n2,乙,county,3\n3,丙,county,1\n4,丁,county,\n"):
        with pytest.raises(BadInput) as caught:
            tree(put, lines)
        assert caught.value.code == "tree_cycle"
    with pytest.raises(BadInput, match="1 → 2 → 1"):
        tree(put, "1,县,county,2\n", {"1": Known("county", ""), "2": Known("township", "1")})


def test_a_very_deep_tree_takes_linear_time(put: Put) -> None:
    lines = "".join(f"{n},科{n},department,{n + 1}\n" for n in range(20_000)) + "20000,县,county,\n"
    codes, errors = tree(put, lines)
    assert len(codes) == 20_001
    assert errors == []


# --- the report -----------------------------------------------------------------------------------------


def test_a_report_says_what_scripts_count_on_and_writes_errors_that_run_nothing(tmp_path: Path) -> None:
    errors = [Fault(3, "=HYPERLINK(1)"), Fault(4, '坏行,\n“引号"'), Fault(5, " @x")]
    report = ImportReport(5, 1, 1, 3, errors)
    assert report.as_json()["errors"][0] == {"line": 3, "reason": "=HYPERLINK(1)"}
    assert {"read": 5, "added": 1, "unchanged": 1, "refused": 3}.items() <= report.as_json().items()
    report.write_errors(tmp_path / "errors.csv")
    with (tmp_path / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [["行号", "原因"], ["3", "'=HYPERLINK(1)"], ["4", '坏行,\n“引号"'], ["5", "' @x"]]
    with pytest.raises(BadInput, match="无法写入"):
        report.write_errors(tmp_path)


@given(st.text())
def test_no_cell_of_ours_is_a_formula(text: str) -> None:
    assert not inert(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


# --- anything at all ------------------------------------------------------------------------------------

SCRAPS = st.sampled_from(
    [
        b"code,name,level,parent_code\n",
        "编码;名称;级别;上级编码\r\n".encode("gbk"),
        b'{"type":"FeatureCollection","features":[{"properties":{"code":1},"geometry":{"type":"Polygon","coordinates":',
        b"[[[114,38],[115,38],[115,39]]]",
        b"}}]}",
        b'"',
        b"PK\x03\x04",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"1,2,3,4\n",
        b"\r",
    ],
)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.lists(SCRAPS | st.binary(max_size=40), max_size=12).map(b"".join),
    kind=st.sampled_from(["organisations", "grids", "staff", "calendar", "catalogue", "incidents"]),
)
def test_any_bytes_are_read_or_refused(put: Put, content: bytes, kind: str) -> None:
    assert outcome(read_and_count, put(content), kind).split("_")[0] in {"", "file", "columns", "shapes"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["organisations", "staff", "calendar", "catalogue", "incidents"]),
    cells=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=8, max_size=8),
)
def test_any_text_in_any_cell_is_a_row_or_a_named_line(put: Put, kind: str, cells: list[str]) -> None:
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows([list(columns(kind)), ["x"] * len(columns(kind)), cells[: len(columns(kind))]])
    assert outcome(read_and_count, put(kept.getvalue()), kind) in {"", "file_not_table", "file_malformed"}
