"""Databases that hold the sample county: one template a session, one clone a test."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import pytest

from console.connection import Connection
from console.database import founding
from console.demo import history
from console.demo.county import County, build
from console.demo.load import load_county
from tests.adoption import adopt
from tests.database_fixtures import Cluster, Database

TEMPLATE = f"sample_{os.getpid()}"
NOW = datetime.fromisoformat("2026-11-21T15:00:00+08:00")  # a Saturday
DAY = NOW.date()
_names = (f"{TEMPLATE}_{n}" for n in itertools.count())


@pytest.fixture(scope="session")
def county() -> County:
    """Return the sample county, drawn once."""
    return build()


@pytest.fixture(scope="session")
def sample_template(cluster: Cluster, county: County) -> Iterator[str]:
    """Make a database with the county's places and people, and no case."""
    asyncio.run(_make(cluster, county))
    yield TEMPLATE
    asyncio.run(_drop(cluster, TEMPLATE))


@pytest.fixture
async def sample(cluster: Cluster, sample_template: str) -> AsyncIterator[Database]:
    """Clone the template; the clock stands at ``NOW``."""
    name = next(_names)
    admin = await cluster.open("postgres")
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {sample_template} STRATEGY FILE_COPY")
    owner = await cluster.open(name)
    await adopt(owner, name)
    found = Database(cluster, name, owner)
    await found.freeze(NOW.isoformat())
    yield found
    await owner.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def _make(cluster: Cluster, county: County) -> None:
    admin = await cluster.open("postgres")
    await founding.create(admin, cluster.open, TEMPLATE, TEMPLATE)
    await admin.close()
    await founding.upgrade(cluster.dsn(TEMPLATE), TEMPLATE)
    raw = await cluster.open(TEMPLATE)
    await load_county(raw, county, DAY)
    await raw.close()


async def _drop(cluster: Cluster, name: str) -> None:
    admin = await cluster.open("postgres")
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def told(database: Database, county: County, count: int, days: int = 30) -> Connection:
    """Fill ``count`` cases of history into ``database``; return its owner's connection."""
    await history.reserve(database.owner, DAY, 7, count, days)
    assert await history.fill(database.owner, county) == count
    return database.owner
