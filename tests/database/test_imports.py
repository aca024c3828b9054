"""Importing organisations: the tree grows and moves in one piece, and rights end at one's own part of it."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from console.desk.desk import Desk
from console.errors import BadInput, Refused
from tests.database.offices import ORGANISATIONS, counts, faults, table, take
from tests.database_fixtures import Database, act, report
from tests.waiting import until_told

WAITS = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock')"
NEW = ("130123301,新安镇,township,130123", "130123301001,东村村民委员会,community,130123301")


@pytest.fixture
async def clerk(database: Database) -> AsyncIterator[Desk]:
    """Give the desk of the county's own administrator."""
    await database.add("clerk", "admin", "130123")
    desk = Desk(database.door("clerk"))
    yield desk
    await desk.close()


async def parent_of(database: Database, code: str) -> str | None:
    found = await database.owner.fetchval(
        """SELECT p.code FROM gridseat.organisation AS o JOIN gridseat.organisation AS p ON p.id = o.parent_id
           WHERE o.code = $1""",
        code,
    )
    return None if found is None else str(found)


async def test_nothing_goes_in_twice(database: Database, duty: Desk) -> None:
    given = table(ORGANISATIONS, *NEW)
    assert counts(await take(duty, "organisations", given)) == (2, 0, 0, 0)
    assert counts(await take(duty, "organisations", given)) == (0, 0, 2, 0)
    made = await database.owner.fetch(
        "SELECT level, centre, initials FROM gridseat.organisation WHERE code LIKE '130123301%' ORDER BY code"
    )
    assert [tuple(row) for row in made] == [
        ("township", True, "xaz xazh"),
        ("community", False, "dccmwyh"),
    ]
    assert await faults(database) == []


async def test_a_row_that_stands_twice_counts_as_unchanged(duty: Desk) -> None:
    assert counts(await take(duty, "organisations", table(ORGANISATIONS, *NEW, NEW[0]))) == (2, 0, 1, 0)


async def test_children_may_stand_before_their_parents(database: Database, duty: Desk) -> None:
    assert counts(await take(duty, "organisations", table(ORGANISATIONS, *reversed(NEW)))) == (2, 0, 0, 0)
    assert await parent_of(database, "130123301001") == "130123301"


async def test_a_whole_new_tree_is_numbered(database: Database, duty: Desk) -> None:
    lines = ["1302,唐山市,city,", "130204,古冶区,county,1302"]
    lines += [f"130204{n:03d},第{n}街道,township,130204" for n in range(60)]
    assert counts(await take(duty, "organisations", table(ORGANISATIONS, *lines))) == (62, 0, 0, 0)
    assert await faults(database) == []


async def test_leaves_find_room_without_a_new_numbering(database: Database, duty: Desk) -> None:
    before = await database.owner.fetch("SELECT code, lft, rgt FROM gridseat.organisation ORDER BY code")
    await take(duty, "organisations", table(ORGANISATIONS, *NEW))
    after = await database.owner.fetch(
        "SELECT code, lft, rgt FROM gridseat.organisation WHERE code NOT LIKE '130123301%' ORDER BY code"
    )
    assert [tuple(row) for row in after] == [tuple(row) for row in before]


async def test_leaves_that_keep_coming_are_numbered_at_last(database: Database, duty: Desk) -> None:
    lines = [f"130123101{n:03d},第{n}社区居民委员会,community,130123101" for n in range(100, 180)]
    for start in range(0, 80, 20):
        await take(duty, "organisations", table(ORGANISATIONS, *lines[start : start + 20]))
        assert await faults(database) == []


async def test_orphans_and_wrong_levels_are_named_and_the_others_go_in(duty: Desk) -> None:
    told = await take(
        duty,
        "organisations",
        table(
            ORGANISATIONS,
            NEW[0],
            "130199001,孤儿镇,township,130199",
            "130123301009,北郡县,county,130123301",
            "130199001001,孤儿村民委员会,community,130199001",
        ),
    )
    assert counts(told) == (1, 0, 0, 3)
    assert [(error.line, "130199" in error.reason) for error in told.errors] == [
        (3, True),
        (4, False),
        (5, True),
    ]


async def test_a_circle_lets_nothing_in(database: Database, duty: Desk) -> None:
    circle = table(
        ORGANISATIONS, NEW[0], "130123401,甲镇,township,130123402", "130123402,乙镇,township,130123401"
    )
    with pytest.raises(BadInput) as caught:
        await take(duty, "organisations", circle)
    assert caught.value.code == "tree_cycle"
    assert not await database.owner.fetch("SELECT FROM gridseat.organisation WHERE code LIKE '1301233%'")


async def test_a_circle_is_refused_by_the_database_itself(database: Database) -> None:
    raw = await database.as_person("duty")
    rows = """[{"line": 1, "code": "X1", "name": "甲", "level": "department", "parent": null},
               {"line": 2, "code": "X2", "name": "乙", "level": "department", "parent": "X1"},
               {"line": 3, "code": "X1", "name": "甲", "level": "department", "parent": "X2"}]"""
    with pytest.raises(Exception, match="tree_cycle"):
        await raw.fetchval("SELECT desk.import_organisations($1::text::jsonb)", rows)
    assert not await database.owner.fetch("SELECT FROM gridseat.organisation WHERE code IN ('X1', 'X2')")
    await raw.close()


async def test_a_move_takes_its_subtree_and_its_incidents_along(database: Database, duty: Desk) -> None:
    number = await report(duty, centre="130123101", at_organisation="130123101001")
    moved = table(ORGANISATIONS, "130123101,正定古城街道,township,130125")
    assert counts(await take(duty, "organisations", moved)) == (0, 1, 0, 0)
    assert await parent_of(database, "130123101") == "130125"
    inside = await database.owner.fetchval(
        """SELECT i.centre_lft BETWEEN c.lft AND c.rgt AND i.place_lft BETWEEN c.lft AND c.rgt
           FROM gridseat.incident AS i, gridseat.organisation AS c
           WHERE i.number = $1 AND c.code = '130125'""",
        number,
    )
    assert inside
    assert await faults(database) == []


async def test_a_changed_name_changes_the_initials_only(database: Database, duty: Desk) -> None:
    await take(duty, "organisations", table(ORGANISATIONS, "130123201,东里乡,township,130123"))
    rows = await database.owner.fetch(
        "SELECT name, initials FROM gridseat.organisation WHERE code = '130123201'"
    )
    assert [tuple(row) for row in rows] == [("东里乡", "dlx")]
    assert await parent_of(database, "130123201") == "130123"


async def test_a_level_that_children_forbid_lets_nothing_in(database: Database, duty: Desk) -> None:
    with pytest.raises(BadInput) as caught:
        await take(duty, "organisations", table(ORGANISATIONS, "130123101,正定镇,community,130123"))
    assert caught.value.code == "row_level"
    assert await database.owner.fetchval(
        "SELECT level FROM gridseat.organisation WHERE code = '130123101'"
    ) == ("township")


async def test_an_administrator_changes_only_what_is_below(database: Database, clerk: Desk) -> None:
    told = await take(
        clerk,
        "organisations",
        table(
            ORGANISATIONS,
            *NEW,
            "130125100,龙州镇,township,1301",
            "130125101,南桥镇,township,130125",
            "130123,正定新区,county,1301",
            "1303,秦皇岛市,city,",
            "130125100001,韩家庄村民委员会,community,130123101",
            "1301,石家庄市,city,",
        ),
    )
    assert counts(told) == (2, 0, 1, 5)
    assert {error.line for error in told.errors} == {4, 5, 6, 7, 8}
    assert await faults(database) == []


async def test_only_administrators_import(database: Database) -> None:
    await database.add("seat", "seat supervisor", "130123")
    desk = Desk(database.door("seat"))
    with pytest.raises(Refused) as caught:
        await take(desk, "organisations", table(ORGANISATIONS))
    assert caught.value.code == "admin_needed"
    await desk.close()


async def test_a_dry_run_tells_the_same_and_changes_nothing(database: Database, duty: Desk) -> None:
    given = table(ORGANISATIONS, *NEW, "130123101,正定古城街道,township,130125", "9,孤儿,township,8")
    tried = await take(duty, "organisations", given, dry_run=True)
    assert counts(tried) == (2, 1, 0, 1)
    assert await parent_of(database, "130123101") == "130123"
    assert (await take(duty, "organisations", given)).as_json() == tried.as_json()


async def test_two_imports_at_once_with_reports_and_moves_between_leave_a_sound_tree(
    database: Database,
) -> None:
    desks = [Desk(database.door("duty")) for _ in range(5)]
    first = table(ORGANISATIONS, *(f"130123{n},第{n}镇,township,130123" for n in range(500, 560)))
    second = table(
        ORGANISATIONS,
        "130123101,正定镇,township,130125",
        *(f"130123{n},第{n}镇,township,130125" for n in range(530, 590)),
    )

    async def reports(desk: Desk) -> None:
        for _ in range(15):
            await report(desk, centre="130123101", at_organisation="130123101001")

    async def hands(desk: Desk) -> None:
        number = await report(desk, centre="130123201")
        for _ in range(8):
            await act(desk, "escalate", number, reason="跨乡")
            await act(desk, "hand-down", number, to="130123201", reason="属地")

    async with asyncio.TaskGroup() as group:
        group.create_task(hands(desks[4]))
        group.create_task(take(desks[0], "organisations", first))
        group.create_task(reports(desks[1]))
        group.create_task(take(desks[2], "organisations", second))
        group.create_task(reports(desks[3]))
    assert await faults(database) == []
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.incident") == 31
    for desk in desks:
        await desk.close()


async def test_who_takes_a_case_over_waits_for_the_tree_to_settle(database: Database, duty: Desk) -> None:
    number = await report(duty, centre="130123")
    lines = [f"1301231{n},第{n}镇,township,130123" for n in range(10, 60)]  # before 南楼乡, which moves along
    rows = [
        {"line": 1, "code": code, "name": name, "level": level, "parent": parent}
        for code, name, level, parent in (line.split(",") for line in lines)
    ]
    raw = await database.as_person("duty")
    change = raw.transaction()
    await change.start()
    await raw.fetchval("SELECT desk.import_organisations($1::text::jsonb)", json.dumps(rows))
    async with asyncio.TaskGroup() as group:
        group.create_task(act(duty, "hand-down", number, to="130123201", reason="属地"))
        await until_told(lambda: database.owner.fetchval(WAITS, database.name))
        await change.commit()
    assert await faults(database) == []
    await raw.close()
