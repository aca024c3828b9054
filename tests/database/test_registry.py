"""What the registry counts: worked by hand, by subtree, and equal to a recount whatever moves."""

import random
from pathlib import Path

import asyncpg
import pytest

from console.desk.desk import Desk
from tests.database.registry import EVERYWHERE, GRID, VILLAGE, bounds, figures, registry_faults, settle
from tests.database_fixtures import Database


@pytest.fixture
async def settled(database: Database, duty: Desk, tmp_path: Path) -> asyncpg.Connection:
    await database.freeze("2026-11-22T12:00+08:00")
    await settle(duty, tmp_path)
    return database.owner


async def test_the_figures_worked_by_hand(database: Database, settled: asyncpg.Connection) -> None:
    """Of H1 自住, H2 出租; 王建国 of 1950 alone, 李四 of 1990, a nameless one, 赵六 of 1960."""
    told = await figures(settled)
    assert {key: told[key][0] for key in ("residents", "registered", "floating", "households")} == {
        "residents": 4,
        "registered": 2,
        "floating": 2,
        "households": 2,
    }
    assert {key: told[key][0] for key in ("houses", "self_occupied", "rented", "vacant")} == {
        "houses": 2,
        "self_occupied": 1,
        "rented": 1,
        "vacant": 0,
    }
    assert told["elderly"] == (2, None)  # born 1950 and 1960: 76 and 66
    assert told["alone"] == (1, None)
    # fields: houses 2, 1 (no address); residents 4, 3 (no telephone), 1 (household), 3 (none): of 2×2 + 4×4
    assert told["completeness"] == (2 + 1 + 4 + 3 + 1 + 3, 20)
    # confirmed since 25 August: H1, 王建国, R3, R4; not H2 and R2 of January
    assert told["freshness"] == (4, 6)
    # three grids of 0.02° × 0.02° at 38.11° north, each (0.02 × 111,195 m)² × cos 38.11° = 3,891,442 m²
    assert told["density"] == (4, round(3 * 3_891_442 / 10_000))
    assert await registry_faults(database) == []


async def test_sums_are_those_of_the_subtree(settled: asyncpg.Connection) -> None:
    residents = {
        code: (await figures(settled, await bounds(settled, code)))["residents"][0]
        for code in ("1301", "130123", "130123101", "130123101001", "130123101002", "130123201", "130125")
    }
    assert list(residents.values()) == [4, 4, 4, 3, 1, 0, 0]


async def test_rows_are_the_counted_ones(settled: asyncpg.Connection) -> None:
    async def rows(key: str, which: str) -> list[str]:
        found = await settled.fetch(
            """SELECT code FROM gridseat.registry_rows($1, $3, $4, desk.now() - interval '1 day', desk.now(),
                                                       $2)""",
            key,
            which,
            *EVERYWHERE,
        )
        return [row["code"] for row in found]

    told = await figures(settled)
    for key in ("residents", "registered", "floating", "elderly", "alone", "houses", "rented", "households"):
        assert len(await rows(key, "")) == told[key][0], key
    assert await rows("freshness", "rest") == ["R2", "H2"]
    assert len(await rows("freshness", "of")) == told["freshness"][1]
    assert len(await rows("completeness", "")) == len(await rows("completeness", "of")) == 6
    assert len(await rows("completeness", "rest")) == 4, "who lacks a field, not who has none"
    assert await rows("accuracy", "of") == []


async def test_time_alone_makes_old_and_stale(database: Database, settled: asyncpg.Connection) -> None:
    await database.freeze("2027-01-30T12:00+08:00")
    assert (await figures(settled))["freshness"] == (0, 6)  # the 90 days of 1 November end on 29 January
    await database.freeze("2027-01-29T12:00+08:00")
    assert (await figures(settled))["freshness"] == (4, 6)
    await database.freeze("2050-01-01T12:00+08:00")
    assert (await figures(settled))["elderly"] == (3, None)


WINDOWS = """
WITH span AS (
    SELECT noon - make_interval(days => ago + long) AS since, noon - make_interval(days => ago) AS until
    FROM (VALUES (timestamptz '2026-11-22T12:00+08:00')) AS today (noon),
         generate_series(0, 400, 23) AS ago, generate_series(0, 70, 10) AS long
)
SELECT w.since, w.until, s.hits, s.of_all, count(v.id) FILTER (WHERE v.result = 'well') AS made,
       count(v.id) AS due
FROM span AS w CROSS JOIN LATERAL gridseat.registry_sums(0, 9223372036854775807, w.since, w.until) AS s
LEFT JOIN gridseat.visit_task AS v ON v.due_on BETWEEN (w.since AT TIME ZONE 'Asia/Shanghai')::date
                                                   AND (w.until AT TIME ZONE 'Asia/Shanghai')::date
WHERE s.key = 'visits' GROUP BY 1, 2, 3, 4"""


async def test_any_period_is_the_sum_of_its_days(database: Database, settled: asyncpg.Connection) -> None:
    """Whole months are kept as such; periods begin and end inside them, at their edges, and hold none."""
    await settled.execute(
        """INSERT INTO gridseat.visit_task (rule_id, resident_id, grid_id, due_on, done_on, result)
           SELECT (SELECT min(id) FROM gridseat.visit_rule), r.id, r.grid_id, d.day,
                  CASE WHEN d.made THEN d.day END, CASE WHEN d.made THEN 'well' END
           FROM (SELECT id, grid_id FROM gridseat.resident ORDER BY id LIMIT 1) AS r,
                (SELECT date '2026-11-22' - n, n % 3 = 0 FROM generate_series(0, 500) AS n)
                    AS d (day, made)"""
    )
    told = await settled.fetch(WINDOWS)
    assert len(told) == 18 * 8
    assert [tuple(row) for row in told if (row["hits"], row["of_all"]) != (row["made"], row["due"])] == []
    assert await registry_faults(database) == []


async def test_grids_and_communities_that_move_take_their_people_along(
    database: Database, settled: asyncpg.Connection
) -> None:
    await settled.execute(
        """UPDATE gridseat.grid SET organisation_id = (SELECT id FROM gridseat.organisation
               WHERE code = '130123201001') WHERE code = $1""",
        GRID,
    )
    assert await registry_faults(database) == []
    assert (await figures(settled, await bounds(settled, "130123201")))["residents"] == (3, None)
    await settled.execute(
        """UPDATE gridseat.organisation AS o SET parent_id = p.id FROM gridseat.organisation AS p
           WHERE o.code = '130123201001' AND p.code = '130125100'"""
    )
    await settled.execute("SELECT gridseat.renumber_tree()")
    await settled.execute("UPDATE gridseat.grid SET ended_at = desk.now() WHERE code = $1", VILLAGE)
    assert await registry_faults(database) == []
    moved = await figures(settled, await bounds(settled, "130125"))
    assert (moved["residents"][0], moved["density"]) == (3, (3, 389))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_changes_the_sums_equal_a_recount(
    database: Database, settled: asyncpg.Connection, seed: int
) -> None:
    chance = random.Random(seed)
    grids = [row["id"] for row in await settled.fetch("SELECT id FROM gridseat.grid")]
    changes = (
        "UPDATE gridseat.resident SET alone = NOT alone WHERE id % 2 = {n} % 2",
        "UPDATE gridseat.resident SET left_on = nullif('2026-11-01', left_on) WHERE id % 3 = {n} % 3",
        "UPDATE gridseat.house SET grid_id = {grid}, confirmed_on = '2026-03-01' WHERE id % 2 = {n} % 2",
        "UPDATE gridseat.house SET left_on = nullif('2026-11-01', left_on) WHERE id = 1 + {n} % 2",
        "UPDATE gridseat.resident SET kind = 'floating', confirmed_on = '2026-02-01' WHERE id = 1 + {n} % 4",
        (
            "DELETE FROM gridseat.resident_text;"
            "UPDATE gridseat.resident SET filled = num_nonnulls(birth_year, household_id)"
        ),
        "UPDATE gridseat.grid SET ended_at = nullif(desk.now(), ended_at) WHERE id = {grid}",
        "UPDATE gridseat.grid SET kind = 'police' WHERE id = {grid} AND {n} % 3 = 0",
        (
            "DELETE FROM gridseat.grid_ring WHERE grid_id = {grid};"
            "INSERT INTO gridseat.grid_ring (grid_id, hole, ring)"
            "VALUES ({grid}, false, polygon(box(point(114, 38), point(114.{n}, 38.{n}))))"
        ),
        "SELECT desk.draw_spot_checks(NULL)",
        "SELECT desk.plan_visits(NULL)",
    )
    for _ in range(12):
        change = chance.choice(changes).format(n=chance.randrange(100), grid=chance.choice(grids))
        if change.startswith("SELECT desk"):
            async with database.eyes("duty") as raw:
                await raw.execute(change)
        else:
            await settled.execute(change)
    assert await registry_faults(database) == []
    raw = await database.as_person("duty")
    assert [
        row for row in await raw.fetch("SELECT * FROM desk.check()") if row["kind"].startswith("registry")
    ] == []
    await raw.close()


async def test_a_wrong_sum_is_found(database: Database, settled: asyncpg.Connection) -> None:
    await settled.execute(
        "UPDATE gridseat.registry_tally SET n = n + 1 WHERE key = 'houses' AND scope = 'own'"
    )
    await settled.execute("UPDATE gridseat.registry_grid SET vacant = 9")
    await settled.execute("UPDATE gridseat.registry_old SET elderly = elderly + 1")
    found = {fault[0] for fault in await registry_faults(database)}
    assert found == {"registry_tally", "registry_grid", "registry_old"}
