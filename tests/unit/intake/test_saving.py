"""Files saved whole: what stood there stays until the new one is written, and a reason is told."""

import os
from pathlib import Path

import pytest

from console.errors import BadInput
from console.intake.saving import check_place, save


def test_a_file_is_there_whole_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for words in (b"first", b"second"):
        check_place(path)
        save(path, words)
        assert (path.read_bytes(), [*tmp_path.iterdir()]) == (words, [path])


def test_what_cannot_be_put_in_place_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")

    def held(*_paths: object) -> None:
        raise PermissionError(13, "")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(BadInput, match="没有权限"):
        save(path, b"after")
    assert (path.read_text(), [*tmp_path.iterdir()]) == ("before", [path])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "这是文件夹"),
        ("none/a.csv", "不存在"),
        ("note/a.csv", "不存在|不是文件夹"),
        ("/", "这是文件夹"),
        ("长" * 100, "文件名太长"),
        ("n" * 253, "文件名太长"),
        ("a\0b", "不能使用的字符"),
    ],
)
def test_a_place_for_no_file_says_why(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "note").touch()
    for asked in (check_place, lambda path: save(path, b"")):
        with pytest.raises(BadInput, match=why) as refused:
            asked(tmp_path / name)
        assert refused.value.code == "file_unwritable"
    assert [*tmp_path.iterdir()] == [tmp_path / "note"]


def test_a_pipe_takes_what_is_written_and_stays_one() -> None:
    read, write = os.pipe()
    try:
        pipe = Path(f"/proc/self/fd/{write}")
        check_place(pipe)
        save(pipe, b"words")
        assert os.read(read, 9) == b"words"
    finally:
        os.close(read)
        os.close(write)
