"""What the counters keep: bulk loads, restores and moved trees included; `check` finds what is bent."""

import json

import asyncpg
import pytest

import resources
from console.database import founding
from console.demo.county import County
from console.desk.desk import Desk
from console.indicators.indicator import BOARDS
from tests.database.boards import NANLOU, board
from tests.database.cast import MONDAY
from tests.database.counting import FOLD, faults, fold
from tests.database.sample_county import told
from tests.database_fixtures import Database, act, report

PERIODS = (1, 2, 8)
AS_LOADED = """
TRUNCATE gridseat.tally, gridseat.tally_month, gridseat.tally_grid, gridseat.measure;
INSERT INTO gridseat.unmeasured SELECT number FROM gridseat.incident
"""
OVER_MONTHS = """
SELECT desk.board_figures(b, '1301', p.days, p.until)
FROM unnest($1::text[]) AS b
CROSS JOIN (VALUES (100, NULL::date), (70, '2026-10-20'), (61, '2026-10-31')) AS p (days, until)"""
OVER_GRIDS = """
SELECT ARRAY(SELECT a FROM unnest(m.codes, m.values, m.numerators, m.denominators) AS a ORDER BY a)::text
FROM unnest($1::text[]) AS figure CROSS JOIN unnest(ARRAY['grid', 'community']) AS level
CROSS JOIN (VALUES (100, NULL::date), (1, NULL), (70, '2026-10-20'), (61, '2026-10-31')) AS p (days, until)
CROSS JOIN desk.board_map(figure, level, '1301', p.days, p.until) AS m"""
HALFWAY = """
WITH half AS (
    UPDATE gridseat.fold SET grids_to = (
        SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY at_id) FROM gridseat.tally_grid) RETURNING grids_to
)
DELETE FROM gridseat.tally_grid WHERE at_id > (SELECT grids_to FROM half)
"""
LATE = """
WITH late AS (
    UPDATE gridseat.incident SET status = 'closed', closed_at = desk.now() WHERE number = (
        SELECT min(number) FROM gridseat.incident WHERE status <> 'closed') RETURNING number
)
INSERT INTO gridseat.unmeasured SELECT number FROM late
"""
MOVED = """
UPDATE gridseat.organisation SET parent_id = (SELECT id FROM gridseat.organisation WHERE code = '130125')
WHERE code = '130123201'; SELECT gridseat.renumber_tree()
"""


async def over_months(raw: asyncpg.Connection) -> list[str]:
    """Return boards up to now, to the middle of a month and to its end."""
    return [row[0] for row in await raw.fetch(OVER_MONTHS, list(BOARDS))]


async def over_grids(raw: asyncpg.Connection) -> list[str]:
    """Return maps of what counts cases, by grid and community."""
    declared = resources.table("indicators.toml")["figures"]
    figures = [key for key, one in declared.items() if "fact" in one and one["kind"] != "span"]
    return [row[0] for row in await raw.fetch(OVER_GRIDS, figures)]


class TestBulk:
    async def test_history_counts_before_and_after_it_is_folded(
        self, sample: Database, county: County
    ) -> None:
        owner = await told(sample, county, 300)
        await owner.execute(AS_LOADED)
        await sample.add("lead", "seat supervisor", "130123")
        lead = await sample.as_person("lead")
        before = [await board(lead, name, "130123", days) for name in BOARDS for days in PERIODS]
        assert sum(figure["numerator"] or 0 for figure in before[5]["figures"]) > 50
        while left := await owner.fetchval("SELECT count(*) FROM gridseat.unmeasured"):
            assert left == 300 - await owner.fetchval("SELECT count(*) FROM gridseat.measure")
            await owner.fetchval(FOLD, 120)
            assert before == [await board(lead, name, "130123", days) for name in BOARDS for days in PERIODS]
        assert await faults(owner) == []
        await lead.close()

    async def test_months_that_are_over_tell_what_their_days_tell(
        self, sample: Database, county: County
    ) -> None:
        owner = await told(sample, county, 200, 100)
        await fold(owner)
        raw = await sample.as_person("duty")
        by_months = await over_months(raw)
        assert (
            await owner.fetchval("SELECT sum(n) FROM gridseat.tally_month WHERE fact = 'received/class'") > 0
        )
        await owner.execute("SET session_replication_role = replica")
        await owner.execute(LATE)  # of a month that is over
        await owner.execute("RESET session_replication_role")
        await fold(owner)
        assert await faults(owner) == []
        later = await over_months(raw)
        assert later != by_months
        await owner.execute("UPDATE gridseat.fold SET months_to = NULL")
        assert later == await over_months(raw)
        await raw.close()

    async def test_orders_of_grids_tell_what_their_cases_tell(self, sample: Database, county: County) -> None:
        owner = await told(sample, county, 200, 100)
        raw = await sample.as_person("duty")
        case_by_case = await over_grids(raw)
        assert await owner.fetchval("SELECT count(*) FROM gridseat.tally_grid") == 0
        await fold(owner)
        assert await owner.fetchval("SELECT grids_to FROM gridseat.fold") is None
        assert await over_grids(raw) == case_by_case
        await owner.execute(HALFWAY)
        assert await over_grids(raw) == case_by_case
        await owner.execute("SET session_replication_role = replica")
        await owner.execute(LATE)  # met after the periods that are over
        await owner.execute("RESET session_replication_role")
        await fold(owner)
        assert await faults(owner) == []
        later = await over_grids(raw)
        assert later != case_by_case
        await owner.execute("UPDATE gridseat.fold SET grids_to = 0")
        assert later == await over_grids(raw)
        await raw.close()

    async def test_past_incidents_count_at_once(self, database: Database, duty: Desk) -> None:
        await database.freeze(MONDAY)
        row = {
            "line": 2,
            "reported": "2026-11-22T09:00+08:00",
            "channel": "phone",
            "category": "街面秩序/游商",
        }
        row |= {"title": "占道", "external": "x1", "organisation": "130123201001"}
        await duty.call(lambda raw: raw.fetchval("SELECT desk.import_incidents($1)", json.dumps([row])))
        raw = await database.as_person("duty")
        assert (await board(raw, "incidents", "130123201", 2))["figures"][0]["value"] == 1
        await fold(database.owner)
        assert (await board(raw, "incidents", "130123201", 2))["figures"][0]["value"] == 1
        await raw.close()


class TestCheck:
    @pytest.mark.parametrize(
        ("bend", "kind"),
        [
            ("UPDATE gridseat.tally SET n = n + 1 WHERE fact = 'received' AND n = 3", "tally"),
            ("DELETE FROM gridseat.tally WHERE fact = 'closed'", "tally"),
            ("INSERT INTO gridseat.tally VALUES (1, 'received', '2026-01-01', 0, 'infinity', 1)", "tally"),
            ("UPDATE gridseat.fold SET months_to = '2026-12-01'", "tally_month"),
            ("UPDATE gridseat.tally_grid SET ats = ats || ats WHERE place = 1", "tally_grid"),
            ("DELETE FROM gridseat.tally_grid WHERE place = 3", "tally_grid"),
            ("DELETE FROM gridseat.measure WHERE number = 1001", "measure"),
            ("UPDATE gridseat.measure SET ats[1] = ats[1] + interval '1 day' WHERE number = 1002", "measure"),
            ("UPDATE gridseat.incident SET received_at = received_at - interval '1 day'", "measure"),
        ],
    )
    async def test_a_bent_counter_is_found(
        self, database: Database, duty: Desk, bend: str, kind: str
    ) -> None:
        for _ in range(3):
            await act(duty, "answer", await report(duty, **NANLOU), text="已答复")
        await fold(database.owner)
        raw = await database.as_person("duty")
        assert await raw.fetch("SELECT * FROM desk.check()") == []
        assert await database.owner.execute(bend) != "UPDATE 0"
        assert kind in {row["kind"] for row in await raw.fetch("SELECT * FROM desk.check()")}
        await raw.close()

    async def test_what_is_not_folded_yet_is_no_fault(self, database: Database, duty: Desk) -> None:
        number = await report(duty, **NANLOU)
        await fold(database.owner)
        await act(duty, "answer", number, text="已答复")
        assert await faults(database.owner) == []


class TestAnew:
    """What makes the old sums meaningless begins them anew; boards are right meanwhile."""

    @pytest.mark.parametrize(
        "change",
        [
            MOVED,
            "UPDATE gridseat.fold SET epoch = 'restored from elsewhere'",
            "UPDATE gridseat.calendar SET timezone = 'Asia/Urumqi'",
        ],
    )
    async def test_a_moved_tree_a_restore_another_zone(
        self, database: Database, duty: Desk, change: str
    ) -> None:
        await database.freeze("2026-11-18T23:30+08:00")
        for _ in range(3):
            await report(duty, **NANLOU)
        await database.freeze(MONDAY)
        await fold(database.owner)
        await database.owner.execute(change)
        raw = await database.as_person("duty")
        before = [await board(raw, name, "1301", 30) for name in BOARDS]
        assert before[1]["figures"][0]["value"] == 3
        await fold(database.owner)
        assert before == [await board(raw, name, "1301", 30) for name in BOARDS]
        assert await faults(database.owner) == []
        await raw.close()

    async def test_an_upgrade_counts_what_an_older_database_holds(
        self, database: Database, duty: Desk
    ) -> None:
        await report(duty, **NANLOU)
        await database.owner.execute(
            """UPDATE gridseat.fold SET epoch = NULL, zone = NULL, xid = '3', id = 0;
               TRUNCATE gridseat.tally, gridseat.measure"""
        )
        await founding.upgrade(database.cluster.dsn(database.name), database.name)
        assert await database.owner.fetchval("SELECT count(*) FROM gridseat.measure") == 1
        assert await faults(database.owner) == []


async def test_the_sweep_folds(database: Database, duty: Desk) -> None:
    number = await report(duty, **NANLOU)
    await duty.call(lambda raw: raw.fetchval("SELECT desk.sweep()::text"))
    kept = "SELECT number FROM gridseat.measure"
    assert [row["number"] for row in await database.owner.fetch(kept)] == [number]
    assert await database.owner.fetchval("SELECT gridseat.unfolded('Asia/Shanghai', 0)") == []


async def test_nobody_reads_or_writes_the_counters(database: Database) -> None:
    raw = await database.as_person("duty")
    for attempt in (
        "SELECT * FROM gridseat.measure",
        "SELECT * FROM gridseat.tally",
        "SELECT gridseat.fold_measures()",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await raw.execute(attempt)
    await raw.close()
