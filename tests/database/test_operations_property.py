"""Whatever is written by many at once, folded, moved and killed: the sums are those of the records."""

import asyncio
from contextlib import suppress
from random import Random

import asyncpg

from console.desk.desk import Desk
from tests.database.cast import Cast
from tests.database.operations import clerk as clerk  # noqa: PLC0414  a fixture
from tests.database.operations import faults, fold, sums

STEPS, HANDS = 40, 3
WRITES = (
    """INSERT INTO gridseat.attendance (staff_id, day, organisation_id, due, came)
       SELECT s.id, date '2026-11-01' + {a}, s.organisation_id, {a} % 2 = 0,
              CASE WHEN {b} % 3 > 0 THEN timestamptz '2026-11-01 08:00+08' + {a} * interval '1 day' END
       FROM gridseat.staff AS s WHERE s.id % 4 = {b} % 4
       ON CONFLICT (staff_id, day) DO UPDATE SET due = excluded.due, came = excluded.came""",
    """INSERT INTO gridseat.visit (organisation_id, household, day, staff_id, grid_id, met)
       SELECT g.organisation_id, 'H' || {b} % 5, date '2026-11-01' + {a}, s.id, g.id, {a} % 3 > 0
       FROM gridseat.staff AS s JOIN gridseat.grid AS g ON g.id = s.grid_id
       ON CONFLICT (organisation_id, household, day, staff_id) DO UPDATE SET met = excluded.met""",
    "DELETE FROM gridseat.visit WHERE day = date '2026-11-01' + {a}",
    "DELETE FROM gridseat.attendance WHERE staff_id % 4 = {b} % 4 AND day < date '2026-11-01' + {a}",
    """INSERT INTO gridseat.message_group (code, name, organisation_id, joined, last_message)
       SELECT 'G' || {b} % 4, '群', o.id, {a}, date '2026-11-01' + {b}
       FROM gridseat.organisation AS o WHERE o.level = 'community' ORDER BY o.id OFFSET {a} % 4 LIMIT 1
       ON CONFLICT (code) DO UPDATE SET organisation_id = excluded.organisation_id, joined = excluded.joined,
                                        last_message = excluded.last_message""",
    "UPDATE gridseat.staff SET kind = (ARRAY['full_time', 'head'])[1 + {a} % 2] WHERE id % 4 = {b} % 4",
    """UPDATE gridseat.staff AS s SET grid_id = g.id
       FROM (SELECT g.id FROM gridseat.grid AS g ORDER BY g.id OFFSET {b} % 3 LIMIT 1) AS g
       WHERE s.id % 4 = {a} % 4""",
    """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
       SELECT 'N' || {a} % 3, '新', 'full_time', g.id, g.organisation_id
       FROM gridseat.grid AS g ORDER BY g.id OFFSET {b} % 3 LIMIT 1
       ON CONFLICT (code) DO UPDATE SET grid_id = excluded.grid_id""",
    "DELETE FROM gridseat.staff WHERE code = 'N' || {b} % 3",
    """UPDATE gridseat.grid SET ended_at = CASE WHEN ended_at IS NULL THEN date '2026-11-01' END
       WHERE id % 3 = {b} % 3""",
    """UPDATE gridseat.grid AS g SET organisation_id = o.id
       FROM (SELECT c.id FROM gridseat.organisation AS c WHERE c.level = 'community' ORDER BY c.id
             OFFSET {a} % 4 LIMIT 1) AS o
       WHERE g.id % 3 = {b} % 3""",
    "SELECT gridseat.fold_work(50)",
    """UPDATE gridseat.organisation AS o SET parent_id = p.id FROM gridseat.organisation AS p
       WHERE o.code = '130123201' AND p.code = (ARRAY['130123', '130125', '130123101'])[1 + {b} % 3]""",
)


async def hand(raw: asyncpg.Connection, chance: Random) -> None:
    """Write, fold and move; every fifth thing is taken back, or its connection ended in the midst of it."""
    for step in range(STEPS):
        attempt = raw.transaction()
        await attempt.start()
        write = chance.choice(WRITES)
        if write.lstrip().startswith("UPDATE gridseat.organisation"):
            await raw.execute("SELECT gridseat.lock_tree()")  # as whoever imports a tree
        with suppress(asyncpg.DeadlockDetectedError, asyncpg.ForeignKeyViolationError):
            await raw.execute(write.format(a=chance.randrange(20), b=chance.randrange(20)))
            if step % 5:
                await attempt.commit()
                continue
        await attempt.rollback()
    with suppress(asyncpg.PostgresError, OSError):
        await raw.execute("BEGIN")
        await raw.execute(WRITES[0].format(a=1, b=1))
        await raw.execute("SELECT pg_terminate_backend(pg_backend_pid())")


async def test_sums_are_those_of_the_records_whatever_happens(people: Cast, clerk: Desk) -> None:
    assert clerk
    database = people.database
    hands = [await database.cluster.open(database.name) for _ in range(HANDS)]
    await asyncio.gather(*(hand(raw, Random(seed)) for seed, raw in enumerate(hands)))
    await database.owner.execute("SELECT gridseat.renumber_tree()")
    assert await faults(database.owner) == []
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.work_sum WHERE n > 0") > HANDS
    before = [await sums(database.owner, place) for place in ("1301", "130123", "130125", "130123201")]
    await fold(database.owner)
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.work_change") == 0
    assert before == [
        await sums(database.owner, place) for place in ("1301", "130123", "130125", "130123201")
    ]
    assert await faults(database.owner) == []
