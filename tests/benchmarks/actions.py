"""desk.act through the console's own path, against pgbench calling the same function: the server's limit."""

import asyncio
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from console.database.binaries import find
from console.database.door import role_of
from console.desk.command import Command
from console.desk.desk import Desk
from console.desk.hint import NOTIFY
from console.desk.journal import Journal
from tests.benchmarks.bench_database import database
from tests.database_fixtures import COUNTY, Database, report

CONNECTIONS = (1, 8, 32)
INCIDENTS = 400
SECONDS = 6
ROUNDS = 3
FIRST = 1001
SCRIPT = f"""\\set n random({FIRST}, {FIRST + INCIDENTS - 1})
SELECT desk.act(gen_random_uuid(), 'note', :n, NULL, '{{"text": "已电话联系反映人"}}', NULL)::text;
"""


def run() -> list[dict[str, object]]:
    """Alternate both at each number of connections, and compare the medians."""
    with database() as found:
        asyncio.run(fill(found))
        results = [compare(found, connections) for connections in CONNECTIONS]
        return [*results, hints(found)]


async def fill(found: Database) -> None:
    """Report the incidents that the notes go to."""
    desk = Desk(found.door("duty"))
    for _ in range(INCIDENTS):
        await report(desk, centre="130123101")
    await desk.close()


def compare(found: Database, connections: int) -> dict[str, object]:
    """Return the rate of both, in actions a second."""
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(asyncio.run(console(found, connections)))
        peer.append(pgbench(found, connections))
    mine, limit = sorted(ours)[ROUNDS // 2], sorted(peer)[ROUNDS // 2]
    return {
        "case": f"{connections} connections vs pgbench",
        "ours": mine,
        "peer": limit,
        "ratio": mine / limit,
        "unit": "actions/s",
    }


async def console(found: Database, connections: int) -> float:
    """Let so many desks note as fast as they can; each with its journal, as in the window."""
    folder = Path(tempfile.mkdtemp())
    journals = [Journal(folder) for _ in range(connections)]
    desks = [Desk(found.door("duty"), journal) for journal in journals]
    for desk in desks:
        await desk.perform(Command("note", FIRST, {"text": "开始"}))
    end = time.perf_counter() + SECONDS

    async def work(desk: Desk, number: int) -> int:
        done = 0
        while time.perf_counter() < end:
            number = FIRST + (number * 7 + 13) % INCIDENTS
            await desk.perform(Command("note", number, {"text": "已电话联系反映人"}))
            done += 1
        return done

    start = time.perf_counter()
    done = await asyncio.gather(*(work(desk, n * 31) for n, desk in enumerate(desks)))
    rate = sum(done) / (time.perf_counter() - start)
    for desk, journal in zip(desks, journals, strict=True):
        await desk.close()
        journal.close()
    shutil.rmtree(folder)
    return rate


def pgbench(found: Database, connections: int) -> float:
    """Return what pgbench reaches with the same function, role and arguments."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        host, port = found.cluster.server.address()
        role = role_of(COUNTY, "duty")
        words = [
            *(find().tool("pgbench"), "-n", "-M", "prepared", "-f", script.name, "-T", SECONDS),
            *("-c", connections, "-j", min(2, connections), "-h", host, "-p", port, "-U", role, COUNTY),
        ]
        told = subprocess.run(
            [str(word) for word in words], check=True, capture_output=True, text=True
        ).stdout
    return float(re.findall(r"tps = ([\d.]+)", told)[0])


def hints(found: Database) -> dict[str, object]:
    """Time the statement that a hint is, against a bare round trip; it goes beside the action's path."""

    async def measure() -> tuple[float, float]:
        raw = await found.as_person("duty")
        spent: dict[str, float] = {}
        for words in (NOTIFY, "SELECT 1"):
            await raw.execute(words)
            start = time.perf_counter()
            for _ in range(200):
                await raw.execute(words)
            spent[words] = (time.perf_counter() - start) / 200 * 1000
        await raw.close()
        return spent[NOTIFY], spent["SELECT 1"]

    ours, peer = asyncio.run(measure())
    return {
        "case": "one hint, outside the action's path, vs SELECT 1",
        "ours": ours,
        "peer": peer,
        "ratio": peer / ours,
        "unit": "ms",
    }
