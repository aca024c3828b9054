"""Drafts: what was typed outlives the console that it was typed in."""

from pathlib import Path

import pytest

from console.desk.drafts import Drafts


def test_another_console_finds_what_was_typed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts["note", 1042] = {"text": "回电\ud83d后再说", "flag": True}
    drafts["report", None] = {"title": "积水"}
    again = Drafts(tmp_path / "drafts")
    assert again["note", 1042] == {"text": "回电\ud83d后再说", "flag": True}
    assert dict(again) == {("note", 1042): again["note", 1042], ("report", None): {"title": "积水"}}


def test_a_draft_goes_once(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts["return", 7] = {"reason": "不属于本单位"}
    assert drafts.pop(("return", 7), None) is not None
    assert drafts.pop(("return", 7), None) is None
    assert len(drafts) == 0
    with pytest.raises(KeyError):
        del drafts["return", 7]


def test_a_torn_or_strange_file_is_no_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    (tmp_path / "note.1.json").write_text('{"text": "半', "utf-8")
    (tmp_path / "note.2.json").write_text("[]")
    (tmp_path / "readme.json").write_text("{}")
    assert drafts.get(("note", 1)) is None
    assert drafts.get(("note", 2)) is None
    assert ("note", 3) not in drafts
    assert list(drafts) == [("note", 1), ("note", 2)]


def test_only_its_owner_reads_a_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts["note", 1] = {"text": "电话 138"}
    [file] = (tmp_path / "drafts").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "drafts").stat().st_mode & 0o077 == 0
