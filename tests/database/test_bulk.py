"""Many cases at once: each answered by the real database, none stopped by another, each done once."""

import asyncio
from pathlib import Path

import pytest

from console.app import Console
from console.desk.bulk import Bulk, Line, State, back, for_each
from console.desk.command import Command
from console.desk.desk import Desk
from tests.database.cast import Cast
from tests.database.consoles import console_at, door_of
from tests.database_fixtures import Database, report
from tests.waiting import until


def states(bulk: Bulk) -> list[str]:
    return [line.state.value for line in bulk.lines]


async def accepted(people: Cast, count: int) -> list[tuple[int, int | None]]:
    """Bring ``count`` cases to where they may be dispatched; return numbers and versions."""
    numbers = [await people.at("accepted") for _ in range(count)]
    return [(number, (await people.row(number))["version"]) for number in numbers]


async def test_a_refusal_stops_nobody_else_and_is_tried_again_on_what_is_seen(people: Cast) -> None:
    cases = await accepted(people, 4)
    claimed, changed = cases[1][0], cases[2][0]
    await people.do("second", "claim", claimed)
    await people.do("seat", "classify", changed, priority=2)
    told: list[tuple[int, State]] = []
    seat = await people.desk("seat")
    sent = for_each(Command("dispatch", args={"unit": "城管局"}), cases)
    bulk = Bulk(seat.perform, sent, lambda line: told.append((line.number, line.state)))
    await bulk.run()
    assert states(bulk) == ["done", "refused", "refused", "done"]
    assert [line.problem.code for line in bulk.undone if line.problem] == ["claimed", "stale_version"]
    assert told[:2] == [(cases[0][0], State.SENT), (cases[0][0], State.DONE)]
    await people.do("second", "release", claimed)
    before = [line.command.id for line in bulk.lines]
    seen = {claimed: (await people.row(claimed))["version"]}
    bulk.try_again(seen.get)
    await bulk.run()
    assert states(bulk) == ["done"] * 4
    assert [line.command.id == id_ for line, id_ in zip(bulk.lines, before, strict=True)] == [
        True,
        False,
        False,
        True,
    ]
    assert bulk.count(State.DONE) == 4
    for number, _ in cases:
        assert (await people.row(number))["status"] == "dispatched"


async def test_all_of_it_is_taken_back_but_for_what_has_moved_on(people: Cast) -> None:
    cases = await accepted(people, 3)
    seat = await people.desk("seat")
    bulk = Bulk(seat.perform, for_each(Command("dispatch", args={"unit": "城管局"}), cases))
    await bulk.run()
    await people.do("unit", "acknowledge", cases[0][0])
    taken = Bulk(seat.perform, back(bulk.undoable()))
    await taken.run()
    assert [(line.number, line.state.value) for line in taken.lines] == [
        (cases[2][0], "done"),
        (cases[1][0], "done"),
        (cases[0][0], "refused"),
    ]
    notes = Bulk(seat.perform, for_each(Command("note", args={"text": "已通知"}), cases))
    await notes.run()
    assert notes.undoable() == []


async def test_the_case_that_the_others_go_into_is_left_out(people: Cast) -> None:
    cases = [(await people.at("reported"), None) for _ in range(3)]
    main = cases[1][0]
    seat = await people.desk("seat")
    bulk = Bulk(seat.perform, for_each(Command("merge", args={"into": str(main)}), cases))
    await bulk.run()
    assert states(bulk) == ["done", "done"]
    assert (await people.row(main))["status"] == "reported"


async def test_stopping_sends_no_more(people: Cast) -> None:
    cases = [(await people.at("reported"), None) for _ in range(3)]
    seat = await people.desk("seat")
    bulk = Bulk(seat.perform, for_each(Command("remind"), cases))
    bulk.tell = lambda line: bulk.stop() if line.state is State.DONE else None
    await bulk.run()
    assert states(bulk) == ["done", "waiting", "waiting"]
    assert not bulk.running
    bulk.tell = lambda _: None
    bulk.try_again(lambda _: None)
    await bulk.run()
    assert [(await people.row(number))["reminders"] for number, _ in cases] == [1, 1, 1]


async def notes(database: Database) -> list[str]:
    found = await database.owner.fetch("SELECT number FROM gridseat.timeline WHERE action = 'note'")
    return sorted(str(row["number"]) for row in found)


async def a_bulk(console: Console, duty: Desk, told: list[Line]) -> Bulk:
    numbers = [(await report(duty), None) for _ in range(3)]
    return Bulk(console.perform, for_each(Command("note", args={"text": "x"}), numbers), told.append)


@pytest.mark.parametrize("again", [True, False], ids=["by hand", "by the outbox"])
async def test_what_had_no_answer_is_done_once(
    database: Database, duty: Desk, tmp_path: Path, *, again: bool
) -> None:
    async with console_at(database, tmp_path) as (console, _):
        bulk = await a_bulk(console, duty, [])
        console.on_settled(bulk.settle)
        door = door_of(console)
        door.shut = True
        console._desk.hang_up()
        await bulk.run()
        assert states(bulk) == ["unknown", "waiting", "waiting"]
        door.shut = False
        if not again:
            await until(lambda: bulk.lines[0].state is State.DONE)
        bulk.try_again(lambda _: None)
        await bulk.run()
        assert states(bulk) == ["done"] * 3
        assert await notes(database) == sorted(str(line.number) for line in bulk.lines)


async def test_a_window_that_closes_leaves_what_is_on_its_way_to_the_outbox(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with console_at(database, tmp_path) as (console, _):
        bulk = await a_bulk(console, duty, [])
        door = door_of(console)
        door.shut = True
        console._desk.hang_up()
        running = asyncio.get_running_loop().create_task(bulk.run())
        await until(lambda: bulk.lines[0].state is State.SENT)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert states(bulk) == ["unknown", "waiting", "waiting"]
        assert [command.id for command in console.unanswered] == [bulk.lines[0].command.id]
