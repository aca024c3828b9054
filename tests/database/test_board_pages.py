"""The cases behind a figure come page by page: together the whole list, the first page tells how many."""

import asyncpg
import pytest

from console.desk.desk import Desk
from tests.database.boards import NANLOU, at, closed, dispatched, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database_fixtures import Database, act, report

ASK = "SELECT number, total FROM desk.board_cases('incidents', $1, '130123', $2, NULL, $3, $4)"
QUESTIONS = (
    "received",
    "received/hour=58",
    "closing:of",
    "closing",
    "closing:rest",
    "open",
    "claimed",
    "to_close",
)
FIRST = {1: "2026-11-18T08:00+08:00", 7: "2026-11-17T10:00+08:00", 90: "2026-11-03T10:00+08:00"}


@pytest.mark.parametrize("days", FIRST, ids=["by hour", "by day", "by week"])
async def test_pages_are_the_list_and_the_first_tells_how_many(
    database: Database, duty: Desk, lead: asyncpg.Connection, days: int
) -> None:
    await database.freeze(FIRST[days])
    numbers = [await report(duty, **NANLOU)]
    numbers += [await dispatched(database, duty, f"10:{minute:02}") for minute in range(5)]
    for number in numbers[1:4]:
        await handled(database, duty, number, "10:40")
        await closed(database, duty, number, "10:50")
    await dispatched(database, duty, "10:55", restricted=True)
    await fold(database.owner)
    await at(database, "13:00")
    await act(duty, "claim", numbers[5])  # changed since it was folded
    async with database.eyes("duty") as seat:
        await seat.execute("SELECT desk.attend()")
    for question in QUESTIONS:
        whole = [row["number"] for row in await lead.fetch(ASK, question, days, None, None)]
        assert whole == sorted(whole, reverse=True), question
        read: list[int] = []
        while page := await lead.fetch(ASK, question, days, read[-1] if read else None, 2):
            assert {row["total"] for row in page} == {None if read else len(whole)}, question
            read += [row["number"] for row in page]
        assert read == whole, question
        assert set(whole) <= set(numbers)
    assert len(await lead.fetch(ASK, "received", days, None, None)) == len(numbers)
    rest = [row["number"] for row in await lead.fetch(ASK, "closing:rest", days, None, None)]
    assert rest == [numbers[5], numbers[4]]
