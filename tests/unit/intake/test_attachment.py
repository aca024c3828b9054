"""A file is attached by its path: what is no file, or too much of one, is said before it is read."""

import os
from pathlib import Path

import pytest

from console.errors import BadInput
from console.intake import attachment


def refused(path: object) -> str:
    with pytest.raises(BadInput) as refusal:
        attachment.read(str(path))
    return refusal.value.code


def test_a_file_is_read_whole_under_a_name_that_can_be_kept(tmp_path: Path) -> None:
    photo = tmp_path / "井盖\u202e.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    assert attachment.read(str(photo)) == b"\xff\xd8\xff"
    assert attachment.name(str(photo)) == "井盖.jpg"
    assert len(attachment.name("/")) > 0


def test_what_cannot_be_attached_is_said_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    with (tmp_path / "film").open("wb") as film:
        film.truncate(attachment.MOST + 1)  # a hole: no disk is filled
    said = {name: refused(tmp_path / name) for name in ("none", "pipe", "empty", "film", "a\0b")}
    assert said == {
        "none": "file_missing",
        "pipe": "file_unreadable",
        "empty": "file_empty",
        "film": "attachment_too_large",
        "a\0b": "file_unreadable",
    }
    assert refused(tmp_path) == "file_unreadable"
    assert refused("~nobody-of-this-name/photo.jpg") == "file_unreadable"
