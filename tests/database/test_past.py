"""The board of a past moment is the board that was seen then, as far as the timelines tell it."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from console.feed.board_row import Row
from console.feed.past import Asking, Past
from tests.database.cast import MONDAY, Cast, later, limit
from tests.database.consoles import console_at
from tests.database.test_machine import ACTIONS, LOGINS, Hands, sweep

UNTOLD = {"claim_until", "urged"}  # by no entry: null
HERE: dict[str, object] = {"point": [114.545, 38.105], "datum": "WGS-84"}
THERE: dict[str, object] = {"point": [114.505, 38.105], "datum": "WGS-84"}
VILLAGE: dict[str, object] = {"place": "常山西路", "at_organisation": "130123101001"}
SOON: dict[str, object] = {"text": "接通", "callback": "2027-01-04T09:00:00+08:00"}
MAIN = 1001
UNDO = "undo what was done just before"

# A day of one case, and what another meets: after each step the board is looked at.
STORY: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("seat", "claim", {}),
    ("seat", "call", SOON),
    ("seat", "transfer", {"to": "second"}),
    ("second", "classify", THERE),
    ("second", "classify", {"place": "府前街", "priority": 1}),
    ("second", "release", {}),
    ("seat", "remind", {"text": "又来电"}),
    ("seat", "hand-down", {"to": "130123201", "reason": "属地"}),
    ("seat", UNDO, {}),
    ("seat", "hand-down", {"to": "130123201", "reason": "属地"}),
    ("town_seat", "escalate", {"reason": "超出权限"}),
    ("seat", "call", {"text": "接通"}),
    ("seat", "accept", {}),
    ("seat", "dispatch", {"unit": "城管局"}),
    ("seat", UNDO, {}),
    ("seat", "dispatch", {"unit": "公安局"}),
    ("seat", "dispatch", {"unit": "城管局", "reason": "改派"}),
    ("seat", UNDO, {}),
    ("helper", "acknowledge", {}),
    ("helper", "return", {"reason": "非职责"}),
    ("boss", "grant", {}),
    ("seat", "dispatch", {"unit": "130123201001001"}),
    ("grid", "acknowledge", {}),
    ("grid", "extend", {"limit": limit(0.25, "continuous"), "reason": "人手不足"}),
    ("boss", "grant", {}),
    ("grid", "suspend", {"limit": limit(2, "continuous"), "reason": "等材料"}),
    ("boss", "grant", {}),
    ("boss", "resume", {}),
    ("seat", "classify", {"class": "街面秩序/游商", "priority": 3, **VILLAGE}),
    ("grid", "feedback", {"text": "已劝离"}),
    ("seat", "rework", {"reason": "复发"}),
    ("grid", "acknowledge", {}),
    ("seat", "attach-report", {"to": MAIN}),
    ("seat", "detach-report", {"reason": "两件事"}),
    ("boss", "force-close", {"reason": "现场已清"}),
    ("boss", UNDO, {}),
    ("boss", "force-close", {"reason": "现场已清"}),
    ("seat", "reopen", {"reason": "复发"}),
)


@dataclass
class Witness:
    """Looks at the board through the eyes of several people, and compares what it remembers."""

    people: Cast
    eyes: dict[str, asyncpg.Connection]
    now: str = MONDAY
    seen: list[tuple[str, dict[str, dict[int, dict[str, Any]]]]] = field(default_factory=list)

    async def pass_time(self, hours: float) -> None:
        """Let time go, and the sweep write down what it has changed."""
        self.now = later(self.now, hours=hours)
        await self.people.database.freeze(self.now)
        await sweep(self.eyes["robot"])

    async def look(self) -> None:
        """Remember the board as it is; nothing more may happen at this instant."""
        self.seen.append((self.now, {who: await board(raw) for who, raw in self.eyes.items()}))

    async def agrees(self) -> None:
        """Hold the past against what was seen: of the cases that each sees today, and of no other."""
        sees = {
            who: {row[0] for row in await raw.fetch("SELECT number FROM gridseat.incident")}
            for who, raw in self.eyes.items()
        }
        for at, boards in self.seen:
            every = {number: row for rows in boards.values() for number, row in rows.items()}
            for who, raw in self.eyes.items():
                past = await board(raw, datetime.fromisoformat(at))
                assert past.keys() == every.keys() & sees[who], (at, who)
                for number in past.keys() & boards[who].keys():
                    assert past[number] == boards[who][number], (at, who, number)
                for number, row in past.items():
                    assert row.items() >= {**every[number], "mine": row["mine"]}.items(), (at, who, number)

    async def leave(self) -> None:
        for raw in self.eyes.values():
            await raw.close()


async def board(raw: asyncpg.Connection, at: datetime | None = None) -> dict[int, dict[str, Any]]:
    """Return the rows of the board by number, today's or that of ``at``, less what is not told."""
    question = "SELECT * FROM desk.past($1)" if at else "SELECT * FROM desk.board()"
    rows = await raw.fetch(question, *([at] if at else []))
    return {row["number"]: {key: row[key] for key in set(row.keys()) - UNTOLD} for row in rows}


async def witness(people: Cast, *logins: str) -> Witness:
    return Witness(people, {login: await people.raw(login) for login in ("robot", *logins)})


async def test_a_day_of_a_case_is_told_step_by_step(people: Cast) -> None:
    """Undone moves, other centres, units, places and clocks: each as it was in between."""
    one = await witness(people)
    for login in ("second", "boss", "town_seat", "helper"):
        await people.hire(login)
    assert await people.report(title="主件") == MAIN
    case = await people.report(**HERE)
    command = None
    for who, action, args in STORY:
        await one.pass_time(0.002)
        told = {"command": str(command)} if action == UNDO else args
        command = uuid.uuid4()
        await people.do(who, "undo" if action == UNDO else action, case, **told, command_id=command)
        await one.look()
    await one.agrees()
    await one.leave()


async def test_whatever_is_done_the_past_is_what_was_seen(people: Cast) -> None:
    """Some days by chance, the same each time."""
    chance = random.Random(7)
    one = await witness(people, "town_seat", "unit")
    cases = [await people.at(status, **HERE) for status in ("reported", "accepted", "handling", "suspended")]
    hands = Hands(people, cases)
    for step in range(36):
        if step % 6 == 0:
            await one.pass_time(chance.choice((0.05, 0.2, 1, 5, 30)))
            cases.append(await people.report(**chance.choice((HERE, THERE))))
            hands.cases = chance.sample(cases, 2)
        case, pick = chance.randrange(2), chance.randrange(30)
        if chance.random() < 0.8:
            await hands.go_somewhere(chance.choice(LOGINS), case, pick)
        else:
            await hands.act((chance.choice(LOGINS), chance.choice(ACTIONS), case, pick % 6, False))
        if step % 6 == 5:
            await one.look()
    await one.agrees()
    await one.leave()


async def test_the_facts_between_lead_from_one_board_to_the_next(people: Cast) -> None:
    """Page by page, each with the case as it stood then; and what the caller does not see is not told."""
    one = await witness(people, "seat", "beside")
    raw, start = one.eyes["seat"], datetime.fromisoformat(MONDAY)
    for hours in (0.1, 0.2, 24):
        await one.pass_time(hours)
        await people.at("handling", **HERE)
        await one.look()
    for at, boards in one.seen:
        end, after, known = datetime.fromisoformat(at), None, await board(raw, start)
        came = start
        while facts := await raw.fetch("SELECT * FROM desk.past_facts($1, $2, $3, 2)", came, end, after):
            came, after = facts[-1]["at"], facts[-1]["id"]
            for fact in facts:
                stood = {k: v for k, v in fact["stood"].items() if k not in UNTOLD}
                known[stood["number"]] = stood
        assert known == boards["seat"]
    density = await raw.fetch("SELECT * FROM desk.past_density($1, $2, 3600)", start, end)
    told = await raw.fetch("SELECT * FROM desk.past_facts($1, $2)", start, end)
    assert sum(row["entries"] for row in density) == len(told)
    assert [fact["action"] for fact in told[:3]] == ["report", "accept", "dispatch"]
    assert await one.eyes["beside"].fetch("SELECT * FROM desk.past_facts($1, $2)", start, end) == []
    await one.leave()


async def test_what_is_restricted_today_is_not_told_of_yesterday(people: Cast) -> None:
    one = await witness(people, "second")
    number = await people.report()
    await one.pass_time(1)
    await people.do("seat", "classify", number, restricted=True)
    seen, blind = people.database.owner, one.eyes["second"]
    at = datetime.fromisoformat(MONDAY)
    assert await seen.fetchval("SELECT count(*) FROM gridseat.timeline WHERE number = $1", number) == 2
    assert await board(blind, at) == {}
    span = datetime.fromisoformat(later(hours=-1)), datetime.fromisoformat(later(hours=1))
    assert await blind.fetch("SELECT * FROM desk.past_facts($1, $2)", *span) == []
    assert await blind.fetch("SELECT * FROM desk.past_density($1, $2, 60)", *span) == []
    await one.leave()


async def test_a_place_from_before_such_were_told_is_told_by_its_point(people: Cast) -> None:
    one = await witness(people)
    number = await people.report(place="府前街", **HERE)
    await one.pass_time(1)
    await people.do("seat", "classify", number, **VILLAGE, **THERE)
    await people.database.owner.execute("UPDATE gridseat.timeline SET facts = facts - 'from_place'")
    rows = await board(one.eyes["robot"], datetime.fromisoformat(MONDAY))
    row = rows[number]
    assert (row["place"], row["grid_code"], row["community"]) == (
        "府前街",
        "130123201001001",
        "韩家庄村民委员会",
    )
    assert (row["lon"], row["lat"]) == (114.545, 38.105)
    await one.leave()


async def test_what_is_to_come_has_no_board(people: Cast) -> None:
    one = await witness(people)
    for at, code in ((later(hours=1), "in_the_future"), (None, "instant_needed")):
        with pytest.raises(asyncpg.PostgresError, match=code):
            await one.eyes["robot"].fetch("SELECT * FROM desk.past($1)", at and datetime.fromisoformat(at))
    await one.leave()


async def test_a_suspension_that_is_over_and_not_written_down_is_over(people: Cast) -> None:
    number = await people.at("suspended")
    raw = await people.raw("seat")
    await people.database.freeze(later(hours=240))
    (row,) = (await board(raw, datetime.fromisoformat(later(hours=239)))).values()
    assert (row["number"], row["status"]) == (number, "handling")
    await raw.close()


async def test_a_console_looks_back(people: Cast, tmp_path: Path) -> None:
    """Over a line of its own: the board of an instant, the facts since, and how many there were when."""
    number = await people.at("handling", **HERE)
    await people.database.freeze(later(hours=2))
    await people.do("unit", "feedback", number, text="已劝离")
    begin, end = (datetime.fromisoformat(at).timestamp() for at in (MONDAY, later(hours=2)))
    async with console_at(people.database, tmp_path) as (console, _told):
        past = Past(Asking(console.past.board, console.past.facts, lambda: end))
        await past.seek(begin)
        assert [row.status for row in rows(past)] == ["handling"]
        assert (fact := await past.step(1)) is not None
        assert (fact.action, fact.actor, fact.before, fact.row.status) == (
            "feedback",
            "unit",
            "handling",
            "handled",
        )
        assert past.at == end
        assert [row.status for row in rows(past)] == ["handled"]
        assert await console.past.density(begin - 3600, end, 3) == [0, 4, 1]


def rows(past: Past) -> list[Row]:
    return [past.board.row_at(int(slot)) for slot in past.board.all_slots()]
