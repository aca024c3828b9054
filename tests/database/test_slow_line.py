"""A file over a slow line: time is given as long as bytes move, silence is not, and it arrives once."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.desk.command import Command
from console.desk.desk import Desk
from console.desk.journal import Journal
from console.desk.reads import Reads
from console.desk.sending import Sending
from console.errors import OutOfReach
from tests.database_fixtures import Cluster, Database, report
from tests.gui.wire import Wire, wires
from tests.waiting import until

SILENCE = 1.0  # seconds, in place of the usual limit
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4096  # a megabyte
PACE = 1 << 19  # two seconds for it
KEPT = "SELECT array_agg(size) FROM gridseat.attachment"


@asynccontextmanager
async def over_a_wire(
    cluster: Cluster, database: Database, folder: Path, patience: float = 30.0
) -> AsyncIterator[tuple[Wire, Desk, Command]]:
    """Give a line, a desk behind it, and the command that attaches the photo."""
    async with wires(cluster, answering=1) as (wire,):
        door, journal = database.door("duty"), Journal(folder)
        door.ports = (wire.port,)
        desk = Desk(door, journal, patience, SILENCE)
        number = await report(desk)
        yield wire, desk, Command("attach", number, {"file_name": "井盖.png"}, None, PHOTO)
        await desk.close()
        journal.close()


async def sent(desk: Desk, least: int) -> Sending:
    """Wait until so many bytes have left."""
    return await until(lambda: found if (found := desk.sending) and found.gone >= least else None)


async def test_a_file_that_takes_longer_than_the_limit_arrives_while_bytes_move(
    cluster: Cluster, database: Database, tmp_path: Path
) -> None:
    async with over_a_wire(cluster, database, tmp_path) as (wire, desk, command):
        wire.pace = PACE
        now = asyncio.get_running_loop().time
        began = now()
        sending = asyncio.ensure_future(desk.perform(command))
        seen = await sent(desk, 1 << 17)
        assert seen.moving
        assert (seen.command, seen.whole) == (command.id, len(PHOTO))
        desk.hang_up()  # as when the feed has come back: the line lives
        await sending
        assert now() - began > SILENCE
        assert desk.sending is None
        wire.pace = 0
        kept = await database.owner.fetchval("SELECT id FROM gridseat.attachment")
        assert await Reads(desk).attachment(kept) == ("井盖.png", "image/png", PHOTO), "piece by piece"
    assert await database.owner.fetchval(KEPT) == [len(PHOTO)]


async def test_where_no_move_can_be_seen_the_limit_grows_with_the_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = Sending(uuid.uuid4(), 10 << 20)
    assert file.limit(20.0) == 20.0
    monkeypatch.setattr("console.desk.sending.BLIND", True)
    assert file.limit(20.0) == 340.0


async def test_a_line_that_falls_silent_is_left_and_the_file_goes_again_under_its_id(
    cluster: Cluster, database: Database, tmp_path: Path
) -> None:
    async with over_a_wire(cluster, database, tmp_path) as (wire, desk, command):
        wire.pace = PACE
        sending = asyncio.ensure_future(desk.perform(command))
        first = desk._raw
        await sent(desk, 1 << 17)
        wire.freeze()
        await until(lambda: desk._raw is not first)
        wire.pace = 0
        wire.thaw()
        await sending
    assert await database.owner.fetchval(KEPT) == [len(PHOTO)]


async def test_a_line_that_stays_silent_is_given_up_in_time_and_the_file_is_kept(
    cluster: Cluster, database: Database, tmp_path: Path
) -> None:
    async with over_a_wire(cluster, database, tmp_path, patience=0.2) as (wire, desk, command):
        wire.pace = PACE
        sending = asyncio.ensure_future(desk.perform(command))
        await sent(desk, 1 << 17)
        wire.freeze()
        with pytest.raises(OutOfReach) as unknown:
            await sending
        assert unknown.value.code == "outcome_unknown"
        assert desk._journal is not None
        assert desk._journal.waiting() == [command]
        wire.thaw()
    assert await database.owner.fetchval(KEPT) is None
