"""The command line helps on: undone by an id alone, and what a wrong name may have meant."""

from tests.journeys.command_line import Line


def test_a_step_is_undone_by_the_id_that_its_answer_told(line: Line) -> None:
    number = line.report()
    line.prepare(number, "accept")
    done = line.act(number, "dispatch --unit 城管局")
    undone = line.run("--json", "incident", "undo", done.document["command"])
    assert (undone.code, undone.document["number"], undone.document["status"]) == (0, number, "accepted")
    unknown = line.run("--json", "incident", "undo", "11111111-1111-1111-1111-111111111111")
    assert (unknown.code, unknown.error) == (1, "no_such_command")
    assert line.run("--json", "incident", "undo", "1-2").error == "bad_command_id"


def test_a_name_that_nothing_bears_is_refused_with_what_may_have_been_meant(line: Line) -> None:
    number = line.report()
    line.prepare(number, "accept")
    for step, meant in {
        "dispatch --unit 城管据": "城管局",
        "classify --class 街面秩序/游伤": "街面秩序/游商",
        "classify --class 游伤": "街面秩序/游商",
        "transfer --to 县坐系": "县坐席",
    }.items():
        refused = line.act(number, step)
        assert refused.code == 2
        assert meant in refused.document["error"]["meant"]
        assert "是不是" in refused.err
    assert "meant" not in line.act(number, "transfer --to 〇〇〇〇").document["error"]


def test_a_database_of_another_version_is_told_before_anything_is_done_with_it(line: Line) -> None:
    known = line.ask("database", "status").document["revision"]
    older = "UPDATE gridseat.alembic_version SET version_num = $1"
    line.owner(older, "0009")
    refused = line.ask("incident", "list")
    assert (refused.code, refused.error) == (1, "database_older")
    assert "database upgrade" in line.run("seats").err
    assert line.ask("database", "status").document["upgrade_needed"], "what tells the state tells it always"
    line.owner(older, known)
    assert line.ask("incident", "list").code == 0


def test_the_usage_shown_is_that_of_the_command(line: Line) -> None:
    for words in (("incident", "grant", "1", "--reason", "ok"), ("spot", "draw", "--fast")):
        assert f" {words[0]} {words[1]} [-h]" in line.run(*words).err
