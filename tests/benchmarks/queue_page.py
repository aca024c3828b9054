"""The queue's first page: 200 of 20,000 open among 1,000,000 incidents, as three kinds of seats see it.

The peer is a plain SELECT by the owner with the seat's bounds as literals; the bar is at most twice its time.
"""

import asyncio
import statistics
import time

from console.connection import Connection
from tests.benchmarks.bench_database import database
from tests.database_fixtures import Database

ROWS, OPEN_SHARE, PAGE, ROUNDS = 1_000_000, 50, 200, 41
SEATS = {
    "county": ("seat", "130123"),
    "township": ("seat", "130123101"),
    "department": ("unit", "130123-D02"),
}
FILL = f"""
SET session_replication_role = replica;
INSERT INTO gridseat.incident (status, title, class_id, priority, channel, centre_id, centre_lft, received_at,
    recorded_at, recorded_by, changed_at, due, warn_at, lead_unit_id, handling_seconds, handling_clock)
SELECT CASE WHEN n % {OPEN_SHARE} = 0
            THEN (ARRAY['reported', 'accepted', 'dispatched', 'handling'])[1 + n / 50 % 4] ELSE 'closed' END,
       '商贩占道经营 ' || n, (n % 60) + 1, 3, 'phone', c.id, c.lft, at.t, at.t, 1, at.t,
       CASE WHEN n % {OPEN_SHARE} = 0 THEN at.t + interval '2 days' END,
       CASE WHEN n % {OPEN_SHARE} = 0 THEN at.t + interval '1 day' END,
       CASE WHEN n % 500 = 0 THEN u.id END, 7200, 'working'
FROM generate_series(1, {ROWS}) AS n
JOIN (SELECT id, lft, row_number() OVER (ORDER BY lft) - 1 AS k, count(*) OVER () AS total
      FROM gridseat.organisation WHERE centre) AS c ON c.k = n % c.total
CROSS JOIN (SELECT id FROM gridseat.organisation WHERE code = '130123-D02') AS u
CROSS JOIN LATERAL (SELECT timestamptz '2025-10-01 00:00+08' + n * interval '36 seconds' AS t) AS at;
INSERT INTO gridseat.party (number, organisation_id, kind, since_seq, since)
SELECT i.number, i.lead_unit_id, 'lead', 1, i.received_at
FROM gridseat.incident AS i WHERE i.lead_unit_id IS NOT NULL;
SET session_replication_role = origin;
VACUUM ANALYZE gridseat.incident; VACUUM ANALYZE gridseat.party;
"""
PLAIN = f"""
WITH page AS MATERIALIZED (
    SELECT i.number, i.due FROM gridseat.incident AS i
    WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
      AND NOT i.restricted AND {{where}}
    ORDER BY i.due, i.number LIMIT {PAGE})
SELECT b.* FROM page JOIN gridseat.board_row AS b ON b.number = page.number ORDER BY page.due, page.number
"""


def run() -> list[dict[str, object]]:
    """Fill the database once and time each seat."""
    with database() as found:
        return asyncio.run(measure(found))


async def measure(found: Database) -> list[dict[str, object]]:
    """Return a result for each kind of seat."""
    found.owner = await found.cluster.open(found.name)
    for statement in FILL.split(";")[:-1]:
        await found.owner.execute(statement, timeout=300)
    results = []
    for login, (position, organisation) in SEATS.items():
        await found.add(login, position, organisation)
        seat = await found.as_person(login)
        results.append(
            await compare(login, seat, found.owner, await bounds(found.owner, login, organisation))
        )
        await seat.close()
    await found.owner.close()
    return results


async def bounds(owner: Connection, login: str, organisation: str) -> str:
    """Return the seat's bounds as the owner would write them."""
    o = (await owner.fetch("SELECT id, lft, rgt FROM gridseat.organisation WHERE code = $1", organisation))[0]
    if login == "department":
        parts = f"SELECT number FROM gridseat.party WHERE organisation_id = {o['id']} AND until_seq IS NULL"
        return f"i.number IN ({parts})"
    above = await owner.fetchval(
        "SELECT array_agg(id) FROM gridseat.organisation WHERE lft < $1 AND rgt > $2 AND centre",
        o["lft"],
        o["rgt"],
    )
    return f"(i.centre_lft BETWEEN {o['lft']} AND {o['rgt']} OR i.centre_id = ANY (ARRAY{above}::bigint[]))"


async def compare(login: str, seat: Connection, owner: Connection, where: str) -> dict[str, object]:
    """Alternate the seat's page and the owner's plain SELECT."""
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(await timed(seat, "SELECT * FROM desk.queue()"))
        peer.append(await timed(owner, PLAIN.format(where=where)))
    mine, plain = statistics.median(ours), statistics.median(peer)
    return {
        "case": f"{login}, plain SELECT",
        "ours": mine,
        "peer": plain,
        "ratio": plain / mine,
        "unit": "ms",
    }


async def timed(raw: Connection, question: str) -> float:
    """Return milliseconds of one page, read whole."""
    start = time.perf_counter()
    rows = await raw.fetch(question)
    assert len(rows) == PAGE
    return (time.perf_counter() - start) * 1000
