"""The command line over a real database: every action by number, exit codes, hostile words and files."""

import uuid
from pathlib import Path

import pytest

from console.workflow import actions
from tests.journeys.command_line import Line
from tests.journeys.roads import ALWAYS, ILLEGAL, LEGAL, Road

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
REPORT = ("incident", "report", "--title", "商贩占道", "--channel", "phone", "--class", "街面秩序/游商")
HOSTILE = {
    "megabyte": ("长" * 1_000_000, "text_too_long"),
    "nul": ("a\0b", "text_nul"),
    "surrogate": ("a\ud800b", "text_surrogate"),
    "control": ("\x1b[31m红\x07", ""),
    "bidi": ("\u202e反\u2066向", ""),
    "html": ("<script>alert(1)</script>", ""),
    "sql": ("'; DROP TABLE gridseat.incident; --", ""),
    "braces": ("{0} {number} %s %(x)s", ""),
}


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a picture, by what its bytes are."""
    path = tmp_path_factory.mktemp("photo") / "现场.png"
    path.write_bytes(PNG)
    return path


def prepared(line: Line, road: Road, photo: Path) -> tuple[int, dict[str, object]]:
    """Walk the steps before the one that matters; return the number and what the step may name."""
    number = line.report(*road.report)
    names: dict[str, object] = {"number": number, "photo": photo, "other": 0}
    if any("{other}" in step for step in (*road.before, road.step)):
        names["other"] = line.report(*road.report)
    for step in road.before:
        names["last"] = line.prepare(number, step, **names)
    return number, names


def entries(line: Line, number: int) -> list[tuple[str, str]]:
    """Return each entry of the timeline: its action and the status after it."""
    query = "SELECT action, to_status FROM gridseat.timeline WHERE number = $1 ORDER BY seq"
    return [(row[0], row[1]) for row in line.owner(query, number)]


@pytest.mark.parametrize("road", LEGAL, ids=lambda road: road.action)
def test_a_legal_action_is_done(line: Line, photo: Path, road: Road) -> None:
    number, names = prepared(line, road, photo)
    done = line.act(number, road.step, **names)
    assert (done.code, done.err) == (0, "")
    answer = done.document
    assert (answer["number"], answer["status"]) == (number, road.ends)
    assert {"version", "due", "handling_due", "promised_due"} <= answer.keys()
    for name in ("due", "handling_due", "promised_due"):
        assert answer[name] is None or answer[name].endswith("+08:00")
    assert entries(line, number)[-1] == (road.action, road.ends)


@pytest.mark.parametrize("road", ILLEGAL, ids=lambda road: road.action)
def test_an_illegal_action_is_refused_with_a_code_and_a_sentence(line: Line, photo: Path, road: Road) -> None:
    number, names = prepared(line, road, photo)
    before = entries(line, number)
    refused = line.act(number, road.step, **names)
    assert (refused.code, refused.error) == (1, road.ends)
    assert refused.document["error"]["message"] == refused.err.strip()
    assert "{" not in refused.err
    assert "未登记" not in refused.err, "the code has no sentence"
    assert entries(line, number) == before


@pytest.mark.parametrize(
    ("step", "flag", "code"),
    [
        ("dispatch", "--unit", 2),
        ("attach", "--file", 2),
        ("undo", "--command", 2),
        ("supervise --card blue", "--card", 2),
        (f"note --text {'长' * 30_000}", "--text", 2),
        ("force-close", "--reason", 1),  # a rule asks for it: whatever goes back or by force says why
    ],
)
def test_an_option_that_is_missing_or_wrong_is_named_by_its_flag(
    line: Line, step: str, flag: str, code: int
) -> None:
    number = line.report()
    line.prepare(number, "accept")
    refused = line.act(number, step)
    assert (refused.code, refused.document["error"]["flag"]) == (code, flag)
    assert flag in refused.err
    assert refused.document["error"]["message"] == refused.err.strip()


@pytest.mark.parametrize("step", ALWAYS, ids=lambda step: step.split()[0])
def test_what_is_always_allowed_needs_a_case(line: Line, photo: Path, step: str) -> None:
    refused = line.act(999_999_999, step, photo=photo)
    assert (refused.code, refused.error) == (1, "not_found")


def test_every_action_of_the_table_is_walked_here() -> None:
    walked = {road.action for road in LEGAL}
    refused = {road.action for road in ILLEGAL} | {step.split()[0] for step in ALWAYS}
    assert walked | {"report"} == set(actions())
    assert refused | {"report"} == set(actions())


def test_a_report_is_reported_and_one_external_number_is_taken_once(line: Line) -> None:
    external = f"12345:{uuid.uuid4()}"
    first = line.ask(*REPORT, "--external", external)
    assert (first.code, first.document["status"], first.document["version"]) == (0, "reported", 1)
    again = line.ask(*REPORT, "--external", external)
    assert (again.code, again.error) == (1, "already_reported")
    assert again.document["error"]["number"] == first.document["number"]


def test_a_command_id_sent_again_gives_the_first_answer(line: Line) -> None:
    words = (*REPORT, "--command-id", str(uuid.uuid4()))
    assert line.ask(*words).document == line.ask(*words).document


def test_a_written_place_names_the_centre_and_a_point_its_grid(line: Line) -> None:
    written = line.ask(*REPORT, "--place", "正定县南楼乡韩家庄村大街12号").document["number"]
    case = line.ask("incident", "show", str(written)).document
    assert (case["centre"], case["community"], case["grid_code"]) == ("南楼乡", "韩家庄村民委员会", None)
    pointed = line.ask(*REPORT, "--point", "114.5065,38.1105", "--datum", "GCJ02").document["number"]
    case = line.ask("incident", "show", str(pointed)).document
    assert case["grid_code"] == "130123101001001"
    assert (case["point"], case["datum"]) == ([114.5065, 38.1105], "GCJ-02")
    assert 300 < abs(case["lon"] - 114.5065) * 87_500 < 800  # metres: converted once


def test_a_village_that_exists_twice_is_kept_as_text(line: Line) -> None:
    number = line.ask(*REPORT, "--place", "韩家庄村").document["number"]
    case = line.ask("incident", "show", str(number)).document
    assert (case["place"], case["community"], case["centre"]) == ("韩家庄村", None, "石家庄市")


def test_a_point_of_unknown_datum_is_kept_and_said(line: Line) -> None:
    done = line.ask(*REPORT, "--point", "114.51,38.11")
    assert "--datum" in done.err
    case = line.ask("incident", "show", str(done.document["number"])).document
    assert (case["point"], case["grid_code"], case["lon"]) == ([114.51, 38.11], None, None)


def test_an_ambiguous_unit_names_its_candidates_and_nothing_is_done(line: Line) -> None:
    number = line.report()
    line.act(number, "accept")
    refused = line.act(number, "dispatch --unit 韩家庄村民委员会")
    assert (refused.code, refused.error) == (2, "ambiguous_unit")
    codes = [one["code"] for one in refused.document["error"]["candidates"]]
    assert codes == ["130123201001", "130125100001"]
    assert all(code in refused.err for code in codes)
    assert line.act(number, "dispatch --unit 130123201001").code == 0


def test_a_stale_version_says_who_changed_the_case(line: Line) -> None:
    number = line.report()
    line.act(number, "accept")
    refused = line.act(number, "cancel --reason 误报 --version 1")
    assert (refused.code, refused.error) == (1, "stale_version")
    assert "值班" in refused.err
    assert line.act(number, "note --text 不冲突 --version 1").code == 0


def test_another_seats_claim_is_named_with_its_time(line: Line) -> None:
    number = line.report("--centre", "130123")
    assert line.ask("--as", "县坐席", "incident", "claim", str(number)).code == 0
    refused = line.ask("--as", "县值班长", "incident", "accept", str(number))
    assert (refused.code, refused.error) == (1, "claimed")
    assert "县坐席" in refused.err
    assert "2026-11-20 10:00" in refused.err


def test_what_one_may_not_see_is_not_found_in_the_same_words(line: Line) -> None:
    number = line.report("--centre", "130123101")
    hidden = line.ask("--as", "城管员", "incident", "show", str(number))
    absent = line.ask("--as", "城管员", "incident", "show", "999999999")
    assert (hidden.code, hidden.error, absent.code) == (1, "not_found", 1)
    assert hidden.err.replace(str(number), "N") == absent.err.replace("999999999", "N")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "usage"),
        (("incident",), "usage"),
        (("nonsense",), "usage"),
        (("incident", "accept"), "usage"),
        (("incident", "accept", "1001", "--colour", "red"), "usage"),
        (("incident", "list", "--status", "happy"), "choice_unknown"),
        (("incident", "list", "--class", "没有"), "no_such_class"),
        (("incident", "list", "--unit", "没有"), "no_such_unit"),
        (("incident", "list", "--centre", "韩家庄村民委员会"), "ambiguous_filter"),
        (("incident", "list", "--grade"), "usage"),
        (("operator", "add", "甲"), "usage"),
        (("--language", "fr", "incident", "list"), "usage"),
        (("incident", "accept", "abc"), "bad_number"),
        (("incident", "accept", "9" * 40), "bad_number"),
        (("incident", "accept", "1001", "--version", "99999999999"), "bad_version"),
        (("incident", "note", "1001", "--text", "x", "--command-id", "1"), "bad_command_id"),
        (("incident", "report", "--title", "x", "--channel", "phone"), "option_missing"),
        ((*REPORT[:-1], "没有/这类"), "no_such_class"),
        ((*REPORT, "--channel", "鸽子"), "cell_choice"),
        ((*REPORT, "--priority", "9"), "bad_priority"),
        ((*REPORT, "--point", "38.1"), "bad_point"),
        ((*REPORT, "--point", "38.1,114.5"), "bad_point"),
        ((*REPORT, "--point", "nan,inf"), "bad_point"),
        ((*REPORT, "--point", "114,38", "--datum", "火星"), "cell_choice"),
        ((*REPORT, "--phone", "abc"), "phone_invalid"),
        ((*REPORT, "--occurred", "昨天"), "time_unreadable"),
        ((*REPORT, "--occurred", "2099-01-01"), "in_the_future"),
        ((*REPORT, "--external", "无来源"), "bad_external"),
        ((*REPORT, "--centre", "没有这里"), "no_such_unit"),
        ((*REPORT, "--centre", "城管局"), "not_a_centre"),
        (("operator", "add", "甲", "--position", "king"), "choice_unknown"),
        (("operator", "add", "甲", "--position", "坐席、国王"), "choice_unknown"),
        (("handover", "sign", "月球"), "bad_id"),
        (("spot", "list", "--month", "月球"), "cell_month"),
        (("registry", "figures", "--days", "月球"), "bad_days"),
        (("operator", "add", "甲", "--position", "seat", "--organisation", "没有"), "no_such_unit"),
        (("operator", "disable", "没有这人"), "no_such_person"),
        (("deadline", "--start", "x", "--amount", "4h"), "time_unreadable"),
        (("deadline", "--start", "2026-09-30T17:00", "--amount", "4q"), "amount_unreadable"),
        (("verify", "--against", "/nowhere/at/all"), "file_missing"),
    ],
)
def test_wrong_words_end_in_two_with_a_code_and_a_sentence(
    line: Line, words: tuple[str, ...], code: str
) -> None:
    refused = line.ask(*words)
    assert (refused.code, refused.error) == (2, code)
    assert refused.document["error"]["message"] == refused.err.strip()


@pytest.mark.parametrize("name", [name for name, (_, code) in HOSTILE.items() if not code])
def test_hostile_text_that_can_be_kept_is_harmless(line: Line, name: str) -> None:
    text, _ = HOSTILE[name]
    given = dict.fromkeys(("title", "place", "reporter", "text"), text)
    given["external"] = f"来源:{uuid.uuid4()}{text}"
    done = line.ask(*REPORT, *(f"--{option}={value}" for option, value in given.items()))
    assert done.code == 0, done.err
    assert ("看不见的字符" in done.err) == (name in {"control", "bidi"})
    for words in (("show",), ("timeline",)):
        shown = line.run("incident", *words, str(done.document["number"]))
        assert shown.code == 0
        assert not set("\x1b\x07\u202e\u2066") & set(shown.out)


@pytest.mark.parametrize("name", [name for name, (_, code) in HOSTILE.items() if code])
@pytest.mark.parametrize("option", ["title", "place", "reporter", "external", "text", "class", "centre"])
def test_hostile_text_that_cannot_be_kept_is_refused(line: Line, option: str, name: str) -> None:
    text, code = HOSTILE[name]
    refused = line.ask(*REPORT, f"--{option}={text}")
    assert (refused.code, refused.error) == (2, code)


@pytest.mark.parametrize("name", [name for name, (_, code) in HOSTILE.items() if code])
@pytest.mark.parametrize("step", ["note --text", "reject --reason", "refer --to", "transfer --to"])
def test_hostile_text_in_an_action_does_nothing(line: Line, step: str, name: str) -> None:
    text, code = HOSTILE[name]
    action, option = step.split()
    refused = line.ask("incident", action, str(line.report()), f"{option}={text}")
    assert (refused.code, refused.error) == (2, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\0", "file_type_unknown"),
        (PNG + bytes(11 << 20), "attachment_too_large"),
    ],
)
def test_a_file_is_judged_by_its_bytes(line: Line, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(content)
    number = line.report()
    refused = line.act(number, "attach --file {path}", path=path)
    assert (refused.code, refused.error) == (2, code)
    assert len(line.ask("incident", "timeline", str(number)).document["timeline"]) == 1


def test_a_file_that_is_missing_or_a_folder_is_said(line: Line, tmp_path: Path) -> None:
    number = line.report()
    assert line.act(number, "attach --file {path}", path=tmp_path / "none").error == "file_missing"
    assert line.act(number, "attach --file {path}", path=tmp_path).error == "file_unreadable"
