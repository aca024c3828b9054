"""What a console heard no answer to: sent again once, to its own database alone, and never in silence."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from console.desk.command import Command
from console.desk.desk import Desk
from console.desk.journal import Journal
from console.errors import OutOfReach, Refused
from console.feed.listener import Link
from tests.database.consoles import console_at, door_of
from tests.database_fixtures import Database, TestDoor, report
from tests.waiting import SECONDS, until

END_ALL = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = $1 AND pid <> pg_backend_pid()"""


def left_behind(state: Path, database: Database, command: Command) -> None:
    """Leave ``command`` as a console that was killed leaves it."""
    journal = Journal(state / database.door("duty").address.mark / "duty" / "sent")
    journal.put(command)
    journal.close()


async def titles(database: Database) -> list[str]:
    rows = await database.owner.fetch("SELECT title FROM gridseat.incident ORDER BY number")
    return [row["title"] for row in rows]


def a_report(title: str) -> Command:
    return Command("report", None, {"title": title, "channel": "phone", "class": "街面秩序/游商"})


async def test_a_report_of_a_console_that_was_killed_goes_out_once(
    database: Database, tmp_path: Path
) -> None:
    command = a_report("商贩占道")
    left_behind(tmp_path, database, command)
    async with console_at(database, tmp_path) as (console, told):
        await until(lambda: bool(told))
        assert told[0][0] == command
        assert console.unanswered == []
    async with console_at(database, tmp_path) as (console, told):
        await until(lambda: console.feed.pulse.heard > 0)
        assert told == []
    assert await titles(database) == ["商贩占道"]


async def test_what_was_meant_for_another_database_stays_there(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_behind(tmp_path, database, a_report("另一个库的上报"))
    here = type(database.door("duty").address)("embedded:/elsewhere", Path("/elsewhere"))
    monkeypatch.setattr(
        Database, "door", lambda self, login: TestDoor(here, login, prefix=self.name, database=self)
    )
    async with console_at(database, tmp_path) as (console, told):
        await until(lambda: console.feed.pulse.heard > 0)
        assert console.unanswered == []
    assert told == []
    assert await titles(database) == []


async def test_a_refused_one_is_told(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(duty)
    left_behind(tmp_path, database, Command("close", number, {"result": "done"}))
    async with console_at(database, tmp_path) as (console, told):
        await until(lambda: bool(told))
        command, outcome = told[0]
        assert command.number == number
        assert isinstance(outcome, Refused)
        assert console.unanswered == []
        [entry] = console.outbox
        assert (entry.command, entry.refusal) == (command, outcome), "it stays until somebody deals with it"
    async with console_at(database, tmp_path) as (console, told):
        [entry] = console.outbox
        console.forget(entry.command.id)
        assert console.outbox == []
        assert told == []


async def test_what_had_no_answer_goes_out_when_the_database_is_back(
    database: Database, tmp_path: Path
) -> None:
    async with console_at(database, tmp_path) as (console, told):
        await until(lambda: console.feed.pulse.heard > 0)
        door = door_of(console)
        door.shut = True
        console._desk.hang_up()  # as a lost connection does
        command = a_report("停电时的来电")
        with pytest.raises(OutOfReach):
            await console.perform(command)
        assert console.unanswered == [command]
        assert await titles(database) == []
        door.shut = False
        await until(lambda: bool(told))
        assert told[0][0] == command
        assert console.unanswered == []
    assert await titles(database) == ["停电时的来电"]


async def test_what_can_wait_is_left_in_the_outbox_and_delivered_once(
    database: Database, tmp_path: Path
) -> None:
    async with console_at(database, tmp_path) as (console, told):
        await until(lambda: console.feed.pulse.heard > 0)
        door = door_of(console)
        assert not console.post(a_report("在线时直接上报")), "while the database is there, it is asked"
        door.shut = True
        await database.owner.execute(END_ALL, database.name)
        await until(lambda: console.feed.pulse.link is Link.LOST)
        command = a_report("断网时的来电")
        assert console.post(command, {"title": "断网时的来电"})
        assert not console.post(Command("accept", 1)), "what needs an answer is not left"
        console.forget(command.id)
        assert console.unanswered == [command], "only what came back refused is forgotten"
        now = await database.owner.fetchval("SELECT extract(epoch FROM desk.now())::float8")
        assert abs(console.outbox[0].at - now) < SECONDS
        door.shut = False
        console.retry()
        await until(lambda: bool(told))
        assert console.outbox == []
    assert await titles(database) == ["断网时的来电"]


async def test_work_that_ends_by_itself_is_heard_of(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _, context: heard.append(context))

    async def ends() -> None:
        raise ZeroDivisionError

    try:
        monkeypatch.setattr("console.desk.hint.Hint.run", lambda _: ends())
        async with console_at(database, tmp_path):
            await until(lambda: bool(heard))
    finally:
        loop.set_exception_handler(before)
    assert isinstance(heard[0]["exception"], ZeroDivisionError)
