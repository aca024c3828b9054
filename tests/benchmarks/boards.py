"""A board as a county's supervisor reads it, over a month and over 13, at 1,000,000 incidents.

The peer is a plain aggregate by the owner over the same rows, of the six totals alone: no spark lines,
no charts, no ranking. The bar is 300 ms.
"""

import asyncio
import json
import statistics
import time

from console.connection import Connection
from tests.benchmarks.bench_database import database
from tests.database_fixtures import Database

ROWS, ROUNDS, BATCH = 1_000_000, 7, 5_000
NOW = "2026-11-18T15:00:00+08:00"
DAYS = (30, 396)
TREE = """
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt, centre)
SELECT '1301233' || lpad(n::text, 2, '0'), '第' || n || '镇', 'township', o.id, 0, 1, true
FROM generate_series(1, 20) AS n, gridseat.organisation AS o WHERE o.code = '130123';
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt)
SELECT o.code || lpad(n::text, 3, '0'), o.name || '第' || n || '村', 'community', o.id, 0, 1
FROM generate_series(1, 12) AS n, gridseat.organisation AS o WHERE o.code LIKE '1301233__';
SELECT gridseat.renumber_tree();
"""
FILL = f"""
SET session_replication_role = replica;
INSERT INTO gridseat.incident (number, status, title, class_id, priority, channel, centre_id, centre_lft,
    organisation_id, place_lft, received_at, recorded_at, recorded_by, changed_at,
    lead_unit_id, due, closed_at)
SELECT n, CASE WHEN n % 50 = 0 THEN (ARRAY['reported', 'accepted', 'dispatched', 'handling'])[1 + n / 50 % 4]
               ELSE 'closed' END,
       '商贩占道经营 ' || n, n % 60 * 7 % 60 + 1, 3, CASE WHEN n % 3 = 0 THEN 'patrol' ELSE 'phone' END,
       c.id, c.lft, p.id, p.lft, at.t, at.t, 1, at.t, u.id,
       CASE WHEN n % 50 = 0 THEN at.t + interval '2 days' END,
       CASE WHEN n % 50 <> 0 THEN least(at.t + n % 97 * interval '1 hour', timestamptz '{NOW}') END
FROM generate_series(1, {ROWS}) AS n
JOIN (SELECT id, lft, parent_id, row_number() OVER (ORDER BY lft) - 1 AS k FROM gridseat.organisation
      WHERE code LIKE '1301233_____') AS p ON p.k = n % 240 * 31 % 240
JOIN gridseat.organisation AS c ON c.id = p.parent_id
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM gridseat.organisation
      WHERE level = 'department') AS u ON u.k = n % 4
CROSS JOIN LATERAL (SELECT timestamptz '{NOW}' - ({ROWS} - n) * interval '34 seconds' AS t) AS at;
INSERT INTO gridseat.clock
    (number, round, stage, started_seq, started_at, seconds, clock, due, stopped_seq, stopped_at)
SELECT i.number, 1, s.stage, s.seq, at.t, s.seconds, 'continuous', at.t + s.seconds * interval '1 second',
       CASE WHEN i.closed_at IS NOT NULL THEN s.seq + 1 END,
       CASE WHEN i.closed_at IS NOT NULL
            THEN least(at.t + (i.number % (20 * s.seq)) * interval '1 hour', i.closed_at) END
FROM gridseat.incident AS i
CROSS JOIN (VALUES ('accept', 1, 900), ('acknowledge', 2, 1800), ('handling', 3, 172800),
                   ('verify', 4, 14400)) AS s (stage, seq, seconds)
CROSS JOIN LATERAL (SELECT i.received_at + s.seq * interval '10 minutes' AS t) AS at
WHERE i.closed_at IS NOT NULL OR s.stage = 'handling';
INSERT INTO gridseat.party (number, organisation_id, kind, since_seq, since)
SELECT i.number, i.lead_unit_id, 'lead', 1, i.received_at FROM gridseat.incident AS i;
SET session_replication_role = origin;
VACUUM ANALYZE gridseat.incident; VACUUM ANALYZE gridseat.party; VACUUM ANALYZE gridseat.clock;
"""
PLAIN = {
    "incidents": """
SELECT count(*) FILTER (WHERE i.received_at >= $1), count(*) FILTER (WHERE i.closed_at >= $1),
       count(*) FILTER (WHERE i.status <> 'closed'),
       count(*) FILTER (WHERE i.due <= $2 AND i.status <> 'closed'),
       count(*) FILTER (WHERE k.due BETWEEN $1 AND $2 AND i.closed_at <= $2),
       count(*) FILTER (WHERE k.due BETWEEN $1 AND $2 AND k.stopped_at <= k.due)
FROM gridseat.incident AS i LEFT JOIN gridseat.clock AS k ON k.number = i.number AND k.stage = 'handling'
WHERE i.place_lft BETWEEN $3 AND $4""",
    "operations": """
SELECT count(*) FILTER (WHERE i.claim_until > $2),
       count(*) FILTER (WHERE k.stage = 'accept' AND k.started_at >= $1
                          AND k.stopped_at <= k.started_at + interval '60 s'),
       count(*) FILTER (WHERE k.stage = 'acknowledge' AND k.due BETWEEN $1 AND $2 AND k.stopped_at <= k.due),
       count(*) FILTER (WHERE k.stage = 'handling' AND k.due BETWEEN $1 AND $2 AND k.stopped_at <= k.due),
       count(*) FILTER (WHERE k.stage = 'verify' AND k.started_at >= $1 AND i.reworks > 0)
FROM gridseat.incident AS i JOIN gridseat.clock AS k ON k.number = i.number
WHERE i.place_lft BETWEEN $3 AND $4""",
}
EDGES = """
SELECT (b.t).starts, (b.t).now, o.lft, o.rgt
FROM gridseat.organisation AS o CROSS JOIN LATERAL (SELECT gridseat.board_period(o.id, $1) AS t) AS b
WHERE o.code = '130123'
"""


def run() -> list[dict[str, object]]:
    """Fill the database once, fold it, and time each board over a month and over 13."""
    with database() as found:
        return asyncio.run(measure(found))


async def measure(found: Database) -> list[dict[str, object]]:
    """Return the fold's rate and a result for each board and period."""
    found.owner = await found.cluster.open(found.name)
    await found.owner.execute(TREE)
    for statement in FILL.split(";")[:-1]:
        await found.owner.execute(statement, timeout=600)
    await found.freeze(NOW)
    results: list[dict[str, object]] = [await fold(found.owner)]
    await found.add("county", "seat supervisor", "130123")
    results += [await compare(found, name, days) for name in PLAIN for days in DAYS]
    await found.owner.close()
    return results


async def fold(owner: Connection) -> dict[str, object]:
    """Fold everything, batch by batch, as an upgrade of an older database does."""
    await owner.execute("UPDATE gridseat.fold SET epoch = NULL")
    start = time.perf_counter()
    while await owner.fetchval("SELECT gridseat.fold_measures($1)", BATCH, timeout=600):
        pass
    rate = ROWS / (time.perf_counter() - start)
    for table in ("measure", "tally", "unmeasured"):
        await owner.execute(f"VACUUM ANALYZE gridseat.{table}")
    return {"case": "first fold", "ours": rate, "peer": None, "ratio": None, "unit": "cases/s"}


async def compare(found: Database, name: str, days: int) -> dict[str, object]:
    """Alternate the seat's board and the owner's plain aggregate."""
    owner, seat = found.owner, await found.as_person("county")
    edges = await owner.fetchrow(EDGES, days)
    assert edges is not None
    ours, peer = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        told = json.loads(await seat.fetchval("SELECT desk.board_figures($1, NULL, $2)", name, days))
        ours.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        plain = await owner.fetchrow(PLAIN[name], *edges.values(), timeout=600)
        peer.append((time.perf_counter() - start) * 1000)
        if name == "incidents":
            assert [figure["numerator"] for figure in told["figures"]] == list(plain or ())
    await seat.close()
    mine, other = statistics.median(ours), statistics.median(peer)
    return {
        "case": f"{name}, {days} days (first {ours[0]:.0f} ms), plain aggregate",
        "ours": mine,
        "peer": other,
        "ratio": other / mine,
        "unit": "ms",
    }
