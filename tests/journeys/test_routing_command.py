"""The command line says what a case repeats and whom it concerns, and puts a report under a case."""

from pathlib import Path

from tests.journeys.command_line import Line

CENTRE = ("--datum", "WGS-84", "--centre", "130123")
HERE = ("--point", "114.55,38.11", *CENTRE)
ELSEWHERE = ("--point", "114.6,38.2", *CENTRE)


def test_a_repeated_report_is_found_explained_and_put_under_its_case(line: Line) -> None:
    pipe = ("--class", "突发事件/管线破裂", *ELSEWHERE)
    first = line.report("--title", "南楼路口水管破裂", *pipe)
    again = line.report("--title", "南楼路口水管破了", *pipe)
    found = line.ask("incident", "duplicates", str(again)).document
    assert (found["number"], [one["number"] for one in found["duplicates"]]) == (again, [first])
    (one,) = found["duplicates"]
    assert one["score"] == round(sum(reason["points"] for reason in one["reasons"]), 3)
    told = line.run("incident", "duplicates", str(again)).out
    assert "距离 0.3 (0)" in told
    assert "南楼路口水管破裂" in told
    assert "same telephone" not in line.run("--language", "en", "incident", "duplicates", str(again)).out
    third = line.report("--title", "水管还在喷水", "--into", str(first), *pipe)
    assert line.ask("incident", "show", str(third)).document["merged_into"] == first
    assert line.ask("incident", "show", str(first)).document["reports"] == 1
    assert line.ask("incident", "duplicates", "999999").error == "not_found"
    wrong = ("incident", "report", "--title", "水", "--channel", "phone", *pipe)
    assert line.ask(*wrong, "--into", "999999").error == "not_found"
    assert line.ask(*wrong, "--into", "骆驼").code == 2


def test_units_are_recommended_by_the_imported_list(line: Line, tmp_path: Path) -> None:
    number = line.report("--title", "麦田起火", "--class", "公共安全/火情", *HERE)
    assert "import responsibilities" in line.run("incident", "recommend", str(number)).out
    assert line.ask("incident", "recommend", str(number)).document["units"], "the place itself"
    list_ = tmp_path / "权责清单.csv"
    list_.write_text(
        "大类,小类,承办单位,角色,适用中心\n公共安全,火情,消防救援大队,主办,正定县\n公共安全,火情,公安局,协办,正定县\n",
        encoding="gb18030",
    )
    assert line.ask("import", "responsibilities", str(list_)).document["added"] == 2
    units = line.ask("incident", "recommend", str(number)).document["units"]
    assert [(one["kind"], one["unit_name"]) for one in units] == [("lead", "消防救援大队"), ("co", "公安局")]
    told = line.run("incident", "recommend", str(number)).out
    assert "权责清单 0.5 (公共安全/火情)" in told
    assert "协办" in told
    assert "beside it" in line.run("--language", "en", "incident", "recommend", str(number)).out
