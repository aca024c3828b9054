"""People of the small county, each at a desk of their own, and the road that a case goes with them."""

import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from console.desk.command import Command
from console.desk.desk import Desk
from console.errors import Problem
from tests.database_fixtures import Database

MONDAY = "2026-11-23T09:00:00+08:00"
PNG = b"\x89PNG\r\n\x1a\n and what follows"

# login: positions, organisation, grid
PEOPLE = {
    "seat": ("seat", "130123", None),
    "second": ("seat", "130123", None),
    "boss": ("supervisor", "130123", None),
    "city_seat": ("seat", "1301", None),
    "city_boss": ("supervisor", "1301", None),
    "town_seat": ("seat", "130123201", None),
    "town_boss": ("supervisor", "130123201", None),
    "beside": ("seat supervisor", "130125", None),
    "unit": ("unit", "130123-D02", None),
    "helper": ("unit", "130123-D01", None),
    "stranger": ("unit", "130123-D03", None),
    "grid": ("unit", "130123201001", "130123201001001"),
    "screen": ("wall", "130123", None),
    "robot": ("worker", "130123", None),
    "clerk": ("admin", "130123", None),
}

# status: who does what to bring a case there from the status before
ROAD: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("accepted", "seat", "accept", {}),
    ("dispatched", "seat", "dispatch", {"unit": "城管局", "with": ["公安局"]}),
    ("handling", "unit", "acknowledge", {}),
    ("handled", "unit", "feedback", {"text": "已劝离"}),
    ("verified", "seat", "verify", {}),
    ("closed", "seat", "close", {"result": "解决"}),
)


def later(at: str = MONDAY, **amount: float) -> str:
    """Return the instant so much after ``at``."""
    return (datetime.fromisoformat(at) + timedelta(**amount)).isoformat()


def limit(hours: float, clock: str = "working") -> dict[str, object]:
    return {"seconds": int(hours * 3600), "clock": clock}


class Cast:
    """Everybody; a person comes into being when first asked to do something."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._desks: dict[str, Desk] = {}

    async def desk(self, login: str) -> Desk:
        if login not in self._desks:
            await self.hire(login)
            self._desks[login] = Desk(self.database.door(login))
        return self._desks[login]

    async def hire(self, login: str) -> None:
        known = await self.database.owner.fetchval("SELECT true FROM gridseat.person WHERE login = $1", login)
        if not known:
            await self.database.add(login, *PEOPLE[login])

    async def raw(self, login: str) -> asyncpg.Connection:
        """Open one more connection of this person; the caller closes it."""
        await self.hire(login)
        return await self.database.as_person(login)

    async def do(self, login: str, action: str, number: int | None, **args: object) -> dict[str, Any]:
        """Perform; ``command_id``, ``version`` and ``content`` go beside the options."""
        id_, version = args.pop("command_id", None) or uuid.uuid4(), args.pop("version", None)
        content = args.pop("content", None)
        desk = await self.desk(login)
        return await desk.perform(Command(action, number, args, version, content, id_))  # type: ignore[arg-type]

    async def why(self, login: str, action: str, number: int | None, **args: object) -> Problem:
        """Perform what must be refused; return the refusal."""
        try:
            answer = await self.do(login, action, number, **args)
        except Problem as problem:
            return problem
        raise AssertionError(f"{login} could {action} {number}: {answer}")

    async def no(self, login: str, action: str, number: int | None, **args: object) -> str:
        """Perform what must be refused; return the code."""
        return (await self.why(login, action, number, **args)).code

    async def report(self, login: str = "seat", /, **args: object) -> int:
        facts = {
            "title": "商贩占道",
            "channel": "phone",
            "class": "街面秩序/违规牌匾",
            "centre": "130123",
            **args,
        }
        return int((await self.do(login, "report", None, **facts))["number"])

    async def at(self, status: str, **facts: object) -> int:
        """Report a case of the county centre and bring it to ``status``."""
        if status in {"suspended", "cancelled", "merged"}:
            number = await self.at("handling", **facts)
            await self._aside(status, number)
            return number
        number = await self.report("seat", **facts)
        if status == "rejected":
            await self.do("seat", "reject", number, reason="不属实")
        if status not in {"reported", "rejected"}:
            await self.walk(number, status)
        return number

    async def walk(self, number: int, status: str) -> None:
        """Carry a reported case along the road to ``status``."""
        for reached, who, action, args in ROAD:
            await self.do(who, action, number, **args)
            if reached == status:
                return
        raise AssertionError(f"the road does not lead to {status}")

    async def _aside(self, status: str, number: int) -> None:
        if status == "suspended":
            await self.do("unit", "suspend", number, limit=limit(24), reason="等材料")
            await self.do("boss", "grant", number)
        elif status == "merged":
            await self.do("seat", "merge", number, into=await self.report(title="主件"))
        else:
            await self.do("seat", "cancel", number, reason="重复录入")

    async def row(self, number: int) -> asyncpg.Record:
        """Return the incident's own row."""
        row = await self.database.owner.fetchrow("SELECT * FROM gridseat.incident WHERE number = $1", number)
        assert row is not None
        return row

    async def status(self, number: int) -> str:
        return str((await self.row(number))["status"])

    async def story(self, number: int) -> list[str]:
        rows = await self.database.owner.fetch(
            "SELECT action FROM gridseat.timeline WHERE number = $1 ORDER BY seq", number
        )
        return [row["action"] for row in rows]

    async def clocks(self, number: int) -> dict[str, asyncpg.Record]:
        """Return the running clocks by stage."""
        rows = await self.database.owner.fetch(
            "SELECT * FROM gridseat.clock WHERE number = $1 AND stopped_seq IS NULL", number
        )
        assert len({row["stage"] for row in rows}) == len(rows), "a stage runs twice"
        return {row["stage"]: row for row in rows}

    async def faults(self) -> list[tuple[int, int | None]]:
        """Return what verify finds in the whole database."""
        rows = await self.database.owner.fetch(
            """SELECT number, seq FROM gridseat.broken_entries(0, 999999999)
               UNION ALL SELECT number, seq FROM gridseat.broken_incidents(0, 999999999) ORDER BY 1, 2"""
        )
        return [(row["number"], row["seq"]) for row in rows]

    async def leave(self) -> None:
        for desk in self._desks.values():
            await desk.close()


@pytest.fixture
async def people(database: Database) -> AsyncIterator[Cast]:
    """Give the county's people, on a Monday morning on which time stands still."""
    await database.freeze(MONDAY)
    cast = Cast(database)
    yield cast
    await cast.leave()
