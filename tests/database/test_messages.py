"""Messages between seats: who may write to whom, each sent once, and the sender sees when it was read."""

import json
import uuid
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.desk.reads import Reads
from console.desk.together import Together
from console.errors import Problem
from tests.database.cast import Cast, later


class Post:
    """What a seat does with messages, and what it hears when it attends."""

    def __init__(self, people: Cast, login: str) -> None:
        self.people, self.login, self.told = people, login, 0

    async def desk(self) -> Desk:
        return await self.people.desk(self.login)

    async def together(self) -> Together:
        return Together(await self.desk(), self._spread)

    def _spread(self) -> None:
        self.told += 1

    async def send(
        self, to: str | None, text: str, number: int | None = None, command: uuid.UUID | None = None
    ) -> dict[str, Any]:
        return await (await self.together()).send(to, text, number, command)

    async def no(self, to: str | None, text: str, number: int | None = None) -> str:
        with pytest.raises(Problem) as refused:
            await self.send(to, text, number)
        return refused.value.code

    async def all(self, limit: int = 50) -> list[dict[str, Any]]:
        return await Reads(await self.desk()).messages(limit)

    async def unread(self) -> list[str]:
        raw = await self.people.raw(self.login)
        heard = json.loads(await raw.fetchval("SELECT desk.attend()::text"))
        await raw.close()
        return [one["text"] for one in heard["messages"]]


async def test_a_message_is_heard_read_and_answered(people: Cast) -> None:
    number = await people.at("reported")
    seat, second = Post(people, "seat"), Post(people, "second")
    await people.hire("second")
    sent = await seat.send("second", "  请跟进这件 ", number)
    assert sent.items() >= {
        "kind": "message", "mine": True, "from_login": "seat", "to": "second", "to_login": "second",
        "all": False, "number": number, "title": "商贩占道", "text": "请跟进这件", "read_at": None,
    }.items()  # fmt: skip
    assert sent["readers"] == [{"name": "second", "login": "second", "at": None}]
    assert await second.unread() == ["请跟进这件"]
    await people.database.freeze(later(minutes=1))
    assert await (await second.together()).read([sent["id"], 4711]) == [sent["id"]]
    assert (await second.unread(), second.told) == ([], 1)
    (read,) = await seat.all()
    assert read["read_at"].startswith("2026-11-23T")
    assert read["readers"][0]["at"] == read["read_at"]
    await second.send("seat", "好的")
    assert [one["text"] for one in await second.all()] == ["好的", "请跟进这件"]
    assert [one["text"] for one in await second.all(1)] == ["好的"]
    assert (await second.all())[1]["readers"] is None, "who else has read it, its sender alone knows"


async def test_all_seats_of_the_centre_hear_what_goes_to_all(people: Cast) -> None:
    seat = Post(people, "seat")
    assert await seat.no(None, "有人吗") == "nobody_to_tell"
    for login in ("second", "boss", "town_seat", "unit", "screen"):
        await people.hire(login)
    sent = await seat.send(None, "市局来电，请注意接听")
    assert (sent["all"], sent["to"], {one["login"] for one in sent["readers"]}) == (
        True,
        None,
        {"second", "boss"},
    )
    assert await Post(people, "boss").unread() == ["市局来电，请注意接听"]
    assert await Post(people, "town_seat").unread() == []


async def test_the_same_command_sends_once(people: Cast) -> None:
    seat, command = Post(people, "seat"), uuid.uuid4()
    await people.hire("second")
    first = await seat.send("second", "一次", command=command)
    assert await seat.send("second", "一次", command=command) == first
    assert await Post(people, "second").unread() == ["一次"]


async def test_who_may_write_to_whom(people: Cast) -> None:
    hidden = await people.report(restricted=True)
    for login in ("second", "town_seat", "city_seat", "beside", "unit", "screen"):
        await people.hire(login)
    seat = Post(people, "seat")
    for login in ("town_seat", "city_seat", "duty"):
        await seat.send(login, "知悉")
        await Post(people, login).send("seat", "收到")
    for login in ("beside", "unit", "screen", "nobody"):
        assert await seat.no(login, "知悉") == "no_such_person"
    assert await seat.no("seat", "自言自语") == "message_to_oneself"
    assert await seat.no("second", " \n") == "message_empty"
    assert await seat.no("second", "长" * 501) == "too_long"
    assert await seat.no("second", "看这件", hidden) == "message_unseen"
    assert await seat.no(None, "看这件", hidden) == "nobody_to_tell"
    assert await seat.no("second", "看这件", 999999) == "not_found"
    assert await Post(people, "second").no("seat", "看这件", hidden) == "not_found"


@pytest.mark.parametrize("login", ["unit", "screen", "clerk", "robot"])
async def test_who_is_no_seat_neither_writes_nor_reads(people: Cast, login: str) -> None:
    raw = await people.raw(login)
    for question in (
        "SELECT desk.send_message(gen_random_uuid(), NULL, '在吗')",
        "SELECT desk.messages()",
        "SELECT desk.read_messages('{1}')",
        "SELECT desk.handover()",
        "SELECT desk.hand_over(gen_random_uuid())",
        "SELECT desk.handovers()",
        "SELECT desk.sign_handover(gen_random_uuid(), 1)",
    ):
        with pytest.raises(asyncpg.PostgresError, match="seats_only"):
            await raw.fetchval(question)
    await raw.close()


async def test_what_was_written_about_a_case_that_one_sees_no_more_names_it_no_more(people: Cast) -> None:
    number = await people.at("reported")
    await people.hire("second")
    await Post(people, "seat").send("second", "看看", number)
    await people.do("seat", "classify", number, restricted=True)
    (heard,) = await Post(people, "second").all()
    assert (heard["text"], heard["number"], heard["title"]) == ("看看", None, None)


async def test_whom_a_case_is_passed_to_hears_the_note_which_stands_with_the_case_alone(people: Cast) -> None:
    number = await people.at("accepted")
    await people.hire("second")
    await people.do("seat", "transfer", number, to="second", note="王某下午在家")
    await people.do("second", "transfer", number, to="second", note="自己留着")
    assert await Post(people, "second").unread() == ["王某下午在家"]
    (told,) = await Post(people, "second").all()
    assert (told["kind"], told["number"], told["from"], told["all"]) == ("transfer", number, "seat", False)
    clerk = await people.raw("clerk")
    await clerk.fetchval("SELECT desk.erase(gen_random_uuid(), $1, '本人要求')", number)
    await clerk.close()
    assert await Post(people, "second").unread() == [None]
    assert await people.database.owner.fetchval("SELECT count(text) FROM gridseat.message") == 0


async def test_messages_are_forgotten_after_a_month(people: Cast) -> None:
    seat, sweep = Post(people, "seat"), "SELECT desk.sweep()"
    await people.hire("second")
    await seat.send("second", "旧事")
    raw = await people.raw("boss")
    for days, left in ((30, ["旧事"]), (31, [])):
        await people.database.freeze(later(days=days))
        await raw.fetchval(sweep)
        assert [one["text"] for one in await seat.all()] == left
    await raw.close()
