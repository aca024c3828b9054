"""Every board of a city of the largest size, for four places and five periods, against the plain aggregate.

The peer is what a person would ask of the rows, in the same run, and must tell the same figures, but without
the spark lines, charts and rankings that a board has besides. The bars: 300 ms warm; 1.5 s cold, with a
server started anew and the machine's own copies of its files forgotten; 50 × the plain aggregate.
"""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import resources
from console.connection import Connection
from console.database.embedded import EmbeddedServer
from tests.benchmarks.board_peer import agree, plain
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
FIGURES = [
    key
    for key, one in resources.table("indicators.toml")["figures"].items()
    if "fact" in one and one["kind"] != "span"
]
MAPPED = ("received", "closing", "open", "found")
MAP, CASES = "SELECT desk.board_map($1, $2, $3, $4)", "SELECT * FROM desk.board_cases($1, $2, $3, $4)"
SCORES = "SELECT desk.scores($1, $2, $3)"
RECORDS = "SELECT * FROM desk.registry_records($1, $2, $3)"
VIEWS: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "ranked by any figure": (ASK, [("incidents", "3701", 30, None, one) for one in FIGURES]),
    "choropleth of grids": (MAP, [(one, "grid", "3701", 30) for one in MAPPED]),
    "choropleth of townships": (MAP, [(one, "township", "3701", 30) for one in MAPPED]),
    "scores": (SCORES, [("3701", group, days) for group in ("department", "county") for days in (30, 396)]),
    "cases behind a figure": (
        CASES,
        [("incidents", key, "3701", 30) for key in ("received", "closing:rest", "open")],
    ),
    "records behind a figure": (RECORDS, [(key, "3701", 30) for key in ("residents", "alone", "visits")]),
}
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
                results += [await compare(owner, raw, board, place, period) for period in PERIODS]
        results += [await measured for measured in views(raw)]
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


async def compare(owner: Connection, raw: Connection, board: str, place: str, period: str) -> Result:
    """Alternate the seat's board and the plain aggregate, which must tell the same.

    Of places in the city the plain aggregate is asked for 30 days alone, or a run would take an hour.
    """
    code, (days, until) = PLACES[place], PERIODS[period]
    told = place == "city" or period == "30 days"
    ours: list[Cost] = []
    peer: list[Cost] = []
    for _ in range(ROUNDS):
        ours.append(await cost(raw, lambda: raw.fetchval(ASK, board, code, days, until, None)))
        if told and sum(one.clock for one in peer) < PATIENCE:
            peer.append(await plain(owner, board, code, days, until))
    if not told:
        return result(f"{board}, {place}, {period}, limit", ours[1:], WARM)
    agree(json.loads(ours[-1].answer), [dict(row) for row in peer[-1].answer])
    return result(f"{board}, {place}, {period}, plain aggregate", ours[1:], peer)


def result(case: str, ours: list[Cost], peer: list[Cost] | float) -> Result:
    """Compare medians; of a limit, which has no processor time, with it alone."""
    mine = statistics.median(one.clock for one in ours)
    limit = peer if isinstance(peer, float) else statistics.median(one.clock for one in peer)
    told: Result = {"case": case, "ours": mine, "peer": limit, "ratio": limit / mine, "unit": "ms"}
    told["cpu"] = statistics.median(one.cpu for one in ours)
    if not isinstance(peer, float):
        told["peer_cpu"] = statistics.median(one.cpu for one in peer)
    return told


def views(raw: Connection) -> list[Awaitable[Result]]:
    """Return what else a board of the city is asked for, the slowest of each kind, against the bar."""
    return [slowest(raw, case, words, asked) for case, (words, asked) in VIEWS.items()]


async def slowest(raw: Connection, case: str, words: str, asked: list[tuple[object, ...]]) -> Result:
    """Ask each twice and return the slowest of the second answers."""
    told = []
    for one in asked:
        ask = partial(raw.fetch, words, *one)
        await ask()
        told.append((await cost(raw, ask), one))
    worst, at = max(told, key=lambda pair: pair[0].clock)
    return result(f"{case}, slowest {at}, limit", [worst], WARM)


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
