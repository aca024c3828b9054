"""A database for benchmarks: our own server with durable settings, the tests' county in it."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.database.embedded import EmbeddedServer
from tests.database_fixtures import COUNTY, Cluster, Database, make_template


@contextmanager
def database() -> Iterator[Database]:
    """Run a server on disk, as a centre would (fsync as shipped), and give the county itself to work in."""
    folder = Path(tempfile.mkdtemp(prefix="gridseat-bench-"))
    folder.chmod(0o755)
    try:
        with EmbeddedServer(folder / "desk") as server:
            cluster = Cluster(server)
            asyncio.run(make_template(cluster, COUNTY))
            yield Database(cluster, COUNTY, None)  # type: ignore[arg-type]  # each run opens its own
    finally:
        shutil.rmtree(folder, ignore_errors=True)
