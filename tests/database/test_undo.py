"""Undo: within half a minute, before anything has moved, by an entry that compensates."""

import uuid
from typing import Any

from tests.database.cast import Cast, later, limit

LEFT_OUT = {"version", "last_seq", "head", "changed_at", "words", "due", "warn_at"}


async def facts(people: Cast, number: int) -> dict[str, Any]:
    """Return the incident's own facts that an undo must bring back, its clocks and its parties."""
    row = await people.row(number)
    kept = {key: row[key] for key in row.keys() if key not in LEFT_OUT}  # noqa: SIM118  a Record iterates values
    kept["clocks"] = {stage: clock["due"] for stage, clock in (await people.clocks(number)).items()}
    parties = await people.database.owner.fetch(
        "SELECT organisation_id, kind FROM gridseat.party WHERE number = $1 AND until_seq IS NULL ORDER BY 1",
        number,
    )
    return kept | {"parties": [tuple(party) for party in parties]}


async def test_what_was_undone_is_as_before_and_nothing_is_erased(people: Cast) -> None:
    why = {"reason": "误操作"}
    for status, who, action, args in (
        ("reported", "seat", "answer", {"text": "答"}),
        ("reported", "seat", "refer", {"to": "110"}),
        ("reported", "seat", "escalate", {}),
        ("accepted", "seat", "escalate", {}),
        ("accepted", "seat", "hand-down", {"to": "130123201"}),
        ("accepted", "seat", "dispatch", {"unit": "城管局", "with": ["公安局"]}),
        ("handling", "seat", "dispatch", {"unit": "公安局", **why}),
        ("handling", "boss", "designate", {"unit": "公安局", "limit": limit(1), **why}),
        ("verified", "seat", "close", {"result": "办结"}),
        ("handling", "boss", "force-close", why),
        ("suspended", "boss", "force-close", why),
    ):
        number, id_ = await people.at(status), uuid.uuid4()
        before, story = await facts(people, number), await people.story(number)
        version = (await people.row(number))["version"]
        await people.do(who, action, number, **args, command_id=id_)
        await people.do(who, "undo", number, command=str(id_))
        assert await facts(people, number) == before, action
        assert await people.story(number) == [*story, action, "undo"]
        assert (await people.row(number))["version"] == version + 2
        assert await people.no(who, "undo", number, command=str(id_)) == "moved_since"
    assert await people.faults() == []


async def test_an_undone_dispatch_can_be_done_again(people: Cast) -> None:
    number, id_ = await people.at("accepted"), uuid.uuid4()
    await people.do("seat", "dispatch", number, unit="公安局", command_id=id_)
    await people.do("seat", "undo", number, command=str(id_))
    assert await people.no("helper", "acknowledge", number) == "not_found"
    await people.do("seat", "dispatch", number, unit="城管局")
    assert set(await people.clocks(number)) == {"acknowledge", "handling", "promised"}


async def test_an_undone_closing_takes_the_reporters_answers_back(people: Cast) -> None:
    main, child = await people.at("verified"), await people.at("reported")
    await people.do("seat", "merge", child, into=main)
    id_ = uuid.uuid4()
    await people.do("seat", "close", main, command_id=id_)
    assert (await people.row(child))["outcome"] == "done"
    await people.do("seat", "undo", main, command=str(id_))
    row = await people.row(child)
    assert (row["status"], row["outcome"], row["closed_at"]) == ("merged", None, None)
    await people.do("seat", "close", main)
    await people.do("seat", "reopen", main, reason="未解决")
    again, told = uuid.uuid4(), await people.story(child)
    await people.do("seat", "dispatch", main, unit="城管局", command_id=again)
    await people.do("seat", "undo", main, command=str(again))
    assert await people.story(child) == told
    assert await people.faults() == []


async def test_an_undone_dispatch_gives_a_lapsed_request_back(people: Cast) -> None:
    number, id_ = await people.at("handling"), uuid.uuid4()
    await people.do("unit", "extend", number, limit=limit(1), reason="难")
    await people.do("seat", "dispatch", number, unit="公安局", reason="改派", command_id=id_)
    await people.do("seat", "undo", number, command=str(id_))
    assert (await people.row(number))["pending"] == "extend"
    assert (await people.do("boss", "grant", number))["pending"] is None


async def test_half_a_minute(people: Cast) -> None:
    for seconds, code in ((30, None), (30.001, "undo_too_late")):
        await people.database.freeze(later())
        number, id_ = await people.at("accepted"), uuid.uuid4()
        await people.do("seat", "dispatch", number, unit="城管局", command_id=id_)
        await people.database.freeze(later(seconds=seconds))
        if code is None:
            await people.do("seat", "undo", number, command=str(id_))
        else:
            assert await people.no("seat", "undo", number, command=str(id_)) == code


async def test_not_after_the_unit_has_moved(people: Cast) -> None:
    for who, action in (("unit", "acknowledge"), ("helper", "arrive")):
        number, id_ = await people.at("accepted"), uuid.uuid4()
        crowd = {"with": ["公安局"]}
        await people.do("seat", "dispatch", number, unit="城管局", **crowd, command_id=id_)
        await people.do("second", "note", number, text="不妨碍")
        await people.do(who, action, number)
        assert await people.no("seat", "undo", number, command=str(id_)) == "moved_since"


async def test_what_cannot_be_undone(people: Cast) -> None:
    number, id_ = await people.at("reported"), uuid.uuid4()
    await people.do("seat", "accept", number, command_id=id_)
    assert await people.no("seat", "undo", number, command=str(id_)) == "cannot_undo"
    assert await people.no("seat", "undo", number, command=str(uuid.uuid4())) == "cannot_undo"
    other = uuid.uuid4()
    await people.do("seat", "dispatch", number, unit="城管局", command_id=other)
    assert await people.no("second", "undo", number, command=str(other)) == "cannot_undo"
    assert await people.no("seat", "undo", number, command="x") == "bad_command_id"


async def test_what_happened_beside_stays(people: Cast) -> None:
    number, id_ = await people.at("accepted"), uuid.uuid4()
    await people.do("seat", "dispatch", number, unit="城管局", command_id=id_)
    await people.do("second", "remind", number)
    await people.do("seat", "claim", number)
    await people.do("seat", "undo", number, command=str(id_))
    row = await people.row(number)
    assert (row["status"], row["reminders"], row["claim_person_id"] is not None) == ("accepted", 1, True)
    assert await people.faults() == []
