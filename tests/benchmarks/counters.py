"""What the boards' counters cost the actions: reports answered at once, with the fold beside and without.

Each action changes what a case counts for; the time with the fold ends when nothing is left to fold. The peer
is the same desks without the fold; the bar is a quarter of an action, that is a ratio of 0.8.
"""

import asyncio
import statistics
import time

from console.desk.desk import Desk
from tests.benchmarks.bench_database import database
from tests.database_fixtures import Database, act, report

CONNECTIONS, PAIRS, ROUNDS = (1, 8), 240, 3
EVERY = 1.0  # seconds between two folds; a worker sweeps every five
PLACE = {"point": [114.51, 38.11], "datum": "WGS-84"}


def run() -> list[dict[str, object]]:
    """Alternate both at each number of connections, and compare the medians."""
    with database() as found:
        return [asyncio.run(compare(found, connections)) for connections in CONNECTIONS]


async def compare(found: Database, connections: int) -> dict[str, object]:
    """Return the rate of actions with the fold and without."""
    desks = [Desk(found.door("duty")) for _ in range(connections)]
    await work(desks, connections)
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(await folded(found, desks))
        peer.append(await work(desks, PAIRS))
        await fold(found)  # what the peer has left
    for desk in desks:
        await desk.close()
    mine, bare = statistics.median(ours), statistics.median(peer)
    return {
        "case": f"{connections} connections, the fold beside them vs none",
        "ours": mine,
        "peer": bare,
        "ratio": mine / bare,
        "unit": "actions/s",
    }


async def work(desks: list[Desk], pairs: int) -> float:
    """Let the desks share so many pairs; return actions a second."""
    left = iter(range(pairs))

    async def one(desk: Desk) -> None:
        for _ in left:
            await act(desk, "answer", await report(desk, **PLACE), text="已答复")

    start = time.perf_counter()
    await asyncio.gather(*(one(desk) for desk in desks))
    return 2 * pairs / (time.perf_counter() - start)


async def folded(found: Database, desks: list[Desk]) -> float:
    """Do the same while somebody folds; return actions a second, all of them folded."""
    ended = asyncio.Event()

    async def beside() -> None:
        while not ended.is_set():
            await fold(found)
            try:
                async with asyncio.timeout(EVERY):
                    await ended.wait()
            except TimeoutError:
                continue
        await fold(found)

    start = time.perf_counter()
    task = asyncio.ensure_future(beside())
    await work(desks, PAIRS)
    ended.set()
    await task
    return 2 * PAIRS / (time.perf_counter() - start)


async def fold(found: Database) -> None:
    """Fold what there is, on a connection of its own."""
    raw = await found.cluster.open(found.name)
    while await raw.fetchval("SELECT gridseat.fold_measures()"):
        pass
    await raw.close()
