"""How cases went, by hand: returned, extended, reopened, asked, how long; past days as of their end."""

import json
from itertools import pairwise

import asyncpg

from console.desk.desk import Desk
from tests.database.boards import NANLOU, ZHENGDING, at, board, cases, closed, dispatched, figures, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database_fixtures import Database, act, report


async def test_how_cases_go_by_hand(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    """Three cases of 09:00 and one of 09:10, each with its own way."""
    straight, returned, reopened = [await dispatched(database, duty, "09:00") for _ in range(3)]
    await at(database, "09:10")
    answered = await report(duty, **NANLOU)
    await act(duty, "answer", answered, text="已答复")
    await act(duty, "acknowledge", returned)
    await act(duty, "return", returned, reason="权责不符")
    await act(duty, "grant", returned)
    await act(duty, "acknowledge", straight)
    await act(duty, "extend", straight, limit={"seconds": 3600, "clock": "continuous"}, reason="量大")
    await act(duty, "grant", straight)
    await handled(database, duty, reopened, "10:00")
    await closed(database, duty, reopened, "10:30")
    await at(database, "10:40")
    await act(duty, "reopen", reopened, reason="又来")
    found = await figures(lead, "incidents")
    assert found["received"] == 4
    assert found["acceptance"] == (3, 4), "an answer is no acceptance"
    assert found["at_once"] == (1, 1), "closed now: the answered one; the reopened one is open again"
    assert found["returned"] == (1, 3), "returned of those dispatched"
    assert found["extension"] == (1, 3), "extended of those accepted"
    assert found["reopening"] == (1, 2), "ever closed: the reopened and the answered one"
    assert await cases(lead, "returned", "130123") == [returned]
    assert await cases(lead, "extension", "130123") == [straight]
    assert await cases(lead, "reopening", "130123") == [reopened]
    course = next(one for one in (await board(lead, "incidents"))["series"] if one["key"] == "course")
    told = course["lines"][0]["values"]
    assert told == [4, 3, 3, 1, 0, 1], (
        "received, accepted, sent, fed back, closed that way (reopened: no); answered"
    )
    listed = [await cases(lead, mark["figure"], "130123") for mark in course["labels"]]
    assert [len(one) for one in listed] == told
    for before, after in pairwise(listed[:-1]):
        assert {*after} <= {*before}, "each step is a part of the one before"
    assert listed[-1] == [answered], "closed without having been sent out: beside the steps"


async def test_a_past_day_is_told_as_of_its_end(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    number = await dispatched(database, duty, "20:00")  # due 22:00
    await handled(database, duty, number, "21:00")
    await database.freeze("2026-11-19T09:00+08:00")
    await act(duty, "verify", number)
    await act(duty, "close", number)
    await report(duty, **NANLOU)
    past = "SELECT desk.board_figures('incidents', '130123', 1, '2026-11-18')"
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        told = json.loads(await lead.fetchval(past))
        found = {one["key"]: (one["numerator"], one["denominator"]) for one in told["figures"]}
        assert found["received"] == (1, None), "what came in later is not of that day"
        assert found["closing"] == (0, 1), "it was closed the day after"
        assert found["on_time"] == (1, 1)
        assert found["closed"] == (0, None)
    asked = "SELECT number FROM desk.board_cases('incidents', 'closing:rest', '130123', 1, '2026-11-18')"
    assert [row[0] for row in await lead.fetch(asked)] == [number]
    assert (await figures(lead, "incidents", days=2))["closing"] == (1, 1), "by now it is closed"


async def test_children_are_ranked_by_any_figure(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await at(database, "09:00")
    for place in (NANLOU, NANLOU, ZHENGDING):
        await report(duty, **place)
    for figure, expected in (("received", {"南楼乡": 2, "正定镇": 1}), ("open", {"南楼乡": 2, "正定镇": 1})):
        told = json.loads(
            await lead.fetchval("SELECT desk.board_figures('incidents', '130123', 1, NULL, $1)", figure)
        )["ranking"]
        assert told["figure"] == figure
        assert {row["name"]: row["value"] for row in told["rows"]} == expected
