"""Real databases for tests: one embedded server a session, one clone of a template a test.

A clone keeps the template's prefix and so the roles of the six groups: only people's are made anew.
"""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import pytest

from console.database import address, founding
from console.database.address import Address
from console.database.door import Door, role_of
from console.database.embedded import EmbeddedServer
from console.desk.command import Command
from console.desk.desk import Desk
from tests.small_county import lay_out

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": 200,
    "autovacuum": "off",
    "shared_buffers": "32MB",  # each clone looks through them all, several times
}
ALONE = {"wal_level": "minimal", "max_wal_senders": 0}  # no replica follows the server of a session
TEMPLATE, COUNTY = "template_county", "county"  # COUNTY: its prefix, and the name of the test's own clone
ROOM = 2_000_000_000  # bytes: a server of the tests takes a tenth; a container's /dev/shm has 64 MB in all
NOWHERE = str(Path(tempfile.gettempdir()) / "nobody-listens-here")
START = "2026-11-23T08:00:00+08:00"  # each test begins on this Monday morning, in no danger of a midnight


class Listens(Protocol):
    """A server that runs."""

    def address(self) -> tuple[str, int]:
        """Return host, or the folder of its socket, and port."""


@dataclass
class Cluster:
    """The session's server with its template, or another's, and how to connect."""

    server: Listens

    async def open(self, name: str, user: str = "postgres") -> asyncpg.Connection:
        host, port = self.server.address()
        return await asyncpg.connect(address.local(host, port, user, name), command_timeout=60)

    def dsn(self, name: str, user: str = "postgres") -> str:
        return address.local(*self.server.address(), user, name)


@dataclass
class Database:
    """One test's database: an owner's connection, and people by login."""

    cluster: Cluster
    name: str
    owner: asyncpg.Connection
    lag: str = ""  # of the test's clock behind the machine's

    def door(self, login: str) -> "TestDoor":
        return TestDoor(address.parse("embedded:/nowhere"), login, prefix=self.name, database=self)

    async def as_person(self, login: str) -> asyncpg.Connection:
        """Open a connection with the person's own role."""
        return await self.cluster.open(self.name, role_of(self.name, login))

    @asynccontextmanager
    async def eyes(self, login: str) -> AsyncIterator[asyncpg.Connection]:
        """Let the owner's connection be this person's for a while; it knows the functions already."""
        await self.owner.execute(f'SET SESSION AUTHORIZATION "{role_of(self.name, login)}"')
        try:
            yield self.owner
        finally:
            await self.owner.execute("RESET SESSION AUTHORIZATION")

    async def add(
        self, login: str, positions: str, organisation: str | None, grid: str | None = None
    ) -> None:
        """Make a person; ``positions`` separated by spaces, ``organisation`` and ``grid`` by code."""
        await self.owner.execute(
            """SELECT gridseat.put_person($1::text, $1::text, $2,
                   (SELECT id FROM gridseat.organisation WHERE code = $3),
                   (SELECT id FROM gridseat.grid WHERE code = $4), NULL)""",
            login,
            positions.split(),
            organisation,
            grid,
        )

    async def freeze(self, at: str) -> None:
        """Stop the clock at ``at`` (ISO); call again to move it."""
        await self._tell_time(f"'{at}'::timestamptz")

    async def run_on(self, ahead: str = "0") -> None:
        """Let the clock go as it went since the test began at ``START``, or an interval ``ahead`` of that."""
        now = "clock_timestamp()"
        self.lag = self.lag or await self.owner.fetchval(f"SELECT ({now} - '{START}'::timestamptz)::text")
        await self._tell_time(f"{now} - interval '{self.lag}' + interval '{ahead}'")

    async def _tell_time(self, now: str) -> None:
        await self.owner.execute(
            f"CREATE OR REPLACE FUNCTION desk.now() RETURNS timestamptz LANGUAGE sql VOLATILE "
            f"SET search_path = pg_catalog, pg_temp AS $$ SELECT {now} $$"
        )


class TestDoor(Door):
    """A door into a test's database instead of the one named after the product; it may be shut."""

    __test__ = False
    shut = False  # as when the server has gone
    refused = 0  # how often somebody stood before the shut door
    ports: tuple[int, ...] = ()  # of 127.0.0.1, each a host of its own on the way to the server

    def __init__(self, address: Address, login: str, *, prefix: str, database: Database) -> None:
        super().__init__(address, login, prefix=prefix)
        self._database = database

    async def _dsn(self) -> str:
        name, role = self._database.name, role_of(self.prefix, self.login or "duty")
        if self.shut:
            self.refused += 1
            return address.local(NOWHERE, 1, role, name)
        if self.ports:
            hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
            return f"postgresql://{role}@{hosts}/{name}?target_session_attrs=read-write"
        return self._database.cluster.dsn(name, role)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Give the session's embedded server, with a template that holds the small county."""
    folder = quick_folder() or tmp_path_factory.mktemp("cluster")
    with EmbeddedServer(folder, settings=FAST | ALONE) as server:
        found = Cluster(server)
        asyncio.run(make_template(found))
        asyncio.run(forget(found))
        yield found
    shutil.rmtree(folder, ignore_errors=True)


def quick_folder() -> Path | None:
    """Return a folder in memory where it has room: a clone takes 30 ms there, on a busy disk a second."""
    memory = Path("/dev/shm")  # noqa: S108  a private folder inside it
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return Path(tempfile.mkdtemp(prefix="gridseat-", dir=memory)) if roomy else None


async def make_template(cluster: Cluster, name: str = TEMPLATE) -> None:
    admin = await cluster.open("postgres")
    await founding.create(admin, cluster.open, name, COUNTY)
    await admin.close()
    await founding.upgrade(cluster.dsn(name), COUNTY)
    raw = await cluster.open(name)
    await lay_out(raw)
    await raw.close()


async def forget(cluster: Cluster) -> None:
    """Take the roles of people away whose database has gone, or has none to be asked."""
    admin = await cluster.open("postgres")
    await admin.execute(FORGET)
    await admin.close()


@pytest.fixture
async def database(cluster: Cluster) -> AsyncIterator[Database]:
    """Give a fresh database of the test's own, with the small county and 值班."""
    async with clone(cluster) as made:
        yield made


@asynccontextmanager
async def clone(cluster: Cluster) -> AsyncIterator[Database]:
    """Open a fresh copy of the template; one at a time."""
    admin = await cluster.open("postgres")
    await admin.execute(f"CREATE DATABASE {COUNTY} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    owner = await cluster.open(COUNTY)
    await owner.execute(LET_IN)
    made = Database(cluster, COUNTY, owner)
    await made.run_on()
    yield made
    await owner.close()
    await admin.execute(f"DROP DATABASE {COUNTY} WITH (FORCE)")
    await admin.execute(FORGET)
    await admin.close()


@pytest.fixture
async def admin(database: Database) -> asyncpg.Connection:
    """Give the superuser's connection to the test's database."""
    return database.owner


@pytest.fixture
async def duty(database: Database) -> AsyncIterator[Desk]:
    """Give 值班's desk: supervisor of all, speaks for units by telephone."""
    desk = Desk(database.door("duty"))
    yield desk
    await desk.close()


async def report(desk: Desk, **args: object) -> int:
    """Report an incident with plain facts, changed by ``args``; return its number."""
    facts: dict[str, object] = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商", **args}
    return int((await desk.perform(Command("report", args=facts)))["number"])


async def act(desk: Desk, action: str, number: int, **args: object) -> dict[str, Any]:
    """Perform ``action`` on ``number``; ``command_id`` and ``version`` go beside the options."""
    id_ = args.pop("command_id", None) or uuid.uuid4()
    version = args.pop("version", None)
    content = args.pop("content", None)
    return await desk.perform(Command(action, number, args, version, content, id_))  # type: ignore[arg-type]


# What a clone lacks of its template, for it stands in no database: who may connect, and its people's roles.
GROUPS = ", ".join(f'"{COUNTY}.gridseat_{group}"' for group in founding.GROUPS)
LET_IN = f"""
DO $$
DECLARE
    p gridseat.person;
BEGIN
    REVOKE ALL ON DATABASE {COUNTY} FROM PUBLIC;
    GRANT CONNECT ON DATABASE {COUNTY} TO {GROUPS};
    GRANT TEMPORARY ON DATABASE {COUNTY} TO "{founding.owner_of(COUNTY)}";
    FOR p IN SELECT * FROM gridseat.person WHERE positions <> '{{}}' LOOP
        EXECUTE format('CREATE ROLE %I LOGIN IN ROLE %s', p.role, (
            SELECT string_agg(quote_ident('{COUNTY}.gridseat_' || x), ', ') FROM unnest(p.positions) AS x));
    END LOOP;
END $$
"""
FORGET = f"""
DO $$
DECLARE
    r text;
BEGIN
    FOR r IN SELECT rolname FROM pg_roles WHERE rolname LIKE '{COUNTY}.p\\_%' LOOP
        EXECUTE format('DROP ROLE %I', r);
    END LOOP;
END $$
"""
