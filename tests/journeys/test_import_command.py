"""`import` on the command line: files as offices send them, exit codes, shapes, errors by line."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.journeys.command_line import Line, folder_for_a_database, opened

ORGANISATIONS = (
    ("code", "name", "level", "parent_code"),
    ("130123301", "新安镇", "township", "130123"),
    ("130123301001", "东村村民委员会", "community", "130123301"),
    ("130123301002", "西村村民委员会", "community", "130123301"),
)
INCIDENTS = (
    ("reported_at", "place", "channel", "category", "title", "handled_by", "outcome"),
    (
        "2020-09-03T09:00:00+08:00",
        "桥东区汇文社区",
        "wechat",
        "街面秩序/游商",
        "商贩占道",
        "八号网格",
        "劝离",
    ),
    (
        "2019-06-25T09:31:00+08:00",
        "正定县南楼乡韩家庄村",
        "微信",
        "公共安全/焚烧",
        "麦田有火光",
        "网格",
        "灭火",
    ),
)
SHAPE = ("read", "added", "updated", "unchanged", "refused")

Rows = tuple[tuple[str, ...], ...]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Give the command line over a database of this file's own, to which the organisations have come."""
    place = tmp_path_factory.mktemp("line")
    with folder_for_a_database(place) as folder, opened(folder) as found:
        assert figures(found, "organisations", as_csv(place / "a.csv", ORGANISATIONS)) == (3, 3, 0, 0, 0)
        yield found


def as_csv(path: Path, rows: Rows, encoding: str = "utf-8") -> str:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


def as_xlsx(path: Path, rows: Rows) -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return str(path)


def figures(line: Line, *words: str, code: int = 0) -> tuple[int, ...]:
    """Import and return read, added, updated, unchanged, refused."""
    told = line.ask("import", *words)
    assert told.code == code, told.out + told.err
    return tuple(told.document[key] for key in SHAPE)


def test_every_format_says_the_same(line: Line, tmp_path: Path) -> None:
    files = (
        as_csv(tmp_path / "a.csv", ORGANISATIONS),
        as_csv(tmp_path / "gbk.csv", ORGANISATIONS, "gbk"),
        as_csv(tmp_path / "bom.csv", ORGANISATIONS, "utf-8-sig"),
        as_csv(tmp_path / "utf16.csv", ORGANISATIONS, "utf-16"),
        as_xlsx(tmp_path / "a.xlsx", ORGANISATIONS),
    )
    for file in files:
        assert figures(line, "organisations", file) == (3, 0, 0, 3, 0)


def test_past_incidents_are_there_to_be_read(line: Line, tmp_path: Path) -> None:
    assert figures(line, "incidents", as_csv(tmp_path / "i.csv", INCIDENTS)) == (2, 2, 0, 0, 0)
    assert figures(line, "incidents", as_csv(tmp_path / "g.csv", INCIDENTS, "gb18030")) == (2, 0, 0, 2, 0)
    assert figures(line, "incidents", as_xlsx(tmp_path / "i.xlsx", INCIDENTS)) == (2, 0, 0, 2, 0)
    number = line.owner("SELECT number FROM gridseat.incident WHERE title = '麦田有火光'")[0]["number"]
    shown = line.ask("incident", "show", str(number)).document
    assert (shown["status"], shown["due"]) == ("closed", None)
    story = line.ask("incident", "timeline", str(number)).document["timeline"]
    assert [(entry["seq"], entry["action"], entry["from"], entry["to"]) for entry in story] == [
        (1, "report", None, "reported"),
        (2, "imported", "reported", "closed"),
    ]
    assert line.ask("verify").document["broken"] == []
    assert line.ask("database", "check").code == 0


def test_grids_and_staff_and_rules_go_in(line: Line, tmp_path: Path) -> None:
    ring = [[114.6, 38.2], [114.62, 38.2], [114.62, 38.22], [114.6, 38.22], [114.6, 38.2]]
    facts = {"code": "G1", "name": "一网格", "kind": "综合", "organisation_code": "130123101001"}
    feature = {"type": "Feature", "properties": facts, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    grids = tmp_path / "grids.geojson"
    grids.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    staff = (
        ("code", "name", "kind", "grid_code", "organisation_code", "phone"),
        ("W1", "赵大", "网格长", "G1", "", ""),
    )
    calendar = (("日期", "类型", "名称"), ("2026-12-26", "补班", "调休"), ("2026-12-28", "放假", "县庆"))
    catalogue = (("大类", "小类", "优先级", "时限"), ("街面秩序", "夜市扰民", "三级", "2小时"))
    assert figures(line, "grids", str(grids)) == (1, 1, 0, 0, 0)
    assert figures(line, "staff", as_csv(tmp_path / "s.csv", staff, "gbk")) == (1, 1, 0, 0, 0)
    assert figures(line, "calendar", as_csv(tmp_path / "c.csv", calendar)) == (2, 2, 0, 0, 0)
    assert figures(line, "catalogue", as_csv(tmp_path / "k.csv", catalogue)) == (1, 1, 0, 0, 0)
    words = ("--start", "2026-12-25T17:00+08:00", "--amount", "1d")
    assert line.ask("deadline", *words).document["due"] == "2026-12-26T17:00:00+08:00"
    assert line.report("--class", "街面秩序/夜市扰民", "--point", "114.61,38.21", "--datum", "WGS-84") > 0


def test_bad_rows_are_named_and_written_down(line: Line, tmp_path: Path) -> None:
    rows = (*ORGANISATIONS, ("130123302", "新城铺镇", "township", "130123"), ("9", "孤儿镇", "township", "8"))
    file, errors = as_csv(tmp_path / "o.csv", rows), tmp_path / "错误.csv"
    told = line.ask("import", "organisations", file, "--errors", str(errors))
    assert told.code == 1
    assert tuple(told.document[key] for key in SHAPE) == (5, 1, 0, 3, 1)
    assert [error["line"] for error in told.document["errors"]] == [6]
    assert "8" in told.document["errors"][0]["reason"]
    written = list(csv.reader(errors.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in written[1:]] == ["6"]


def test_a_person_reads_what_happened(line: Line, tmp_path: Path) -> None:
    rows = (ORGANISATIONS[0], *((f"X{n}", "孤儿镇", "township", f"Y{n}") for n in range(30)))
    told = line.run("import", "organisations", as_csv(tmp_path / "o.csv", rows))
    assert told.code == 1
    assert "未导入 30" in told.out
    assert "第 2 行" in told.out
    assert "另有 10 行" in told.out
    assert told.err == ""


def test_a_dry_run_changes_nothing(line: Line, tmp_path: Path) -> None:
    rows = (ORGANISATIONS[0], ("130123309", "试镇", "township", "130123"), ("9", "孤儿镇", "township", "8"))
    file = as_csv(tmp_path / "o.csv", rows)
    tried = line.ask("import", "organisations", file, "--dry-run")
    assert (tried.code, tried.document["dry_run"]) == (1, True)
    assert not line.owner("SELECT FROM gridseat.organisation WHERE code = '130123309'")
    done = line.ask("import", "organisations", file)
    assert {**done.document, "dry_run": True} == tried.document


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("organisations", "code,name\n1,甲\n".encode(), "columns_wrong"),
        ("organisations", b"code,name,level,parent_code,code\n", "columns_twice"),
        ("organisations", b"", "file_empty"),
        ("organisations", b"\x00\x01\x02\xff\xfe\xfd", "file_not_table"),
        ("organisations", b"PK\x03\x04 no workbook", "file_not_table"),
        ("organisations", "code,name,level,parent_code\n1,甲,city,2\n2,乙,city,1\n".encode(), "tree_cycle"),
        ("organisations", "code,name,level,parent_code\n1,石家庄市区县".encode()[:-1], "file_damaged"),
        ("grids", "code,name,kind,organisation_code\n1,甲,综合,130123\n".encode(), "shapes_missing"),
        ("weather", b"a,b\n1,2\n", "kind_unknown"),
    ],
)
def test_a_bad_file_lets_nothing_in(line: Line, tmp_path: Path, kind: str, content: bytes, code: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    before = line.owner("SELECT count(*) FROM gridseat.organisation")
    told = line.ask("import", kind, str(file))
    assert (told.code, told.error) == (2, code)
    assert told.err.strip()
    assert line.owner("SELECT count(*) FROM gridseat.organisation") == before


def test_files_that_are_not_there_or_in_the_way(line: Line, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "o.csv", ORGANISATIONS)
    told = line.ask("import", "organisations", str(tmp_path / "none.csv"))
    assert (told.code, told.error) == (2, "file_missing")
    told = line.ask("import", "organisations", file, "--errors", str(tmp_path / "no" / "folder.csv"))
    assert (told.code, told.error) == (2, "file_unwritable")
    told = line.ask("import", "organisations", file, "--errors", file)
    assert (told.code, told.error) == (2, "errors_over_input")
    kept = tmp_path / "before.csv"
    kept.write_text("what stood there")
    told = line.ask("--as", "县坐席", "import", "organisations", file, "--errors", str(kept))
    assert (told.error, kept.read_text()) == ("admin_needed", "what stood there")
    assert line.ask("import", "organisations", file).document["read"] == 3


def test_whoever_may_not_import_is_told(line: Line, tmp_path: Path) -> None:
    told = line.ask("--as", "县坐席", "import", "organisations", as_csv(tmp_path / "o.csv", ORGANISATIONS))
    assert (told.code, told.error) == (1, "admin_needed")
    told = line.ask("--as", "县坐席", "import", "incidents", as_csv(tmp_path / "i.csv", INCIDENTS))
    assert (told.code, told.error) == (1, "importer_needed")
    given = as_csv(
        tmp_path / "i.csv", (*INCIDENTS[:1], ("2020-01-01", "某地", "phone", "街面秩序/游商", "x", "", ""))
    )
    assert figures(line, "incidents", given, "--as", "县值班长") == (1, 1, 0, 0, 0)
