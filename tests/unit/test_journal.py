"""The journal: what was sent and never answered survives its console."""

import os
from pathlib import Path
from threading import get_ident

import pytest

from console.desk import journal as journals
from console.desk.command import Command
from console.desk.journal import ROOM, Journal
from console.errors import BadInput, Refused

LARGE, LINE = 20_000_000, 2000  # bytes of a file, and of what stands before it


def note(text: str = "好", content: bytes | None = None) -> Command:
    return Command("note", 1042, {"text": text}, version=3, content=content)


def test_only_what_was_not_answered_waits(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    first, second = note(), note(content=b"\x00\xff")
    journal.put(first)
    journal.put(second)
    journal.drop(first.id)
    assert journal.waiting() == [second]
    journal.close()
    heir = Journal(tmp_path)
    assert heir.take_over() == [second]
    assert heir.waiting() == [second]
    assert heir.take_over() == []
    heir.close()


def test_a_living_console_keeps_its_own(tmp_path: Path) -> None:
    alive, other = Journal(tmp_path), Journal(tmp_path)
    alive.put(note())
    assert other.take_over() == []
    alive.close()
    other.close()


async def test_a_file_waits_with_its_command_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    photo, after = note(content=b'{"answered": "\n\xff"}\n' * (LARGE // 24)), note()
    written, lines = watched(monkeypatch)
    await journal.store(photo)
    await journal.store(photo)
    assert photo.content is not None
    assert {size: beside for size, beside in written if size >= LARGE // 2} == {len(photo.content): True}
    assert sum(size for size, _ in written) < len(photo.content) + LINE, "as it is, and once"
    journal.put(after)
    journal.close()
    heir = Journal(tmp_path)
    lines.clear()
    assert heir.take_over() == [photo, after]
    assert len(lines) == len([photo, after]), "its bytes are not read as lines"
    assert max(map(len, lines)) < LINE
    heir.close()


def watched(monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[int, bool]], list[bytes]]:
    """Return how many bytes are written at once, each with whether beside this thread, and the lines read."""
    written, lines = list[tuple[int, bool]](), list[bytes]()
    here, write, facts = get_ident(), os.write, journals._facts

    def note_write(file: int, part: bytes) -> int:
        written.append((len(part), get_ident() != here))
        return write(file, part)

    def note_line(line: bytes) -> dict[str, object]:
        lines.append(line)
        return facts(line)

    monkeypatch.setattr(os, "write", note_write)
    monkeypatch.setattr(journals, "_facts", note_line)
    return written, lines


def test_half_a_file_was_never_sent(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.put(note(content=b"\0" * 90))
    journal.close()
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-50])
    heir = Journal(tmp_path)
    assert heir.take_over() == []
    heir.close()


def test_a_torn_line_was_never_sent(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    whole = note()
    journal.put(whole)
    journal.close()
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes() + b'{"id": "4e')
    heir = Journal(tmp_path)
    assert heir.take_over() == [whole]
    heir.close()


def test_what_a_power_cut_left_of_a_file_keeps_nobody_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    whole = note()
    journal.put(whole)
    journal.close()
    [file] = tmp_path.iterdir()
    lost = b'{"refused": "4e", "kind": "Refused", "code": "claimed", "facts": {}}'
    file.write_bytes(b"\0" * 9 + b"\n" + lost + b"\n" + file.read_bytes())
    heir = Journal(tmp_path)
    assert heir.take_over() == [whole]
    heir.close()


def test_the_file_begins_anew_and_goes_with_the_last_answer(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    [file] = tmp_path.iterdir()
    long = note("长" * (ROOM // 2))
    journal.put(long)
    journal.drop(long.id)
    assert file.stat().st_size == 0
    assert file.stat().st_mode & 0o777 == 0o600
    journal.drop(long.id)
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_a_refused_one_stays_with_why_until_somebody_has_dealt_with_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path, clock=lambda: 1_795_228_927.0)
    refused, wrong = note(), note()
    journal.put(refused, {"text": "好", "answers": ""})
    journal.put(refused, {"text": "第二次放进来不算"})
    journal.put(wrong)
    journal.refuse(refused.id, Refused("illegal_move", number=1042, legal=["reopen"]))
    journal.refuse(wrong.id, BadInput("too_long", at=tmp_path))
    assert journal.waiting() == []
    journal.close()
    heir, third = Journal(tmp_path), Journal(tmp_path)
    assert heir.take_over() == [], "it is not sent again by itself"
    first, second = heir.entries()
    assert (first.command, first.at, first.typed["text"]) == (refused, 1_795_228_927.0, "好")
    assert isinstance(first.refusal, Refused)
    assert (first.refusal.code, first.refusal.facts["legal"]) == ("illegal_move", ["reopen"])
    assert isinstance(second.refusal, BadInput)
    heir.close()
    assert third.take_over() == []
    assert len(third.entries()) == 2, "it is handed on from console to console"
    for entry in third.entries():
        third.drop(entry.command.id)
    third.close()
    assert list(tmp_path.iterdir()) == []
