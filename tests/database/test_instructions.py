"""A leader's words are pinned to the case until a note answers them."""

import json
from typing import Any

from tests.database.cast import Cast, later


async def pinned(people: Cast, number: int, login: str = "seat") -> list[dict[str, Any]]:
    raw = await people.raw(login)
    told = json.loads(await raw.fetchval("SELECT desk.incident($1)::text", number))["instructions"]
    await raw.close()
    return list(told)


async def test_a_case_lists_its_instructions_oldest_first(people: Cast) -> None:
    number = await people.at("handling")
    assert await pinned(people, number) == []
    await people.do("boss", "instruct", number, text="今日办结", due=later(hours=4))
    await people.do("city_boss", "instruct", number, text="举一反三")
    first, second = await pinned(people, number)
    assert (first["by"], first["text"], first["seq"] < second["seq"]) == ("boss", "今日办结", True)
    assert first["due"].startswith("2026-11-23T")
    assert (second["by"], second["due"], second["answered_seq"], second["overdue"]) == (
        "city_boss",
        None,
        None,
        False,
    )
    assert [one["text"] for one in await pinned(people, number, "screen")] == [None, None]


async def test_a_note_answers_one_of_them_once(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("boss", "instruct", number, text="今日办结", due=later(hours=4))
    await people.do("boss", "instruct", number, text="回复群众")
    first, second = await pinned(people, number)
    await people.do("unit", "note", number, text="已落实", answers=str(first["seq"]))
    answered, waiting = await pinned(people, number)
    assert (answered["answered_seq"], waiting["answered_seq"]) == (
        (await people.row(number))["last_seq"],
        None,
    )
    assert answered["answered_at"].startswith("2026-11-23T")
    for entry in (first["seq"], 1, 99, "x", "-1"):
        refusal = await people.why("unit", "note", number, text="再答", answers=entry)
        assert (refusal.code, refusal.facts["entry"]) == ("no_instruction", str(entry))
    await people.do("seat", "note", number, text="已回复", answers=second["seq"])
    assert all(one["answered_seq"] for one in await pinned(people, number))
    assert await people.faults() == []


async def test_an_instruction_past_its_due_without_an_answer_shows(people: Cast) -> None:
    number = await people.at("handling")
    for text in ("答了的", "没答的"):
        await people.do("boss", "instruct", number, text=text, due=later(hours=4))
    await people.do("seat", "note", number, text="已办", answers=(await pinned(people, number))[0]["seq"])
    await people.database.freeze(later(hours=4))
    assert [one["overdue"] for one in await pinned(people, number)] == [False, False]
    await people.database.freeze(later(hours=5))
    assert [one["overdue"] for one in await pinned(people, number)] == [False, True]
