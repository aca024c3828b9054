"""A board by class, type, channel, unit, day and hour: parts of the whole, each with exactly its cases."""

import json
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.indicators.parts import PARTS
from tests.database.boards import board, dispatched
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database.test_board_map import lively
from tests.database_fixtures import Database, act

BOARDS = ("incidents", "operations")
CASES = "SELECT count(*) FROM desk.board_cases($1, $2, '130123', 2)"


async def parts(person: asyncpg.Connection, name: str, by: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = "SELECT desk.board_parts($1, $2, '130123', 2, $3, $4)"
    found = await person.fetchval(asked, name, by, more.get("until"), more.get("figures"))
    return {row["part"]: row["figures"] for row in json.loads(found)["rows"]}


async def test_parts_add_up_and_each_drills_down_to_its_number(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await lively(database, duty, kept=True)
    for name in BOARDS:
        whole = {one["key"]: one for one in (await board(lead, name, days=2))["figures"]}
        for by in PARTS:
            found = await parts(lead, name, by)
            told = [(part, key, facts) for part, row in found.items() for key, facts in row.items()]
            assert told
            for key in {key for _part, key, _facts in told} if by != "unit" else ():
                for number in ("numerator", "denominator"):
                    of_parts = [facts[number] for _part, of, facts in told if of == key]
                    assert sum(one or 0 for one in of_parts) == (whole[key][number] or 0), (name, by, key)
            for part, key, facts in told[:: 1 if by in ("class", "day") else 3]:
                question = f"{key}/{by}={part}"
                assert await lead.fetchval(CASES, name, question) == facts["numerator"], question
                if facts["denominator"] is not None:
                    assert await lead.fetchval(CASES, name, f"{question}:of") == facts["denominator"]


async def test_parts_are_the_same_before_and_after_the_fold_and_for_onlookers(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await lively(database, duty)
    before = {(name, by): await parts(lead, name, by) for name in BOARDS for by in PARTS}
    secret = await dispatched(database, duty, "13:00", restricted=True)
    await act(duty, "claim", secret)
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        for (name, by), known in before.items():
            assert await parts(lead, name, by) == known, (name, by, folded)
    spans = await parts(lead, "incidents", "class", figures=["to_close", "received"])
    assert set(spans["街面秩序"]) == {"to_close", "received"}
    assert spans["街面秩序"]["to_close"]["p90"] == pytest.approx(50 * 60, rel=0.031), "both took 50 minutes"


async def test_a_past_day_by_parts_is_as_of_its_end(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    numbers = [await dispatched(database, duty, "09:00") for _ in range(2)]
    await database.freeze("2026-11-19T09:00+08:00")
    await act(duty, "force-close", numbers[0], reason="因故")
    day = await lead.fetchval("SELECT '2026-11-18'::date")
    found = await parts(lead, "incidents", "day", until=day, figures=["received", "closing"])
    assert found == {
        "2026-11-18": {
            "received": {"value": 2, "numerator": 2, "denominator": None, "p90": None},
            "closing": {"value": 0, "numerator": 0, "denominator": 2, "p90": None},
        }
    }


@pytest.mark.parametrize("by", ["day", "hour"])
async def test_by_day_and_hour_nothing_is_told_of_the_present(
    database: Database, duty: Desk, lead: asyncpg.Connection, by: str
) -> None:
    await dispatched(database, duty, "09:00")
    await database.freeze("2026-11-25T09:00+08:00")
    now = set(await parts(lead, "incidents", "class", figures=["open", "overdue"]))
    assert now == {"街面秩序"}, "it is open and overdue a week later"
    day = await lead.fetchval("SELECT '2026-11-20'::date")
    assert await parts(lead, "incidents", by, until=day) == {}, "nothing was so on the two days up to then"
    with pytest.raises(asyncpg.PostgresError, match="figure_of_now"):
        await parts(lead, "incidents", by, figures=["received", "open"])


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("('weather', 'class', NULL, 1)", "board_unknown"),
        ("('incidents', 'colour', NULL, 1)", "split_unknown"),
        ("('incidents', NULL, NULL, 1)", "split_unknown"),
        ("('incidents', 'class', NULL, 1, NULL, '{love}')", "figure_not_split"),
        ("('people-houses', 'class', NULL, 1, NULL, '{residents}')", "figure_not_split"),
        ("('incidents', 'class', '1301', 1)", "outside_your_tree"),
    ],
)
async def test_wrong_questions(lead: asyncpg.Connection, question: str, code: str) -> None:
    with pytest.raises(asyncpg.PostgresError, match=code):
        await lead.fetchval(f"SELECT desk.board_parts{question}")
