"""Rows of people and houses from a file into the registry, against COPY of the same rows.

The peer copies what the import made into tables of the same shape with the same indexes, in transactions as
large: by the driver's binary COPY from memory and by COPY of CSV, whichever is faster. No file is searched
for damage, no row checked, no code looked up, no sum kept. The bar is half of its rate.
"""

import asyncio
import csv
import io
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
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
from tests.database_fixtures import Database

Way = Callable[[Connection, Sequence[asyncpg.Record]], Callable[[], Awaitable[object]]]
GRIDS, HOUSES, RESIDENTS = 2_000, 30, 85  # a county; residents and houses a grid, as in the largest city
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
    results = []
    for kind in TABLES:
        file = folder / f"{kind}.csv"
        rows = written(file, kind)
        ours = rows / await imported(file, kind, desk, rows)
        peer = rows / await copied(owner, kind)
        results.append(result(f"{rows:,} {kind} from CSV vs COPY of the same rows", ours, peer))
        again = rows / await imported(file, kind, desk, 0)
        results.append(result(f"{rows:,} {kind} that are there already vs COPY", again, peer))
    await desk.close()
    await owner.close()
    return results


def result(case: str, ours: float, peer: float) -> dict[str, object]:
    return {"case": case, "ours": ours, "peer": peer, "ratio": ours / peer, "unit": "rows/s"}


def written(file: Path, kind: str) -> int:
    """Write the rows of ``kind`` as an office exports them; return how many."""
    lines = LINES[kind]()
    with file.open("w", encoding="utf-8") as out:
        out.write(next(lines) + "\n")
        count = 0
        for count, line in enumerate(lines, 1):  # noqa: B007  counted
            out.write(line + "\n")
    return count


def houses() -> Iterator[str]:
    yield "房屋编码,网格编码,用途,地址,核实日期"
    for grid in range(GRIDS):
        for n in range(HOUSES):
            use, day = ("自住", "出租", "空置")[n % 3], f"2026-{1 + n % 9:02}-{1 + n % 28:02}"
            yield f"13012310100{grid:05}{n:03},G{grid},{use},幸福路{grid}号{n}单元{n * 7}室,{day}"


def households() -> Iterator[str]:
    yield "户编码,房屋编码,核实日期"
    for grid in range(GRIDS):
        for n in range(HOUSES):
            yield f"HH{grid:05}{n:03},13012310100{grid:05}{n:03},2026-{1 + n % 9:02}-{1 + n % 28:02}"


def residents() -> Iterator[str]:
    yield "身份证号,人口类型,姓名,出生日期,是否独居,手机号,户编码,核实日期"
    for grid in range(GRIDS):
        for n in range(RESIDENTS):
            born = f"{1935 + n}-{1 + n % 12:02}-{1 + n % 28:02}"
            kind = "户籍" if n % 4 else "流动"
            yield (
                f"130{123 + grid // 1000}{born.replace('-', '')}{(grid * 89 + n) % 1000:03}{n % 10},{kind},"
                f"{'王李张刘陈'[n % 5]}{'伟芳娜敏静'[grid % 5]}{chr(0x4E00 + (grid * 7 + n) % 3000)},{born},"
                f"{'是' if n % 11 == 0 else '否'},138{grid % 10_000:04}{n:04},HH{grid:05}{n % HOUSES:03},"
                f"2026-{1 + n % 9:02}-{1 + n % 28:02}"
            )


LINES = {"houses": houses, "households": households, "residents": residents}


async def imported(file: Path, kind: str, desk: Desk, added: int) -> float:
    """Import ``file``, which adds so many rows; return the seconds."""
    start = time.perf_counter()
    report = await bring_register(file, kind, desk)
    taken = time.perf_counter() - start
    assert report.added == added, report.errors[:3]
    return taken


async def copied(owner: Connection, kind: str) -> float:
    """Copy the rows that are in the tables of ``kind`` into others of their shape; return the seconds."""
    taken = 0.0
    for table in TABLES[kind]:
        rows = await owner.fetch(f"SELECT * FROM gridseat.{table}")
        batches = [rows[at : at + SIZE] for at in range(0, len(rows), SIZE)]
        taken += min([await timed(owner, table, batches, way) for way in (as_records, as_text)])
    return taken


async def timed(
    owner: Connection, table: str, batches: Sequence[Sequence[asyncpg.Record]], way: Way
) -> float:
    """Return the seconds that copying takes, the making of what is copied not counted."""
    await owner.execute(f"CREATE TABLE gridseat.peer (LIKE gridseat.{table} INCLUDING ALL)")
    ready = [way(owner, rows) for rows in batches]
    start = time.perf_counter()
    for copy in ready:
        await copy()
    taken = time.perf_counter() - start
    await owner.execute("DROP TABLE gridseat.peer")
    return taken


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
