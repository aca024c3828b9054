"""The command line issues a bulletin once, writes it as often as asked, and lists it."""

from pathlib import Path

from tests.journeys.command_line import Line


def test_a_bulletin_is_issued_once_and_written_again(line: Line, tmp_path: Path) -> None:
    book, again, other = (tmp_path / name for name in ("周.xlsx", "again.xlsx", "x.doc"))
    asked = ("bulletin", "--organisation", "130123", "--period", "2026-W47", "--to")
    for refused, code in (
        ((*asked, str(other)), "bad_bulletin_file"),
        (("bulletin", "--period", "2026-W47"), "bulletin_what"),
        ((*asked, str(book), "--number", "2026/1"), "bulletin_what"),
        (("bulletin", "--number", "11", "--to", str(book)), "bad_bulletin_number"),
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
    assert line.ask(*asked, str(book), "--anew").document["number"] == 2
    assert book.read_bytes() != again.read_bytes()
    listed = line.ask("bulletin", "--list", "--organisation", "130123").document["bulletins"]
    assert [one["number"] for one in listed] == [2, 1]
    assert "〔2026〕2号" in line.run("bulletin", "--list", "--organisation", "130123").out
