"""Whatever order commits come in and whatever is killed: nothing missed, nothing twice, nothing stale."""

import asyncio
import itertools
import json
import random
import time
import uuid
from dataclasses import dataclass, field

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.database.cast import PEOPLE
from tests.database.following import Follower, following
from tests.database_fixtures import Database
from tests.waiting import until

WRITERS = 3
WATCHERS = ("city_seat", "seat", "town_seat", "beside", "unit")
ACT = "SELECT desk.act($1, $2, $3, NULL, $4::text::jsonb)::text"
REPORT = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/游商"}

# What a writer does to a case of its own; a rule may refuse it, then its transaction does nothing.
DEEDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("note", {"text": "已电话联系"}),
    ("accept", {}),
    ("dispatch", {"unit": "城管局"}),
    ("acknowledge", {}),
    ("classify", {"priority": "2"}),
    ("classify", {"restricted": "true"}),
    ("classify", {"restricted": "false"}),
    ("hand-down", {"to": "正定县", "reason": "属地处置"}),
    ("escalate", {"reason": "超出权限"}),
    ("copy", {"to": "130125"}),
    ("remind", {"text": "催办"}),
    ("cancel", {"reason": "重复录入"}),
)

writers = st.integers(0, WRITERS - 1)
report = st.tuples(st.just("report"), writers, st.sampled_from(["1301", "130123", "130123201", "130125"]))
deed = st.tuples(st.just("deed"), writers, st.integers(0, len(DEEDS) - 1))
commit = st.tuples(st.just("commit"), writers, st.none())
misfortune = st.one_of(
    st.tuples(st.just("rollback"), writers, st.none()),
    st.tuples(st.sampled_from(["kill", "restart"]), st.sampled_from(WATCHERS), st.none()),
    st.tuples(st.just("forge"), writers, st.none()),
)
moves = st.one_of(report, report, deed, deed, commit, commit, misfortune)


@dataclass
class Writer:
    """A connection that leaves its transaction open until told; it works on cases of its own."""

    raw: asyncpg.Connection
    open: bool = False
    cases: list[int] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)  # of the open transaction
    done: int = 0  # actions that no rule refused

    async def act(self, action: str, number: int | None, args: dict[str, object]) -> None:
        """Perform inside the open transaction."""
        if not self.open:
            await self.raw.execute("BEGIN")
            self.open = True
        await self.raw.execute("SAVEPOINT deed")
        try:
            answer = await self.raw.fetchval(ACT, uuid.uuid4(), action, number, json.dumps(args))
        except asyncpg.PostgresError as error:
            assert error.sqlstate == "GS001", error  # noqa: PT017  a rule may say no, nothing else
            await self.raw.execute("ROLLBACK TO deed")
            return
        self.done += 1
        if number is None:
            self.fresh.append(json.loads(answer)["number"])

    async def end(self, how: str) -> None:
        if self.open:
            await self.raw.execute(how)
            self.open = False
        if how == "COMMIT":
            self.cases += self.fresh
        self.fresh = []


async def hire(database: Database, *logins: str) -> None:
    for login in logins:
        if not await database.owner.fetchval("SELECT true FROM gridseat.person WHERE login = $1", login):
            await database.add(login, *PEOPLE[login])


async def kill(database: Database, login: str) -> None:
    await database.owner.execute(
        "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity AS a"
        " JOIN gridseat.person AS p ON p.role = a.usename WHERE p.login = $1",
        login,
    )


async def play(database: Database, script: list[tuple[str, object, object]]) -> None:
    """Let the writers and the misfortunes of ``script`` happen while five people follow."""
    await hire(database, *WATCHERS)
    hands = [Writer(await database.as_person("duty")) for _ in range(WRITERS)]
    watchers = {login: Follower(database.door(login)) for login in WATCHERS}
    last = await database.owner.fetchval("SELECT coalesce(max(id), 0) FROM gridseat.timeline")
    async with following(*watchers.values()):
        for what, who, how in script:
            if what == "kill":
                await kill(database, str(who))
            elif what == "restart":
                await watchers[str(who)].stop()
                watchers[str(who)].start()
            else:
                await write(hands[int(str(who))], what, how)
            if what == "commit":
                await asyncio.gather(*(watcher.looks() for watcher in watchers.values()))
        for hand in hands:
            await hand.end("COMMIT")
        for watcher in watchers.values():
            await watcher.agrees()
        await nothing_twice(database, watchers, last)
    for hand in hands:
        await hand.raw.close()


async def write(hand: Writer, what: str, how: object) -> None:
    if what == "report":
        await hand.act("report", None, REPORT | {"centre": how})
    elif what == "deed" and (cases := hand.cases + hand.fresh):
        action, args = DEEDS[int(str(how))]
        await hand.act(action, cases[-1], dict(args))
    elif what == "forge":
        await hand.raw.execute("NOTIFY gridseat_look, 'all is well'")
    elif what in {"commit", "rollback"}:
        await hand.end(what.upper())


async def nothing_twice(database: Database, watchers: dict[str, Follower], last: int) -> None:
    """Each case was told at most once for each of its entries, and no board was read anew to hide a gap."""
    rows = await database.owner.fetch(
        "SELECT number, count(*) AS n FROM gridseat.timeline WHERE id > $1 GROUP BY number", last
    )
    entries = {row["number"]: row["n"] for row in rows}
    for login, watcher in watchers.items():
        assert watcher.reloads == 1, login
        for number, times in watcher.told.items():
            assert times <= entries[number], (login, number)


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(script=st.lists(moves, min_size=10, max_size=30))
async def test_nothing_is_missed_nothing_twice_nothing_stale(
    database: Database, script: list[tuple[str, object, object]]
) -> None:
    await play(database, script)


@pytest.mark.parametrize("first", ["kill", "restart", "forge"])
async def test_commits_out_of_order_wait_for_the_first(database: Database, first: str) -> None:
    await hire(database, "seat")
    one, (a, b) = Follower(database.door("seat")), [Writer(await database.as_person("duty")) for _ in "ab"]
    async with following(one):
        await write(a, "report", "130123")
        await write(b, "report", "130123")
        await write(b, "commit", None)
        await one.looks()
        assert not one.shown(), "what is not committed may come before"
        if first == "kill":
            await kill(database, "seat")
        elif first == "restart":
            await one.stop()
            one.start()
        else:
            await write(b, "forge", None)
        await write(a, "commit", None)
        assert set(await one.agrees()) == {*a.cases, *b.cases}
    assert set(one.told.values()) == {1}
    for hand in (a, b):
        await hand.raw.close()


LISTENERS, HANDS, EACH = 20, 6, 120
RATE = 200.0  # actions a second, all hands together


async def test_twenty_listeners_under_two_hundred_actions_a_second(
    database: Database, record_property: pytest.FixtureRequest
) -> None:
    """One is killed and one restarted on the way; the rate reached is reported, equality is asserted."""
    await hire(database, *WATCHERS)
    logins = itertools.islice(itertools.cycle(WATCHERS), LISTENERS)
    watchers = [Follower(database.door(login), poll_seconds=0.2) for login in logins]
    async with following(*watchers):
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            hands = [group.create_task(busy(database, n, began)) for n in range(HANDS)]
            await until(lambda: len(watchers[1].told) > LISTENERS)
            await watchers[0].stop()
            await until(lambda: len(watchers[1].told) > 2 * LISTENERS)
            watchers[0].start()
            await kill(database, "town_seat")
        done, spent = sum(hand.result() for hand in hands), time.monotonic() - began
        settled = time.monotonic()
        for watcher in watchers:
            await watcher.agrees()
    rate = f"{done / spent:.0f} actions a second, agreed {time.monotonic() - settled:.1f} s later"
    record_property("rate", rate)  # type: ignore[operator]
    print(rate)
    assert all(watcher.reloads == 1 for watcher in watchers)
    assert done == HANDS * EACH


async def busy(database: Database, seed: int, began: float) -> int:
    """Act at a sixth of the rate, or as fast as the machine can; return how many actions were done."""
    chance, hand = random.Random(seed), Writer(await database.as_person("duty"))
    while hand.done < EACH:
        if not hand.cases or chance.random() < 0.3:
            await write(hand, "report", chance.choice(["1301", "130123", "130123201", "130125"]))
        elif chance.random() < 0.5:
            await write(hand, "deed", 0)
        else:
            await write(hand, "deed", chance.randrange(len(DEEDS)))
        await hand.end("COMMIT")
        await asyncio.sleep(max(0.0, began + hand.done * HANDS / RATE - time.monotonic()))
    await hand.raw.close()
    return hand.done
