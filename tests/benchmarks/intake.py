"""Rows of people and houses from a file into the registry, against COPY of the same rows.

The peer copies what the import made into tables of the same shape with the same indexes, in transactions as
large: by the driver's binary COPY from memory and by COPY of CSV, whichever is faster. No file is searched
for damage, no row checked, no code looked up, no sum kept. The bar is half of its rate. Ours and the peer
take turns, in rounds; cpu is what both, the server and whoever asks, spend on a row, in microseconds.
"""

import asyncio
import csv
import io
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import asyncpg

from console.connection import Connection
from console.desk.desk import Desk
from console.intake.registry.batches import SIZE
from console.intake.writing.register import bring_register
from tests.benchmarks.bench_database import database
from tests.benchmarks.city_meter import whole
from tests.database_fixtures import Database


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that so many rows cost: by the clock, and of processors."""

    rows: int
    clock: float
    cpu: float


Way = Callable[[Connection, Sequence[asyncpg.Record]], Callable[[], Awaitable[object]]]
GRIDS, HOUSES, RESIDENTS = 2_000, 30, 85  # a county; residents and houses a grid, as in the largest city
ROUNDS = 2
PEER, AGAIN = " copied", "known "
ID: Final = {
    "house": "id",
    "house_text": "house_id",
    "household": "id",
    "resident": "id",
    "resident_text": "resident_id",
}
TABLES: Final = {
    "houses": ("house", "house_text"),
    "households": ("household",),
    "residents": ("resident", "resident_text"),
}
GRID = """
INSERT INTO gridseat.grid (code, name, kind, organisation_id, outline)
SELECT 'G' || n, 'G' || n, 'comprehensive', o[1 + n * cardinality(o) / $1], '\\x'
FROM generate_series(0, $1 - 1) AS n, (SELECT array_agg(id ORDER BY id) AS o FROM gridseat.organisation
                                       WHERE level = 'community') AS c"""


def run() -> list[dict[str, object]]:
    """Import the three kinds in their order and copy each in turn."""
    with database() as found, TemporaryDirectory() as folder:
        return asyncio.run(compare(found, Path(folder)))


async def compare(found: Database, folder: Path) -> list[dict[str, object]]:
    """Return rows a second of each kind, of rows that are there already, and of COPY."""
    owner = await found.cluster.open(found.name)
    await owner.execute(GRID, GRIDS)
    desk = Desk(found.door("duty"))
    spent: dict[str, list[Cost]] = {}
    for turn in range(ROUNDS):
        for kind in TABLES:
            for case, cost in (await taken(owner, desk, folder / f"{kind}.csv", kind, turn)).items():
                spent.setdefault(case, []).append(cost)
    await desk.close()
    await owner.close()
    return [
        result(case, total(costs), total(spent[case.removeprefix(AGAIN) + PEER]))
        for case, costs in spent.items()
        if not case.endswith(PEER)
    ]


async def taken(owner: Connection, desk: Desk, file: Path, kind: str, turn: int) -> dict[str, Cost]:
    """Import rows that are new, copy them, import them again, copy them again; return what each cost."""
    rows = written(file, kind, turn)
    last = {
        table: await owner.fetchval(f"SELECT coalesce(max({ID[table]}), 0) FROM gridseat.{table}")
        for table in TABLES[kind]
    }
    new = await spent_on(owner, rows, lambda: imported(file, kind, desk, rows))
    copies = [await copied(owner, rows, last)]
    again = await spent_on(owner, rows, lambda: imported(file, kind, desk, 0))
    copies.append(await copied(owner, rows, last))
    return {kind: new, f"{AGAIN}{kind}": again, f"{kind}{PEER}": total(copies)}


async def spent_on(owner: Connection, rows: int, work: Callable[[], Awaitable[object]]) -> Cost:
    """Return what ``work`` on so many rows costs."""
    server, own, start = whole(owner.get_server_pid()), time.process_time(), time.perf_counter()
    await work()
    clock, client = time.perf_counter() - start, time.process_time() - own
    return Cost(rows, clock, client + (whole(owner.get_server_pid()) - server) / 1000)


def total(costs: Sequence[Cost]) -> Cost:
    return Cost(*map(sum, zip(*((one.rows, one.clock, one.cpu) for one in costs), strict=True)))


def result(case: str, ours: Cost, peer: Cost) -> dict[str, object]:
    rates = {"ours": ours.rows / ours.clock, "peer": peer.rows / peer.clock}
    cpu = {"cpu": 1e6 * ours.cpu / ours.rows, "peer_cpu": 1e6 * peer.cpu / peer.rows}
    what = f"{ours.rows:,} {case} from CSV vs COPY of the same rows"
    return {"case": what, **rates, "ratio": rates["ours"] / rates["peer"], "unit": "rows/s", **cpu}


def written(file: Path, kind: str, turn: int = 0) -> int:
    """Write the rows of ``kind`` as an office exports them, others each turn; return how many."""
    lines = LINES[kind](turn)
    with file.open("w", encoding="utf-8") as out:
        out.write(next(lines) + "\n")
        count = 0
        for count, line in enumerate(lines, 1):  # noqa: B007  counted
            out.write(line + "\n")
    return count


def houses(turn: int) -> Iterator[str]:
    yield "房屋编码,网格编码,用途,地址,核实日期"
    for grid in range(GRIDS):
        for n in range(HOUSES):
            use, day = ("自住", "出租", "空置")[n % 3], f"2026-{1 + n % 9:02}-{1 + n % 28:02}"
            yield f"1301231010{turn}{grid:05}{n:03},G{grid},{use},幸福路{grid}号{n}单元{n * 7}室,{day}"


def households(turn: int) -> Iterator[str]:
    yield "户编码,房屋编码,核实日期"
    for grid in range(GRIDS):
        for n in range(HOUSES):
            own = f"{turn}{grid:05}{n:03}"
            yield f"H{own},1301231010{own},2026-{1 + n % 9:02}-{1 + n % 28:02}"


def residents(turn: int) -> Iterator[str]:
    yield "身份证号,人口类型,姓名,出生日期,是否独居,手机号,户编码,核实日期"
    for grid in range(GRIDS):
        for n in range(RESIDENTS):
            born = f"{1935 + n}-{1 + n % 12:02}-{1 + n % 28:02}"
            kind = "户籍" if n % 4 else "流动"
            area, number = 123 + 2 * turn + grid // 1000, (grid * 89 + n) % 1000
            code = f"130{area}{born.replace('-', '')}{number:03}{n % 10}"
            yield (
                f"{code},{kind},"
                f"{'王李张刘陈'[n % 5]}{'伟芳娜敏静'[grid % 5]}{chr(0x4E00 + (grid * 7 + n) % 3000)},{born},"
                f"{'是' if n % 11 == 0 else '否'},138{grid % 10_000:04}{n:04},"
                f"H{turn}{grid:05}{n % HOUSES:03},2026-{1 + n % 9:02}-{1 + n % 28:02}"
            )


LINES = {"houses": houses, "households": households, "residents": residents}


async def imported(file: Path, kind: str, desk: Desk, added: int) -> None:
    """Import ``file``, which adds so many rows."""
    report = await bring_register(file, kind, desk)
    assert report.added == added, report.errors[:3]


async def copied(owner: Connection, count: int, last: Mapping[str, int]) -> Cost:
    """Copy what follows the ``last`` row of each table into others of their shape; return what it costs."""
    costs = []
    for table, after in last.items():
        rows = await owner.fetch(f"SELECT * FROM gridseat.{table} WHERE {ID[table]} > $1", after)
        batches = [rows[at : at + SIZE] for at in range(0, len(rows), SIZE)]
        ways = [await timed(owner, table, batches, way) for way in (as_records, as_text)]
        costs.append(min(ways, key=lambda cost: cost.clock))
    return Cost(count, sum(cost.clock for cost in costs), sum(cost.cpu for cost in costs))


async def timed(owner: Connection, table: str, batches: Sequence[Sequence[asyncpg.Record]], way: Way) -> Cost:
    """Return what copying costs, the making of what is copied not counted."""
    await owner.execute(f"CREATE TABLE gridseat.peer (LIKE gridseat.{table} INCLUDING ALL)")
    ready = [way(owner, rows) for rows in batches]

    async def copy() -> None:
        for one in ready:
            await one()

    cost = await spent_on(owner, sum(map(len, batches)), copy)
    await owner.execute("DROP TABLE gridseat.peer")
    return cost


def as_records(owner: Connection, rows: Sequence[asyncpg.Record]) -> Callable[[], Awaitable[object]]:
    records = [tuple(row) for row in rows]
    columns = list(rows[0].keys())
    return partial(
        owner.copy_records_to_table, "peer", schema_name="gridseat", records=records, columns=columns
    )


def as_text(owner: Connection, rows: Sequence[asyncpg.Record]) -> Callable[[], Awaitable[object]]:
    text = io.StringIO()
    csv.writer(text).writerows(tuple(row) for row in rows)
    source = io.BytesIO(text.getvalue().encode())
    columns = list(rows[0].keys())
    return partial(
        owner.copy_to_table, "peer", schema_name="gridseat", source=source, columns=columns, format="csv"
    )
