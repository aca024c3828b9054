"""Attendance, patrols, visits, groups and calls: what goes in, what it counts for, and true sums."""

from datetime import datetime
from pathlib import Path

import asyncpg
import pytest

from console.desk.desk import Desk
from console.errors import Refused
from tests.database.cast import MONDAY, Cast, later
from tests.database.offices import counts, table, take
from tests.database.operations import clerk as clerk  # noqa: PLC0414  a fixture
from tests.database.operations import faults, fold, records, sums
from tests.database.registry import GRID, ID, settle

ATTENDANCE = "工号,日期,应出勤,上班打卡,下班打卡"
VISITS = "工号,走访日期,户编号,走访结果"
SEATS = ("seated", "load_per_seat", "claim_age")
GROUPS = "群编号,群名,社区编码,网格编码,入群户数,最近发言"


async def test_attendance_counts_those_who_came_of_those_who_were_due(people: Cast, clerk: Desk) -> None:
    owner = people.database.owner
    given = table(
        ATTENDANCE,
        "W1,2026-11-20,应到,08:25,18:01",
        "W2,2026-11-20,应到,,",
        "W3,2026-11-20,轮休,20:00,06:00",  # not due, and there all night: counts for nothing
        "W3,2026-11-23,,8:31:07,",
        "W1,2026-11-24,是,,",  # tomorrow: not yet
    )
    assert counts(await take(clerk, "attendance", given, dry_run=True)) == (5, 0, 0, 0)
    assert counts(await take(clerk, "attendance", given)) == (5, 0, 0, 0)
    assert counts(await take(clerk, "attendance", given)) == (0, 0, 5, 0)
    assert (await sums(owner))["on_duty"] == (2, 3)
    await fold(owner)
    assert (await sums(owner))["on_duty"] == (2, 3), "folded or not, the same"
    assert (await sums(owner, "130123101"))["on_duty"] == (1, 2)
    assert (await sums(owner, "130123101002"))["on_duty"] == (0, 1)
    assert await records(owner, "on_duty") == [("W3", 1), ("W1", 1)]
    assert await records(owner, "on_duty:rest") == [("W2", 1)]
    assert await records(owner, "on_duty:of") == [("W3", 1), ("W1", 1), ("W2", 1)]
    late = table(ATTENDANCE, "W2,2026-11-20,,09:40,")  # a punch that came in later leaves the roster as it is
    assert counts(await take(clerk, "attendance", late)) == (0, 1, 0, 0)
    assert (await sums(owner))["on_duty"] == (3, 3)
    night = await owner.fetchval("SELECT went - came FROM gridseat.attendance WHERE NOT due")
    assert night.total_seconds() == 10 * 3600
    assert await faults(owner) == []


async def test_bad_rows_are_named_and_the_good_ones_go_in(clerk: Desk) -> None:
    told = await take(
        clerk,
        "attendance",
        table(
            ATTENDANCE,
            "W9,2026-11-20,是,08:25,",
            "X1,2026-11-20,是,08:25,",
            "W1,2027-11-20,是,,",
            "W1,2026-11-24,是,08:25,",
            "W1,2026-11-21,是,,18:00",
            "W1,2026-11-22,是,2026-11-20 08:00,",
            "W1,2026-11-19,大概,,",
            "W1,2026-11-18,是,25:00,",
            "W1,2026-11-17,是,08:25,",
        ),
    )
    assert counts(told) == (1, 0, 0, 8)
    words = ["W9", "外人", "2027-11-20", "2026-11-24", "开始时间之后", "2026-11-22", "大概", "25:00"]
    for fault, word in zip(told.errors, words, strict=True):
        assert word in fault.reason


async def test_a_household_counts_once_however_often_it_is_visited(people: Cast, clerk: Desk) -> None:
    owner = people.database.owner
    sizes = table("网格编码,户数", "130123101001001,4", "130123101002001,0", "130123201001001,6", "9,5")
    assert counts(await take(clerk, "grid_households", sizes)) == (3, 0, 0, 1)
    given = table(
        VISITS,
        "W1,2026-10-30,H1,见到",
        "W1,2026-11-05,H1,无人",
        "W1,2026-11-06,H1,",
        "W1,2026-11-06,H2,外出",
        "W3,2026-11-06,H1,是",  # another community's household of the same code
        "H1,2026-11-06,H3,是",  # the head of a community has no grid of their own
    )
    told = await take(clerk, "visits", given)
    assert counts(told) == (5, 0, 0, 1)
    assert "网格编码" in told.errors[0].reason
    assert (await sums(owner))["patrolled"] == (3, 10)
    assert (await sums(owner))["household_visits"] == (4, None)
    assert (await sums(owner, "130123101002"))["patrolled"] == (0, 0), "a dash, not zero"
    assert sorted(await records(owner, "patrolled")) == [("H1", 1), ("H1", 1), ("H2", 1)]
    assert sorted(await records(owner, "patrolled:of")) == [("130123101001001", 4), ("130123201001001", 6)]
    await fold(owner)
    await owner.execute("DELETE FROM gridseat.visit WHERE day > '2026-11-05' AND household = 'H1'")
    assert (await sums(owner))["patrolled"] == (2, 10), "H1 was last visited on the fifth, H2 on the sixth"
    assert await faults(owner) == []


async def test_once_there_is_a_registry_its_households_are_what_is_covered(
    people: Cast, clerk: Desk, tmp_path: Path
) -> None:
    owner = people.database.owner
    await take(clerk, "grid_households", table("网格编码,户数", f"{GRID},1"))
    await settle(clerk, tmp_path)
    await take(clerk, "visits", table(VISITS, "W1,2026-11-06,HH1,", f"W1,2026-11-06,{ID},"))
    assert (await sums(owner))["patrolled"] == (2, 2)
    assert await records(owner, "patrolled:of") == [(GRID, 2)]
    codes = {code for code, _ in await records(owner, "patrolled")}
    assert "HH1" in codes
    assert ID not in codes, "a number that tells who somebody is is not kept"
    assert (await sums(owner, "130123201"))["patrolled"] == (0, 0)
    await take(clerk, "grid_households", table("网格编码,户数", f"{GRID},80"))
    assert (await sums(owner))["patrolled"] == (2, 80), "the registry is being filled"
    assert await records(owner, "patrolled:of") == [(GRID, 80)]


async def test_patrols_are_known_again_by_worker_and_start(people: Cast, clerk: Desk) -> None:
    header = "工号,开始时间,结束时间,网格编码"
    walk = "W1,2026-11-20 09:00,,"
    assert counts(
        await take(clerk, "patrols", table(header, walk, "W1,2026-11-20 15:00,,130123101002001"))
    ) == (
        2,
        0,
        0,
        0,
    )
    ended = walk.replace(",,", ",2026-11-20 10:20,")
    assert counts(await take(clerk, "patrols", table(header, ended))) == (0, 1, 0, 0)
    assert counts(await take(clerk, "patrols", table(header, walk))) == (0, 0, 1, 0)
    back = "W1,2026-11-21 09:00,2026-11-21 08:00,"
    assert counts(await take(clerk, "patrols", table(header, back))) == (0, 0, 0, 1)
    assert (await sums(people.database.owner, "130123101001"))["patrols"] == (1, None)


async def test_groups_reach_households_and_live_while_somebody_speaks(people: Cast, clerk: Desk) -> None:
    owner = people.database.owner
    await take(clerk, "grid_households", table("网格编码,户数", "130123101001001,80", "130123101002001,20"))
    one = "G1,恒山一群,130123101001,130123101001001,60,2026-11-22"
    given = table(GROUPS, one, "G2,常山群,130123101002,,15,2026-08-01", "G3,外县群,130125100001,,9,")
    told = await take(clerk, "groups", given)
    assert counts(told) == (2, 0, 0, 1)
    assert (await sums(owner))["group_reach"] == (75, 100)
    assert (await sums(owner))["groups_live"] == (1, 2)
    assert await records(owner, "group_reach") == [("G1", 60), ("G2", 15)]
    async with people.database.eyes("duty") as duty:
        listed = await duty.fetch("SELECT code, households FROM desk.groups(NULL)")
    assert [tuple(row) for row in listed] == [("G1", 80), ("G2", 20)], "of the grid or the community"
    assert counts(await take(clerk, "groups", table(GROUPS, one.replace("60", "61")))) == (0, 1, 0, 0)
    moved = one.replace("130123101001,130123101001001,60", "130123201001,,61")
    assert counts(await take(clerk, "groups", table(GROUPS, moved))) == (0, 1, 0, 0)
    await fold(owner)
    assert (await sums(owner, "130123101"))["group_reach"] == (15, 100)
    assert await faults(owner) == []


async def test_calls_are_answered_within_fifteen_seconds_or_not(people: Cast, clerk: Desk) -> None:
    owner = people.database.owner
    assert (await sums(owner))["answered_15s"] == (0, 0), "no telephone system: a dash"
    await people.hire("seat")
    given = table(
        "话单号,中心编码,振铃时间,接听时间,坐席",
        "C1,130123,2026-11-20 09:00:00,2026-11-20 09:00:15,seat",
        "C2,130123,2026-11-20 09:00:00,2026-11-20 09:00:16,",
        "C3,130123,2026-11-20 09:00:00,,",
        "C4,130123101001,2026-11-20 09:00:00,,",
    )
    told = await take(clerk, "calls", given)
    assert counts(told) == (3, 0, 0, 1)
    assert (await sums(owner))["answered_15s"] == (1, 3)
    assert await records(owner, "answered_15s:rest") == [("C2", 1), ("C3", 1)]


@pytest.mark.parametrize(("moved", "left"), [(["130123201"], (1, 1)), (["130123101", "130123201"], (0, 0))])
async def test_moved_organisations_take_their_sums_along(
    people: Cast, clerk: Desk, moved: list[str], left: tuple[int, int]
) -> None:
    owner = people.database.owner
    await take(clerk, "attendance", table(ATTENDANCE, "W1,2026-11-20,是,08:25,", "W3,2026-11-20,是,,"))
    await fold(owner)
    await take(clerk, "attendance", table(ATTENDANCE, "W3,2026-11-19,是,08:25,"))  # not folded yet
    await owner.execute(
        """UPDATE gridseat.organisation AS o SET parent_id = p.id FROM gridseat.organisation AS p
           WHERE p.code = '130125' AND o.code = ANY ($1)""",
        moved,
    )
    await owner.execute("SELECT gridseat.renumber_tree()")
    for _ in range(2):
        assert (await sums(owner))["on_duty"] == left
        assert (await sums(owner, "130125"))["on_duty"] == (2 - left[0], 3 - left[1])
        assert (await sums(owner, "1301"))["on_duty"] == (2, 3)
        assert await faults(owner) == []
        await fold(owner)


@pytest.mark.parametrize(
    "bend",
    [
        "UPDATE gridseat.work_sum SET hits = hits + 1 WHERE fact = 'on_duty'",
        "DELETE FROM gridseat.work_sum WHERE fact = 'workers'",
        "INSERT INTO gridseat.household_visited SELECT min(id), 'H9', '2026-11-01' FROM gridseat.grid",
    ],
)
async def test_check_finds_what_is_bent(people: Cast, clerk: Desk, bend: str) -> None:
    owner = people.database.owner
    await take(clerk, "attendance", table(ATTENDANCE, "W1,2026-11-20,是,08:25,"))
    await fold(owner)
    assert await faults(owner) == []
    await owner.execute(bend)
    assert await faults(owner) != []


async def test_a_worker_punches_for_themselves(people: Cast, clerk: Desk) -> None:
    assert clerk
    database = people.database
    await database.owner.execute("UPDATE gridseat.staff SET name = 'grid' WHERE code = 'W3'")
    worker, boss = await people.raw("grid"), await people.raw("boss")
    with pytest.raises(asyncpg.PostgresError, match="not_punched_in"):
        await worker.fetchval("SELECT desk.punch(true)")
    await worker.fetchval("SELECT desk.punch()")
    await database.freeze("2026-11-23T18:00:00+08:00")
    await worker.fetchval("SELECT desk.punch()")  # again: the first one counts
    await worker.fetchval("SELECT desk.punch(true)")
    asked = "SELECT code, due, went - came AS there FROM desk.attendance(NULL, '2026-11-23')"
    rows = [[tuple(row) for row in await person.fetch(asked)] for person in (worker, boss)]
    assert rows[0] == rows[1] == [("W3", False, rows[0][0][2])]
    assert rows[0][0][2].total_seconds() == 9 * 3600
    assert (await sums(database.owner))["on_duty"] == (0, 0), "there, without having been due"
    for person in (worker, boss):
        await person.close()


async def test_seats_are_told_by_who_sits_there_and_what_they_hold(people: Cast, clerk: Desk) -> None:
    assert clerk
    owner = people.database.owner
    cases = [await people.at("reported") for _ in range(3)]
    for number, minutes, login in zip(cases, (5, 3, 1), ("seat", "seat", "second"), strict=False):
        await people.database.freeze(later(MONDAY, minutes=-minutes, seconds=-30))
        await people.do(login, "claim", number)
    await owner.execute("UPDATE gridseat.incident SET restricted = true WHERE number = $1", cases[2])
    await people.database.freeze(MONDAY)
    for login in ("seat", "second", "duty"):
        raw = await people.raw(login)
        await raw.fetchval("SELECT desk.attend(NULL)::text")
        await raw.close()
    told = await sums(owner)
    held_now = {"seated": (2, None), "load_per_seat": (2, 2), "claim_age": (5 + 3, 2)}
    assert {key: told[key] for key in SEATS} == held_now
    past = "SELECT key, hits, of_all FROM gridseat.operations_sums(0, 9223372036854775807, $1, $2)"
    month = (datetime.fromisoformat(f"2026-10-{day}T00:00:00+08:00") for day in ("01", "31"))
    of_then = {row["key"]: (row["hits"], row["of_all"]) for row in await owner.fetch(past, *month)}
    assert {key: of_then[key] for key in SEATS} == held_now, "of now, whatever the period"
    assert (
        await records(owner, "seated")
        == await records(owner, "load_per_seat:of")
        == [("seat", 1), ("second", 1)]
    )
    held = [(str(number), 1) for number in cases[:2]]
    assert await records(owner, "load_per_seat") == await records(owner, "claim_age:of") == held
    assert await records(owner, "claim_age") == [(held[0][0], 5), (held[1][0], 3)]
    workers = [("W1", 1), ("W2", 1), ("W3", 1)]
    assert sorted(await records(owner, "reports_per_worker:of")) == workers
    refused = {"seated:of": "figure_no_of", "claim_age:rest": "figure_no_rest"}
    for question, code in (refused | {"reports_per_worker": "figure_unknown"}).items():
        with pytest.raises(asyncpg.PostgresError, match=code):
            await records(owner, question)


async def test_rights(people: Cast, clerk: Desk) -> None:
    await take(clerk, "attendance", table(ATTENDANCE, "W1,2026-11-20,是,08:25,", "W3,2026-11-20,是,,"))
    row = table(ATTENDANCE, "W1,2026-11-19,是,,")
    with pytest.raises(Refused, match="值班长"):
        await take(await people.desk("seat"), "attendance", row)
    told = await take(await people.desk("town_boss"), "attendance", row)
    assert counts(told) == (0, 0, 0, 1), "another township's worker"
    town, seat, beside, wall = [
        await people.raw(who) for who in ("town_boss", "town_seat", "beside", "screen")
    ]
    asked = "SELECT code FROM desk.attendance($1, '2026-11-20')"
    assert [row["code"] for row in await town.fetch(asked, None)] == ["W3"]
    assert await seat.fetch(asked, None) == await wall.fetch(asked, None) == []
    for person in (town, beside):
        with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
            await person.fetch(asked, "130123")
    for name in ("attendance", "patrol", "visit", "household_visited", "message_group", "call", "work_sum"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await town.fetch(f"SELECT FROM gridseat.{name}")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await town.fetch("SELECT gridseat.operations_sums(0, 9, desk.now(), desk.now())")
    for person in (town, seat, beside, wall):
        await person.close()
