"""The feed: what one console does, every other console's board shows, whatever happens between them."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import pytest

from console.database import processes
from console.database.embedded import EmbeddedServer
from console.database.faults import LOST
from console.desk.desk import Desk
from console.feed.listener import Link
from tests.database.cast import Cast
from tests.database.following import Follower, following
from tests.database_fixtures import Database, act, report
from tests.waiting import Stopwatch, until, until_told

NOTICED_SECONDS = 5.0


async def test_a_report_appears_and_a_closed_case_leaves(database: Database, duty: Desk) -> None:
    one = Follower(database.door("duty"))
    async with following(one):
        number = await report(duty)
        await until(lambda: number in one.board)
        await act(duty, "reject", number, reason="重复")
        await until(lambda: number not in one.board)


async def followers(people: Cast, *logins: str) -> dict[str, Follower]:
    for login in logins:
        await people.hire(login)
    return {login: Follower(people.database.door(login)) for login in logins}


async def sight(all_: dict[str, Follower], number: int) -> set[str]:
    """Tell on whose boards the case is, once each board is what a fresh read gives."""
    for one in all_.values():
        await one.agrees()
    return {login for login, one in all_.items() if number in one.board}


SEATS = ("city_seat", "seat", "town_seat", "beside")


async def test_centres_above_and_below_follow_a_case_and_centres_beside_do_not(people: Cast) -> None:
    all_ = await followers(people, *SEATS, "unit", "helper", "stranger")
    async with following(*all_.values()):
        number = await people.report(centre="130123")
        assert await sight(all_, number) == {"city_seat", "seat", "town_seat"}
        await people.walk(number, "dispatched")
        assert await sight(all_, number) == {"city_seat", "seat", "town_seat", "unit", "helper"}
        await people.do("boss", "dispatch", number, unit="消防救援大队", reason="应由消防处置")
        assert await sight(all_, number) == {"city_seat", "seat", "town_seat", "stranger"}
        await people.do("seat", "copy", number, to="行唐县")
        assert await sight(all_, number) == {"city_seat", "seat", "town_seat", "stranger", "beside"}


async def test_a_case_of_the_city_that_is_handed_down_leaves_the_boards_of_the_other_county(
    people: Cast,
) -> None:
    all_ = await followers(people, *SEATS)
    async with following(*all_.values()):
        number = await people.report("city_seat", centre="1301")
        assert await sight(all_, number) == set(SEATS)
        await people.do("city_boss", "hand-down", number, to="正定县", reason="属地处置")
        assert await sight(all_, number) == {"city_seat", "seat", "town_seat"}


async def test_a_case_that_becomes_restricted_stays_with_the_named_and_the_units_desk(people: Cast) -> None:
    all_ = await followers(people, *SEATS, "second", "unit")
    async with following(*all_.values()):
        number = await people.at("handling")
        assert await sight(all_, number) == {"city_seat", "seat", "second", "town_seat", "unit"}
        await people.do("seat", "classify", number, restricted="true")
        assert await sight(all_, number) == {"seat", "unit"}
        told = {login: one.told[number] for login, one in all_.items()}
        await people.do("seat", "note", number, text="报案人要求保密")
        await people.do("seat", "task-force", number, member="second")
        assert await sight(all_, number) == {"seat", "second", "unit"}
        for login in ("city_seat", "town_seat"):
            assert all_[login].told[number] == told[login], "not even that something happened"


@pytest.mark.parametrize("way", ["merge", "close", "cancel"])
async def test_a_case_that_ends_leaves_every_board(people: Cast, way: str) -> None:
    all_ = await followers(people, *SEATS, "unit")
    async with following(*all_.values()):
        number = await people.at("verified" if way == "close" else "handling")
        assert "unit" in await sight(all_, number)
        if way == "merge":
            await people.do("seat", "merge", number, into=await people.report(title="主件"))
        elif way == "close":
            await people.do("seat", "close", number, result="解决")
        else:
            await people.do("seat", "cancel", number, reason="重复录入")
        assert await sight(all_, number) == set()


async def test_a_department_below_does_not_open_a_neighbours_case_to_its_county(people: Cast) -> None:
    all_ = await followers(people, "seat", "unit")
    async with following(*all_.values()):
        number = await people.report("beside", centre="130125")
        await people.do("beside", "accept", number)
        await people.do("beside", "dispatch", number, unit="130125-D02", **{"with": ["130123-D02"]})
        assert await sight(all_, number) == {"unit"}
        assert all_["seat"].told[number] == 0


async def test_a_renewed_claim_is_read_again_when_its_first_end_has_passed(
    database: Database, duty: Desk
) -> None:
    await database.owner.execute("INSERT INTO gridseat.setting VALUES ('claim_minutes', '1')")
    one = Follower(database.door("duty"))
    async with following(one):
        number = await report(duty)
        await act(duty, "claim", number)
        await one.agrees()
        await one.looks()  # what it will be told of the claim itself it has been told
        await database.run_on("45 seconds")
        await duty.call(lambda raw: raw.execute("SELECT desk.renew($1)", [number]))
        told = one.told[number]
        await database.run_on("70 seconds")
        await one.stop()  # a new connection asks for the time
        one.start()
        await one.agrees()
        assert one.told[number] == told + 1
        assert one.reloads == 1


async def test_a_moved_tree_reloads_every_board(database: Database, duty: Desk) -> None:
    one = Follower(database.door("duty"))
    async with following(one):
        number = await report(duty, centre="130123201")
        await until(lambda: number in one.board)
        await database.owner.execute(
            "UPDATE gridseat.organisation SET name = '南楼镇', alias = NULL WHERE code = '130123201';"
            "SELECT gridseat.lock_tree(); SELECT gridseat.renumber_tree()"
        )
        row = one.board.row(number)
        assert row is not None
        assert row.centre != "南楼镇"
        await one.agrees()


def backends(login: str) -> str:
    """Return the question for the processes that serve ``login`` as a listener."""
    return (
        "SELECT a.pid FROM pg_stat_activity AS a JOIN gridseat.person AS p ON p.role = a.usename"
        f" WHERE p.login = '{login}' AND a.pid <> pg_backend_pid()"
    )


async def test_a_killed_listener_goes_on_where_it_stood(database: Database, duty: Desk) -> None:
    await database.add("seat", "seat", "1301")
    one = Follower(database.door("seat"))
    async with following(one):
        for _ in range(3):
            first = await report(duty)
            await database.owner.execute(f"SELECT pg_terminate_backend(x.pid) FROM ({backends('seat')}) AS x")
            second = await report(duty)
            await until(lambda: {first, second} <= set(one.shown()))  # noqa: B023  called at once
        await one.agrees()
        assert Link.LOST in one.links
    assert one.reloads == 1, "what was missed came from the cursor"
    assert set(one.told.values()) == {1}, "and nothing twice"


async def test_forged_hints_prove_nothing_and_cost_little(database: Database, duty: Desk) -> None:
    await database.add("seat", "seat", "1301")
    one = Follower(database.door("duty"))
    forger = await database.as_person("seat")
    async with following(one):
        number = await report(duty)
        await until(lambda: number in one.board)
        heard, began = len(one.links), time.monotonic()
        for _ in range(300):
            await forger.execute("SELECT pg_notify('gridseat_look', '{\"number\": 1, \"gone\": true}')")
        looks, spent = len(one.links) - heard, time.monotonic() - began
        await one.agrees()
        assert looks <= spent / 0.02 + 2, "at most fifty looks a second"
        assert one.told == {number: 1}
    await forger.close()


@contextmanager
def frozen(pids: set[int]) -> Iterator[None]:
    """Stop these processes of the server without ending them."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("whole", [True, False], ids=["server", "backend"])
async def test_a_frozen_server_is_noticed_and_comes_back(
    database: Database, duty: Desk, *, whole: bool
) -> None:
    await database.add("seat", "seat", "1301")
    one = Follower(database.door("seat"), poll_seconds=1.0)
    async with following(one):
        first = await report(duty)
        await until(lambda: first in one.board)
        pids = {row["pid"] for row in await database.owner.fetch(backends("seat"))}
        if whole:
            assert isinstance(database.cluster.server, EmbeddedServer)
            pids = processes.of(database.cluster.server._cluster.data)
        with frozen(pids):
            async with Stopwatch() as watch:
                await until(lambda: one.feed.pulse.link is Link.LOST)
            assert watch.seconds < NOTICED_SECONDS
        second = await report(duty)
        await until(lambda: second in one.board)
        await one.agrees()
    assert one.told == {first: 1, second: 1}


async def test_a_long_transaction_holds_the_feed_back_and_the_sweep_ends_it(
    database: Database, duty: Desk
) -> None:
    await database.add("seat", "seat", "1301")
    one = Follower(database.door("duty"))
    holder = await database.as_person("seat")
    async with following(one):
        await holder.execute("BEGIN")
        await holder.execute("SELECT desk.sweep()")  # nobody else may sweep while this stands
        await holder.execute(ACT, '{"title": "占道", "channel": "phone", "class": "街面秩序/游商"}')
        assert not await terminated(holder, duty), "others may write for ten seconds"
        number = await report(duty)
        await one.stop()  # a new connection asks for the age of the data
        one.start()
        await until(lambda: one.feed.pulse.behind > 0)
        assert number not in one.board, "entries are told in order: what is not committed may come before"
        await until_told(lambda: database.owner.fetchval("SELECT gridseat.horizon_age() > 10"))
        assert await terminated(holder, duty)
        await until(lambda: number in one.board)
        assert set(await one.agrees()) == {number}


ACT = "SELECT desk.act(gen_random_uuid(), 'report', NULL, NULL, $1::text::jsonb)"


async def terminated(holder: asyncpg.Connection, sweeper: Desk) -> bool:
    """Sweep, and tell whether the holder's connection was ended by it."""
    await sweeper.call(lambda raw: raw.execute("SELECT desk.sweep()"))
    try:
        await holder.fetchval("SELECT 1")
    except (*LOST, asyncpg.PostgresError):
        return True
    return False
