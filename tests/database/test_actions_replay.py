"""The same command twice is done once; what others changed meanwhile is told, what they left alone passes."""

import asyncio
import json
import uuid
from datetime import datetime

import asyncpg

from tests.database.cast import MONDAY, Cast, later

ACT = "SELECT desk.act($1, $2, $3, $4, $5::text::jsonb)::text"
REPORT = {"title": "同一件", "channel": "phone", "class": "街面秩序/游商", "centre": "130123"}


async def test_a_command_sent_again_answers_the_first_result(people: Cast) -> None:
    number = await people.at("reported")
    id_ = uuid.uuid4()
    first = await people.do("seat", "accept", number, command_id=id_, version=1)
    await people.do("second", "dispatch", number, unit="城管局")
    assert await people.do("seat", "accept", number, command_id=id_, version=1) == first
    assert await people.story(number) == ["report", "accept", "dispatch"]
    reused = await people.why("seat", "dispatch", number, unit="城管局", command_id=id_)
    assert (reused.code, reused.facts) == ("command_reused", {"action": "accept", "number": number})
    other = await people.at("reported")
    assert await people.no("seat", "accept", other, command_id=id_) == "command_reused"
    report = uuid.uuid4()
    once = await people.do("seat", "report", None, command_id=report, **REPORT)
    assert await people.do("seat", "report", None, command_id=report, **REPORT) == once
    assert await people.no("seat", "note", number, text="x", command_id=report) == "command_reused"


async def test_anothers_command_id_is_another_command(people: Cast) -> None:
    number = await people.at("reported")
    id_ = uuid.uuid4()
    await people.do("seat", "note", number, text="甲", command_id=id_)
    await people.do("second", "note", number, text="乙", command_id=id_)
    assert await people.story(number) == ["report", "note", "note"]


async def test_a_move_that_writes_on_two_cases_answers_for_the_one_it_was_sent_for(people: Cast) -> None:
    main, child = await people.at("verified"), await people.at("reported")
    merge, remind, close = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    first = await people.do("seat", "merge", child, into=main, command_id=merge)
    assert (first["number"], first["status"]) == (child, "merged")
    assert await people.do("seat", "merge", child, into=main, command_id=merge) == first
    asked = await people.do("seat", "remind", child, command_id=remind)
    assert await people.do("seat", "remind", child, command_id=remind) == asked
    closed = await people.do("seat", "close", main, command_id=close)
    assert (closed["number"], closed["status"]) == (main, "closed")
    assert await people.do("seat", "close", main, command_id=close) == closed
    assert (await people.row(main))["reminders"] == 1


async def test_the_answer_stays_true_for_who_no_longer_sees_the_case(people: Cast) -> None:
    number = await people.at("handling")
    id_ = uuid.uuid4()
    first = await people.do("unit", "return", number, reason="非本职责", command_id=id_)
    await people.do("seat", "grant", number)
    assert await people.no("unit", "note", number, text="?") == "not_found"
    assert await people.do("unit", "return", number, reason="非本职责", command_id=id_) == first


async def test_a_reveal_sent_again_shows_again_but_never_after_sight_is_lost(people: Cast) -> None:
    number = await people.at("handling", reporter="王某")
    id_ = uuid.uuid4()
    first = await people.do("unit", "reveal", number, reason="上门", command_id=id_)
    assert (await people.do("unit", "reveal", number, reason="上门", command_id=id_)) == first
    await people.do("seat", "dispatch", number, unit="公安局", reason="改派")
    assert "personal" not in await people.do("unit", "reveal", number, reason="上门", command_id=id_)


async def sent_twice(people: Cast, *args: object) -> list[object]:
    """Send one command over two connections of one person at once; as a desk does, again after a clash."""
    pair = [await people.raw("seat") for _ in range(2)]

    async def send(raw: asyncpg.Connection) -> object:
        try:
            return json.loads(await raw.fetchval(ACT, *args))
        except asyncpg.UniqueViolationError:
            return json.loads(await raw.fetchval(ACT, *args))

    answers = await asyncio.gather(*(send(raw) for raw in pair))
    for raw in pair:
        await raw.close()
    return answers


async def test_sent_twice_at_once_nothing_is_doubled(people: Cast) -> None:
    number = await people.at("reported")
    for action, args in (("note", {"text": "记"}), ("remind", {}), ("accept", {})):
        one, two = await sent_twice(people, uuid.uuid4(), action, number, None, json.dumps(args))
        assert one == two
    assert await people.story(number) == ["report", "note", "remind", "accept"]
    for n, extra in enumerate(({}, {"external": "12345:1"}, {"external": "12345:2"})):
        facts = json.dumps({**REPORT, **extra})
        one, two = await sent_twice(people, uuid.uuid4(), "report", None, None, facts)
        assert one == two
        assert await people.database.owner.fetchval("SELECT count(*) FROM gridseat.incident") == n + 2


async def test_a_stale_version_is_refused_with_who_and_when(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("second", "accept", number, version=1)
    await people.database.freeze(later(minutes=3))
    await people.do("boss", "note", number, text="不相干")
    refusal = await people.why("seat", "reject", number, reason="不实", version=1)
    assert refusal.code == "stale_version"
    facts = dict(refusal.facts)
    assert (facts["by"], facts["action"], facts["version"], facts["yours"]) == ("second", "accept", 2, 1)
    assert (facts["status"], facts["now"]["status"]) == ("accepted", "accepted")  # type: ignore[index]
    assert datetime.fromisoformat(str(facts["at"])) == datetime.fromisoformat(MONDAY)


async def test_a_stale_version_names_an_undo_too(people: Cast) -> None:
    number = await people.at("accepted")
    id_ = uuid.uuid4()
    await people.do("seat", "dispatch", number, unit="城管局", command_id=id_)
    await people.do("seat", "undo", number, command=str(id_))
    refusal = await people.why("second", "dispatch", number, unit="城管局", version=3)
    assert (refusal.code, refusal.facts["action"], refusal.facts["by"]) == ("stale_version", "undo", "seat")


async def test_disjoint_edits_do_not_conflict(people: Cast) -> None:
    number = await people.at("reported")
    for who, action, args in (
        ("second", "note", {"text": "记"}),
        ("second", "call", {"text": "通话"}),
        ("second", "remind", {}),
        ("boss", "urge", {}),
        ("boss", "supervise", {"card": "yellow"}),
        ("second", "confirm", {"result": "asked"}),
    ):
        await people.do(who, action, number, **args)
    await people.do("second", "merge", await people.at("reported"), into=number)
    await people.do("seat", "classify", number, priority=2, version=1)
    await people.do("second", "note", number, text="照旧", version=1)
    assert await people.no("second", "accept", number, version=1) == "stale_version"
