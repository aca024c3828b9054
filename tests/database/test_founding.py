"""Making a database, interrupted at any point: what was begun is taken up or begun anew."""

import asyncio
import itertools
from collections.abc import AsyncIterator

import asyncpg
import pytest

from console.database import founding
from console.errors import BadInput, Refused
from tests.database_fixtures import TEMPLATE, Cluster

_names = (f"half{n}" for n in itertools.count())


@pytest.fixture
async def admin(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    raw = await cluster.open("postgres")
    yield raw
    await raw.close()


@pytest.fixture
async def name(admin: asyncpg.Connection) -> AsyncIterator[str]:
    found = next(_names)
    yield found
    await admin.execute("SELECT pg_advisory_unlock_all()")
    for database in (found, f"{found}.begun"):
        await admin.execute(f"DROP DATABASE IF EXISTS {founding.quoted(database)} WITH (FORCE)")
    roles = [founding.owner_of(found), *(f"{found}.gridseat_{one}" for one in founding.GROUPS)]
    for role in reversed(roles):
        await admin.execute(f"DROP ROLE IF EXISTS {founding.quoted(role)}")


async def make(cluster: Cluster, admin: asyncpg.Connection, name: str) -> bool:
    """Make the database; tell whether it is there, and still to be brought up to date."""
    await founding.create(admin, cluster.open, name, name)
    raw = await cluster.open(name)
    try:
        return await founding.unfinished(raw)
    finally:
        await raw.close()


async def test_one_that_was_only_begun_is_begun_anew(
    cluster: Cluster, admin: asyncpg.Connection, name: str
) -> None:
    await admin.execute(f'CREATE DATABASE "{name}.begun"')
    assert await make(cluster, admin, name)


async def test_one_that_lacks_only_its_name_gets_it(
    cluster: Cluster, admin: asyncpg.Connection, name: str
) -> None:
    assert await make(cluster, admin, name)
    await admin.execute(f'ALTER DATABASE {name} RENAME TO "{name}.begun"')
    assert await make(cluster, admin, name)


async def test_roles_of_somebody_else_leave_nothing_behind(
    cluster: Cluster, admin: asyncpg.Connection, name: str
) -> None:
    await founding.create_roles(admin, name)
    with pytest.raises(asyncpg.DuplicateObjectError):
        await founding.create(admin, cluster.open, name, name)
    assert not await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name)


async def test_only_one_at_a_time_makes_it(cluster: Cluster, admin: asyncpg.Connection, name: str) -> None:
    other = await cluster.open("postgres")
    made = await asyncio.gather(
        founding.create(admin, cluster.open, name, name),
        founding.create(other, cluster.open, name, name),
        return_exceptions=True,
    )
    await other.close()
    refused = [error.code for error in made if isinstance(error, Refused)]
    assert (len([one for one in made if one is None]), refused) == (1, ["roles_exist"])


async def test_a_whole_one_is_finished_and_a_foreign_one_is_not_ours(cluster: Cluster) -> None:
    for database in (TEMPLATE, "postgres"):
        raw = await cluster.open(database)
        assert not await founding.unfinished(raw)
        await raw.close()


@pytest.mark.parametrize("encoding", ["UTF8", "SQL_ASCII"])
async def test_a_locale_in_which_chinese_is_no_text_is_refused(
    cluster: Cluster, admin: asyncpg.Connection, name: str, encoding: str
) -> None:
    provider = "LOCALE_PROVIDER libc"
    await admin.execute(
        f"CREATE DATABASE {name} {provider} LOCALE 'C' ENCODING '{encoding}' TEMPLATE template0"
    )
    raw = await cluster.open(name)
    with pytest.raises(BadInput, match=r"C\.UTF-8") as refusal:
        await founding.create(raw, cluster.open, f"{name}x", f"{name}x")
    assert (refusal.value.code, refusal.value.facts["encoding"]) == ("locale_unfit", encoding)
    await raw.close()
    await founding.check_locale(admin)
