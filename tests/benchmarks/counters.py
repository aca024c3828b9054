"""What the boards' counters cost the actions: lives of cases in a city, each step folded, and not folded.

All cases take one step, are folded, and take the next: no action shares its fold with another of the same
case, as most do between two sweeps. The peer is the same desks without the fold; the bar is a quarter of an
action, that is a ratio of 0.8. Processor time says the same whatever else the machine does.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from console.connection import Connection
from console.desk.desk import Desk
from tests.benchmarks.city_database import city_database
from tests.benchmarks.city_meter import alone
from tests.database_fixtures import Database, act, report

CONNECTIONS, CASES, ROUNDS = (1, 8), 60, 3
SPOTS = """
SELECT DISTINCT i.lon, i.lat FROM gridseat.incident AS i
JOIN gridseat.organisation AS o ON o.code = '370101' AND i.centre_lft BETWEEN o.lft AND o.rgt
WHERE i.number BETWEEN 2001 AND 20000 ORDER BY 1, 2 LIMIT $1"""
Args = dict[str, Any]
Job = Callable[[Desk], Awaitable[Any]]
STEPS: tuple[tuple[str, Args], ...] = (
    ("accept", {}),
    ("dispatch", {"unit": "370101-D01"}),
    ("acknowledge", {}),
    ("feedback", {"text": "已处置"}),
    ("verify", {}),
    ("close", {"result": "已办结"}),
)


@dataclass(frozen=True, slots=True)
class Work:
    """Actions done, the seconds until all was counted, and milliseconds of the server's processor."""

    actions: int
    seconds: float
    acting: float
    folding: float = 0.0


def run(folder: Path | None = None) -> list[dict[str, object]]:
    """Alternate both at each number of connections, and compare the medians."""
    with city_database(folder) as found:
        return [one for connections in CONNECTIONS for one in asyncio.run(compare(found, connections))]


async def compare(found: Database, connections: int) -> list[dict[str, object]]:
    """Return actions a second with the fold and without, and what folding costs of the acting."""
    desks = [Desk(found.door("duty")) for _ in range(connections)]
    owner = await found.cluster.open(found.name)
    spots: list[Args] = [{"point": list(spot), "datum": "WGS-84"} for spot in await owner.fetch(SPOTS, CASES)]
    await lives(desks, spots[:connections])
    await fold(owner)
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(await counted(owner, desks, spots))
        peer.append(await acted(desks, spots))
        await fold(owner)  # what the peer has left
    for desk in desks:
        await desk.close()
    await owner.close()
    return [rates(connections, ours, peer), shares(connections, ours)]


def rates(connections: int, ours: list[Work], peer: list[Work]) -> dict[str, object]:
    mine, bare = (statistics.median(one.actions / one.seconds for one in works) for works in (ours, peer))
    return {
        "case": f"{connections} connections, each step counted vs nothing counted",
        "ours": mine,
        "peer": bare,
        "ratio": mine / bare,
        "unit": "actions/s",
    }


def shares(connections: int, ours: list[Work]) -> dict[str, object]:
    """Compare the fold's processor time with a quarter of the actions'."""
    folding = statistics.median(one.folding / one.actions for one in ours)
    limit = statistics.median(one.acting / one.actions for one in ours) / 4
    return {
        "case": f"{connections} connections, processor time of the fold vs a quarter of an action's",
        "ours": folding,
        "peer": limit,
        "ratio": limit / folding,
        "unit": "ms/action",
    }


async def acted(
    desks: list[Desk], spots: list[Args], after: Callable[[], Awaitable[None]] | None = None
) -> Work:
    """Let the desks carry a case at each spot through its life, with something after each step."""
    pids = [desk._raw.get_server_pid() for desk in desks if desk._raw]
    before, start = sum(map(alone, pids)), time.perf_counter()
    actions = await lives(desks, spots, after)
    return Work(actions, time.perf_counter() - start, sum(map(alone, pids)) - before)


async def counted(owner: Connection, desks: list[Desk], spots: list[Args]) -> Work:
    """Do the same, with a fold after each step."""
    before = alone(owner.get_server_pid())
    work = await acted(desks, spots, partial(fold, owner))
    return replace(work, folding=alone(owner.get_server_pid()) - before)


async def lives(
    desks: list[Desk], spots: list[Args], after: Callable[[], Awaitable[None]] | None = None
) -> int:
    """Take a case at each spot to its end, all of them step by step; return the number of actions."""
    numbers = await shared(desks, [partial(report, **spot) for spot in spots])
    await (after() if after else asyncio.sleep(0))
    for action, args in STEPS:
        await shared(desks, [partial(act, action=action, number=number, **args) for number in numbers])
        await (after() if after else asyncio.sleep(0))
    return len(spots) * (1 + len(STEPS))


async def shared(desks: list[Desk], jobs: list[Job]) -> list[Any]:
    """Let the desks share the jobs; return the answers."""
    left, answers = iter(jobs), []

    async def one(desk: Desk) -> None:
        answers.extend([await job(desk) for job in left])

    await asyncio.gather(*(one(desk) for desk in desks))
    return answers


async def fold(owner: Connection) -> None:
    """Fold what there is."""
    while await owner.fetchval("SELECT gridseat.fold_measures()"):
        pass
