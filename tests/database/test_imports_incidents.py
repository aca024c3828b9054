"""Importing past incidents: they enter closed, with an honest story, where they happened, and once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from console.desk.desk import Desk
from console.errors import Refused
from console.intake.table import Table
from tests.database.offices import INCIDENTS, counts, faults, table, take
from tests.database_fixtures import Database, act

ROWS = (
    "2019-06-25T09:31:00+08:00,正定县南楼乡韩家庄村,wechat,公共安全/焚烧,麦田有火光,韩家庄村网格,现场灭火并教育",
    "2020-09-03T09:00:00+08:00,桥东区汇文社区,phone,街面秩序/游商,商贩占道,八号网格,网格员劝离",
    "2020-09-04T09:00:00+08:00,正定县,电话,诉求咨询/寻人,老人走失,派出所,",
)


def sent(*lines: str) -> Table:
    return table(INCIDENTS, *lines)


@pytest.fixture
async def boss(database: Database) -> AsyncIterator[Desk]:
    """Give the desk of the county's supervisor."""
    await database.add("boss", "supervisor", "130123")
    desk = Desk(database.door("boss"))
    yield desk
    await desk.close()


async def rows(database: Database) -> list[Any]:
    return list(
        await database.owner.fetch(
            """SELECT i.*, c.code AS centre, o.code AS lies_in FROM gridseat.incident AS i
               JOIN gridseat.organisation AS c ON c.id = i.centre_id
               LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id ORDER BY i.number"""
        )
    )


async def test_they_enter_closed_without_clocks_or_urging(database: Database, duty: Desk) -> None:
    assert counts(await take(duty, "incidents", sent(*ROWS))) == (3, 0, 0, 0)
    for row in await rows(database):
        assert (row["status"], row["due"], row["closed_at"], row["outcome"]) == (
            "closed",
            None,
            None,
            "imported",
        )
    for empty in ("clock", "card", "party"):
        assert not await database.owner.fetch(f"SELECT FROM gridseat.{empty}")
    assert (await duty.call(lambda raw: raw.fetchval("SELECT desk.sweep()::text"))) is not None
    assert not await database.owner.fetch("SELECT FROM gridseat.card")
    assert await faults(database) == []


async def test_a_known_place_names_the_centre_and_another_is_kept_as_text(
    database: Database, duty: Desk
) -> None:
    told = await take(duty, "incidents", sent(*ROWS))
    assert [(row["centre"], row["lies_in"], row["place"]) for row in await rows(database)] == [
        ("130123201", "130123201001", "正定县南楼乡韩家庄村"),
        ("1301", None, "桥东区汇文社区"),
        ("130123", "130123", "正定县"),
    ]
    assert [remark.line for remark in told.remarks] == [3]


async def test_without_a_known_place_the_operators_centre_has_them(database: Database, boss: Desk) -> None:
    await take(boss, "incidents", sent(ROWS[1]))
    assert [row["centre"] for row in await rows(database)] == ["130123"]


async def test_a_place_that_may_be_several_is_said(database: Database, duty: Desk) -> None:
    told = await take(duty, "incidents", sent("2020-01-01,韩家庄村,phone,街面秩序/游商,商贩占道,,"))
    assert "130123201001、130125100001" in told.remarks[0].reason
    assert [row["centre"] for row in await rows(database)] == ["1301"]


async def test_the_timeline_tells_what_is_known_and_no_more(database: Database, duty: Desk) -> None:
    await database.freeze("2026-11-20T10:00:00+08:00")
    await take(duty, "incidents", sent(ROWS[0]))
    row = (await rows(database))[0]
    assert row["received_at"].isoformat() == "2019-06-25T01:31:00+00:00"
    assert row["recorded_at"].isoformat() == "2026-11-20T02:00:00+00:00"
    entries = await database.owner.fetch(
        """SELECT action, from_status, to_status, at = $2 AS honest, facts ->> 'received' AS received
           FROM gridseat.timeline WHERE number = $1 ORDER BY seq""",
        row["number"],
        row["recorded_at"],
    )
    assert [tuple(entry)[:4] for entry in entries] == [
        ("report", None, "reported", True),
        ("imported", "reported", "closed", True),
    ]
    assert entries[0]["received"].startswith("2019-06-25")
    texts = await database.owner.fetch("SELECT seq, field, text FROM gridseat.personal ORDER BY field")
    assert [tuple(text) for text in texts] == [
        (2, "handled_by", "韩家庄村网格"),
        (2, "outcome", "现场灭火并教育"),
    ]


async def test_a_byte_changed_afterwards_shows(database: Database, duty: Desk) -> None:
    await take(duty, "incidents", sent(*ROWS))
    await database.owner.execute("UPDATE gridseat.personal SET text = '未处置' WHERE field = 'outcome'")
    await database.owner.execute("UPDATE gridseat.incident SET title = '无事' WHERE place = '正定县'")
    assert len(await faults(database)) == 3


async def test_nothing_goes_in_twice_and_an_id_is_known_again(database: Database, duty: Desk) -> None:
    assert counts(await take(duty, "incidents", sent(*ROWS, ROWS[0]))) == (3, 0, 1, 0)
    assert counts(await take(duty, "incidents", sent(*ROWS))) == (0, 0, 3, 0)
    heading = INCIDENTS + ",id"
    assert counts(await take(duty, "incidents", table(heading, ROWS[0] + ",A-1"))) == (1, 0, 0, 0)
    assert counts(await take(duty, "incidents", table(heading, ROWS[0] + ",A-1"))) == (0, 0, 1, 0)
    told = await take(duty, "incidents", table(heading, ROWS[1] + ",A-1"))
    assert counts(told) == (0, 0, 0, 1)
    assert "A-1" in told.errors[0].reason
    assert len(await rows(database)) == 4


async def test_bad_rows_are_named_and_the_others_go_in(duty: Desk) -> None:
    told = await take(
        duty,
        "incidents",
        sent(
            ROWS[0],
            "2020-01-01,正定县,phone,街面秩序/外星人,降落,,",
            "2020-01-01,正定县,飞鸽,街面秩序/游商,商贩,,",
            "2099-01-01,正定县,phone,街面秩序/游商,商贩,,",
            "昨天,正定县,phone,街面秩序/游商,商贩,,",
            "2020-01-01,正定县,phone,街面秩序/游商,,,",
            "2020-01-01,正定县,phone,街面秩序/游商,a\0b,,",
            "2020-01-01,正定县,phone,街面秩序/游商,a\ud800b,,",
            "2020-01-01,正定县,phone,街面秩序/游商," + "长" * 100_000 + ",,",
            "2020-01-01,正定县,phone,街面秩序/游商,<b>\u202e反\x1b[31m</b>,,",
        ),
    )
    assert counts(told) == (2, 0, 0, 8)
    assert [error.line for error in told.errors] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "街面秩序/外星人" in told.errors[0].reason


async def test_a_supervisor_imports_for_the_own_tree_only(database: Database, boss: Desk) -> None:
    told = await take(boss, "incidents", sent(*ROWS, "2020-01-01,行唐县龙州镇,phone,街面秩序/游商,商贩,,"))
    assert counts(told) == (3, 0, 0, 1)
    assert told.errors[0].line == 5
    await database.add("seat", "seat", "130123")
    seat = Desk(database.door("seat"))
    with pytest.raises(Refused) as caught:
        await take(seat, "incidents", sent(ROWS[0]))
    assert caught.value.code == "importer_needed"
    await seat.close()


async def test_a_restricted_class_is_seen_by_who_imported_it_alone(database: Database, boss: Desk) -> None:
    await database.owner.execute("UPDATE gridseat.catalogue_class SET restricted = true WHERE name = '焚烧'")
    await take(boss, "incidents", sent(ROWS[0]))
    await database.add("second", "supervisor", "130123")
    other = Desk(database.door("second"))
    ask = "SELECT count(*) FROM gridseat.incident"
    assert await boss.call(lambda raw: raw.fetchval(ask)) == 1
    assert await other.call(lambda raw: raw.fetchval(ask)) == 0
    await other.close()


async def test_no_console_is_woken_by_what_is_long_past(duty: Desk) -> None:
    start = await duty.call(lambda raw: raw.fetchrow("SELECT * FROM desk.feed_start()"))
    assert start is not None
    await take(duty, "incidents", sent(*ROWS))
    ask = "SELECT * FROM desk.feed($1, 0) WHERE number IS NOT NULL"
    assert not await duty.call(lambda raw: raw.fetch(ask, start["xid"]))


async def test_an_imported_case_can_be_reopened(database: Database, duty: Desk) -> None:
    await take(duty, "incidents", sent(ROWS[0]))
    number = (await rows(database))[0]["number"]
    assert (await act(duty, "reopen", number, reason="又起火"))["status"] == "accepted"
    assert await faults(database) == []


async def test_a_dry_run_leaves_nothing(database: Database, duty: Desk) -> None:
    assert counts(await take(duty, "incidents", sent(*ROWS), dry_run=True)) == (3, 0, 0, 0)
    assert await rows(database) == []
