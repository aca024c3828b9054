"""Any sequence of actions, by anybody, two at a time and with time passing, leaves every case legal."""

import asyncio
import json
import uuid
from collections.abc import Coroutine
from typing import Any, ClassVar, TypeVar

import asyncpg
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from console.errors import OutOfReach, Problem
from tests.database.cast import MONDAY, ROAD, Cast, later, limit
from tests.database.legal import RULES, check

T = TypeVar("T")
Move = tuple[str, str, int, int, bool]
SETTINGS = settings(
    max_examples=18,
    stateful_step_count=25,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # the steps as they were tell enough, and shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)
LOGINS = ("seat", "second", "boss", "city_boss", "unit", "helper", "grid", "duty")
STARTS = ("reported", "accepted", "dispatched", "handling", "handled", "suspended")
UNITS = ("城管局", "公安局", "130123201001001")
CLASSES = ("街面秩序/游商", "公共安全/火情", "街面秩序/违规牌匾")
HOURS = (0.004, 0.2, 1, 3, 9, 30, 120)
WHY: dict[str, object] = {"reason": "因故"}
FIXED: dict[str, dict[str, object]] = {
    "answer": {"text": "答"},
    "check": {"result": "true"},
    "confirm": {"result": "asked"},
    "consult": {"text": "商", "result": "定"},
    "copy": {"to": "130125"},
    "feedback": {"text": "办"},
    "hand-down": {"to": "130123201"},
    "note": {"text": "记"},
    "refer": {"to": "110"},
    "supervise": {"card": "red"},
    "task-force": {"member": "second"},
    "transfer": {"to": "second"},
}
NEED_A_REASON = {"cancel", "claim", "detach-report", "force-close", "refuse", "reject", "reopen", "return"}
NEED_A_REASON |= {"reveal", "rework", "unmerge", "withdraw"}
KEYS: set[str] = {key for key, *_ in RULES} - {"attach", "call", "instruct"}
ACTIONS = [*sorted(KEYS), "undo", "grant", "suspend", "merge"]
# What keeps a case going: such steps are taken often, so that others meet cases that have come far.
GOING = {
    "accept",
    "dispatch",
    "designate",
    "acknowledge",
    "return",
    "extend",
    "suspend",
    "grant",
    "refuse",
    "resume",
}
GOING |= {
    "feedback",
    "rework",
    "verify",
    "close",
    "reopen",
    "unmerge",
    "detach-report",
    "classify",
    "consult",
}
MOVE = st.tuples(
    st.sampled_from(LOGINS), st.sampled_from(ACTIONS), st.integers(0, 1), st.integers(0, 5), st.booleans()
)


def told(action: str, pick: int, other: int, command: str) -> dict[str, object]:
    """Return something to tell ``action``, varied by ``pick``."""
    unit = {"unit": UNITS[pick % 3], **WHY}
    varied: dict[str, dict[str, object]] = {
        "attach-report": {"to": other},
        "classify": {"class": CLASSES[pick % 3]},
        "designate": unit,
        "dispatch": {**unit, "with": [UNITS[(pick + 1) % 3]] if pick % 2 else []},
        "extend": {"limit": limit(0.25 + pick % 6), **WHY},
        "follow-up": {"contacted": ("yes", "no")[pick % 2]},
        "link": {"to": other},
        "merge": {"into": other},
        "suspend": {"limit": limit(2 + 8 * (pick % 6)), **WHY},
        "undo": {"command": command},
    }
    return varied.get(action, WHY if action in NEED_A_REASON else FIXED.get(action, {}))


class Hands:
    """Does what the machine decides, and remembers what was done."""

    def __init__(self, people: Cast, cases: list[int]) -> None:
        self.people = people
        self.cases = cases
        self.done: list[tuple[str, str]] = [("seat", str(uuid.uuid4()))]

    async def act(self, move: Move, version: int | None = None) -> None:
        """Try it; whatever is refused is refused in words."""
        who, action, case, pick, _ = move
        mine = [id_ for login, id_ in self.done if login == who] or [self.done[-1][1]]
        await self.tell(who, action, case, told(action, pick, self.cases[1 - case], mine[-1]), version)

    async def tell(
        self, who: str, action: str, case: int, args: dict[str, object], version: int | None = None
    ) -> None:
        """Try ``action`` with these ``args``."""
        id_ = uuid.uuid4()
        try:
            await self.people.do(who, action, self.cases[case], **args, version=version, command_id=id_)
        except OutOfReach:
            raise
        except Problem:
            return
        self.done.append((who, str(id_)))

    async def go_on(self, case: int) -> None:
        """Take the next step along the road, if the case is on it."""
        status = await self.people.status(self.cases[case])
        stops = ["reported", *(reached for reached, *_ in ROAD)]
        if status in stops[:-1]:
            _, who, action, _ = ROAD[stops.index(status)]
            await self.act((who, action, case, 0, False))

    async def go_somewhere(self, who: str, case: int, pick: int) -> None:
        """Do one of the things that this person may do now and that keep the case going."""
        number, desk = self.cases[case], await self.people.desk(who)
        try:
            told = await desk.call(lambda raw: raw.fetchval("SELECT desk.incident($1) ->> 'legal'", number))
        except Problem:
            return  # not for these eyes
        legal = sorted(set(json.loads(told)) & GOING)
        waits = (await self.people.row(number))["pending"] is not None
        if waits and "grant" in legal and pick % 2:
            await self.act((who, "grant", case, pick, False))
        elif legal:
            await self.act((who, legal[pick % len(legal)], case, pick, False))

    async def version(self, move: Move) -> int | None:
        """Return the version that this person saw, if it looked."""
        return int((await self.people.row(self.cases[move[2]]))["version"]) if move[4] else None


class Days(RuleBasedStateMachine):
    """The machine runs in a thread; the connections live in the loop of the test."""

    people: ClassVar[Cast]
    sweeper: ClassVar[asyncpg.Connection]
    loop: ClassVar[asyncio.AbstractEventLoop]

    def wait(self, task: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(task, self.loop).result(60)

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: str) -> None:
        self.now = MONDAY
        self.wait(self.people.database.freeze(self.now))
        self.hands = Hands(
            self.people, [self.wait(self.people.at(start)), self.wait(self.people.at("reported"))]
        )

    @rule(move=MOVE)
    def act(self, move: Move) -> None:
        self.wait(self.hands.act(move, self.wait(self.hands.version(move))))

    @rule(one=MOVE, other=MOVE, apart=st.sampled_from([False, False, True]))
    def act_at_once(self, one: Move, other: Move, apart: bool) -> None:
        if not apart:
            other = (*other[:2], one[2], *other[3:])

        async def both() -> None:
            versions = [await self.hands.version(one), await self.hands.version(other)]
            await asyncio.gather(self.hands.act(one, versions[0]), self.hands.act(other, versions[1]))

        if one[0] != other[0]:
            self.wait(both())

    @rule(
        steps=st.lists(st.tuples(st.sampled_from(LOGINS), st.integers(0, 1), st.integers(0, 30)), max_size=8)
    )
    def go_somewhere(self, steps: list[tuple[str, int, int]]) -> None:
        for who, case, pick in steps:
            self.wait(self.hands.go_somewhere(who, case, pick))

    @rule(case=st.integers(0, 1))
    def go_on(self, case: int) -> None:
        self.wait(self.hands.go_on(case))

    @rule(hours=st.sampled_from(HOURS))
    def pass_time(self, hours: float) -> None:
        self.now = later(self.now, hours=hours)
        self.wait(self.people.database.freeze(self.now))

    @rule()
    def sweep(self) -> None:
        self.wait(sweep(self.sweeper))

    @invariant()
    def legal(self) -> None:
        if hasattr(self, "hands"):
            self.wait(check(self.people, self.hands.cases))


async def sweep(raw: asyncpg.Connection) -> None:
    await raw.fetchval("SELECT desk.sweep()")


async def test_whatever_is_done_the_cases_stay_legal(people: Cast) -> None:
    for login in LOGINS:
        await people.desk(login)
    Days.people, Days.sweeper, Days.loop = people, await people.raw("robot"), asyncio.get_running_loop()
    await asyncio.to_thread(run_state_machine_as_test, Days, settings=SETTINGS)
    await Days.sweeper.close()
