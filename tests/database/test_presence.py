"""Who sits where and looks at which case: told in one trip, old after half a minute."""

import asyncio
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from console.app import Console
from console.database.door import role_of
from console.desk.desk import Desk
from console.desk.presence import Around, Presence
from console.desk.together import Together
from console.settings import Settings
from tests.database.cast import Cast, later
from tests.waiting import until

NOTHING: dict[str, list[object]] = {"looking": [], "messages": [], "handover": []}


async def attend(people: Cast, login: str, number: int | None = None) -> dict[str, Any]:
    raw = await people.raw(login)
    found = json.loads(await raw.fetchval("SELECT desk.attend($1)::text", number))
    await raw.close()
    return dict(found)


async def seats(people: Cast, login: str) -> dict[str, dict[str, Any]]:
    raw = await people.raw(login)
    rows = await raw.fetch("SELECT * FROM desk.seats()")
    await raw.close()
    return {row["login"]: dict(row) for row in rows}


async def looking(people: Cast, login: str) -> list[tuple[int, str]]:
    return [(one["number"], one["login"]) for one in (await attend(people, login))["looking"]]


async def test_colleagues_see_who_looks_at_a_case_until_it_is_left_or_half_a_minute_has_passed(
    people: Cast,
) -> None:
    number = await people.at("reported")
    assert await attend(people, "seat", number) == NOTHING
    (one,) = (await attend(people, "second", number))["looking"]
    since = one.pop("since")
    assert one == {"number": number, "name": "seat", "login": "seat"}
    await people.database.freeze(later(seconds=20))
    await attend(people, "seat", number)
    assert (await attend(people, "boss"))["looking"][0]["since"] == since, "it goes on"
    await people.database.freeze(later(seconds=40))
    assert await looking(people, "boss") == [(number, "seat")]
    await people.database.freeze(later(seconds=55))
    assert await looking(people, "boss") == []
    await attend(people, "seat", number)
    assert (await attend(people, "boss"))["looking"][0]["since"] > since, (
        "a look after an absence is a new one"
    )
    await attend(people, "seat")
    assert await looking(people, "boss") == []


async def test_only_who_sees_a_case_learns_who_looks_and_only_seats_are_seen(people: Cast) -> None:
    open_, hidden = await people.at("dispatched"), await people.report(restricted=True)
    await attend(people, "seat", hidden)
    assert await looking(people, "second") == [], "restricted: named seats only"
    await attend(people, "second", hidden)
    assert await looking(people, "seat") == [], "nobody is seen at what they cannot see"
    await attend(people, "seat", open_)
    for login in ("unit", "stranger", "screen", "clerk", "robot"):
        assert await attend(people, login, open_) == NOTHING
    assert await looking(people, "beside") == [], "another centre"
    assert await looking(people, "town_seat") == [(open_, "seat")], "a case of the centre above is seen"
    assert await people.database.owner.fetchval("SELECT count(*) FROM gridseat.presence") == 4


async def test_no_entry_is_written_and_nobody_reads_the_table(people: Cast) -> None:
    number = await people.at("reported")
    await attend(people, "seat", number)
    assert await people.story(number) == ["report"]
    for table in ("presence", "message", "message_to", "handover"):
        assert not await people.database.owner.fetchval(
            "SELECT bool_or(has_table_privilege(p.role, $1, 'select')) FROM gridseat.person AS p "
            "WHERE p.login <> '系统'",
            f"gridseat.{table}",
        )


async def test_the_load_of_each_seat(people: Cast) -> None:
    urgent, late = await people.report(**{"class": "突发事件/积水"}), await people.report(title="占道")
    ended, hidden = await people.at("reported"), await people.report(restricted=True)
    await people.do("seat", "answer", ended, text="已答复")
    for number in (urgent, late, hidden):
        await people.do("seat", "claim", number)
    await attend(people, "seat", hidden)
    await people.hire("town_seat")
    await people.database.freeze(later(minutes=9))
    await attend(people, "boss", urgent)
    own = await seats(people, "second")
    assert set(own) == {"seat", "second", "boss"}, "one's own centre"
    seat = own["seat"]
    load = {"claims": 2, "urgent": 1, "overdue": 0, "near": 0, "done_today": 1}
    assert seat.items() >= (load | {"looking": None, "signed_in": None}).items()
    assert (seat["name"], seat["organisation"]) == ("seat", "正定县")
    assert seat["oldest_claim"].isoformat() == "2026-11-23T01:00:00+00:00"
    assert (own["boss"]["looking"], own["boss"]["signed_in"] is not None) == (urgent, True)
    assert set(await seats(people, "boss")) == {"seat", "second", "boss", "town_seat"}, "the subtree"
    assert (await seats(people, "seat"))["seat"]["claims"] == 3, "one's own restricted case counts"
    assert (await seats(people, "duty"))["duty"]["organisation"] is None
    for login in ("unit", "screen", "clerk"):
        assert await seats(people, login) == {}
    await people.database.freeze(later(days=1))
    assert (await seats(people, "boss"))["seat"]["done_today"] == 0


async def test_a_console_says_where_its_seat_is_and_hears_of_the_others(people: Cast, tmp_path: Path) -> None:
    number = await people.at("reported")
    settings = Settings(state=tmp_path, poll_seconds=0.1, attend_seconds=20, prefix=people.database.name)
    console = Console(settings, people.database.door("duty"))
    await console.start()
    heard: list[Around] = []
    stop = console.presence.listen(heard.append)
    try:
        await attend(people, "seat", number)
        console.presence.look_at(number)
        await until(lambda: bool(heard))
        assert [one["login"] for one in console.presence.around.at(number)] == ["seat"]
        assert console.presence.around.at(number + 1) == []
        assert console.presence.around.names() == {number: ["seat"]}
        assert await looking(people, "seat") == [(number, "duty")]
        console.presence.look_at(number)
        sent = await console.together.send("seat", "收到请回")
        assert (await console.reads.messages())[0]["id"] == sent["id"]
        await Together(await people.desk("seat"), console.presence.attend).send("duty", "收到")
        await until(lambda: [one["text"] for one in console.presence.around.messages] == ["收到"])
        stop()
        assert {one["login"] for one in await console.reads.seats()} == {"duty", "seat"}
    finally:
        await console.stop()
    assert await looking(people, "seat") == [], "who signs out looks at nothing, and not only after a while"
    assert all(one != after for one, after in pairwise(heard)), "told of changes alone"


async def test_an_outage_passes_in_silence_and_what_was_heard_stays(people: Cast) -> None:
    number = await people.at("reported")
    await people.hire("boss")
    door = people.database.door("boss")
    desk = Desk(door, patience=0.05)
    presence = Presence(desk, 0.02)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(presence.run())
        await attend(people, "seat", number)
        await until(lambda: bool(presence.around.looking))
        door.shut = True
        await people.database.owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1",
            role_of(door.prefix, "boss"),
        )
        await attend(people, "seat")
        await until(lambda: door.refused > 1)
        assert presence.around.at(number), "as it was heard last"
        presence.look_at(number)
        await presence.leave()  # keeps nobody waiting
        door.shut = False
        await until(lambda: not presence.around.looking)
        running.cancel()
    await desk.close()
