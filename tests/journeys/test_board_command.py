"""The boards from the command line: figures, parts, and the cases behind each."""

import pytest

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
