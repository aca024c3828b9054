"""The command line issues a bulletin once, writes it as often as asked, and reckons a score."""

from pathlib import Path

from tests.journeys.command_line import Line


def test_a_bulletin_is_issued_once_and_written_again(line: Line, tmp_path: Path) -> None:
    book, again, other = (tmp_path / name for name in ("周.xlsx", "again.xlsx", "x.doc"))
    asked = ("bulletin", "--organisation", "130123", "--period", "2026-W47", "--to")
    for refused, code in (
        ((*asked, str(other)), "bad_bulletin_file"),
        (("bulletin", "--period", "2026-W47"), "bulletin_to"),
        (("bulletin", "--period", "2026-99"), "bad_period"),
        (("bulletin", "--period", "上月"), "bad_period"),
        ((*asked, str(book), "--number", "2026/1"), "bulletin_one"),
        ((*asked, str(book), "--campaign", "夜市"), "bulletin_one"),
        (("bulletin", "--number", "2026/1", "--to", str(book), "--anew"), "bulletin_kept"),
        (("bulletin", "--number", "2026/1", "--to", str(book), "--comment", "x"), "bulletin_kept"),
        (("bulletin", "--number", "11", "--to", str(book)), "bad_bulletin_number"),
        (("bulletin", "--campaign", " ", "--to", str(book)), "text_missing"),
        (("bulletin", "--number", "2026/99", "--to", str(book)), "no_such_bulletin"),
        (("bulletin", "--period", "2027-01", "--to", str(book)), "bad_period"),
        ((*asked, str(tmp_path / "none" / "x.xlsx")), "file_unwritable"),
    ):
        told = line.ask(*refused)
        assert (told.code, told.error) == (2, code)
    assert "还没有" in line.run("bulletin", "--list", "--organisation", "130123").out
    first = line.ask(*asked, str(book), "--comment", "=抓好返工").document
    assert (first["number"], first["issued"], book.read_bytes()[:2]) == (1, True, b"PK")
    line.report("--centre", "130123")
    assert "此前已印发" in line.run(*asked, str(again)).out
    assert again.read_bytes() == book.read_bytes()
    by_number = ("bulletin", "--organisation", "130123", "--number", "〔2026〕1号", "--to", str(again))
    assert line.ask(*by_number).document["digest"] == first["digest"]
    assert "--anew" not in line.run(*by_number).out
    said = line.ask(*by_number[:-2]).document
    assert (said["digest"], said["comment"], said["number"]) == (first["digest"], "=抓好返工", 1)
    assert said["boards"]["incidents"]["figures"]
    assert "--to" in line.run(*by_number[:-2]).err, "a person is shown no document"
    assert line.ask(*asked, str(book), "--anew").document["number"] == 2
    assert book.read_bytes() != again.read_bytes()
    listed = line.ask("bulletin", "--list", "--organisation", "130123").document["bulletins"]
    assert [one["number"] for one in listed] == [2, 1]
    assert "〔2026〕2号" in line.run("bulletin", "--list", "--organisation", "130123").out
    assert "--organisation" in line.run("bulletin", "--list").out, "it is of one organisation, and says so"


def test_a_bulletin_that_finds_the_disk_full_is_issued_and_says_under_which_number(
    line: Line, tmp_path: Path
) -> None:
    full, other = tmp_path / "full.pdf", tmp_path / "other.pdf"
    full.symlink_to("/dev/full")
    asked = ("bulletin", "--organisation", "130123")
    told = line.run(*asked, "--period", "2026-10-07", "--to", str(full))
    number = line.ask(*asked, "--list").document["bulletins"][0]["number"]
    assert (told.code, f"--number 2026/{number} 再写一次" in told.err) == (2, True)
    assert line.ask(*asked, "--number", f"2026/{number}", "--to", str(full)).error == "file_unwritable"
    assert line.ask(*asked, "--number", f"2026/{number}", "--to", str(other)).code == 0


def test_a_score_shows_how_it_is_reckoned(line: Line) -> None:
    county = ("--organisation", "130123")
    shown = line.ask("score", "show", "130123-D02", *county).document
    assert (shown["name"], shown["score"], shown["reckoned"]) == ("城管局", None, "没有事件，不计此项")
    assert shown["parts"]["on_time"]["cases"]["on_time/unit=130123-D02:rest"] == "未按时 0 件"
    assert "一次通过: （1 − 返工率）× 25" in line.run("score", "show", "城管局", *county).out
    told = line.ask("score", "show", "月球", "--group", "county")
    assert (told.code, told.error) == (2, "not_among_peers")
    town = line.ask("score", "show", "正定镇", *county).document
    assert "closing:of" in town["parts"]["closing"]["cases"], "a township's, in the group that it is of"
    even = ("办结率=20", "on_time=20", "一次通过＝20", "满意率=20", "volume=20")
    assert line.ask("score", "weights", "--set", *even).error == "weights_why"
    for nothing in ("nan", "inf", "1e999"):
        assert line.ask("score", "weights", "--set", f"closing={nothing}").error == "weight_unread"
    assert "办结率 closing" in line.run("score", "weights", "--set", "天气=20").err
    for wrong in (even[1:], (*even, "closing=20")):
        assert line.ask("score", "weights", "--set", *wrong, "--reason", "x").error == "weights_incomplete"
    history = line.ask("score", "weights", "--set", *even, "--reason", "按县考核办法").document["weights"]
    assert [one["reason"] for one in history] == ["按县考核办法"] * 5 + [""] * 5


def test_a_unit_is_scored_by_its_whole_name_too(line: Line) -> None:
    whole = "城市管理综合行政执法局"
    line.owner(
        "UPDATE gridseat.organisation SET name = $1, alias = '城管局' WHERE code = '130123-D02'", whole
    )
    for name in (whole, "城管局", "130123-D02"):
        shown = line.ask("score", "show", name, "--organisation", "130123").document
        assert (shown["code"], shown["name"]) == ("130123-D02", "城管局")


def test_a_campaign_is_made_told_and_ended(line: Line, tmp_path: Path) -> None:
    place = ("--organisation", "130123101")
    days = ("--first", "2026-11-01", "--last", "2026-11-30")
    add = ("campaign", "add", "夜市", *place, *days, "--class", "街面秩序")
    assert line.ask(*add, "--target", "closing=many").error == "campaign_target"
    assert line.ask(*add, "--target", "天气=95").error == "figure_unnamed"
    assert "已设立" in line.run(*add, "--target", "办结率=95%").out
    number = line.report("--centre", "130123101")
    found = line.ask("campaign", "show", "夜市", *place, "--figure", "received").document["numbers"]
    assert number in found
    assert line.ask("campaign", "show", "夜市", *place, "--figure", "接报").document["numbers"] == found
    assert line.ask("campaign", "show", "夜市", *place, "--figure", "办结率:rest").code == 0
    assert "接报" in line.run("campaign", "show", "夜市", *place).out
    (listed,) = line.ask("campaign", "list", *place).document["campaigns"]
    assert (listed["classes"], listed["target"]) == (["街面秩序"], 0.95)
    shown = line.run("campaign", "show", "夜市", *place).out
    assert "目标：办结率不低于 95.0 %；目前 —，尚未达到。" in shown
    assert "此前无可比数据" in shown
    aim = line.ask("campaign", "show", "夜市", *place).document["target"]
    assert aim == {"figure": "closing", "target": 0.95, "met": False}
    assert "Street order" in line.run("--language", "en", "campaign", "list", *place).out
    assert "办结率 95.0 %" in line.run("campaign", "list", *place).out
    paper = tmp_path / "夜市.pdf"
    told = line.ask("bulletin", *place, "--campaign", "夜市", "--to", str(paper))
    assert (told.document["issued"], paper.read_bytes()[:4]) == (True, b"%PDF")
    assert "结束" in line.run("campaign", "end", "夜市", *place).out


def test_what_is_wrong_is_told_before_what_is_missing(line: Line) -> None:
    told = {
        (): "bulletin_what",
        ("--period", "2026-13"): "bad_period",
        ("--number", "foo"): "bad_bulletin_number",
        ("--period", "2026-11"): "bulletin_to",
    }
    assert {words: line.ask("bulletin", *words).error for words in told} == told
