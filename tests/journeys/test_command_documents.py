"""The command line over a real database: lists, people, the database itself, verify, worker, processes."""

import json
import os
import signal
import subprocess
import sys
import uuid
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.command_line import FREEZE, Line
from tests.waiting import SECONDS

ROOT = Path(__file__).parents[2]


def test_the_list_takes_the_queues_filters(line: Line) -> None:
    word = uuid.uuid4().hex[:12]
    numbers = [line.report("--centre", "130123", "--title", f"{word}之{i}") for i in "一二三"]
    line.act(numbers[0], "answer --text 已说明")
    line.act(numbers[1], "accept")
    line.ask("--as", "县坐席", "incident", "claim", str(numbers[2]))

    def listed(*words: str, login: str = "duty") -> list[int]:
        found = line.ask("--as", login, "incident", "list", "--text", word, *words).document
        assert found["count"] == len(found["incidents"])
        return sorted(one["number"] for one in found["incidents"])

    assert listed() == numbers[1:]
    assert listed("--all") == numbers
    assert listed("--status", "closed") == numbers[:1]
    assert listed("--status", "reported", "accepted") == numbers[1:]
    assert listed("--class", "街面秩序") == numbers[1:]
    assert listed("--priority", "1") == []
    assert listed("--channel", "电话") == numbers[1:]
    assert listed("--status", "待受理", "To dispatch") == numbers[1:]
    assert listed("--centre", "正定县") == numbers[1:]
    assert listed("--centre", "130125") == []
    assert listed("--grade", "green") == numbers[1:]
    assert listed("--grade", "red") == []
    assert listed("--mine", login="县坐席") == numbers[2:]
    assert len(listed("--limit", "1")) == 1


def test_an_incident_of_the_list_has_the_shape_that_scripts_count_on(line: Line) -> None:
    number = line.report()
    found = line.ask("incident", "list").document["incidents"]
    mine = next(one for one in found if one["number"] == number)
    assert (mine["status"], mine["class"], mine["grade"]) == ("reported", "街面秩序/游商", "green")
    assert datetime.fromisoformat(mine["due"]).isoformat() == "2026-11-20T10:15:00+08:00"


def test_people_read_tables_in_their_language(line: Line) -> None:
    number = line.report("--title", "占道经营问题")
    assert "待受理" in line.run("incident", "list").out
    assert "To accept" in line.run("--language", "en", "incident", "list").out
    assert "上报" in line.run("incident", "timeline", str(number)).out
    assert "可做" in line.run("incident", "show", str(number)).out


def test_people_read_names_and_labels_and_scripts_keys(line: Line) -> None:
    number = line.report("--centre", "130123")
    line.prepare(number, "accept")
    line.prepare(number, "dispatch --unit 130123-D02 --with 130123-D01 --limit 2h")
    story = line.run("incident", "timeline", str(number)).out
    assert "城管局；协办 公安局；时限 2h" in story
    assert "130123-D02" not in story
    entry = line.ask("incident", "timeline", str(number)).document
    assert entry["timeline"][2]["facts"]["unit"] == "130123-D02"
    assert entry["names"] == {"130123-D01": "公安局", "130123-D02": "城管局"}
    told = line.run("incident", "show", str(number)).out
    assert "phone" not in told
    assert "电话" in told
    assert line.ask("incident", "show", str(number)).document["channel"] == "phone"


def test_what_may_be_done_is_what_can_be_done(line: Line) -> None:
    number = line.report("--centre", "130123")

    def legal(login: str = "duty") -> set[str]:
        return set(line.ask("--as", login, "incident", "show", str(number)).document["legal"])

    assert not {"release", "undo", "grant"} & legal()
    line.prepare(number, "claim")
    assert "release" in legal()
    assert "release" not in legal("县坐席")
    line.prepare(number, "accept")
    assert "undo" not in legal()
    line.prepare(number, "dispatch --unit 城管局")
    assert "undo" in legal()
    assert "undo" not in legal("县值班长")
    line.prepare(number, "note --text 记一笔")
    assert "undo" in legal()
    line.prepare(number, "acknowledge")
    assert "undo" not in legal()


def test_a_personal_text_is_masked_until_it_is_revealed(line: Line) -> None:
    number = line.report("--reporter", "王小明", "--phone", "13812345678")
    assert "王小明" not in line.ask("incident", "show", str(number)).out
    revealed = line.act(number, "reveal --reason 回访")
    assert revealed.document["personal"] == {"reporter": "王小明", "phone": "13812345678"}


def test_an_operator_is_added_listed_and_disabled(line: Line) -> None:
    words = ("operator", "add", "张三", "--name", "张三丰", "--position", "seat", "--organisation", "130123")
    added = line.ask(*words, "--password-stdin", typed="correct horse battery\n")
    assert (added.code, added.document["password"]) == (0, True)
    role = line.owner("SELECT rolpassword FROM pg_authid WHERE rolname = $1", added.document["role"])
    assert str(role[0][0]).startswith("SCRAM-SHA-256$4096:")
    assert line.ask(*words).error == "person_exists"
    assert line.ask("--as", "张三", "incident", "list").code == 0
    people = {one["login"]: one for one in line.ask("operator", "list").document["operators"]}
    assert (people["张三"]["name"], people["张三"]["disabled"]) == ("张三丰", False)
    assert line.ask("--as", "张三", "operator", "add", "李四", "--position", "seat").error == "admin_needed"
    assert line.ask("operator", "disable", "张三").code == 0
    gone = line.ask("--as", "张三", "incident", "list")
    assert (gone.code, gone.error) == (1, "who_are_you")


def test_a_password_that_is_too_short_is_refused(line: Line) -> None:
    refused = line.ask("operator", "add", "乙", "--position", "seat", "--password-stdin", typed="1234\n")
    assert (refused.code, refused.error) == (2, "password_length")
    assert "1234" not in refused.out + refused.err


def test_the_database_says_how_it_is_and_checks_itself(line: Line) -> None:
    status = line.ask("database", "status").document
    assert {"revision", "epoch", "counts", "calendars", "alarms", "size", "upgrade_needed"} <= status.keys()
    assert status["upgrade_needed"] is False
    rules = "UPDATE gridseat.setting SET value = $1::text::jsonb WHERE key = 'rules'"
    line.owner(rules, '"older"')
    assert line.ask("database", "status").document["upgrade_needed"], "functions are another version's"
    line.owner(rules, f'"{status["rules"]}"')
    assert 2026 in status["calendars"][0]["years"]
    assert line.ask("database", "check").document == {"sound": True, "faults": []}
    assert line.run("database", "status").code == 0
    again = line.ask("database", "create")
    assert (again.code, again.error) == (1, "database_exists")


def test_a_tree_that_does_not_nest_is_a_finding(line: Line) -> None:
    line.owner("UPDATE gridseat.organisation SET rgt = rgt + (1::bigint << 40) WHERE code = '130125-D02'")
    try:
        found = line.ask("database", "check")
        assert found.code == 1
        assert {"kind": "tree_not_nested", "what": "130125-D02"} in found.document["faults"]
    finally:
        line.owner("UPDATE gridseat.organisation SET rgt = rgt - (1::bigint << 40) WHERE code = '130125-D02'")


def test_an_upgrade_may_be_repeated(line: Line) -> None:
    assert line.ask("database", "upgrade").document["upgraded"] is True
    line.owner(FREEZE)


def test_verify_names_what_was_changed_and_an_anchor_shows_what_was_cut(line: Line, tmp_path: Path) -> None:
    number = line.report()
    line.act(number, "note --text 第二条")
    anchor = tmp_path / "anchor.jsonl"
    whole = line.ask("verify", "--anchor", str(anchor))
    assert (whole.code, whole.document["broken"]) == (0, [])
    written = {"file": str(anchor), "heads": whole.document["incidents"], "written": True}
    assert whole.document["anchor"] == written
    assert len(anchor.read_text().splitlines()) == whole.document["incidents"]
    line.act(number, "note --text 第三条")
    assert line.ask("verify", "--against", str(anchor)).code == 0
    line.owner("UPDATE gridseat.timeline SET reason = 'x' WHERE number = $1 AND seq = 2", number)
    line.owner("UPDATE gridseat.incident SET title = '改' WHERE number = $1", number)
    broken = line.ask("verify", "--anchor", str(tmp_path / "bad.jsonl"))
    assert broken.code == 1
    assert {"number": number, "seq": 2} in broken.document["broken"]
    assert {"number": number, "seq": None} in broken.document["broken"]
    assert broken.document["anchor"]["written"] is False
    assert not (tmp_path / "bad.jsonl").exists()
    line.owner("UPDATE gridseat.incident SET title = '商贩占道' WHERE number = $1", number)
    line.owner("UPDATE gridseat.timeline SET reason = NULL WHERE number = $1 AND seq = 2", number)
    kept = [json.loads(text) for text in anchor.read_text().splitlines()]
    forged = [head | {"head": "00" * 32} if head["number"] == number else head for head in kept]
    anchor.write_text("".join(json.dumps(head) + "\n" for head in forged))
    assert line.ask("verify", "--against", str(anchor)).document["broken"] == [{"number": number, "seq": 2}]
    before = anchor.read_text()
    assert line.ask("verify", "--anchor", str(anchor)).code == 1  # compared first, and left as it is
    assert anchor.read_text() == before


def test_an_anchor_says_where_it_is_and_overwrites_nothing_else(line: Line, tmp_path: Path) -> None:
    line.report()
    anchor, notes = tmp_path / "heads.jsonl", tmp_path / "notes.txt"
    assert str(anchor) in line.run("verify", "--anchor", str(anchor)).out
    assert line.ask("verify", "--anchor", str(anchor)).document["against"]["file"] == str(anchor)
    kept = line.ask("--as", "县坐席", "verify", "--anchor", str(anchor))
    assert (kept.code, kept.error) == (1, "anchor_kept")
    notes.write_text("要事")
    refused = line.ask("verify", "--anchor", str(notes))
    assert (refused.code, refused.error, notes.read_text()) == (2, "not_an_anchor", "要事")


def test_an_anchor_that_is_none_is_refused_by_line(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "anchor"
    path.write_text('{"number": 1, "last_seq": 1, "head": "00"}\n{"number": "x"}\n')
    refused = line.ask("verify", "--against", str(path))
    assert (refused.code, refused.error, refused.document["error"]["line"]) == (2, "anchor_unreadable", 2)


def test_the_worker_sweeps_once(line: Line) -> None:
    line.ask("worker", "--once")
    assert line.ask("worker", "--once").document == {"claims": 0, "resumed": 0, "cards": 0, "known": 0}


def test_a_deadline_explains_itself(line: Line) -> None:
    found = line.ask("deadline", "--start", "2026-09-30T17:00+08:00", "--amount", "4h", "--clock", "working")
    assert (found.code, found.document["due"]) == (0, "2026-10-08T11:00:00+08:00")
    assert [part["seconds"] for part in found.document["segments"]] == [3600, 10800]


def test_nothing_reachable_is_three(line: Line, tmp_path: Path) -> None:
    for url, words in (
        (f"embedded:{tmp_path / 'none'}", ("incident", "list")),
        ("postgresql://127.0.0.1:1/gridseat", ("--as", "duty", "incident", "list")),
    ):
        lost = line.ask(*words, "--database", url)
        assert lost.code == 3, lost.err
    assert not (tmp_path / "none").exists()
    assert line.ask("incident", "list", "--database", "mysql://x").code == 2
    secret = line.ask("incident", "list", "--database", "postgresql://me:secret@127.0.0.1/x")
    assert (secret.code, secret.error) == (2, "password_in_address")
    assert "secret" not in secret.out + secret.err
    assert line.ask("incident", "list", "--database", "postgresql://127.0.0.1/x").error == "operator_needed"


def process(line: Line, *words: str) -> "subprocess.Popen[str]":
    """Start a real process of the command line."""
    command = [sys.executable, str(ROOT / "main.py"), "--database", line.url, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_a_real_process_answers_in_json_alone(line: Line) -> None:
    number = line.report()
    with process(line, "--json", "incident", "accept", str(number)) as one:
        out, err = one.communicate(timeout=SECONDS)
    assert (one.returncode, err, json.loads(out)["status"]) == (0, "", "accepted")
    with process(line, "--json", "incident", "accept", str(number)) as two:
        out, err = two.communicate(timeout=SECONDS)
    assert (two.returncode, json.loads(out)["error"]["code"]) == (1, "illegal_move")
    assert err.strip() == json.loads(out)["error"]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_worker_leaves_when_told(line: Line, number: int, code: int) -> None:
    forever = ("incident", "claim", str(line.report()))
    assert line.ask(*forever).code == 0
    line.owner("UPDATE gridseat.incident SET claim_until = claim_at WHERE claim_person_id IS NOT NULL")
    with process(line, "worker") as worker:
        assert worker.stderr is not None
        assert worker.stderr.readline()  # it has swept: the claim has ended
        worker.send_signal(number)
        out, err = worker.communicate(timeout=SECONDS)
    assert worker.returncode == code
    assert "Traceback" not in out + err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_leaves_early_is_no_error(line: Line) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, str(ROOT / "main.py"), "--database", line.url, "incident", "list"]
    done = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, timeout=SECONDS, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
