"""What an action is told is checked in the database too: a seat with psql is held to the same words."""

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from tests.database.cast import Cast, limit

GOOD = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商", "centre": "130123"}

BAD_REPORTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("option_missing", {"title": None}),
    ("option_missing", {"title": "   "}),
    ("option_missing", {"channel": None}),
    ("not_one_of", {"channel": "鸽子"}),
    ("no_such_class", {"class": "街面秩序"}),
    ("no_such_class", {"class": "街面秩序/骆驼"}),
    ("bad_priority", {"priority": 9}),
    ("bad_priority", {"priority": "一"}),
    ("too_long", {"title": "长" * 201}),
    ("too_long", {"place": "长" * 201}),
    ("too_long", {"text": "长" * 20001}),
    ("too_long", {"reporter": "长" * 81}),
    ("too_long", {"external": "a:" + "9" * 400}),
    ("bad_external", {"external": "没有冒号"}),
    ("bad_external", {"external": ":1"}),
    ("not_a_centre", {"centre": "130123-D02"}),
    ("no_such_unit", {"centre": "火星"}),
    ("ambiguous_unit", {"centre": None, "at_organisation": "韩家庄村"}),
    ("no_such_grid", {"at_grid": "130123201001999"}),
    ("no_such_grid", {"at_grid": "130123201001999", "point": [114.55, 38.11], "datum": "WGS-84"}),
    ("grid_elsewhere", {"at_grid": "130123201001001", "at_organisation": "130123101001"}),
    ("grid_elsewhere", {"at_grid": "130123201001001", "at_organisation": "没有这个村"}),
    ("bad_point", {"point": [200, 38.1], "datum": "WGS-84"}),
    ("bad_point", {"point": [114.5], "datum": "WGS-84"}),
    ("bad_point", {"point": ["东", "西"], "datum": "WGS-84"}),
    ("bad_point", {"point": ["NaN", 38], "datum": "WGS-84"}),
    ("bad_point", {"point": "114.5,38.1"}),
    ("bad_point", {"point": [999, 38], "raw_point": [114.5, 38], "datum": "GCJ-02"}),
    ("bad_point", {"point": ["1e999", 38], "datum": "WGS-84"}),
    ("not_one_of", {"point": [114.5, 38.1], "datum": "火星"}),
    ("bad_instant", {"occurred": "昨天"}),
    ("bad_instant", {"occurred": "infinity"}),
    ("bad_instant", {"received": "2026-13-45"}),
    ("bad_instant", {"received": "2026-11-20 10:00 Mars/Base"}),
    ("not_one_of", {"restricted": "也许"}),
    ("not_one_of", {"handled": 7}),
    ("unknown_option", {"颜色": "红"}),
)


@pytest.fixture
async def raw(people: Cast) -> AsyncIterator[asyncpg.Connection]:
    connection = await people.raw("seat")
    yield connection
    await connection.close()


async def heard(raw: asyncpg.Connection, action: str, number: int | None, args: object) -> tuple[str, str]:
    """Return (code, sqlstate) of what must not pass."""
    with pytest.raises(asyncpg.PostgresError) as caught:
        await raw.fetchval(
            "SELECT desk.act($1, $2, $3, NULL, $4::text::jsonb)",
            uuid.uuid4(),
            action,
            number,
            json.dumps(args),
        )
    return str(caught.value.args[0]), str(caught.value.sqlstate)


async def test_bad_reports_are_wrong_input_and_leave_nothing(people: Cast, raw: asyncpg.Connection) -> None:
    for code, change in BAD_REPORTS:
        assert await heard(raw, "report", None, {**GOOD, **change}) == (code, "GS002"), change
    assert await people.database.owner.fetchval("SELECT count(*) FROM gridseat.incident") == 0
    for wrong in (["文字"], "文字", 7):
        assert await heard(raw, "report", None, wrong) == ("bad_arguments", "GS002")


async def test_bad_arguments_of_other_actions(people: Cast, raw: asyncpg.Connection) -> None:
    number = await people.at("accepted")
    bad_limits = (
        {"seconds": 0, "clock": "working"},
        {"seconds": -5, "clock": "working"},
        {"seconds": 7200},
        {"seconds": 7200, "clock": "lunar"},
        {"seconds": "很多", "clock": "working"},
        {"seconds": 10**30, "clock": "working"},
        {"seconds": 401 * 86400, "clock": "working"},
        {"clock": "working"},
        "2h",
    )
    for amount in bad_limits:
        args = {"unit": "城管局", "limit": amount}
        assert await heard(raw, "dispatch", number, args) == ("bad_limit", "GS002"), amount
    for action, option in (("merge", "into"), ("link", "to"), ("attach-report", "to")):
        for wrong in ("十", "1e3", "9" * 40):
            assert await heard(raw, action, number, {option: wrong}) == ("bad_number", "GS002")
    assert await heard(raw, "undo", number, {"command": "不是编号"}) == ("bad_command_id", "GS002")
    assert await heard(raw, "task-force", number, {"member": "谁"}) == ("no_such_person", "GS002")
    assert await heard(raw, "instruct", number, {"text": "办", "due": "infinity"}) == ("not_allowed", "GS001")
    boss = await people.raw("boss")
    assert await heard(boss, "instruct", number, {"text": "办", "due": "infinity"}) == (
        "bad_instant",
        "GS002",
    )
    await boss.close()
    assert await heard(raw, "reject", number, {"reason": "长" * 2001}) == ("too_long", "GS002")
    assert await people.status(number) == "accepted"
    assert await people.story(number) == ["report", "accept"]


async def test_a_command_needs_an_id_and_a_known_action(people: Cast, raw: asyncpg.Connection) -> None:
    number = await people.at("reported")
    for id_, action in ((None, "accept"), (uuid.uuid4(), "fly"), (uuid.uuid4(), None)):
        with pytest.raises(asyncpg.PostgresError, match="no_such_action"):
            await raw.fetchval("SELECT desk.act($1, $2, $3)", id_, action, number)


async def test_without_any_organisation_there_is_nowhere_to_report(people: Cast) -> None:
    for table in ("grid_ring", "grid", "organisation"):
        await people.database.owner.execute(f"DELETE FROM gridseat.{table}")
    facts = {key: GOOD[key] for key in ("title", "channel", "class")}
    assert await people.no("duty", "report", None, **facts) == "no_centre"


async def test_after_a_dump_was_moved_nothing_is_done_before_the_upgrade(people: Cast) -> None:
    number = await people.at("reported")
    await people.database.owner.execute(
        "UPDATE gridseat.setting SET value = '\"elsewhere\"' WHERE key = 'epoch'"
    )
    assert await people.no("seat", "accept", number) == "upgrade_needed"
    await people.database.owner.execute("SELECT gridseat.rebase_feed()")
    await people.do("seat", "accept", number, text="照常")


async def test_amounts_are_counted_in_seconds(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "dispatch", number, unit="城管局", limit=limit(0.5, "continuous"))
    row = await people.row(number)
    assert (row["handling_seconds"], row["handling_clock"]) == (1800, "continuous")
