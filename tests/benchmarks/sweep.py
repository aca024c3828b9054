"""What time alone changes: 500 claims that end, 500 cards that fall due, and the look when there is nothing.

Beside 20,000 open among 1,000,000 incidents. The peer of a claim's end and of a card is the same step taken
by a desk, one after the other. A look is made every five seconds: its limit is a hundredth of one core.
"""

import asyncio
import json
import statistics
import time
from typing import Any

from console.connection import Connection
from console.desk.desk import Desk
from tests.benchmarks.bench_database import database
from tests.benchmarks.queue_page import FILL
from tests.database_fixtures import Database, act, report

CASES, LOOKS, LIMIT = 500, 21, 50.0  # the limit in milliseconds
CLOCKS = """
INSERT INTO gridseat.clock (number, round, stage, started_seq, started_at, seconds, clock, due, warn_at)
SELECT i.number, 1, 'handling', 1, now(), 7200, 'continuous', now() + interval '2 days',
       now() + interval '1 day'
FROM gridseat.incident AS i WHERE i.status <> 'closed';
VACUUM ANALYZE gridseat.clock;
"""
COUNTED = "UPDATE gridseat.fold SET filled_to = (SELECT max(number) FROM gridseat.incident)"
ENDED = "UPDATE gridseat.incident SET claim_until = now() - interval '1 s' WHERE number = ANY ($1)"
FALLEN = """
UPDATE gridseat.clock SET due = now() - interval '1 s', warn_at = now() - interval '1 min'
WHERE number = ANY ($1) AND stage <> 'promised'
"""


def run() -> list[dict[str, object]]:
    """Fill the database once, then let the sweep and a desk do the same."""
    with database() as found:
        return asyncio.run(measure(found))


async def measure(found: Database) -> list[dict[str, object]]:
    """Return a result for each of the three."""
    found.owner = await found.cluster.open(found.name)
    for statement in (FILL + CLOCKS).split(";")[:-1]:
        await found.owner.execute(statement, timeout=300)
    desk = Desk(found.door("duty"))
    numbers = [await report(desk) for _ in range(CASES)]
    worker = await found.as_person("duty")
    await sweep(worker)
    await found.owner.execute(COUNTED)  # what the boards' counters cost is measured elsewhere
    results = [
        await ends(found.owner, worker, desk, numbers),
        await cards(found.owner, worker, desk, numbers),
    ]
    looks = [(await sweep(worker))[1] for _ in range(LOOKS)]
    await desk.close()
    await worker.close()
    await found.owner.close()
    return [*results, result("nothing to do, a hundredth of a core", statistics.median(looks), LIMIT, "ms")]


async def ends(owner: Connection, worker: Connection, desk: Desk, numbers: list[int]) -> dict[str, object]:
    """Compare claims that end with claims that a desk gives back."""
    await each(desk, "claim", numbers)
    plain = await each(desk, "release", numbers)
    await each(desk, "claim", numbers)
    await owner.execute(ENDED, numbers)
    done, ours = await sweep(worker)
    assert done["claims"] == CASES
    return result("a claim that ends, `release` by a desk", ours / CASES, plain, "ms a case")


async def cards(owner: Connection, worker: Connection, desk: Desk, numbers: list[int]) -> dict[str, object]:
    """Compare cards that fall due with a desk that urges."""
    plain = await each(desk, "urge", numbers, text="请尽快")
    await owner.execute(FALLEN, numbers)
    done, ours = await sweep(worker)
    assert done["cards"] == CASES
    return result("a card that falls due, `urge` by a desk", ours / CASES, plain, "ms a case")


async def each(desk: Desk, action: str, numbers: list[int], **args: object) -> float:
    """Let the desk act on all; return milliseconds a case."""
    start = time.perf_counter()
    for number in numbers:
        await act(desk, action, number, **args)
    return (time.perf_counter() - start) * 1000 / len(numbers)


async def sweep(worker: Connection) -> tuple[dict[str, Any], float]:
    """Return what was done, and the milliseconds it took."""
    start = time.perf_counter()
    done = await worker.fetchval("SELECT desk.sweep()")
    return json.loads(done), (time.perf_counter() - start) * 1000


def result(case: str, ours: float, peer: float, unit: str) -> dict[str, object]:
    """Return a row of the answer."""
    return {"case": case, "ours": ours, "peer": peer, "ratio": peer / ours, "unit": unit}
