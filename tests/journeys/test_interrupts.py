"""Ctrl-C and its like, at any moment: a quiet end with the signal's code, and nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli.commands import worker
from console.cli.interrupts import Interrupts
from console.database import address
from console.database.door import Door
from console.database.embedded import EmbeddedServer
from tests.database.clients import eventually, stopped, watched
from tests.database_fixtures import FAST
from tests.journeys.command_line import Line
from tests.waiting import SECONDS

ROOT = Path(__file__).parents[2]
SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def process(folder: Path, *words: str) -> "subprocess.Popen[str]":
    """Start a command as a terminal does: leader of its group, with Ctrl-C not ignored."""
    command = [sys.executable, str(ROOT / "main.py"), "--database", f"embedded:{folder}", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, start_new_session=True)


def told(running: "subprocess.Popen[str]", number: int) -> tuple[int, str, str]:
    """Signal the whole group, as a terminal does; return the exit code and what was said."""
    os.killpg(running.pid, number)
    out, err = running.communicate(timeout=SECONDS)
    return running.returncode, out, err


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_database_that_is_being_prepared_is_left_without_a_trace(
    tmp_path: Path, number: int, code: int
) -> None:
    folder = tmp_path / "desk"
    with process(folder, "database", "create") as running:
        eventually(lambda: any(folder.glob("data.*/global")))  # initdb is at work
        assert told(running, number) == (code, "", "")
    assert not any(folder.glob("data*"))
    assert stopped(folder)
    eventually(lambda: not watched(folder))
    with EmbeddedServer(folder, settings=FAST) as server:
        assert server.address()


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_long_import_is_left_quietly_and_can_be_repeated(
    line: Line, tmp_path: Path, number: int, code: int
) -> None:
    wanted = 8_000
    rows = [f"93{number:02}{n:08},第{n}村,community,130123101" for n in range(wanted)]
    file = tmp_path / "organisations.csv"
    file.write_text("\n".join(["code,name,level,parent_code", *rows]))
    asked = """SELECT count(*) FROM pg_stat_activity
               WHERE state = 'active' AND query ILIKE '%import%' AND pid <> pg_backend_pid()"""
    eventually(lambda: line.owner(asked)[0][0] == 0)  # the one before may not have noticed its end yet
    with process(line.folder, "import", "organisations", str(file)) as running:
        eventually(lambda: line.owner(asked)[0][0] > 0)
        assert told(running, number) == (code, "", "")
    assert line.ask("database", "check").document == {"sound": True, "faults": []}
    count = line.owner("SELECT count(*) FROM gridseat.organisation WHERE code LIKE $1", f"93{number:02}%")
    assert count[0][0] in {0, wanted}


def test_a_start_that_nobody_waits_for_is_given_up(tmp_path: Path) -> None:
    async def give_up() -> None:
        door = Door(address.parse(f"embedded:{tmp_path / 'desk'}"), settings=FAST)
        starting = asyncio.ensure_future(door.start())
        await asyncio.to_thread(eventually, lambda: any((tmp_path / "desk").glob("data.*")))
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        assert stopped(tmp_path / "desk")
        assert await door.start()  # and can be asked for again
        await door.close()

    asyncio.run(give_up())


def test_work_is_cancelled_where_it_waits_and_may_clear_away() -> None:
    cleared = []

    async def work() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
            cleared.append("not in the midst")
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleared.append("away")

    interrupts = Interrupts()
    with interrupts, pytest.raises(asyncio.CancelledError):
        interrupts.carry(work())
    assert (interrupts.code, cleared) == (143, ["not in the midst", "away"])


def test_what_keeps_the_loop_waiting_is_interrupted_at_once() -> None:
    interrupts = Interrupts()

    async def work() -> None:
        with interrupts.at_once():
            signal.raise_signal(signal.SIGINT)

    with interrupts, pytest.raises(KeyboardInterrupt):
        interrupts.carry(work())
    assert interrupts.code == 130


async def test_a_worker_that_is_told_twice_to_end_is_not_deaf_to_either() -> None:
    ended = asyncio.Event()
    await worker.rest(ended, 0)  # time is up
    waiting = asyncio.ensure_future(worker.rest(ended, 3600))
    await asyncio.sleep(0)
    ended.set()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_is_an_interrupt_while_a_command_runs(number: int, code: int) -> None:
    before = signal.getsignal(number)
    interrupts = Interrupts()
    with interrupts, pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    assert interrupts.code == code
    assert signal.getsignal(number) == before
    signal.signal(number, signal.SIG_IGN)
    try:
        with interrupts:
            signal.raise_signal(number)  # whoever started us wants it ignored
        assert interrupts.code is None
    finally:
        signal.signal(number, before)
