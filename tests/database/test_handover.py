"""交接班: put together from the facts, given, signed, kept; no claim is lost on the way."""

import asyncio
import json
import random
import uuid
from collections.abc import Awaitable
from typing import Any

import asyncpg
import pytest

from console.desk.reads import Reads
from console.desk.together import Together
from console.errors import Problem
from tests.database.cast import Cast, later

Facts = dict[str, Any]


async def together(people: Cast, login: str) -> Together:
    return Together(await people.desk(login), lambda: None)


async def give(people: Cast, login: str, to: str | None, note: str = "") -> Facts:
    if to is not None:
        await people.hire(to)
    return await (await together(people, login)).hand_over(to, note)


async def sign(people: Cast, login: str, handover: int, *, take: bool = True) -> Facts:
    return await (await together(people, login)).sign(handover, take=take)


async def stored(people: Cast, login: str) -> list[Facts]:
    return await Reads(await people.desk(login)).handovers()


async def draft(people: Cast, login: str) -> dict[str, list[int]]:
    """Return the numbers in each list that is not empty."""
    lists = (await Reads(await people.desk(login)).handover())["lists"]
    return {key: numbers(one) for key, one in lists.items() if one["total"]}


async def heard(people: Cast, login: str) -> dict[str, int]:
    """Return what the head of the handover that waits for ``login`` counts."""
    raw = await people.raw(login)
    (head,) = json.loads(await raw.fetchval("SELECT desk.attend()::text"))["handover"]
    await raw.close()
    totals: dict[str, int] = head["totals"]
    return totals


def numbers(one: Facts) -> list[int]:
    assert one["total"] == len(one["rows"])
    return [row["number"] for row in one["rows"]]


async def refused(asked: Awaitable[object]) -> str:
    with pytest.raises(Problem) as caught:
        await asked
    return caught.value.code


async def holder(people: Cast, number: int) -> str | None:
    login: str | None = await people.database.owner.fetchval(
        "SELECT p.login FROM gridseat.incident AS i JOIN gridseat.person AS p ON p.id = i.claim_person_id "
        "WHERE i.number = $1 AND i.claim_until > desk.now()",
        number,
    )
    return login


async def test_the_draft_lists_what_the_next_shift_must_know(people: Cast) -> None:
    assert await draft(people, "seat") == {}
    claimed, called, urged, pending, told, urgent = [await people.at("accepted") for _ in range(6)]
    await people.do("seat", "claim", claimed)
    await people.do("seat", "call", called, text="稍后答复", callback=later(hours=3))
    await people.do("boss", "urge", urged)
    await people.do("seat", "suspend", pending, limit={"seconds": 3600, "clock": "working"}, reason="等材料")
    await people.do("boss", "instruct", told, text="今日办结", due=later(hours=6))
    await people.do("seat", "classify", urgent, priority=1)
    await people.do("seat", "note", claimed, text="已电话核对")
    await people.do("second", "note", claimed, text="别人的")
    ended = await people.at("reported")
    await people.do("seat", "answer", ended, text="已答复")
    everything = {claimed, called, urged, pending, told, urgent}
    found = await draft(people, "seat")
    assert set(found.pop("due_soon")) == everything
    assert found == {
        "claims": [claimed], "callbacks": [called], "urged": [urged], "pending": [pending],
        "instructions": [told], "urgent": [urgent], "notes": [called, claimed],
    }  # fmt: skip
    whole = (await Reads(await people.desk("seat")).handover())["lists"]
    (row,) = whole["claims"]["rows"]
    assert row.items() >= {
        "number": claimed, "title": "商贩占道", "status": "accepted", "priority": 3, "mine": True,
    }.items()  # fmt: skip
    assert row["due"].startswith("2026-11-23T")
    assert whole["callbacks"]["rows"][0]["at"].startswith("2026-11-23T")
    assert whole["pending"]["rows"][0]["pending"] == "suspend"
    assert whole["instructions"]["rows"][0]["waiting"][0]["by"] == "boss"
    assert [row["text"] for row in whole["notes"]["rows"]] == ["稍后答复", "已电话核对"]
    await people.database.freeze(later(hours=2))
    assert set((await draft(people, "second"))["overdue"]) == everything
    assert await draft(people, "town_seat") == {}


async def test_the_next_shift_signs_and_has_the_cases(people: Cast) -> None:
    claimed, called = await people.at("accepted"), await people.at("closed")
    await people.do("seat", "claim", claimed)
    await people.do("seat", "call", called, text="结果稍后告知", callback=later(hours=3))
    given = await give(people, "seat", "second", "三号线路有人在修")
    assert (given["to"], given["signed_at"], given["intact"], given["to_sign"]) == (
        "second",
        None,
        True,
        False,
    )
    (waiting,) = await stored(people, "second")
    assert waiting["to_sign"]
    signed = await sign(people, "second", given["id"])
    assert (signed["taken"], signed["left"], signed["signed_by"], signed["intact"]) == (
        [claimed, called], [], "second", True,
    )  # fmt: skip
    assert signed["content"] == waiting["content"]
    assert await holder(people, claimed) == "second"
    case = await Reads(await people.desk("second")).incident(called)
    assert case["callback"]["mine"]
    for number in (claimed, called):
        entry = (await Reads(await people.desk("seat")).timeline(number))[-1]
        assert (entry["action"], entry["actor"]) == ("transfer", "second")
        assert entry["facts"].items() >= {"handover": given["id"], "from": "seat", "to": "second"}.items()
    await people.do("second", "dispatch", claimed, unit="城管局")
    assert await people.faults() == []


async def test_what_cannot_pass_stays_and_is_told(people: Cast) -> None:
    lapsed, grabbed, ended, hidden = [await people.at("accepted") for _ in range(4)]
    for number in (lapsed, grabbed, ended, hidden):
        await people.do("seat", "claim", number)
    await people.do("seat", "classify", hidden, restricted=True)
    given = await give(people, "seat", None)
    await people.database.freeze(later(minutes=20))
    await people.do("boss", "claim", grabbed)
    await people.do("boss", "cancel", ended, reason="重复")
    (waiting,) = await stored(people, "second")
    assert numbers(waiting["content"]["lists"]["claims"]) == [lapsed, grabbed, ended]
    assert (await heard(people, "second"))["claims"] == 3, "a restricted case is not even counted"
    signed = await sign(people, "second", given["id"])
    assert signed["taken"] == [lapsed]
    assert [(one["number"], one["code"]) for one in signed["left"]] == [
        (grabbed, "claimed"), (ended, "illegal_move"),
    ]  # fmt: skip
    (seen,) = await stored(people, "seat")
    assert [one["code"] for one in seen["left"]] == ["claimed", "illegal_move", "not_found"]
    assert await holder(people, grabbed) == "boss"


async def test_signing_alone_takes_nothing(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "claim", number)
    given = await give(people, "seat", None)
    assert (await sign(people, "second", given["id"], take=False))["taken"] == []
    assert await holder(people, number) == "seat"


async def test_each_is_given_and_signed_once_and_a_newer_one_takes_its_place(people: Cast) -> None:
    number, command = await people.at("accepted"), uuid.uuid4()
    await people.do("seat", "claim", number)
    mine, hers = await together(people, "seat"), await together(people, "second")
    first = await mine.hand_over("second", command=command)
    assert (await mine.hand_over("second", command=command))["id"] == first["id"]
    newer = await mine.hand_over("second", "补充")
    assert await refused(hers.sign(first["id"])) == "handover_withdrawn"
    signed = await hers.sign(newer["id"], command=command)
    assert await hers.sign(newer["id"], command=command) == signed
    assert await refused(hers.sign(newer["id"])) == "handover_signed"
    assert (await people.story(number)).count("transfer") == 1
    assert [one["id"] for one in await stored(people, "seat")] == [newer["id"], first["id"]]


async def test_who_gives_signs_and_reads(people: Cast) -> None:
    for login in ("second", "boss", "town_seat", "city_seat", "beside", "city_boss"):
        await people.hire(login)
    mine = await together(people, "seat")
    for login, code in (
        ("seat", "handover_to_oneself"),
        ("town_seat", "handover_elsewhere"),
        ("beside", "no_such_person"),
        ("unit", "no_such_person"),
    ):
        assert await refused(mine.hand_over(login)) == code
    assert await refused(mine.hand_over("second", "长" * 2001)) == "too_long"
    given = await mine.hand_over("second", "只给他")
    for login, code in (
        ("seat", "handover_not_yours"),
        ("boss", "handover_not_yours"),
        ("city_boss", "handover_not_yours"),
        ("town_seat", "no_handover"),
        ("beside", "no_handover"),
        ("city_seat", "no_handover"),
    ):
        assert await refused(sign(people, login, given["id"])) == code
    readers = {login for login in ("seat", "boss", "city_boss", "duty", "beside", "city_seat", "town_seat")
               if await stored(people, login)}  # fmt: skip
    assert readers == {"seat", "boss", "city_boss", "duty"}


async def test_a_signed_handover_stays_as_it_is_and_a_forged_one_shows(people: Cast) -> None:
    owner = people.database.owner
    given = await give(people, "seat", None)
    await owner.execute("UPDATE gridseat.handover SET note = '从来没有这回事'")
    assert not (await stored(people, "second"))[0]["intact"]
    await owner.execute("UPDATE gridseat.handover SET note = ''")
    await sign(people, "second", given["id"])
    for change in ("UPDATE gridseat.handover SET note = '改'", "DELETE FROM gridseat.handover"):
        with pytest.raises(asyncpg.PostgresError, match="handover_signed"):
            await owner.execute(change)
    await owner.execute("ALTER TABLE gridseat.handover DISABLE TRIGGER signed_stays")
    await owner.execute('UPDATE gridseat.handover SET outcome = \'{"taken": [1], "left": []}\'')
    assert not (await stored(people, "boss"))[0]["intact"]


@pytest.mark.parametrize("seed", range(3))
async def test_no_claim_is_lost_whatever_happens_between(people: Cast, seed: int) -> None:
    """Every case that the giver held is afterwards with the signer, with who took it meanwhile, or ended."""
    dice = random.Random(seed)
    cases = [await people.report(title=f"案件{n}") for n in range(8)]
    held = {number for number in cases if dice.random() < 0.7}
    for number in held:
        await people.do("seat", "claim", number)
    given = await give(people, "seat", None)
    ended = set()
    for number in dice.sample(cases, 4):
        what = dice.choice(["claim", "reject", "transfer", "note"])
        facts = {"reason": "交接", "to": "boss", "text": "看过"}
        needed = {"claim": ["reason"], "reject": ["reason"], "transfer": ["to"], "note": ["text"]}[what]
        await people.do("boss", "claim", number, reason="查看") if what == "reject" else None
        await people.do("boss", what, number, **{name: facts[name] for name in needed})
        ended |= {number} if what == "reject" else set()
    if dice.random() < 0.5:
        await people.database.freeze(later(minutes=15))
    late = next(number for number in cases if number not in ended)
    answers = await asyncio.gather(
        sign(people, "second", given["id"]),
        people.do("boss", "note", late, text="同时"),
    )
    signed = answers[0]
    left = {one["number"] for one in signed["left"]}
    assert held <= set(signed["taken"]) | left
    for number in held:
        expected = {"second"} if number in signed["taken"] else {"boss", None}
        assert await holder(people, number) in expected, (number, signed)
        assert number in ended or await holder(people, number) or number in left
    assert await people.faults() == []
