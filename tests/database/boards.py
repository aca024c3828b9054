"""What the tests of the boards share: cases made by hand, people signed in, questions asked."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report

NANLOU = {"point": [114.55, 38.11], "datum": "WGS-84"}  # 南楼乡, 韩家庄村
ZHENGDING = {"point": [114.51, 38.11], "datum": "WGS-84"}  # 正定镇, 恒山社区
SignIn = Callable[[str], Awaitable[asyncpg.Connection]]
DAY = "2026-11-18"  # a Wednesday; 街面秩序/游商 is handled within 2 hours round the clock


async def at(database: Database, time: str) -> None:
    await database.freeze(f"{DAY}T{time}+08:00")


async def dispatched(database: Database, duty: Desk, time: str, **args: object) -> int:
    """Report, accept and dispatch a case at ``time``; its handling falls due two hours later."""
    await at(database, time)
    number = await report(duty, **{**NANLOU, **args})
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局")
    return number


async def handled(database: Database, duty: Desk, number: int, time: str) -> None:
    await at(database, time)
    await act(duty, "acknowledge", number)
    await act(duty, "feedback", number, text="已劝离")


async def closed(database: Database, duty: Desk, number: int, time: str) -> None:
    await at(database, time)
    await act(duty, "verify", number)
    await act(duty, "close", number)


async def board(
    person: asyncpg.Connection, name: str, place: str | None = "130123", days: int = 1
) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        await person.fetchval("SELECT desk.board_figures($1, $2, $3)", name, place, days)
    )
    return found


async def figures(
    person: asyncpg.Connection, name: str, place: str | None = "130123", days: int = 1
) -> dict[str, Any]:
    """Return each figure as its value or, for a rate, as (cases that meet it, cases it is taken of).

    Of how long something took: (seconds of the median, cases).
    """
    found = (await board(person, name, place, days))["figures"]
    return {
        f["key"]: (f["value"], f["numerator"])
        if "p90" in f
        else f["value"]
        if f["denominator"] is None
        else (f["numerator"], f["denominator"])
        for f in found
    }


async def cases(person: asyncpg.Connection, figure: str, place: str | None, days: int = 1) -> list[int]:
    rows = await person.fetch(
        "SELECT number FROM desk.board_cases('incidents', $1, $2, $3)", figure, place, days
    )
    return sorted(row[0] for row in rows)


@pytest.fixture
async def sign_in(database: Database) -> AsyncIterator[SignIn]:
    """Give a way in for people by login; connections end with the test."""
    opened: list[asyncpg.Connection] = []

    async def enter(login: str) -> asyncpg.Connection:
        opened.append(await database.as_person(login))
        return opened[-1]

    yield enter
    for connection in opened:
        await connection.close()


@pytest.fixture
async def lead(database: Database, sign_in: SignIn) -> asyncpg.Connection:
    """Give the county's supervisor."""
    await database.add("lead", "seat supervisor", "130123")
    return await sign_in("lead")
