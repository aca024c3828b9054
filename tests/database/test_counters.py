"""The counters: whatever happens and wherever the fold stands, a board says what the cases say."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random
from typing import Any

import pytest

from console.connection import Connection
from console.errors import Problem
from console.indicators.indicator import BOARDS, indicators
from tests.database.boards import NANLOU, ZHENGDING, board
from tests.database.cast import MONDAY, PEOPLE, Cast, later
from tests.database.counting import FOLD, faults, fold
from tests.database.test_machine import HOURS, LOGINS, UNITS, Hands
from tests.database_fixtures import report
from tests.waiting import SECONDS

PERIODS = (1, 2, 8)
PLACES = {"city_boss": ("1301", "130123", "130125"), "seat": ("130123", "130123101", "130123201001")}
PLACES |= {"duty": ("1301", "130123201", "130123-D02")}
KINDS, WEIGHTS = ("go", "some", "act", "said", "time", "fold", "killed", "cut"), (9, 4, 4, 2, 4, 3, 1, 1)
STEPS, STRETCH = 110, 22
WAITING = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
  AND pg_blocking_pids(pid) @> ARRAY[pg_backend_pid()]
"""
WITHOUT_CASES = ("grids", "workers", "staffed", "covered")
RANKED = "SELECT desk.board_figures($1, '130123', 62, NULL, $2)"
COUNT = "SELECT count(*) FROM desk.board_cases($1, $2, $3, 62)"
ROAD = {
    "reported": "accept",
    "accepted": "dispatch",
    "dispatched": "acknowledge",
    "handling": "feedback",
    "handled": "verify",
    "verified": "close",
}


@asynccontextmanager
async def uncounted(owner: Connection) -> AsyncIterator[None]:
    """Let every board count its cases one by one meanwhile."""
    await owner.execute("UPDATE gridseat.fold SET epoch = NULL")
    yield
    await owner.execute("UPDATE gridseat.fold SET epoch = gridseat.epoch()")


async def compare(people: Cast, logins: list[str], days: int) -> None:
    """Ask every board by the counters and by the cases: both say the same."""
    for login in logins:
        desk = await people.desk(login)
        asked = [(name, place) for name in BOARDS for place in PLACES.get(login, (None,))]

        async def read(raw: Connection) -> list[dict[str, Any]]:
            return [await board(raw, name, place, days) for name, place in asked]  # noqa: B023  called at once

        kept = await desk.call(read)
        async with uncounted(people.database.owner):
            told = await desk.call(read)
        for question, one, other in zip(asked, kept, told, strict=True):
            assert one == other, (login, question, days)


class Days:
    """Random days of a county, with folds that come, go and are killed between."""

    def __init__(self, people: Cast, seed: int) -> None:
        self.people = people
        self.dice = Random(seed)
        self.now = MONDAY
        self.hands = Hands(people, [])
        self.owner = people.database.owner

    async def begin(self) -> None:
        """Report cases here and there: restricted, without a place, of a centre beside their place."""
        for login in (*LOGINS, *PEOPLE):
            if login != "duty":
                await self.people.hire(login)
        urgent = {"class": "突发事件/交通事故"}
        kinds: list[dict[str, object]] = [{**NANLOU}, {**ZHENGDING}, {}, {**NANLOU, "restricted": True}]
        kinds += [{**NANLOU, "centre": "130123101"}, {**ZHENGDING, **urgent}]
        for facts in kinds * 2:
            number = await report(await self.people.desk("duty"), **{"centre": "130123", **facts})
            self.hands.cases.append(number)

    async def step(self) -> None:
        """Let one thing happen."""
        kind = self.dice.choices(KINDS, WEIGHTS)[0]
        case, pick = self.dice.randrange(len(self.hands.cases) - 1), self.dice.randrange(6)
        number = self.hands.cases[case]
        match kind:
            case "go":
                await self.go_on(number)
            case "some":
                await self.hands.go_somewhere(self.dice.choice(LOGINS), case, pick)
            case "act":
                await self.whatever(number, pick)
            case "said":
                answer = {"contacted": "yes", "solved": "yes", "satisfied": self.dice.choice(("yes", "no"))}
                await self.perform("duty", "follow-up", number, answer)
            case "time":
                self.now = later(self.now, hours=self.dice.choice(HOURS), seconds=pick * 13)
                await self.people.database.freeze(self.now)
            case "fold":
                await self.owner.fetchval(FOLD, self.dice.choice((1, 3, 100)))
            case "killed":
                await self.killed()
            case "cut":
                await self.cut(number)

    async def go_on(self, number: int) -> None:
        """Take the next step on the road, as 值班, who may."""
        action = ROAD.get(await self.people.status(number), "note")
        args = {"dispatch": {"unit": UNITS[self.dice.randrange(2)]}, "close": {"result": "解决"}}
        await self.perform("duty", action, number, args.get(action, {"text": "记"}))

    async def whatever(self, number: int, pick: int) -> None:
        """Do what moves a case to other places, other eyes and other figures."""
        options: list[tuple[str, dict[str, object]]] = [
            ("classify", {**(NANLOU, ZHENGDING)[pick % 2], "class": "公共安全/火情"}),
            ("classify", {"restricted": True}),
            ("dispatch", {"unit": UNITS[pick % 2], "reason": "改派"}),
            ("rework", {"reason": "未清"}),
            ("reopen", {"reason": "又来"}),
            ("force-close", {"reason": "因故"}),
            ("hand-down", {"to": "130123201"}),
            ("escalate", {"reason": "跨县"}),
            ("copy", {"to": "130125"}),
            ("claim", {}),
            ("task-force", {"member": "second"}),
            ("cancel", {"reason": "重复"}),
        ]
        action, args = self.dice.choice(options)
        await self.perform("duty", action, number, args)

    async def perform(self, login: str, action: str, number: int, args: dict[str, Any]) -> None:
        with suppress(Problem):
            await self.people.do(login, action, number, **args)

    async def killed(self) -> None:
        """Kill a folder that has folded and not yet committed."""
        folder = await self.people.database.cluster.open(self.people.database.name)
        await folder.execute("BEGIN")
        await folder.fetchval(FOLD, 50)
        assert await self.owner.fetchval(FOLD, 50) == 0, "one at a time"
        assert await self.owner.fetchval("SELECT pg_terminate_backend($1, 9000)", folder.get_server_pid())
        folder.terminate()

    async def cut(self, number: int) -> None:
        """End the connection of whoever is in the midst of an action; they do it again on a new one."""
        await self.owner.execute("BEGIN")
        await self.owner.execute("SELECT FROM gridseat.incident WHERE number = $1 FOR UPDATE", number)
        async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as both:
            going = both.create_task(self.perform("duty", "note", number, {"text": "记"}))
            while not going.done() and await self.owner.fetchval(WAITING) is None:
                pass
            await self.owner.fetch(f"SELECT pg_terminate_backend(w.pid, 9000) FROM ({WAITING}) AS w")
            await self.owner.execute("ROLLBACK")


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_days_count_as_the_cases_do(people: Cast, seed: int) -> None:
    days = Days(people, seed)
    await days.begin()
    await fold(days.owner)
    logins = ["city_boss", "seat", "town_seat", "beside", "second", "unit", "grid", "screen", "duty"]
    for n in range(STEPS):
        await days.step()
        if n % STRETCH == STRETCH - 1:
            await compare(people, days.dice.sample(logins, 3), days.dice.choice(PERIODS))
            assert await faults(days.owner) == []
    await fold(days.owner)
    assert await days.owner.fetchval("SELECT gridseat.unfolded('Asia/Shanghai', 0)") == []
    assert await days.owner.fetchval("SELECT count(*) FROM gridseat.tally") > 0
    for place, period in enumerate(PERIODS):
        await compare(people, logins[place::3], period)
    raw = await people.raw("duty")
    assert await raw.fetch("SELECT * FROM desk.check()") == []
    if seed == 1:
        await every_bar(raw)
    await raw.close()


async def every_bar(raw: Connection) -> None:
    """Ask for the cases behind each bar of every figure's ranking: exactly its number."""
    bars = 0
    for key, one in indicators().items():
        if one.sums or one.kind == "span" or key in WITHOUT_CASES:
            continue
        document = json.loads(await raw.fetchval(RANKED, one.board, key))
        asked = [
            (key, figure["numerator"], "130123") for figure in document["figures"] if figure["key"] == key
        ]
        for row in document["ranking"]["rows"]:
            asked.append((key, row["numerator"], row["code"]))
            if one.kind == "rate":
                asked.append((f"{key}:of", row["denominator"], row["code"]))
        for question, number, place in asked:
            assert await raw.fetchval(COUNT, one.board, question, place) == number, (question, place)
            bars += number > 0
    assert bars > len(indicators()) / 2
