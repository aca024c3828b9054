"""The command `deadline`: what it answers, and what it refuses."""

import argparse
from datetime import datetime
from typing import Any

import pytest

from console.cli.commands import deadline
from console.connection import Connection
from console.errors import Problem


async def run(connection: Connection, *words: str) -> dict[str, Any]:
    """Answer as ``deadline WORDS`` does."""
    parser = argparse.ArgumentParser()
    deadline.add(parser.add_subparsers())
    return await deadline.run(parser.parse_args(["deadline", *words]), connection)


async def test_it_explains_itself_across_the_national_holiday(admin: Connection) -> None:
    answer = await run(admin, "--start", "2026-09-30T17:00+08:00", "--amount", "4h", "--clock", "working")
    assert answer == {
        "start": "2026-09-30T17:00:00+08:00",
        "due": "2026-10-08T11:00:00+08:00",
        "segments": [
            {"from": "2026-09-30T17:00:00+08:00", "to": "2026-09-30T18:00:00+08:00", "seconds": 3600},
            {"from": "2026-10-08T08:00:00+08:00", "to": "2026-10-08T11:00:00+08:00", "seconds": 10800},
        ],
    }


async def test_a_make_up_saturday_is_among_the_segments(admin: Connection) -> None:
    answer = await run(admin, "--start", "2026-10-09T08:00+08:00", "--amount", "2d")
    assert answer["due"] == "2026-10-10T18:00:00+08:00"
    assert [segment["seconds"] for segment in answer["segments"]] == [14400] * 4


async def test_a_continuous_day_has_24_hours(admin: Connection) -> None:
    answer = await run(admin, "--start", "2026-09-30T17:00+08:00", "--amount", "1d", "--clock", "continuous")
    assert answer["due"] == "2026-10-01T17:00:00+08:00"
    assert answer["segments"] == [{"from": answer["start"], "to": answer["due"], "seconds": 86400}]


async def test_a_start_without_offset_is_local_and_another_offset_is_kept(admin: Connection) -> None:
    local = await run(admin, "--start", "2026-09-30 17:00", "--amount", "4h")
    elsewhere = await run(admin, "--start", "2026-09-30T09:00Z", "--amount", "4h")
    assert local["due"] == "2026-10-08T11:00:00+08:00"
    assert elsewhere["due"] == "2026-10-08T03:00:00+00:00"
    assert datetime.fromisoformat(local["start"]) == datetime.fromisoformat(elsewhere["start"])


async def test_nothing_to_count_is_due_at_once(admin: Connection) -> None:
    answer = await run(admin, "--start", "2026-10-01T12:00+08:00", "--amount", "0h")
    assert answer == {"start": answer["start"], "due": answer["start"], "segments": []}


async def test_an_unknown_year_is_refused_by_name(admin: Connection) -> None:
    with pytest.raises(Problem) as refusal:
        await run(admin, "--start", "2026-12-31T17:00+08:00", "--amount", "2h")
    assert (refusal.value.code, refusal.value.exit_code) == ("calendar_missing", 1)
    assert refusal.value.facts["year"] == 2027
    assert "2027" in refusal.value.sentence
    assert "import calendar" in refusal.value.sentence


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--start", "yesterday", "--amount", "4h"), "time_unreadable"),
        (("--start", "0001-01-01T00:00", "--amount", "4h"), "time_unreadable"),
        (("--start", "2026-02-29T00:00", "--amount", "4h"), "time_unreadable"),
        (("--start", "2026-09-30T17:00", "--amount", "soon"), "amount_unreadable"),
        (("--start", "2026-09-30T17:00", "--amount", "2u"), "amount_unreadable"),
        (("--start", "2026-09-30T17:00", "--amount", "999999d"), "amount_too_long"),
        (("--start", "2026-09-30T17:00", "--amount", "4h", "--calendar", "lunar"), "calendar_unknown"),
    ],
)
async def test_bad_input_is_said_to_be_so(admin: Connection, words: tuple[str, ...], code: str) -> None:
    with pytest.raises(Problem) as refusal:
        await run(admin, *words)
    assert (refusal.value.code, refusal.value.exit_code) == (code, 2)
    assert len(refusal.value.sentence) < 200
