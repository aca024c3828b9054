"""The desk's own promises: refusals settle, the server's faults pass, the busy are told; reads, hints."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from console.connection import Connection
from console.desk.command import Command
from console.desk.desk import TRIES_AGAIN, Desk
from console.desk.hint import Hint
from console.desk.journal import Journal
from console.desk.reads import Reads
from console.desk.sense import useful
from console.errors import OutOfReach, Refused
from tests.database_fixtures import Database, act, report
from tests.waiting import until

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
REPORT = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商"}
DEADLOCK = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"


def deadlocked(times: int) -> Callable[[Connection], Awaitable[int]]:
    """Return a question that the server answers with a deadlock so many times, then with 42."""
    left = times

    async def ask(raw: Connection) -> int:
        nonlocal left
        if left:
            left -= 1
            await raw.execute(DEADLOCK)
        return int(await raw.fetchval("SELECT 42"))

    return ask


async def test_a_refused_command_is_settled(database: Database, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    desk = Desk(database.door("duty"), journal)
    with pytest.raises(Refused):
        await desk.perform(Command("accept", 999_999))
    assert journal.waiting() == []
    number = (await desk.perform(Command("report", args=REPORT)))["number"]
    assert (await desk.perform(Command("accept", number)))["status"] == "accepted"
    assert journal.waiting() == []
    await desk.close()
    journal.close()


async def test_a_deadlock_is_tried_again_and_a_busy_server_named(duty: Desk) -> None:
    assert await duty.call(deadlocked(TRIES_AGAIN)) == 42
    with pytest.raises(OutOfReach) as busy:
        await duty.call(deadlocked(TRIES_AGAIN + 1))
    assert busy.value.code == "too_busy"


async def test_what_only_a_programmer_can_mend_is_not_dressed_up(duty: Desk) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await duty.call(lambda raw: raw.execute("SELECT 1 / 0"))


async def test_a_command_that_the_server_cannot_answer_is_not_sent_again(
    database: Database, tmp_path: Path
) -> None:
    """A fault of our own would be met at every sending; a lost line is another matter."""
    await database.owner.execute(
        """CREATE FUNCTION gridseat.fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1 / 0; END';
           CREATE TRIGGER fail BEFORE INSERT ON gridseat.incident EXECUTE FUNCTION gridseat.fail()"""
    )
    journal = Journal(tmp_path)
    desk = Desk(database.door("duty"), journal)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await desk.perform(Command("report", args=REPORT))
    assert journal.waiting() == []
    await desk.close()
    journal.close()


async def test_a_door_that_shuts_between_question_and_answer_leaves_it_open(database: Database) -> None:
    await database.add("guest", "seat", "130123")
    desk = Desk(database.door("guest"), patience=0.3)
    assert await desk.call(lambda raw: raw.fetchval("SELECT 1")) == 1

    async def shut(raw: Connection) -> None:
        role = await raw.fetchval("SELECT session_user")
        await database.owner.execute(f'ALTER ROLE "{role}" NOLOGIN')
        await database.owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", role
        )
        await raw.fetchval("SELECT 1")

    with pytest.raises(OutOfReach) as unknown:
        await desk.call(shut)
    assert unknown.value.code == "outcome_unknown"
    with pytest.raises(Refused):
        await desk.call(lambda raw: raw.fetchval("SELECT 1"))
    await desk.close()


async def test_a_question_is_asked_again_where_the_line_is_hung_up_between_two_steps_of_the_driver(
    database: Database,
) -> None:
    """As when the feed finds the database again: the driver has lost its protocol and says so its own way."""
    desk, lines = Desk(database.door("duty")), list[Connection]()

    async def ask(raw: Connection) -> int:
        lines.append(raw)
        if len(lines) == 1:
            desk.hang_up()
        return raw.get_server_pid()

    assert await desk.call(ask)
    assert [line.is_closed() for line in lines] == [True, False]

    async def mistake(raw: Connection) -> object:
        return raw.nothing  # type: ignore[attr-defined]  # a fault of the program stays one

    with pytest.raises(AttributeError, match="nothing"):
        await desk.call(mistake)
    await desk.close()


async def test_whoever_still_asks_when_a_desk_is_closed_has_gone_and_leaves_no_connection(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, knocked, opens = database.door("duty"), asyncio.Event(), asyncio.Event()
    opened, open_it = list[Connection](), door.open

    async def open_later() -> Connection:
        knocked.set()
        await opens.wait()
        opened.append(await open_it())
        return opened[-1]

    monkeypatch.setattr(door, "open", open_later)
    desk = Desk(door)
    early, late = (asyncio.ensure_future(desk.call(lambda raw: raw.fetchval("SELECT 42"))) for _ in "12")
    await knocked.wait()
    await desk.close()
    opens.set()
    await asyncio.wait([early, late])
    assert (early.cancelled(), late.cancelled()) == (True, True)
    assert [raw.is_closed() for raw in opened] == [True]


async def test_a_hint_is_heard_and_outlives_its_connection(database: Database) -> None:
    """Whoever ends the line, the server or this console, the next hint takes a new one."""
    ear = await database.as_person("duty")
    heard: list[str] = []
    await ear.add_listener("gridseat_look", lambda *_: heard.append("look"))
    hint = Hint(database.door("duty"))

    async def given() -> None:
        before = len(heard)

        def again() -> bool:  # the one that meets the end of a line is lost, as it may be
            hint.give()
            return len(heard) > before

        await until(again)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(hint.run())
        await given()
        line = hint._raw
        await database.owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'NOTIFY gridseat_look'"
        )
        await given()
        assert hint._raw is not line
        line = hint._raw
        hint.hang_up()
        assert line is not None
        assert line.is_closed()
        hint.hang_up()
        await given()
        task.cancel()
    await hint.close()
    await ear.close()


async def test_a_question_that_nobody_answers_leaves_nothing_unknown_but_its_answer(
    database: Database,
) -> None:
    door = database.door("duty")
    door.shut = True
    with pytest.raises(OutOfReach) as lost:
        await Reads(Desk(door, patience=0.1)).classes()
    assert lost.value.code == "database_lost"


async def test_a_console_reads_a_case_whole(database: Database, duty: Desk) -> None:
    reads = Reads(Desk(database.door("duty")))
    number = await report(duty, point=[114.51, 38.11], datum="WGS-84", reporter="王某", phone="13812345678")
    await act(duty, "attach", number, content=PNG, file="现场.png")
    case = await reads.incident(number)
    assert case["personal"] == {"reporter": "王**", "phone": "138****5678"}
    assert [entry["action"] for entry in await reads.timeline(number)] == ["report", "attach"]
    assert [clock["stage"] for clock in await reads.clocks(number)] == ["accept"]
    assert await reads.attachment(case["files"][0]["id"]) == ("现场.png", "image/png", PNG)
    assert await reads.verify(number) == []
    assert isinstance(await reads.history(number), dict)
    assert {"accept", "claim"} <= set(useful(case))
    assert "claim" not in useful(case | {"mine": True}), "it is held already"
    await reads.close()


async def test_a_console_reads_the_county(database: Database) -> None:
    reads = Reads(Desk(database.door("duty")))
    assert (await reads.whoami())["login"] == "duty"
    assert [person["login"] for person in await reads.people()] == ["duty"]
    assert "130123101001" in {place.code for place in await reads.organisations()}
    assert len(await reads.grids()) == 3
    assert (await reads.unattended(), await reads.contacts()) == ([], [])
    assert "街面秩序/游商" in {kind.code for kind in await reads.classes()}
    figures = await reads.board("incidents", "130123", 30)
    numbers, total = await reads.board_cases("incidents", figures["figures"][0]["key"], "130123", 30)
    assert len(numbers) == total
    await reads.close()
