"""A dump is restored over the database, or into a new cluster: consoles show what came back, and go on."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from console.database import address, founding
from console.database.binaries import find
from console.database.door import Door, role_of
from console.desk.command import Command
from console.desk.desk import Desk
from console.errors import Refused
from tests.database.following import Follower, following
from tests.database_fixtures import act
from tests.journeys.servers import Server, home
from tests.waiting import until

NAME = "gridseat"
REPORT = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商", "centre": "130123"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with home() as found:
        yield found


async def founded(folder: Path, version: int) -> Server:
    server = Server(folder, find(version))
    server.make()
    await asyncio.to_thread(server.start)
    await server.found(NAME)
    return server


def door_to(server: Server, login: str = "duty") -> Door:
    return Door(address.parse(f"postgresql://127.0.0.1:{server.port}/{NAME}"), login)


async def some_cases(desk: Desk) -> list[int]:
    """Report three; the second goes on to a unit."""
    numbers = [(await desk.perform(Command("report", args=REPORT)))["number"] for _ in range(3)]
    await act(desk, "accept", numbers[1])
    await act(desk, "dispatch", numbers[1], unit="城管局")
    return numbers


async def moved_on_then_back(server: Server, desk: Desk, console: Follower) -> set[int]:
    """Dump, go on, restore the dump over the database; return what the dump had open."""
    numbers = await some_cases(desk)
    dump = server.folder / "county.dump"
    dump.write_bytes(await asyncio.to_thread(server.tool, "pg_dump", "-Fc", "-d", server.dsn(NAME)))
    await act(desk, "cancel", numbers[0], reason="重复录入")
    late = (await desk.perform(Command("report", args=REPORT)))["number"]
    assert set(await console.agrees()) == {numbers[1], numbers[2], late}
    admin = await server.connect()
    await admin.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
    await admin.close()
    await restore(server, dump)
    return set(numbers)


async def restore(server: Server, dump: Path) -> None:
    await asyncio.to_thread(server.tool, "pg_restore", "--create", "-d", server.dsn(), str(dump))


async def sound(raw: asyncpg.Connection) -> bool:
    """Verify every timeline and case."""
    return not await raw.fetch(
        "SELECT * FROM gridseat.broken_entries(0, 99999) UNION ALL"
        " SELECT * FROM gridseat.broken_incidents(0, 99999)"
    )


async def still_shut(raw: asyncpg.Connection, login: str) -> bool:
    """Tell whether what was taken from PUBLIC stayed taken."""
    return not await raw.fetchval(
        """SELECT has_function_privilege($1, 'pg_catalog.pg_advisory_lock(bigint)', 'EXECUTE')
               OR has_database_privilege($1, current_database(), 'TEMP')
               OR has_schema_privilege($1, 'public', 'CREATE')
               OR has_table_privilege($1, 'gridseat.personal', 'SELECT')""",
        role_of(NAME, login),
    )


async def refuses_until_upgraded(desk: Desk, server: Server, numbers: set[int]) -> None:
    with pytest.raises(Refused) as refused:
        await act(desk, "note", max(numbers), text="恢复后")
    assert refused.value.code == "upgrade_needed"
    await founding.upgrade(server.dsn(NAME), NAME)
    await act(desk, "note", max(numbers), text="恢复后")


async def test_a_dump_restored_over_the_database_reloads_every_console(folder: Path) -> None:
    server = await founded(folder / "one", 18)
    desk, console = Desk(door_to(server), patience=60), Follower(door_to(server))
    async with following(console):
        numbers = await moved_on_then_back(server, desk, console)
        await until(lambda: console.reloads == 2)
        assert set(await console.agrees()) == numbers, "until the upgrade too, boards show what is there"
        await refuses_until_upgraded(desk, server, numbers)
        new = (await desk.perform(Command("report", args=REPORT)))["number"]
        assert set(await console.agrees()) == {*numbers, new}
        assert console.reloads == 2
    await desk.close()
    raw = await server.connect(NAME)
    assert await sound(raw)
    assert await still_shut(raw, "duty")
    await raw.close()
    await asyncio.to_thread(server.stop)


async def test_a_dump_restored_in_a_new_cluster_of_another_version(folder: Path) -> None:
    old, new = await founded(folder / "old", 16), Server(folder / "new", find(18))
    new.make()
    await asyncio.to_thread(new.start)
    desk = Desk(door_to(old))
    numbers = set(await some_cases(desk))
    await desk.close()
    await burn_transactions(old)
    before = await Follower(door_to(old)).fresh()
    dump = folder / "county.dump"
    dump.write_bytes(await asyncio.to_thread(old.tool, "pg_dump", "-Fc", "-d", old.dsn(NAME)))
    roles = await asyncio.to_thread(old.tool, "pg_dumpall", "--roles-only", "-d", old.dsn())
    await take_roles(new, roles.decode())
    await restore(new, dump)
    desk, console = Desk(door_to(new)), Follower(door_to(new))
    async with following(console):
        assert await console.agrees() == before
        await refuses_until_upgraded(desk, new, numbers)
        again = await asyncio.gather(*(act(desk, "note", number, text="新机") for number in numbers))
        assert {answer["number"] for answer in again} == numbers
        await console.agrees()
        await until(lambda: all(console.told[number] for number in numbers))
        assert console.reloads == 1
    await desk.close()
    raw = await new.connect(NAME)
    assert await sound(raw)
    assert await still_shut(raw, "duty")
    assert await raw.fetchval("SELECT max(xid::text::bigint) < txid_current() FROM gridseat.timeline")
    await raw.close()
    for server in (old, new):
        await asyncio.to_thread(server.stop)


async def burn_transactions(server: Server) -> None:
    """Let the old cluster's transaction ids run far ahead of a new one's."""
    raw = await server.connect(NAME)
    await raw.execute("DO $$ BEGIN FOR n IN 1..3000 LOOP PERFORM txid_current(); COMMIT; END LOOP; END $$")
    await raw.execute("UPDATE gridseat.timeline SET xid = pg_current_xact_id()")
    await raw.close()


async def take_roles(server: Server, script: str) -> None:
    """Make the roles of the product as the old cluster had them."""
    admin = await server.connect()
    for line in script.splitlines():
        if f'"{NAME}.' in line or f" {NAME}." in line:
            await admin.execute(line)
    await admin.close()
