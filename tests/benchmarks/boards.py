"""Every board of a city of the largest size, for four places and five periods, against the plain aggregate.

The peer is what a person would ask of the rows, in the same run, and must tell all that the board tells.
The bars: 300 ms warm; 1.5 s cold, with a server started anew and the machine's own copies of its files
forgotten; 50 × the plain aggregate.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from console.connection import Connection
from console.database.embedded import EmbeddedServer
from tests.benchmarks import board_peer, board_views
from tests.benchmarks.city_database import city_database
from tests.benchmarks.city_meter import Cost, cost, forget
from tests.database_fixtures import Database

BOARDS = ("people-houses", "incidents", "operations")
PLACES = {"city": "3701", "county": "370101", "township": "370101101", "community": "370101101001"}
PERIODS: dict[str, tuple[int, date | None]] = {
    "1 day": (1, None),
    "7 days": (7, None),
    "30 days": (30, None),
    "13 months": (396, None),
    "last month": (31, date(2026, 10, 31)),
}
ROUNDS, WARM, COLD = 5, 300.0, 1500.0
PATIENCE = 1000.0  # ms after which a peer is not asked again
ASK = "SELECT desk.board_figures($1, $2, $3, $4, $5)"
Result = dict[str, object]
CHILLED = [(board, period) for board in BOARDS for period in ("30 days", "13 months")]


def run(folder: Path | None = None) -> list[Result]:
    """Measure all boards warm, what hangs on them, then the city's cold."""
    with city_database(folder) as found:
        results = asyncio.run(warm(found))
        return results + [asyncio.run(chilled(found, *case)) for case in CHILLED]


async def warm(found: Database) -> list[Result]:
    """Return a result for each board, place and period."""
    owner = await found.cluster.open(found.name)
    results = []
    async with seat(found) as raw:
        for board in BOARDS:
            for place in PLACES:
                for period in PERIODS:
                    results += await compare(owner, raw, board, place, period)
        await owner.execute(board_views.MADE, [board_views.CITY, board_views.COUNTY], [*board_views.DAYS])
        for asked in board_views.views():
            results += await view(owner, raw, asked)
    await owner.close()
    return results


@asynccontextmanager
async def seat(found: Database) -> AsyncIterator[Connection]:
    """Open the city's own seat, which is asked by all."""
    raw = await found.as_person("seat 3701")
    try:
        yield raw
    finally:
        await raw.close()


async def compare(owner: Connection, raw: Connection, board: str, place: str, period: str) -> list[Result]:
    """Alternate the seat's board and the plain aggregates, which must tell the same.

    Of places in the city the aggregates are asked for 30 days alone, or a run would take an hour.
    """
    code, (days, until) = PLACES[place], PERIODS[period]
    told = place == "city" or period == "30 days"
    ours: list[Cost] = []
    plain: list[Cost] = []
    for _ in range(ROUNDS):
        ours.append(await cost(raw, lambda: raw.fetchval(ASK, board, code, days, until, None)))
        if told and sum(one.clock for one in plain) < PATIENCE:
            plain.append(await board_peer.plain(owner, board, code, days, until))
    case = f"{board}, {place}, {period}"
    if not told:
        return [result(f"{case}, limit", ours[1:], WARM)]
    board_peer.agree(json.loads(ours[-1].answer), plain[-1].answer)
    return [result(f"{case}, plain aggregates", ours[1:], plain)]


def result(case: str, ours: list[Cost], peer: list[Cost] | float) -> Result:
    """Compare medians; of a limit, which has no processor time, with it alone."""
    mine = statistics.median(one.clock for one in ours)
    limit = peer if isinstance(peer, float) else statistics.median(one.clock for one in peer)
    told: Result = {"case": case, "ours": mine, "peer": limit, "ratio": limit / mine, "unit": "ms"}
    told["cpu"] = statistics.median(one.cpu for one in ours)
    if not isinstance(peer, float):
        told["peer_cpu"] = statistics.median(one.cpu for one in peer)
    print(case, *(f"{told[key]:.4g}" for key in ("ours", "peer", "ratio")), file=sys.stderr, flush=True)
    return told


async def view(owner: Connection, raw: Connection, asked: board_views.View) -> list[Result]:
    """Set what hangs on a board against the bar and, where there is one, the plain aggregate."""
    ours, peer = await board_views.costs(owner, raw, asked)
    case = f"{asked.case} {asked.asked}"
    told = [result(f"{case}, plain aggregate", ours, peer)] if peer else []
    return [result(f"{case}, limit", ours, WARM), *told]


async def chilled(found: Database, board: str, period: str) -> Result:
    """Start the server anew with nothing in memory, and ask as the first one to come."""
    server = found.cluster.server
    assert isinstance(server, EmbeddedServer)
    owner = await found.cluster.open(found.name)
    data = await owner.fetchval("SHOW data_directory")
    await owner.close()
    server.stop()
    forget(Path(data))
    server.start()
    days, until = PERIODS[period]
    start = time.perf_counter()
    async with seat(found) as raw:
        first = await cost(raw, lambda: raw.fetchval(ASK, board, PLACES["city"], days, until, None))
        clock = (time.perf_counter() - start) * 1000
    return result(f"{board}, city, {period}, cold, limit", [replace(first, clock=clock)], COLD)
