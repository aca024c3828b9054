"""What stands on the map goes in whole or not at all, however many batches it takes."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from console.desk.desk import Desk
from console.errors import BadInput
from console.intake.writing import writer
from console.intake.writing.writer import Progress, bring_in
from tests.database.offices import counts, outlines, square
from tests.database_fixtures import Database

CODES = [f"1301231010018{n:02d}" for n in range(7)]
MANY = outlines(*(square(code, 114.0 + n / 40) for n, code in enumerate(CODES)))
HELD = "SELECT (SELECT count(*) FROM gridseat.grid), (SELECT count(*) FROM gridseat.grid_ring)"


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "USUAL_BATCH", 2)


async def held(database: Database) -> list[int]:
    """Return how many grids and rings there are."""
    (row,) = await database.owner.fetch(HELD)
    return list(row)


async def test_what_fails_after_the_last_batch_leaves_nothing(database: Database, duty: Desk) -> None:
    before = await held(database)
    with pytest.raises(BadInput, match="nobody-has-this"):
        await bring_in(MANY, "grids", duty, ended=["nobody-has-this"])
    assert await held(database) == before


async def test_who_cancels_between_two_batches_leaves_nothing_and_may_begin_anew(
    database: Database, duty: Desk
) -> None:
    before = await held(database)
    steps: list[int] = []
    task = asyncio.ensure_future(bring_in(MANY, "grids", duty, progress=cancelling(steps, lambda: task)))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert steps == [2, 4]
    assert await held(database) == before
    assert counts(await bring_in(MANY, "grids", duty)) == (7, 0, 0, 0)


def cancelling(steps: list[int], task: Callable[[], "asyncio.Future[Any]"]) -> Progress:
    """Return what counts the rows that are written, and cancels after four."""

    def count(stage: str, done: int, _total: int) -> None:
        if stage == "writing":
            steps.append(done)
            if done == 4:
                task().cancel()

    return count


async def test_what_is_being_settled_can_be_cancelled_no_more(database: Database, duty: Desk) -> None:
    def count(stage: str, done: int, total: int) -> None:
        if stage == "writing" and done == total:
            asyncio.get_running_loop().call_soon(task.cancel)  # while COMMIT is on its way

    task = asyncio.ensure_future(bring_in(MANY, "grids", duty, progress=count))
    assert counts(await task) == (7, 0, 0, 0)
    assert await held(database) == [10, 10]


async def test_grids_that_end_with_an_import_end_with_it(database: Database, duty: Desk) -> None:
    await bring_in(MANY, "grids", duty)
    fewer = outlines(*(square(code, 114.0 + n / 40) for n, code in enumerate(CODES[:6])))
    told = await bring_in(fewer, "grids", duty, ended=CODES[6:])
    assert counts(told) == (0, 0, 6, 0)
    question = "SELECT code FROM gridseat.grid WHERE ended_at IS NOT NULL"
    assert [row["code"] for row in await database.owner.fetch(question)] == CODES[6:]
