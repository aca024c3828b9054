"""A database of a city of the largest size known, made inside PostgreSQL, kept in a folder if told.

1,000,000 cases with their clocks, leads and timelines, 5,780,000 residents and houses, 68,049 grids, 100,556
workers with a month of daily work; its clock stands still at ``NOW``. A folder that holds one is taken again
and brought to the rules of this version; one whose making was cut off is made to its end.
"""

import asyncio
import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path

import resources
from console.connection import Connection
from console.database import founding
from console.database.embedded import EmbeddedServer
from models import revision
from tests.benchmarks.city import CITY
from tests.database_fixtures import COUNTY, Cluster, Database

NOW = "2026-11-18T15:00:00+08:00"
SIZES = {"now": NOW, "grids": CITY, "cases": 1_000_000, "houses": 1_600_000, "residents": 4_180_000}
ROWS = sorted((Path(__file__).parent / "city_rows").glob("*.sql"))
LONG = 3600.0  # seconds that a statement may take
BATCHES = {"fold_measures": 20_000, "fold_work": 1_000_000}
QUICK = ("max_wal_size = '8GB'", "checkpoint_timeout = '1h'", "autovacuum = off")
INDEXES = """
SELECT n.nspname || '.' || c.relname AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid
JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE n.nspname = 'gridseat' AND NOT i.indisunique AND t.relname = ANY ($1)"""
LARGE = {  # filled without their indexes, which are made at the end
    "2_cases": ["incident", "clock", "party", "timeline"],
    "3_registry": ["house", "household", "resident"],
    "4_checks": ["visit_task", "spot_check"],
    "5_work": ["attendance", "patrol", "visit", "household_visited"],
}


@contextmanager
def city_database(folder: Path | None) -> Iterator[Database]:
    """Run the server of ``folder`` with the city in it; without one, of a folder for this run alone."""
    place = folder or Path(tempfile.mkdtemp(prefix="gridseat-city-"))
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.chmod(0o755)
    try:
        with EmbeddedServer(place / "desk") as server:
            cluster = Cluster(server)
            asyncio.run(furnish(cluster))
            yield Database(cluster, COUNTY, None)  # type: ignore[arg-type]  # each run opens its own
    finally:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


async def furnish(cluster: Cluster) -> None:
    """Make what of the city is not there yet, and bring its rules up to date."""
    admin = await cluster.open("postgres")
    if not await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", COUNTY):
        await founding.create(admin, cluster.open, COUNTY, COUNTY)
    await admin.close()
    owner = await cluster.open(COUNTY)
    await owner.execute("CREATE TABLE IF NOT EXISTS public.built (name text PRIMARY KEY)")
    if not await done(owner, version()):
        await told("rules", founding.upgrade(cluster.dsn(COUNTY), COUNTY))
        await Database(cluster, COUNTY, owner).freeze(NOW)
        await owner.execute("DELETE FROM public.built WHERE name = 'folded'")
        await owner.execute("INSERT INTO public.built VALUES ($1)", version())
    if not await done(owner, "folded"):
        await fill(owner)
    await owner.close()


def version() -> str:
    """Return by what the rules and figures of this version are known."""
    texts = [
        revision.rules(),
        *(resources.path(f"{name}.toml").read_text() for name in ("facts", "indicators")),
    ]
    return hashlib.sha256("".join(texts).encode()).hexdigest()


async def done(owner: Connection, name: str) -> bool:
    return bool(await owner.fetchval("SELECT EXISTS (SELECT FROM public.built AS b WHERE b.name = $1)", name))


async def told(name: str, work: Awaitable[object]) -> None:
    """Wait for ``work``, and say on the error stream how long it took."""
    start = time.perf_counter()
    await work
    print(f"city: {name} {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


async def fill(owner: Connection) -> None:
    """Make the rows that are missing, file by file, each in one transaction; then fold them."""
    for line in QUICK:
        await owner.execute(f"ALTER SYSTEM SET {line}")
    await owner.execute("SELECT pg_reload_conf()")
    await owner.execute(
        "SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET synchronous_commit = off"
    )
    for file in ROWS:
        if not await done(owner, file.name):
            await told(file.stem, make(owner, file.name, file.read_text("utf-8")))
    await told("fold", fold(owner))
    await told("vacuum", owner.execute("VACUUM ANALYZE", timeout=LONG))
    await owner.execute("ALTER SYSTEM RESET ALL")
    await owner.execute("SELECT pg_reload_conf()")
    await owner.execute("INSERT INTO public.built VALUES ('folded')")


async def make(owner: Connection, name: str, rows: str) -> None:
    """Make the rows of one file; the large tables' indexes once they are filled."""
    async with owner.transaction():
        indexes = await owner.fetch(INDEXES, LARGE.get(name.removesuffix(".sql"), []))
        for index in indexes:
            await owner.execute(f"DROP INDEX {index['name']}")
        await owner.execute(rows.format(**SIZES), timeout=LONG)
        for index in indexes:
            await owner.execute(index["made"], timeout=LONG)
        await owner.execute("INSERT INTO public.built VALUES ($1)", name)
    await owner.execute("ANALYZE", timeout=LONG)


async def fold(owner: Connection) -> None:
    """Fold all, batch by batch."""
    for name, size in BATCHES.items():
        while await owner.fetchval(f"SELECT gridseat.{name}($1)", size, timeout=LONG):
            pass
