"""Spot checks, visits, and what becomes of a person's data: seen, erased, forgotten."""

import json
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from console.desk.desk import Desk
from tests.database.registry import (
    GRID,
    ID,
    RESIDENTS,
    figures,
    give,
    registry_faults,
)
from tests.database.registry import lead as lead  # noqa: PLC0414  a fixture
from tests.database_fixtures import Database

MISSED = """
SELECT jsonb_array_elements(desk.board_records('people-houses', 'visits:rest', '130123', 31) -> 'rows')"""


async def test_spot_checks_and_visits_are_listed_page_by_page(lead: asyncpg.Connection) -> None:
    await lead.execute("SELECT desk.draw_spot_checks(NULL), desk.plan_visits(NULL)")
    last = await lead.fetchval("SELECT min(id) FROM desk.spot_checks(NULL)")
    await lead.execute("SELECT desk.enter_spot_check($1, 'correct')", last)
    for asked in ("desk.spot_checks(NULL, NULL, $1, $2)", "desk.visits(NULL, false, $1, $2)"):
        whole = await lead.fetch(f"SELECT id, key, total FROM {asked}", 1000, None)
        assert {row["total"] for row in whole} == {len(whole)}
        found, after = list[int](), None
        while rows := await lead.fetch(f"SELECT id, key, total FROM {asked}", 1, after):
            assert rows[0]["total"] == (len(whole) if after is None else None)
            found, after = [*found, rows[0]["id"]], rows[0]["key"]
        assert found == [row["id"] for row in whole]
    assert found
    checks = [row["id"] for row in await lead.fetch("SELECT id FROM desk.spot_checks(NULL)")]
    assert checks[-1] == last, "what is done comes last"
    asked = "SELECT count(*) FROM desk.spot_checks(NULL, $1, 9, NULL, $2, $3)"
    assert await lead.fetchval(asked, None, GRID, "") == 2
    assert await lead.fetchval(asked, None, None, "正定镇 恒山") == 2
    assert await lead.fetchval(asked, None, None, "恒山 南楼") == 0
    assert await lead.fetchval(asked, None, None, "%") == 0
    assert await lead.fetchval(asked, date(2026, 10, 31), None, "") == 0
    state = json.loads(await lead.fetchval("SELECT desk.spot_state(NULL)::text"))
    assert (state["month"], state["drawn"], state["checked"], state["correct"]) == ("2026-11", 3, 1, 1)
    assert sorted(one[2:] for one in state["grids"]) == [[1, 0], [2, 1]]


async def test_visits_are_planned_assigned_made_and_counted(
    database: Database, lead: asyncpg.Connection
) -> None:
    await database.owner.execute(
        """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
           SELECT 'W1', '孙网格', 'full_time', g.id, g.organisation_id
           FROM gridseat.grid AS g WHERE g.code = $1""",
        GRID,
    )
    assert '"planned": 1' in await lead.fetchval("SELECT desk.plan_visits(NULL)::text"), "王建国, 76, alone"
    assert '"planned": 0' in await lead.fetchval("SELECT desk.plan_visits(NULL)::text")
    worker, other = await database.as_person("worker"), await database.as_person("other")
    (task,) = await worker.fetch("SELECT * FROM desk.visits(NULL)")
    assert (task["worker"], str(task["due"]), task["overdue"]) == ("孙网格", "2026-12-21", False)
    assert "王**" in task["fields"]
    assert await other.fetch("SELECT * FROM desk.visits(NULL)") == []
    with pytest.raises(asyncpg.PostgresError, match="record_not_found"):
        await other.execute("SELECT desk.finish_visit($1, 'well')", task["id"])
    told = await worker.fetchval("SELECT desk.reveal_record('resident', $1, '上门走访')::text", task["code"])
    assert "13812342751" in told, "who is to visit may ask for the address book"
    await worker.execute("SELECT desk.finish_visit($1, 'absent')", task["id"])
    for now, told in (("2026-12-21T12:00", (0, 0)), ("2026-12-22T12:00", (0, 1))):
        await database.freeze(f"{now}+08:00")
        assert (await figures(database.owner))["visits"] == told, "missed once its last day is over"
        assert len(await lead.fetch(MISSED)) == told[1], "and so says the list"
    assert (await worker.fetch("SELECT * FROM desk.visits(NULL)"))[0]["overdue"]
    await worker.execute("SELECT desk.finish_visit($1, 'well', '2026-12-20')", task["id"])
    assert (await figures(database.owner))["visits"] == (1, 1)
    with pytest.raises(asyncpg.PostgresError, match="visit_made"):
        await worker.execute("SELECT desk.finish_visit($1, 'well')", task["id"])
    assert '"planned": 1' in await lead.fetchval("SELECT desk.plan_visits(NULL)::text"), "the next period"
    await lead.execute("SELECT desk.finish_visit(v.id, 'moved') FROM desk.visits(NULL) AS v")
    assert (await figures(database.owner))["residents"] == (3, None)
    assert await registry_faults(database) == []
    await worker.close()
    await other.close()


async def test_each_reveal_has_a_reason_and_is_kept(lead: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.PostgresError, match="reason_needed"):
        await lead.execute("SELECT desk.reveal_record('resident', $1, ' ')", ID)
    assert "王建国" in await lead.fetchval("SELECT desk.reveal_record('resident', $1, '核对电话')::text", ID)
    assert "幸福路1号" in await lead.fetchval("SELECT desk.reveal_record('house', 'H1', '上门')::text")
    acts = await lead.fetch("SELECT person, action, kind, reason FROM desk.registry_acts()")
    assert [tuple(act) for act in acts] == [
        ("lead", "reveal", "house", "上门"),
        ("lead", "reveal", "resident", "核对电话"),
    ]


async def test_a_list_of_the_registry_that_is_saved_is_kept_beside_the_reveals(
    database: Database, lead: asyncpg.Connection
) -> None:
    save = "SELECT desk.note_saved_list($1, $2, $3)"
    await lead.execute(save, "residents", None, 3)
    await lead.execute(save, "completeness:rest", "130123201", 2)
    for other in ("workers", "staff/kind=head", "received", "weather"):
        await lead.execute(save, other, None, 9)
    acts = await lead.fetch(
        "SELECT at, person, action, kind, record_id, place, row_count FROM desk.registry_acts()"
    )
    assert [tuple(act)[1:] for act in acts] == [
        ("lead", "save", "completeness:rest", None, "南楼乡", 2),
        ("lead", "save", "residents", None, "正定县", 3),
    ]
    assert acts[0]["at"] == await lead.fetchval("SELECT desk.now()")
    for login, code in (("wall", "registry_not_yours"), ("beside", "outside_your_tree")):
        async with database.eyes(login) as raw:
            with pytest.raises(asyncpg.PostgresError, match=code):
                await raw.execute(save, "residents", "130123101", 3)


async def test_lists_that_are_printed_are_kept_apart_a_grid_workers_too(
    database: Database, lead: asyncpg.Connection
) -> None:
    printed = "SELECT desk.note_printed_list($1, $2, $3)"
    for what in ("spot_list", "visit_list", "residents", "staff"):
        await lead.execute(printed, what, "130123201", 2)
    async with database.eyes("worker") as raw:
        await raw.execute(printed, "visit_list", None, 1)
        with pytest.raises(asyncpg.PostgresError, match="registry_not_yours"):
            await raw.execute(printed, "spot_list", None, 1)
    async with database.eyes("wall") as raw:
        with pytest.raises(asyncpg.PostgresError, match="registry_not_yours"):
            await raw.execute(printed, "visit_list", None, 1)
    kept = await database.owner.fetch("SELECT action, kind, row_count FROM gridseat.registry_act ORDER BY id")
    assert [tuple(act) for act in kept] == [
        ("print", "spot_list", 2),
        ("print", "visit_list", 2),
        ("print", "residents", 2),
        ("print", "visit_list", 1),
    ]


async def test_a_person_is_erased_on_request_and_does_not_come_back(
    database: Database, lead: asyncpg.Connection, duty: Desk, tmp_path: Path
) -> None:
    before = await figures(database.owner)
    await lead.execute("SELECT desk.plan_visits(NULL)")
    await lead.execute("SELECT desk.erase_resident($1, '本人要求')", ID)
    for table in ("resident", "resident_text", "visit_task", "registry_act"):
        rows = await database.owner.fetch(f"SELECT t::text FROM gridseat.{table} AS t")
        assert not any(word in row["t"] for row in rows for word in ("王建国", "13812342751", "1950", ID))
    after = await figures(database.owner)
    assert (after["residents"], after["alone"], after["elderly"]) == (
        before["residents"],
        (0, None),
        (1, None),
    )
    again = await give(
        duty, tmp_path, "residents", RESIDENTS, f"{ID},户籍,王建国,1950,是,13812342751,HH1,,2026-11-02"
    )
    assert (again.added, again.updated, again.refused) == (0, 0, 1)
    assert "删除" in again.errors[0].reason
    assert (await lead.fetch("SELECT action, reason FROM desk.registry_acts()"))[0]["reason"] == "本人要求"
    assert await registry_faults(database) == []


@pytest.mark.usefixtures("lead")
async def test_who_has_left_is_forgotten_after_the_kept_years(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    heading, row = f"{RESIDENTS},迁出日期", "R2,流动,李四,1990,否,,HH2,,2026-11-21,2026-11-20"
    await give(duty, tmp_path, "residents", heading, row)
    assert (await figures(database.owner))["residents"] == (3, None)
    await database.freeze("2028-11-20T12:00+08:00")
    async with database.eyes("lead") as raw:
        await raw.execute("SELECT desk.sweep()")
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.resident WHERE code = 'R2'") == 1
    await database.freeze("2028-11-21T12:00+08:00")
    async with database.eyes("lead") as raw:
        await raw.execute("SELECT desk.sweep()")
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.resident WHERE code = 'R2'") == 0
    assert await registry_faults(database) == []


ASKED = (
    "SELECT * FROM desk.spot_checks('130123101')",
    "SELECT desk.spot_state('130123101')",
    "SELECT * FROM desk.registry_records('residents', '130123101', 30)",
    "SELECT desk.draw_spot_checks('130123101')",
    "SELECT desk.plan_visits('130123101')",
    "SELECT desk.reveal_record('resident', 'R2', '看看')",
    "SELECT desk.erase_resident('R2', '看看')",
    "SELECT desk.begin_registry()",
    "SELECT desk.set_visit_rule('x', 'x', NULL, NULL, NULL, 30)",
    "SELECT * FROM gridseat.resident",
    "SELECT * FROM gridseat.resident_text",
    "SELECT * FROM gridseat.house_text",
    "SELECT * FROM gridseat.registry_rows('residents', 0, 99, desk.now(), desk.now(), '')",
    "INSERT INTO gridseat.visit_rule (code, name, every_days) VALUES ('x', 'x', 1)",
    "SELECT * FROM gridseat.setting",
)
MAY = {  # who may ask which of them, by place
    "lead": {0, 1, 2, 3, 4, 5, 6, 7},
    "seat": {0, 1, 2, 5},
    "beside": {7},
    "worker": set(),
    "other": set(),
    "police": set(),
    "wall": set(),
}


@pytest.mark.usefixtures("lead")
async def test_nobody_reads_more_of_people_than_their_part(database: Database) -> None:
    for login, allowed in MAY.items():
        raw = await database.as_person(login)
        states = [await state(raw, asked) for asked in ASKED]
        await raw.close()
        assert {place for place, got in enumerate(states) if got is None} == allowed, login
        assert set(states) <= {None, "GS001", "GS002", "42501"}, login


async def state(raw: asyncpg.Connection, asked: str) -> str | None:
    """Return with which state ``asked`` was refused, None where it was not; nothing stays done."""
    attempt = raw.transaction()
    await attempt.start()
    try:
        await raw.fetch(asked)
    except asyncpg.PostgresError as refused:
        return refused.sqlstate
    finally:
        await attempt.rollback()
    return None
