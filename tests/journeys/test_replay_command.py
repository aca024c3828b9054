"""The command line shows the board of a past moment, and what happened between two."""

from tests.journeys.command_line import Line

LATER = """
    CREATE OR REPLACE FUNCTION desk.now() RETURNS timestamptz LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp AS $$ SELECT '2026-11-20 11:00+08'::timestamptz $$
"""


def test_a_past_moment_and_what_happened_since(line: Line) -> None:
    number = line.report("--title", "井盖丢失", "--point", "114.55,38.11", "--datum", "WGS-84")
    line.owner(LATER)
    line.prepare(number, "accept")
    line.prepare(number, "dispatch --unit 城管局")

    board = line.ask("replay", "--at", "2026-11-20 10:30").document
    (case,) = board["incidents"]
    assert (board["at"], board["count"]) == ("2026-11-20T10:30:00+08:00", 1)
    assert (case["number"], case["status"], case["unit"], case["grade"]) == (number, "reported", None, "red")
    told = line.run("replay", "--at", "2026年11月20日 10时30分").out
    assert "回放 2026-11-20 10:30:00 · 非实时" in told
    assert "井盖丢失" in told
    assert "not live" in line.run("--language", "en", "replay", "--at", "2026-11-20 10:30").out
    assert line.ask("replay", "--at", "2026-11-19").document["incidents"] == []

    facts = line.ask("replay", "--from", "2026-11-20 10:30", "--to", "2026-11-20 11:00").document["facts"]
    assert [(fact["action"], fact["from"], fact["to"]) for fact in facts] == [
        ("accept", "reported", "accepted"),
        ("dispatch", "accepted", "dispatched"),
    ]
    assert facts[1]["unit"] == "城管局"
    whole = line.ask("replay", "--from", "2026-11-20", "--limit", "2").document
    assert (whole["count"], whole["more"]) == (2, True)
    assert "派遣" in line.run("replay", "--from", "2026-11-20").out
    assert "没有发生" in line.run("replay", "--from", "2026-11-19", "--to", "2026-11-19").out


def test_a_moment_that_cannot_be_meant_is_told_with_its_code(line: Line) -> None:
    answers = {
        ("--at", "2030-01-01"): "in_the_future",
        ("--at", "gestern"): "time_unreadable",
        ("--at", "2026-11-19", "--to", "2026-11-20"): "usage",
        ("--from", "2026-11-20", "--to", "2026-11-19"): "span_backwards",
        ("--from", "2027-11-20"): "moment_to_come",
        (): "usage",
    }
    for words, code in answers.items():
        outcome = line.ask("replay", *words)
        assert (outcome.code, outcome.error) == (2, code), words
