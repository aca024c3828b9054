"""From commit to the other console's board, with 5 and 50 listeners: median and 99th percentile.

The limit is a bare round trip: NOTIFY on one connection until LISTEN hears it on another.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence

from console.connection import Connection
from console.desk.desk import Desk
from console.desk.hint import Hint
from console.feed.board import Board, Change
from console.feed.listener import Feed, Link
from tests.benchmarks.bench_database import database
from tests.database_fixtures import Database, act, report

LISTENERS, FACTS = (5, 50), 60


def run() -> list[dict[str, object]]:
    """Measure with each number of listeners."""
    with database() as found:
        return [result for count in LISTENERS for result in asyncio.run(measure(found, count))]


async def measure(found: Database, count: int) -> list[dict[str, object]]:
    """Let ``count`` consoles follow while one reports; time each fact at each board."""
    seen: dict[int, list[float]] = {}
    feeds = [Feed(found.door("duty"), Board()) for _ in range(count)]

    def note(numbers: Sequence[int], _: Change | None) -> None:
        for number in numbers:
            seen.setdefault(number, []).append(time.perf_counter())

    for feed in feeds:
        feed.on_facts(note)
    tasks: list[asyncio.Future[None]] = [asyncio.ensure_future(_follow(feed)) for feed in feeds]
    hint = Hint(found.door("duty"))
    tasks.append(asyncio.ensure_future(_tell(hint)))
    desk = Desk(found.door("duty"))
    number = await report(desk, centre="130123101")
    while any(feed.pulse.link is not Link.LIVE or number not in feed.board for feed in feeds):
        await asyncio.sleep(0.01)
    spent = await ages(desk, hint, seen, count)
    limit = await round_trips(found)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await hint.close()
    await desk.close()
    quantiles = statistics.quantiles(spent, n=100)
    return [
        case(f"{count} listeners, median", statistics.median(spent), limit),
        case(f"{count} listeners, p99", quantiles[98], limit),
    ]


async def _follow(feed: Feed) -> None:
    await feed.run()


async def _tell(hint: Hint) -> None:
    await hint.run()


async def ages(desk: Desk, hint: Hint, seen: dict[int, list[float]], count: int) -> list[float]:
    """Return, in ms, how long each fact took to each board."""
    spent = []
    for _ in range(FACTS):
        number = await report(desk, centre="130123101")
        done = time.perf_counter()
        hint.give()
        while len(seen.get(number, ())) < count:
            await asyncio.sleep(0.001)
        spent += [(at - done) * 1000 for at in seen[number]]
        await act(desk, "reject", number, reason="重复")
    return spent


async def round_trips(found: Database) -> float:
    """Return the median, in ms, from NOTIFY to LISTEN."""
    ear, mouth = await found.as_person("duty"), await found.as_person("duty")
    heard = asyncio.Event()
    await ear.add_listener("bench", lambda *_: heard.set())
    spent = [await round_trip(mouth, heard) for _ in range(200)]
    await ear.close()
    await mouth.close()
    return statistics.median(spent)


async def round_trip(mouth: Connection, heard: asyncio.Event) -> float:
    """Time one NOTIFY."""
    heard.clear()
    start = time.perf_counter()
    await mouth.execute("NOTIFY bench")
    await heard.wait()
    return (time.perf_counter() - start) * 1000


def case(name: str, ours: float, limit: float) -> dict[str, object]:
    """Return one result against the bare round trip."""
    return {"case": name, "ours": ours, "peer": limit, "ratio": limit / ours, "unit": "ms"}
