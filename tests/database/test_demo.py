"""The sample county in a database: loaded, with its history, its day, and people who work."""

import asyncio
import json
from datetime import date, datetime, timedelta

import asyncpg
import pytest

import resources
from console.connection import Connection
from console.demo import history, today
from console.demo.cast import Cast
from console.demo.county import County
from console.demo.load import extend_roster, load_county
from console.demo.simulator import Simulator
from console.desk.desk import Desk
from tests.database.sample_county import DAY, NOW, told
from tests.database_fixtures import Database, act
from tests.waiting import SECONDS, until_told

WHOLE = """SELECT * FROM gridseat.broken_entries(0, 999999)
           UNION ALL SELECT * FROM gridseat.broken_incidents(0, 999999)"""


async def sound(raw: Connection) -> bool:
    """Tell whether every chain holds and the tree with its copies agrees."""
    return not await raw.fetch(WHOLE) and not await raw.fetch("SELECT * FROM gridseat.tree_faults()")


class TestLoading:
    async def test_the_county_is_there(self, sample: Database, county: County) -> None:
        counts = await sample.owner.fetchrow(
            """SELECT (SELECT count(*) FROM gridseat.organisation), (SELECT count(*) FROM gridseat.grid),
                      (SELECT count(*) FROM gridseat.staff),
                      (SELECT count(*) FROM gridseat.organisation WHERE centre)"""
        )
        assert counts is not None
        assert tuple(counts) == (len(county.organisations), len(county.grids), len(county.staff), 12)
        assert await sound(sample.owner)

    async def test_its_list_of_responsibilities_says_what_its_history_does(self, sample: Database) -> None:
        rows = await sample.owner.fetch(
            """SELECT r.group_name || '/' || k.name AS class, coalesce(o.alias, o.name, r.local) AS unit
               FROM gridseat.responsibility AS r JOIN gridseat.catalogue_class AS k ON k.id = r.class_id
               LEFT JOIN gridseat.organisation AS o ON o.id = r.unit_id WHERE r.role = 'lead'"""
        )
        usual = resources.table("sample/incidents.toml")["classes"]
        assert {row["class"]: row["unit"] for row in rows} == {k: facts["unit"] for k, facts in usual.items()}

    async def test_every_place_lies_in_its_grid(self, sample: Database, county: County) -> None:
        found = await sample.owner.fetch(
            """SELECT g.code FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS p (lon, lat, n)
               LEFT JOIN gridseat.grid AS g ON g.id = gridseat.grid_at(p.lon, p.lat) ORDER BY p.n""",
            [place.longitude for place in county.places],
            [place.latitude for place in county.places],
        )
        assert [row["code"] for row in found] == [place.grid_code for place in county.places]

    async def test_it_says_that_it_is_a_sample(self, sample: Database) -> None:
        person = await sample.as_person("卢子涛")
        assert json.loads(await person.fetchval("SELECT desk.whoami()::text"))["sample"] is True
        await person.close()

    async def test_every_centre_is_staffed_at_every_hour(self, sample: Database) -> None:
        empty = await sample.owner.fetch(
            """SELECT o.code, t FROM gridseat.organisation AS o,
                      generate_series($1::timestamptz - interval '5 days', $1 + interval '15 days',
                                      '1 hour') AS t
               WHERE o.level IN ('county', 'township') AND NOT gridseat.is_staffed(o.id, t)""",
            NOW,
        )
        assert not empty

    async def test_the_roster_grows_once(self, sample: Database, county: County) -> None:
        count = "SELECT count(*) FROM gridseat.shift"
        before = await sample.owner.fetchval(count)
        await extend_roster(sample.owner, county, DAY)
        assert await sample.owner.fetchval(count) == before
        await extend_roster(sample.owner, county, DAY + timedelta(days=2))
        assert await sample.owner.fetchval(count) > before


class TestHistory:
    async def test_it_is_chained_and_closed(self, sample: Database, county: County) -> None:
        raw = await told(sample, county, 300)
        assert await sound(raw)
        statuses = {row[0] for row in await raw.fetch("SELECT DISTINCT status FROM gridseat.incident")}
        assert statuses <= {"closed", "rejected", "cancelled"}
        assert await raw.fetchval("SELECT max(at) FROM gridseat.timeline") < NOW.replace(hour=0)
        assert not await raw.fetchval("SELECT count(*) FROM gridseat.clock WHERE stopped_seq IS NULL")

    async def test_what_is_past_wakes_no_console(self, sample: Database, county: County) -> None:
        person = await sample.as_person("duty")
        start = await person.fetchrow("SELECT * FROM desk.feed_start()")
        await told(sample, county, 40)
        assert start is not None
        assert not await person.fetch("SELECT * FROM desk.feed($1, 0) WHERE number IS NOT NULL", start["xid"])
        await person.close()

    async def test_numbers_follow_time_though_it_is_told_backwards(
        self, sample: Database, county: County
    ) -> None:
        raw = await told(sample, county, 120)
        rows = await raw.fetch(
            "SELECT number, received_at FROM gridseat.incident ORDER BY received_at, number"
        )
        assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)

    async def test_an_interrupted_fill_goes_on(self, sample: Database, county: County) -> None:
        plan = await history.reserve(sample.owner, DAY, 7, 1100, 30)
        seen: list[int] = []

        def progress(done: int, _total: int) -> None:
            seen.append(done)
            raise InterruptedError

        with pytest.raises(ExceptionGroup):
            await history.fill(sample.owner, county, progress)
        other = await sample.cluster.open(sample.name)
        assert 0 < seen[0] < plan.count
        assert await history.fill(other, county) == plan.count
        assert await other.fetchval("SELECT count(DISTINCT number) FROM gridseat.incident") == plan.count
        assert await sound(other)
        await other.close()


class TestToday:
    async def test_every_status_waits_and_some_are_bad(self, sample: Database, county: County) -> None:
        opening = await today.open_day(sample.owner, Cast(county, NOW), 1, NOW)
        rows = await sample.owner.fetch("SELECT * FROM gridseat.incident")
        statuses = {row["status"] for row in rows}
        assert statuses >= {
            "reported",
            "accepted",
            "dispatched",
            "handling",
            "handled",
            "verified",
            "suspended",
        }
        late = [row for row in rows if row["due"] is not None and row["due"] < NOW - timedelta(hours=20)]
        assert len(late) == 3
        assert any(row["pending"] == "return" for row in rows)
        assert any(row["restricted"] for row in rows)
        assert any(row["claim_until"] is not None and row["claim_until"] > NOW for row in rows)
        assert sum(row["head_number"] is not None for row in rows) == 3
        assert 60 <= sum(row["status"] not in {"merged", "closed"} for row in rows) <= 85
        assert await sound(sample.owner)
        assert await sample.owner.fetchval("SELECT desk.now()") == NOW
        assert opening.guided not in opening.kept

    async def test_the_guided_case_lies_in_its_own_village(self, sample: Database, county: County) -> None:
        opening = await today.open_day(sample.owner, Cast(county, NOW), 1, NOW)
        row = await sample.owner.fetchrow(
            """SELECT i.*, g.name AS grid
               FROM gridseat.incident AS i JOIN gridseat.grid AS g ON g.id = i.grid_id WHERE i.number = $1""",
            opening.guided,
        )
        assert row is not None
        assert (row["grid"], row["datum"], row["status"]) == ("韩家庄村第二网格", "GCJ-02", "reported")
        assert row["raw_lon"] - row["lon"] > 0.003
        assert NOW < row["due"] < NOW + timedelta(minutes=15)

    async def test_any_hour_of_any_day_serves(self, sample: Database, county: County) -> None:
        """By night, on a Sunday, on a holiday, and in a year without calendar, where limits are left open."""
        for at in HOURS:
            now = datetime.fromisoformat(at)
            await extend_roster(sample.owner, county, now.date())
            await today.open_day(sample.owner, Cast(county, now), 1, now)
        assert await sound(sample.owner)
        assert await sample.owner.fetchval(
            "SELECT count(*) FROM gridseat.alarm WHERE kind = 'calendar_missing'"
        )

    async def test_history_before_a_day_without_calendar(self, sample: Database, county: County) -> None:
        await history.reserve(sample.owner, date(2027, 3, 1), 7, 80, 60)
        assert await history.fill(sample.owner, county) == 80
        assert await sound(sample.owner)


class TestSimulator:
    async def test_people_work_and_all_stays_legal(self, sample: Database, county: County) -> None:
        opening = await today.open_day(sample.owner, Cast(county, NOW), 1, NOW)
        hands_off = (opening.guided, *opening.kept)
        before = await sample.owner.fetch(KEPT, list(hands_off))
        human = await sample.owner.fetchval(
            """SELECT i.number
               FROM gridseat.incident AS i JOIN gridseat.organisation AS o ON o.id = i.centre_id
               WHERE o.code = '130123' AND i.status = 'handling' AND i.number <> ALL ($1) LIMIT 1""",
            list(hands_off),
        )
        visitor = Desk(sample.door("卢子涛"))
        await act(visitor, "claim", human)
        await visitor.close()
        simulator = Simulator(sample.door, county, hands_off=hands_off)
        events = [await simulator.step() for _ in range(160)]
        await simulator.close()
        assert not any(event.refused for event in events)
        assert {event.action for event in events} >= {
            "report",
            "accept",
            "dispatch",
            "acknowledge",
            "feedback",
            "close",
        }
        assert human not in {event.number for event in events}
        assert await sample.owner.fetch(KEPT, list(hands_off)) == before
        assert 50 <= await sample.owner.fetchval(OPEN) <= 90
        assert await sound(sample.owner)

    async def test_it_stops_cleanly(self, sample: Database, county: County) -> None:
        await today.open_day(sample.owner, Cast(county, NOW), 1, NOW)
        simulator = Simulator(sample.door, county, pace=60_000)
        running = simulator.run()

        async def stop_after(count: int) -> None:
            while simulator.events.total() < count:
                await simulator.happened()
            simulator.stop()

        await asyncio.wait_for(asyncio.gather(running, stop_after(10)), SECONDS)
        await until_told(lambda: sample.owner.fetchval(ALONE))


HOURS = (
    "2026-11-22T03:10+08:00",
    "2026-11-29T23:58+08:00",
    "2027-05-01T00:01+08:00",
)
ALONE = """
SELECT count(*) = 1 FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'"""
KEPT = "SELECT number, version, last_seq FROM gridseat.incident WHERE number = ANY ($1) ORDER BY number"
OPEN = (
    "SELECT count(*) FROM gridseat.incident WHERE status NOT IN ('closed', 'rejected', 'cancelled', 'merged')"
)


async def test_another_loading_is_refused_whole(sample: Database, county: County) -> None:
    with pytest.raises(asyncpg.UniqueViolationError):
        await load_county(sample.owner, county, DAY)
    assert await sound(sample.owner)
