"""Headings as offices write them: known, guessed at in words, never lost in silence."""

import pytest

import resources
from console.intake.columns import bind, columns
from console.intake.readers import read_rows
from console.intake.rows import OrganisationRow, parse
from console.intake.values import value
from models.vocabulary import Channel, Datum, GridKind, Level, StaffKind
from tests.unit.intake.files import ORGANISATIONS, Put, outcome, refusal


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
    assert "缺少列：编码（code）、名称（name）；不认识的列：cod（是否应为 编码（code））" in problem.sentence


def test_a_misspelt_optional_column_is_not_lost_in_silence(put: Put) -> None:
    problem = refusal(put("code,name,kind,grid_code,phnoe\n1,张三,专职,2,13812342751\n"), "staff")
    assert problem.facts["unknown"] == [{"column": "phnoe", "guess": "phone"}]


@pytest.mark.parametrize(("kind", "known"), [("houses", "编码,用途"), ("residents", "编码,类型,姓名")])
def test_a_heading_that_may_say_where_is_asked_about_where_nothing_else_does(
    put: Put, kind: str, known: str
) -> None:
    problem = refusal(put(f"{known},网格\n"), kind)
    assert problem.facts["unknown"] == [{"column": "网格", "guess": "grid_code"}]
    for other in ("网格编码", "经度,纬度" if kind == "houses" else "户编码"):
        assert bind(read_rows(put(f"{known},网格,{other}\n")), kind)[1] == ["网格"]


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


def test_characters_that_nobody_sees_are_counted_by_line(put: Put) -> None:
    text = "code,name,level,parent_code\n130123,正\u202e定\u200b县,county,\n130125,行唐县,county,\n"
    parsed = parse(read_rows(put(text)), "organisations")
    assert [row.name for row in parsed.rows] == ["正定县", "行唐县"]
    assert [(fault.line, fault.reason) for fault in parsed.remarks] == [(2, "有 2 个看不见的字符，已去掉")]
