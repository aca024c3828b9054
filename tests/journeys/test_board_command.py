"""The boards from the command line: figures, parts, and the cases behind each."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from console.cli.commands import behind
from tests.journeys.command_line import Line


@pytest.mark.parametrize("board", ["people-houses", "incidents", "operations"])
def test_a_board_is_one_document_with_its_formulas(line: Line, board: str) -> None:
    found = line.ask("board", board, "--organisation", "130123", "--days", "7").document
    assert (found["board"], found["days"], found["organisation"]["name"]) == (board, 7, "正定县")
    instants = (found["at"], found["from"], found["before"], *found["edges"])
    assert all(instant.endswith("+08:00") for instant in instants)
    assert all(figure["name"] and figure["formula"] for figure in found["figures"])


def test_a_board_by_parts_leads_to_its_cases(line: Line) -> None:
    asking, number = ("board", "incidents"), line.report()
    row = line.ask(*asking, "--by", "class").document["rows"][0]
    behind = line.ask(*asking, "--cases", f"received/class={row['part']}").document
    assert number in behind["numbers"]
    assert behind["count"] == row["figures"]["received"]["numerator"]
    assert "周五 10:00" in line.run(*asking, "--by", "hour", "--figures", "received").out


def test_cases_are_asked_for_in_the_words_of_the_tables(line: Line) -> None:
    line.report()
    asking = ("board", "incidents", "--cases")
    by_key = line.ask(*asking, "received/hour=106").document
    assert line.ask(*asking, "接报/一周时段=周五 10:00").document == by_key != {"count": 0, "numbers": []}
    assert (
        line.ask(*asking, "接报/channel=电话").document
        == line.ask(*asking, "received/channel=phone").document
    )
    assert line.ask(*asking, "接报/小类=游商").document["count"]
    assert line.ask(*asking, "received/hour=0").document["count"] == 0, "an hour without cases is one"
    refused = {
        "received/hour=周一": "part_unknown",
        "接报/大类=街面": "part_unknown",
        "接报/乡镇=正定镇": "by_unknown",
        "天气/hour=1": "figure_unnamed",
        "接报/": "figure_unnamed",
        "": "figure_unnamed",
    }
    told = {question: line.ask(*asking, question) for question in refused}
    assert {question: one.error for question, one in told.items()} == refused
    assert {one.code for one in told.values()} == {2}
    assert "周一 00:00、周一 01:00" in line.run(*asking, "received/hour=周一").err


def test_people_read_a_board_as_a_table(line: Line) -> None:
    told = line.run("board", "incidents", "--organisation", "130123").out
    assert {"正定县", "事件", "接报"} <= set(told.split())
    assert "Received" in line.run("--language", "en", "board", "incidents").out
    assert line.run("board", "weather").code == 2
    assert line.ask("board", "incidents", "--rank", "按时率").document["ranking"]["figure"] == "on_time"
    assert "办结率 closing" in line.run("board", "incidents", "--rank", "天气").err


def test_what_counts_no_cases_lists_its_records(line: Line) -> None:
    asking = ("board", "people-houses", "--organisation", "130123", "--cases")
    grids = line.ask(*asking, "综合网格").document
    assert len(grids["records"]) == grids["count"] == grids["sum"] >= 1
    assert line.run(*asking, "grids").out.splitlines()[-1] == f"共 {grids['count']} 条"
    due = line.ask("board", "operations", "--cases", "到岗率:of").document
    assert set(due) == {"count", "sum", "records"}
    assert line.ask(*asking, "grids/class=市容环境").error == "figure_no_cases"


def test_a_ranking_is_told_with_the_places_of_the_window(line: Line) -> None:
    line.report()
    told = line.run("board", "incidents", "--organisation", "130123", "--rank", "overdue").out
    _board, ranking = told.split("超期排名\n")
    first, second, *_ = (row.split() for row in ranking.splitlines()[1:])
    assert (first[0], first[3:]) == (second[0], second[3:]) == ("1", ["0"]), "those alike share a place"
    few = line.run("board", "incidents", "--organisation", "130123", "--rank", "received").out
    assert "接报排名" in few
    rates = line.run("board", "incidents", "--organisation", "130123", "--rank", "closing").out
    rows = rates.split("办结率排名\n")[1].splitlines()[1:]
    assert {row.split()[0] for row in rows} == {"—"}, "of a rate for under five cases there is no place"


def test_options_are_heard_or_refused(line: Line) -> None:
    asking = ("board", "incidents", "--organisation", "130123")
    told = line.ask(*asking, "--figures", "closing", "接报").document["figures"]
    assert {one["key"] for one in told} == {"closing", "received"}
    shown = line.run(*asking, "--figures", "closing").out
    assert "办结率" in shown
    assert "接报" not in shown
    for apart in (
        ("--by", "hour", "--cases", "received"),
        ("--rank", "closing", "--cases", "received"),
        ("--figures", "closing", "--cases", "received"),
        ("--rank", "closing", "--by", "class"),
    ):
        refused = line.ask(*asking, *apart)
        assert (refused.code, refused.error) == (2, "options_apart")


@pytest.mark.parametrize("by", ["township", "community", "grid", "county"])
def test_areas_are_told_by_name_and_code(line: Line, by: str) -> None:
    line.report("--place", "正定镇")
    asking = ("board", "incidents", "--by", by)
    rows = line.ask(*asking).document["rows"]
    assert rows
    assert all(row["zh"] == row["en"] != row["part"] for row in rows)
    assert f"{rows[0]['zh']} {rows[0]['part']}" in line.run(*asking).out


def test_what_no_record_stands_for_is_refused_by_its_name(line: Line) -> None:
    for board, question, code in (
        ("operations", "patrolled:rest", "figure_no_rest"),
        ("operations", "group_reach:rest", "figure_no_rest"),
        ("operations", "groups_live:rest", "figure_no_rest"),
        ("operations", "load_per_seat:rest", "figure_no_rest"),
        ("operations", "reports_per_worker:rest", "figure_no_rest"),
        ("operations", "patrols:of", "figure_no_of"),
        ("people-houses", "grids:rest", "figure_no_rest"),
        ("people-houses", "density:of", "figure_no_of"),
        ("incidents", "to_close:rest", "figure_no_rest"),
    ):
        told = line.ask("board", board, "--cases", question)
        assert (told.code, told.error) == (2, code), question
    assert "走访覆盖率" in line.run("board", "operations", "--cases", "patrolled:rest").err
    ranked = line.ask("board", "incidents", "--rank", "to_close")
    assert (ranked.code, ranked.error) == (2, "span_not_ranked")


def test_a_ratio_is_of_what_it_is_shared_out_among(line: Line) -> None:
    def behind(board: str, question: str) -> dict[str, object]:
        place = ("--organisation", "130123", "--cases", question)
        found: dict[str, object] = line.ask("board", board, *place).document
        return found

    workers, grids = behind("people-houses", "workers"), behind("people-houses", "grids")
    assert behind("operations", "reports_per_worker:of") == workers
    assert set(workers) == {"count", "sum", "records"}
    assert behind("people-houses", "load:of") == behind("people-houses", "residents_per_grid:of") == grids
    assert "numbers" in behind("operations", "reports_per_worker")


def test_the_list_behind_a_figure_is_saved_whole(line: Line, tmp_path: Path) -> None:
    number = line.report("--title", "=商贩占道")
    asking = ("board", "incidents", "--cases", "received")
    listed = line.ask(*asking).document
    for file in (tmp_path / "接报.csv", tmp_path / "接报.xlsx"):
        told = line.ask(*asking, "--to", str(file))
        assert (told.code, told.document) == (0, {"count": listed["count"], "file": str(file)})
    csv_file = tmp_path / "接报.csv"
    assert f"已导出 {listed['count']} 条：接报.csv" in line.run(*asking, "--to", str(csv_file)).out
    with csv_file.open(encoding="utf-8-sig", newline="") as saved:
        rows = list(csv.reader(saved))
    assert rows[0][:4] == ["编号", "状态", "标题", "类别"]
    assert [int(row[0]) for row in rows[1:]] == listed["numbers"]
    assert next(row for row in rows if row[0] == str(number))[1:3] == ["待受理", "'=商贩占道"]
    sheet = load_workbook(tmp_path / "接报.xlsx").worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == listed["numbers"]


def test_a_list_of_more_than_can_be_printed_says_so_and_how_to_have_it_whole(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("board", "people-houses", "--cases", "grids")
    whole = line.ask(*asked).document
    assert whole["count"] == len(whole["records"]) > 2
    assert "--to" not in line.run(*asked).out
    monkeypatch.setattr(behind, "MOST", 2)
    first = line.ask(*asked).document
    assert (first["count"], first["records"]) == (whole["count"], whole["records"][:2])
    told = f"共 {whole['count']:,} 条，已列 2；加 --to FILE.csv 保存全部"
    assert line.run(*asked).out.splitlines()[-1] == told


def test_a_list_for_no_table_says_what_to_do(line: Line, tmp_path: Path) -> None:
    asking, residents = (
        ("board", "incidents", "--cases", "received", "--to"),
        ("--cases", "residents", "--to"),
    )
    kept = line.ask("registry", "acts").document["acts"]
    for asked, code in (
        ((*asking, str(tmp_path / "a.pdf")), "bad_table_file"),
        ((*asking, str(tmp_path / "a")), "bad_table_file"),
        ((*asking, str(tmp_path / "none" / "a.csv")), "file_unwritable"),
        (("board", "people-houses", *residents, str(tmp_path / "a.doc")), "bad_table_file"),
        (("board", "incidents", "--to", str(tmp_path / "a.csv")), "file_of_cases"),
        (("board", "incidents", "--by", "class", "--to", str(tmp_path / "a.csv")), "file_of_cases"),
    ):
        told = line.ask(*asked)
        assert (told.code, told.error) == (2, code)
    assert list(tmp_path.iterdir()) == []
    assert line.ask("registry", "acts").document["acts"] == kept
