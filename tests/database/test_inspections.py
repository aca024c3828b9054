"""Monthly flags and spot inspections: what is drawn, who may look, what counts, and what nobody can undo."""

import json
from hashlib import sha256
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from tests.database.cast import Cast
from tests.database.offices import counts, table, take
from tests.database.operations import clerk as clerk  # noqa: PLC0414  a fixture
from tests.database.operations import faults, fold, records, sums

FLAGS = "社区编码,月份,项目,是否达标,说明"
HENGSHAN, HAN = "130123101001", "130123201001"
DRAW = "SELECT desk.draw_inspections($1, '2026-11-01', $2, $3, $4)::text"
LIST = "SELECT * FROM desk.inspections('2026-11-01')"
TELL = "SELECT desk.tell_inspection($1, $2, $3)::text"


class TestFlags:
    async def test_what_is_said_counts_and_what_was_said_stays(self, people: Cast, clerk: Desk) -> None:
        owner = people.database.owner
        given = table(
            FLAGS,
            f"{HENGSHAN},2026-10,零发案,达标,",
            f"{HENGSHAN},2026年11月,no_petition,√,",
            f"{HENGSHAN},202611,no safety accident,否,锅炉房起火",
            f"{HAN},2026-11-09,无命案,无,",
            "130123101,2026-11,零发案,是,",
            f"{HAN},2026-12,零发案,是,",
            f"{HAN},2026-11,零投诉,是,",
            "130125100001,2026-11,零发案,是,",
            f"{HAN},十一月,零发案,是,",
        )
        told = await take(clerk, "flags", given)
        assert counts(told) == (4, 0, 0, 5)
        for fault, word in zip(told.errors, ["正定镇", "2026-12", "零投诉", "韩家庄", "十一月"], strict=True):
            assert word in fault.reason
        assert (await sums(owner))["flags_kept"] == (2, 3), "those of this month"
        assert await records(owner, "flags_kept:rest") == [("no_accident", 1)]
        again = table(FLAGS, f"{HENGSHAN},2026-11,零事故,是,查无此事")
        assert counts(await take(clerk, "flags", again)) == (0, 1, 0, 0)
        assert counts(await take(clerk, "flags", again)) == (0, 0, 1, 0)
        boss = await people.raw("boss")
        rows = await boss.fetch("SELECT * FROM desk.flag_months($1, '2026-11-23')", HENGSHAN)
        assert len(rows) == 10
        accident = next(row for row in rows if row["key"] == "no_accident")
        assert accident["kept"]
        assert [was["note"] for was in json.loads(accident["before"])] == ["锅炉房起火"]
        await fold(owner)
        assert (await sums(owner))["flags_kept"] == (3, 3)
        assert await faults(owner) == []
        await boss.close()

    async def test_a_countys_own_list_takes_the_place_of_the_one_from_above(
        self, people: Cast, clerk: Desk
    ) -> None:
        assert clerk
        county, town = await people.raw("clerk"), await people.raw("town_boss")
        await county.fetchval(
            "SELECT desk.put_flag('no_burning', '七无', '无秸秆焚烧', 'No burning of straw')"
        )
        asked = "SELECT key, list FROM desk.flags($1)"
        mine = [tuple(row) for row in await town.fetch(asked, HAN)]
        assert mine == [
            *((key, "三零") for key in ("no_case", "no_petition", "no_accident")),
            ("no_burning", "七无"),
        ]
        given = table(FLAGS, f"{HAN},2026-11,无秸秆焚烧,否,麦茬", f"{HAN},2026-11,无命案,是,")
        assert counts(await take(await people.desk("town_boss"), "flags", given)) == (1, 0, 0, 1)
        await county.fetchval("SELECT desk.end_flag('no_burning')")
        assert len(await town.fetch(asked, HAN)) == 10, "without one of its own the usual list holds again"
        for person, question, code in (
            (county, "SELECT desk.end_flag('no_case')", "no_such_flag"),
            (county, "SELECT desk.put_flag('Böse', '七无', '无', 'x')", "flag_malformed"),
            (town, "SELECT desk.put_flag('x', '七无', '无', 'x')", "admin_needed"),
            (town, "SELECT * FROM desk.flag_months('130123', NULL)", "outside_your_tree"),
        ):
            with pytest.raises(asyncpg.PostgresError, match=code):
                await person.fetch(question)
        await county.close()
        await town.close()


@pytest.fixture
async def cases(people: Cast, clerk: Desk) -> list[int]:
    """Give four closed cases of the county, one of them restricted, and one that is open."""
    assert clerk
    numbers = [await people.at("closed", point=[114.55, 38.11], datum="WGS-84") for _ in range(3)]
    secret = await people.at("closed", point=[114.55, 38.11], datum="WGS-84")
    await people.database.owner.execute(
        "UPDATE gridseat.incident SET restricted = true WHERE number = $1", secret
    )
    await people.at("handling")
    return numbers


async def drawn(
    person: asyncpg.Connection, place: str | None, mode: str, of: str, size: int
) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await person.fetchval(DRAW, place, mode, of, size))
    return found


class TestInspections:
    async def test_a_draw_can_be_worked_out_again_and_goes_on_where_it_stopped(
        self, people: Cast, cases: list[int]
    ) -> None:
        boss = await people.raw("boss")
        await people.database.freeze("2026-11-23T09:00:01+08:00")
        first = await drawn(boss, None, "phone", "cases", 1)
        assert (first["drawn"], first["added"], first["candidates"]) == (1, 1, 3)
        assert (await drawn(boss, None, "phone", "cases", 1))["added"] == 0
        later = await people.at("closed", point=[114.55, 38.11], datum="WGS-84")
        await people.database.freeze("2026-11-23T09:30:00+08:00")
        assert (await drawn(boss, None, "phone", "cases", 2))["added"] == 1
        row = await people.database.owner.fetchrow("SELECT seed FROM gridseat.inspection_draw")
        assert row is not None
        order = sorted(cases, key=lambda number: sha256(f"{row['seed']}/{number}".encode()).hexdigest())
        assert [one["number"] for one in await boss.fetch(LIST)] == order[:2]
        assert later not in order, "what was closed after the draw is not in it"
        await boss.close()

    async def test_results_count_for_place_and_unit(self, people: Cast, cases: list[int]) -> None:
        owner, boss, seat = people.database.owner, await people.raw("boss"), await people.raw("second")
        await people.database.freeze("2026-11-23T09:00:01+08:00")
        await drawn(boss, None, "on_site", "cases", 9)
        ids = {row["number"]: row["id"] for row in await boss.fetch(LIST)}
        assert sorted(ids) == cases
        await seat.fetchval(TELL, ids[cases[0]], True, "")
        with pytest.raises(asyncpg.PostgresError, match="inspection_note"):
            await seat.fetchval(TELL, ids[cases[1]], False, " ")
        await seat.fetchval(TELL, ids[cases[1]], False, "牌匾还在")
        assert (await sums(owner))["inspected"] == (2, 3)
        assert (await sums(owner))["inspection_passed"] == (1, 2)
        assert await records(owner, "inspection_passed:rest", HAN) == [(str(cases[1]), 1)]
        with pytest.raises(asyncpg.PostgresError, match="inspection_told"):
            await seat.fetchval(TELL, ids[cases[1]], True, "")
        await boss.fetchval(TELL, ids[cases[1]], True, "已复查")
        await fold(owner)
        assert (await sums(owner))["inspection_passed"] == (2, 2)
        assert await faults(owner) == []
        await owner.execute("UPDATE gridseat.incident SET restricted = true WHERE number = $1", cases[0])
        assert (await sums(owner))["inspected"] == (1, 2), "what is restricted now leaves every figure"
        assert len(await boss.fetch(LIST)) == 2
        await owner.execute("UPDATE gridseat.incident SET restricted = false WHERE number = $1", cases[0])
        assert await faults(owner) == []
        units = await boss.fetch(
            "SELECT code, inspected, passed, handled, reworked FROM desk.unit_records(NULL, 30)"
        )
        assert [tuple(row) for row in units] == [("130123-D02", 2, 2, 3, 0)]
        await people.database.freeze("2026-11-25T12:00+08:00")
        units = await boss.fetch(
            "SELECT should, on_time, acknowledge, acknowledged FROM desk.unit_records(NULL, 30)"
        )
        assert [tuple(row) for row in units] == [(4, 3, 4, 4)], "one waits beyond its limit"
        unit = await people.raw("unit")
        assert len(await unit.fetch(LIST)) == 3, "a unit sees what was drawn of its work"
        assert [row["code"] for row in await unit.fetch("SELECT * FROM desk.unit_records(NULL, 30)")] == [
            "130123-D02"
        ]
        for person in (boss, seat, unit):
            await person.close()

    async def test_nobody_inspects_their_own_work_nor_anothers_place(
        self, people: Cast, cases: list[int]
    ) -> None:
        assert cases
        boss, closer = await people.raw("boss"), await people.raw("seat")
        await people.database.freeze("2026-11-23T09:00:01+08:00")
        await drawn(boss, None, "platform", "cases", 1)
        row = (await boss.fetch(LIST))[0]
        with pytest.raises(asyncpg.PostgresError, match="inspection_own"):
            await closer.fetchval(TELL, row["id"], True, "")
        for login in ("beside", "unit", "screen", "grid"):
            person = await people.raw(login)
            with pytest.raises(asyncpg.PostgresError, match="no_inspection"):
                await person.fetchval(TELL, row["id"], True, "")
            await person.close()
        with pytest.raises(asyncpg.PostgresError, match="importer_needed"):
            await drawn(closer, None, "phone", "cases", 1)
        for size, month, code in ((0, "2026-11-01", "bad_draw_size"), (1, "2026-12-01", "bad_month")):
            with pytest.raises(asyncpg.PostgresError, match=code):
                await boss.fetchval(DRAW.replace("2026-11-01", month), None, "phone", "cases", size)
        for person in (boss, closer):
            await person.close()

    async def test_another_centre_looks_into_what_is_drawn_crosswise(
        self, people: Cast, cases: list[int]
    ) -> None:
        assert cases
        city, beside, second = [await people.raw(who) for who in ("city_boss", "beside", "second")]
        await people.database.freeze("2026-11-23T09:00:01+08:00")
        await drawn(city, None, "cross", "cases", 1)
        (row,) = await beside.fetch(LIST)
        assert (row["by_centre"], row["organisation"]) == ("130125", HAN)
        with pytest.raises(asyncpg.PostgresError, match="no_inspection"):
            await second.fetchval(TELL, row["id"], True, "")
        await beside.fetchval(TELL, row["id"], True, "照片与现场相符")
        for person in (city, beside, second):
            await person.close()

    async def test_workers_have_a_record_that_they_may_read_themselves(
        self, people: Cast, clerk: Desk
    ) -> None:
        database = people.database
        await database.owner.execute("UPDATE gridseat.staff SET name = 'grid' WHERE code = 'W3'")
        boss, worker = await people.raw("boss"), await people.raw("grid")
        await worker.fetchval("SELECT desk.punch()")
        await take(clerk, "attendance", table("工号,日期,应出勤", "W3,2026-11-23,应到", "W3,2026-11-20,应到"))
        await take(clerk, "visits", table("工号,日期,户编号", "W3,2026-11-20,H1", "W3,2026-11-21,H1"))
        await people.do(
            "grid", "report", None, title="占道", channel="grid_worker", **{"class": "街面秩序/游商"}
        )
        await drawn(boss, None, "on_site", "workers", 9)
        rows = {row["worker"]: row["id"] for row in await boss.fetch(LIST)}
        assert set(rows) == {"W1", "W2", "W3"}
        await boss.fetchval(TELL, rows["W3"], False, "不在网格")
        asked = "SELECT * FROM desk.staff_records(NULL, 30)"
        (own,) = await worker.fetch(asked)
        facts = {
            "due": 2,
            "present": 1,
            "visits": 2,
            "households": 1,
            "reports": 1,
            "inspected": 1,
            "passed": 0,
        }
        assert {key: own[key] for key in facts} == facts
        assert [row["code"] for row in await boss.fetch(asked)] == ["W1", "W2", "W3"]
        assert [row["worker"] for row in await worker.fetch(LIST)] == ["W3"]
        with pytest.raises(asyncpg.PostgresError, match="bad_days"):
            await boss.fetch(asked.replace("30", "0"))
        for person in (boss, worker):
            await person.close()
