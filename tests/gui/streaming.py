"""What colleagues do streams into a real window from its real database, with a pointer and eyes on it."""

import asyncio
from random import Random
from time import perf_counter, thread_time

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from tests.database.following import fresh_rows
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, until
from tests.gui.queue.stage import under

PER_SECOND, COLLEAGUES = 50, 2
AT = 200  # where the pointer rests, pixels below the top of the list
BREATH = 0.004


async def stand(desk: Desktop, duty: Desk, cases: int = 30) -> tuple[int, int]:
    """Report ``cases``; rest the pointer on one, open another; return both numbers."""
    numbers = [await report(duty, title=f"路灯不亮{n}") for n in range(cases)]
    await until(lambda: set(numbers) <= set(desk.rows))
    opened = numbers[2]
    await desk.open(opened)
    queue = desk.page.queue.list
    queue.go_to_top()
    for y in (AT - 1, AT):
        QTest.mouseMove(queue.viewport(), QPoint(200, y))
    held = await until(lambda: queue.hovered)
    assert held != opened
    return held, opened


async def stream(desk: Desktop, database: Database, facts: int) -> list[float]:
    """Let colleagues write ``facts`` while the window is watched; return the lengths of its frames, seconds.

    A frame is all that the window's thread does before it looks at its events again, in seconds of that
    thread: a busy machine is not the window's fault. AssertionError once the row under the pointer or the
    open case is another, or the row has moved.
    """
    panel, frames = desk.page.queue, list[float]()

    def seen() -> tuple[object, ...]:
        line = panel.list.place.line_at(AT)
        return under(panel, AT), line is None or panel.list.place.y(line), panel.selected, desk.case.number

    first, running = seen(), asyncio.Event()

    async def watch() -> None:
        while not running.is_set():
            begun = thread_time()
            QCoreApplication.processEvents()
            await asyncio.sleep(0)  # whatever else is ready is part of the frame
            frames.append(thread_time() - begun)
            assert seen() == first
            await asyncio.sleep(BREATH)

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        async with asyncio.TaskGroup() as colleagues:
            for seed in range(COLLEAGUES):
                colleagues.create_task(work(database, desk, facts // COLLEAGUES, seed))
        running.set()
    return frames


async def work(database: Database, desk: Desktop, facts: int, seed: int) -> None:
    """Do ``facts`` things at one colleague's share of the pace: report, raise, remind, accept, reject."""
    dice, own, colleague = Random(seed), list[int](), Desk(database.door("duty"))
    here = desk.rows
    begun = perf_counter()
    for done in range(facts):
        await asyncio.sleep(begun + done * COLLEAGUES / PER_SECOND - perf_counter())
        match done % 5:
            case 0 | 1:
                own.append(
                    await report(colleague, title=f"新来{seed}-{done}", priority=str(dice.randint(1, 3)))
                )
            case 2:
                await act(colleague, "remind", dice.choice(here), text="又来催了")
            case 3:
                await act(colleague, "accept", own.pop(dice.randrange(len(own))))
            case _:
                await act(colleague, "reject", own.pop(dice.randrange(len(own))), reason="重复")
    await colleague.close()


async def equals_a_fresh_read(desk: Desktop, database: Database) -> None:
    """Compare board, list and figures with what the database says when asked anew."""
    raw = await database.as_person("duty")
    fresh = fresh_rows(await raw.fetch("SELECT * FROM desk.board()"))
    board = desk.console.board

    def shown() -> dict[int, str]:
        return {row.number: repr(row) for row in map(board.row_at, board.all_slots().tolist())}

    await until(lambda: shown() == fresh)
    assert sorted(desk.rows) == sorted(fresh)
    assert f"{len(fresh)} 件" in desk.page.queue._count.text()
    desk.window.tick()
    counts = await raw.fetch("SELECT * FROM desk.counts()")
    await raw.close()
    told = {row["status"]: row["total"] for row in counts} | {
        grade: sum(row[grade] for row in counts) for grade in ("near", "overdue")
    }
    figures = {key: counter.figure for key, counter in desk.window.top.counters.items()}
    assert figures == {key: told.get(key, 0) for key in figures}
