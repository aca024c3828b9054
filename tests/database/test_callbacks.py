"""Promised call-backs, and what is urged and has no answer."""

import json
import uuid
from datetime import datetime
from math import nan
from typing import Any

import pytest

from console.feed.rows import read_row
from tests.database.cast import MONDAY, Cast, later


async def shown(people: Cast, number: int, login: str = "seat") -> dict[str, Any]:
    raw = await people.raw(login)
    found = json.loads(await raw.fetchval("SELECT desk.incident($1)::text", number))
    await raw.close()
    return dict(found)


async def on_board(people: Cast, number: int) -> tuple[float, float]:
    """Return urged and callback as the board of a seat has them."""
    raw = await people.raw("seat")
    row = read_row((await raw.fetch("SELECT * FROM desk.board($1)", [number]))[0])
    await raw.close()
    return row.urged, row.callback


def epoch(**amount: float) -> float:
    return datetime.fromisoformat(later(MONDAY, **amount)).timestamp()


async def test_a_call_promises_another_and_the_next_one_keeps_the_promise(people: Cast) -> None:
    number = await people.at("accepted")
    assert (await shown(people, number))["callback"] is None
    await people.do("seat", "call", number, text="稍后答复", callback=later(hours=2))
    callback = (await shown(people, number, "second"))["callback"]
    assert datetime.fromisoformat(callback.pop("at")) == datetime.fromisoformat(later(hours=2))
    assert callback == {"by": "seat", "login": "seat", "mine": False}
    assert (await on_board(people, number))[1] == epoch(hours=2)
    await people.do("second", "call", number, text="改约", callback=later(hours=3))
    assert (await shown(people, number, "second"))["callback"]["mine"]
    await people.do("seat", "call", number, text="已回电")
    assert (await shown(people, number))["callback"] is None
    raw = await people.raw("seat")
    facts = [json.loads(row["facts"]) for row in await raw.fetch("SELECT * FROM desk.timeline($1)", number)]
    await raw.close()
    first, second = (int(epoch(hours=hours)) * 1_000_000 for hours in (2, 3))
    assert facts[-3:] == [
        {"callback": first},
        {"callback": second, "called_back": first},
        {"called_back": second},
    ]
    assert await people.faults() == []


async def test_a_follow_up_that_reached_the_reporter_keeps_it_too(people: Cast) -> None:
    number = await people.at("closed")
    await people.do("seat", "call", number, text="结果稍后告知", callback=later(hours=1))
    await people.do("seat", "follow-up", number, contacted="no")
    assert (await shown(people, number))["callback"]
    await people.do("seat", "follow-up", number, contacted="yes", solved="yes")
    assert (await shown(people, number))["callback"] is None
    assert await people.faults() == []


@pytest.mark.parametrize(("at", "code"), [(later(), "callback_past"), ("明天", "bad_instant")])
async def test_nobody_promises_a_time_that_is_past_or_none(people: Cast, at: str, code: str) -> None:
    number = await people.at("accepted")
    assert await people.no("seat", "call", number, text="改约", callback=at) == code
    assert await people.story(number) == ["report", "accept"]


async def test_a_promise_outlives_an_undo_and_goes_with_the_case(people: Cast) -> None:
    number, dispatch = await people.at("accepted"), uuid.uuid4()
    await people.do("seat", "dispatch", number, unit="城管局", command_id=dispatch)
    await people.do("seat", "call", number, text="稍后答复", callback=later(hours=2))
    await people.do("seat", "undo", number, command=str(dispatch))
    await people.hire("second")
    await people.do("seat", "transfer", number, to="second")
    assert (await shown(people, number))["callback"]["login"] == "second"
    assert await people.faults() == []


@pytest.mark.parametrize(
    ("who", "urging", "args"),
    [("seat", "urge", {}), ("boss", "supervise", {"card": "red"}), ("seat", "remind", {})],
)
async def test_an_urging_stands_until_the_unit_answers_by_a_step(
    people: Cast, who: str, urging: str, args: dict[str, object]
) -> None:
    number = await people.at("handling")
    assert await on_board(people, number) == pytest.approx((nan, nan), nan_ok=True)
    await people.do(who, urging, number, **args)
    await people.database.freeze(later(minutes=5))
    await people.do(who, urging, number, **args)
    assert (await on_board(people, number))[0] == epoch(minutes=5)
    await people.do("seat", "note", number, text="已催")
    await people.do("duty", "note", number, text="领导过问")
    await people.do("seat", "claim", number)
    assert (await shown(people, number))["urged"] is not None
    await people.do("unit", "feedback", number, text="已处置")
    assert (await shown(people, number))["urged"] is None
    assert await people.faults() == []


@pytest.mark.parametrize(
    ("status", "who"), [("dispatched", "unit"), ("dispatched", "helper"), ("reported", "seat")]
)
async def test_words_of_those_who_have_to_act_answer_it(people: Cast, status: str, who: str) -> None:
    number = await people.at(status)
    await people.do("city_boss", "urge", number, text="请尽快")
    await people.do(who, "note", number, text="正在办")
    assert (await shown(people, number))["urged"] is None


async def test_an_arrival_answers_and_an_undone_answer_is_none(people: Cast) -> None:
    number, command = await people.at("accepted"), uuid.uuid4()
    await people.do("boss", "urge", number)
    await people.do("seat", "dispatch", number, unit="城管局", command_id=command, **{"with": ["公安局"]})
    await people.do("seat", "undo", number, command=str(command))
    assert (await shown(people, number))["urged"] is not None
    await people.do("seat", "dispatch", number, unit="城管局", **{"with": ["公安局"]})
    await people.do("boss", "urge", number)
    await people.do("helper", "arrive", number)
    assert (await shown(people, number))["urged"] is None


async def test_a_card_of_the_server_urges(people: Cast) -> None:
    number = await people.at("reported", **{"class": "突发事件/积水"})
    await people.database.freeze(later(hours=1))
    await people.database.owner.execute(
        "SELECT gridseat.give_card(number, id, 'yellow', false) FROM gridseat.clock"
    )
    assert (await on_board(people, number))[0] == epoch(hours=1)
    await people.do("seat", "accept", number)
    assert (await shown(people, number))["urged"] is None
