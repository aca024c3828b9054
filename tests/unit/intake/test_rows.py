"""Rows of each kind: typed, or named by line and reason."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from console.intake.instants import CHINA
from console.intake.readers import read_rows
from console.intake.rows import CalendarRow, CatalogueRow, IncidentRow, ShiftRow, StaffRow, parse
from tests.unit.intake.files import Put


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


def test_roster_rows(put: Put) -> None:
    rows, errors = parsed_rows(
        put,
        "roster",
        "登录名,中心编码,开始,结束\nlin,130123,2026/11/23 18:00,2026年11月24日 8时00分\n"
        "lin,130123,2026-11-23T18:00+08:00,2026-11-24 08:00\nlin,130123,晚上,2026-11-24 08:00\n"
        ",130123,2026-11-23 18:00,2026-11-24 08:00\n",
    )
    night = datetime(2026, 11, 23, 18, tzinfo=CHINA), datetime(2026, 11, 24, 8, tzinfo=CHINA)
    assert rows == [ShiftRow(0, "lin", "130123", *night)]
    assert [line for line, _ in errors] == [4, 5]


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
    assert "第 2 行的大类、小类相同" in errors[0][1]


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
    assert [(line, reason[:11]) for line, reason in errors] == [(3, "与第 2 行的编号相同")]


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
