"""Scores by hand: 0.25 closing + 0.25 on time + 0.25 (100 - rework) + 0.15 satisfaction + 10 volume."""

import json
from datetime import date
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.indicators.standing import counted, parse, part_text, sum_text
from tests.database.boards import ZHENGDING, SignIn, at, cases, closed, dispatched, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database_fixtures import Database, act

EVEN = '{"closing": 20, "on_time": 20, "rework": 20, "satisfied": 20, "volume": 20}'


async def scores(person: asyncpg.Connection, group: str = "department", days: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        await person.fetchval("SELECT desk.scores('130123', $1, $2)", group, days)
    )
    return found


async def six_of_one_two_of_another(database: Database, duty: Desk) -> None:
    """城管局 has six: five handled in time, one of them after a rework; one never. 公安局 two, both late."""
    ours = [await dispatched(database, duty, "09:00") for _ in range(6)]
    theirs = [await dispatched(database, duty, "09:00", **ZHENGDING) for _ in range(2)]
    for number in theirs:
        await act(duty, "dispatch", number, unit="公安局", reason="改派")
    for number in ours[:5]:
        await handled(database, duty, number, "09:30")
    await act(duty, "rework", ours[0], reason="仍在占道")
    await handled(database, duty, ours[0], "10:00")
    for number in ours[:5]:
        await closed(database, duty, number, "10:10")
    await act(duty, "follow-up", ours[0], contacted="yes", solved="yes", satisfied="no")
    await act(duty, "follow-up", ours[1], contacted="yes", solved="yes", satisfied="yes")
    for number in theirs:
        await handled(database, duty, number, "14:00")
    await at(database, "15:00")


async def test_two_departments_by_hand(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    await six_of_one_two_of_another(database, duty)
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        told = await scores(lead)
        assert told["median"] == 4, "of 6 and 2"
        ours, theirs = [row for row in told["rows"] if row["cases"]]
        # 城管局: closing 5/6, on time 5/6, rework 1/5, satisfied 1/2, volume min(1, 6/4) = 1:
        # 25 × 0.8333 + 25 × 0.8333 + 25 × 0.8 + 15 × 0.5 + 10 = 20.83 + 20.83 + 20 + 7.5 + 10 = 79.2
        assert (ours["name"], ours["cases"], ours["score"], ours["grade"], ours["place"]) == (
            "城管局", 6, 79.2, "B", 1,
        )  # fmt: skip
        assert {key: part["points"] for key, part in ours["parts"].items()} == {
            "closing": 20.83, "on_time": 20.83, "rework": 20, "satisfied": 7.5, "volume": 10,
        }  # fmt: skip
        told_of = {key: (part["numerator"], part["denominator"]) for key, part in ours["parts"].items()}
        assert told_of == {
            "closing": (5, 6), "on_time": (5, 6), "rework": (4, 5), "satisfied": (1, 2), "volume": (6, 4),
        }  # fmt: skip
        # 公安局: closing 0/2, on time 0/2, rework 0/2, nobody asked, volume 2/4; of the 85 points left:
        # (0 + 0 + 25 + 5) / 85 = 35.3; two cases are too few for a place.
        assert (theirs["name"], theirs["cases"], theirs["score"], theirs["grade"], theirs["place"]) == (
            "公安局", 2, 35.3, None, None,
        )  # fmt: skip
        assert theirs["parts"]["satisfied"]["value"] is None
    assert all(row["score"] is None for row in told["rows"] if not row["cases"]), "without cases listed apart"


async def test_every_number_opens_exactly_its_cases(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """What the arithmetic counts and what desk.board_cases lists: for a unit and for a township."""
    await six_of_one_two_of_another(database, duty)
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        for group in ("department", "township"):
            standing = parse(await scores(lead, group))
            asked = 0
            for unit in (one for one in standing.units if one.cases):
                place = "130123" if group == "department" else unit.code
                for part in unit.parts:
                    for number in counted(group, unit, part):
                        found = await cases(lead, number.figure, place)
                        assert number.count == len(found), (unit.name, number, found)
                        asked += 1
            assert asked == 2 * (4 * 3 + 1)


async def test_the_arithmetic_is_written_out(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await six_of_one_two_of_another(database, duty)
    ours, theirs = [unit for unit in parse(await scores(lead)).units if unit.cases]
    assert [part_text(part) for part in ours.parts] == [
        "25 × 5 ÷ 6 = 20.83", "25 × 5 ÷ 6 = 20.83", "25 × 4 ÷ 5 = 20.00", "15 × 1 ÷ 2 = 7.50",
        "10 × min(1, 6 ÷ 4) = 10.00",
    ]  # fmt: skip
    assert sum_text(ours) == "20.83 + 20.83 + 20.00 + 7.50 + 10.00 = 79.2"
    assert sum_text(theirs) == "(0.00 + 0.00 + 25.00 + 5.00) ÷ 85 × 100 = 35.3"
    assert part_text(theirs.parts[3]) == "没有事件，不计此项"


async def test_an_appeal_stands_beside_every_score_that_its_case_is_left_out_of(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """Handled on the 18th, it falls due on the 19th, and its reporter is asked on the 20th."""
    number = await dispatched(database, duty, "23:30")
    await handled(database, duty, number, "23:40")
    await closed(database, duty, number, "23:50")
    await database.freeze("2026-11-20T09:00+08:00")
    await act(duty, "follow-up", number, contacted="yes", solved="yes", satisfied="no")
    await database.freeze("2026-11-22T09:00+08:00")
    counted_for = {"18": ["rework"], "19": ["closing", "on_time"], "20": ["satisfied"]}
    days = ("17", "18", "19", "20", "21")
    for day in days:
        assert await parts_of(lead, day) == counted_for.get(day, []), day
    await act(duty, "appeal", number, reason="道路封闭")
    await act(duty, "grant", number)
    for day in days:
        assert await parts_of(lead, day) == [], day
        asked = "SELECT number FROM desk.score_appeals('130123', 'department', 1, $1)"
        found = [row[0] for row in await lead.fetch(asked, date.fromisoformat(f"2026-11-{day}"))]
        assert found == [number] * (day in counted_for), day


async def parts_of(person: asyncpg.Connection, day: str) -> list[str]:
    """Return the parts of 城管局's score of one day that count any case."""
    asked = "SELECT desk.scores('130123', 'department', 1, $1)"
    told = json.loads(await person.fetchval(asked, date.fromisoformat(f"2026-11-{day}")))
    (ours,) = [row for row in told["rows"] if row["name"] == "城管局"]
    return sorted(key for key, part in ours["parts"].items() if part["denominator"] and key != "volume")


async def test_appeals_stand_beside_the_score(
    database: Database, duty: Desk, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    await six_of_one_two_of_another(database, duty)
    (late, other) = await cases(lead, "on_time/unit=130123-D01:rest", "130123")
    await closed(database, duty, late, "15:10")
    await act(duty, "appeal", late, reason="道路封闭")
    asked = "SELECT * FROM desk.score_appeals('130123', $1, 1)"
    (waits,) = await lead.fetch(asked, "department")
    assert (waits["unit"], waits["number"], waits["granted"], waits["reason"]) == (
        "130123-D01", late, None, "道路封闭",
    )  # fmt: skip
    assert (await scores(lead))["rows"][1]["cases"] == 2
    await act(duty, "grant", late)
    (granted,) = await lead.fetch(asked, "township")
    assert (granted["unit"], granted["granted"], granted["decided_by"]) == ("130123101", True, "值班")
    assert granted["decided_at"] is not None
    assert (await scores(lead))["rows"][1]["cases"] == 1
    assert await cases(lead, "on_time/unit=130123-D01:of", "130123") == [other]
    await database.add("town", "seat supervisor", "130123201")
    town = await database.as_person("town")
    assert not await town.fetch("SELECT * FROM desk.score_appeals(NULL, 'department', 1)")
    with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
        await town.fetch(asked, "department")
    await town.close()
    await database.add("screen", "wall", "130123")
    screen = await sign_in("screen")
    assert not await screen.fetch(asked, "department"), "a wall names no case and nobody"


async def test_townships_are_scored_by_their_area(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await six_of_one_two_of_another(database, duty)
    rows = {row["name"]: row for row in (await scores(lead, "township"))["rows"]}
    assert {name: rows[name]["cases"] for name in ("南楼乡", "正定镇")} == {"南楼乡": 6, "正定镇": 2}
    assert rows["南楼乡"]["parts"]["closing"]["numerator"] == 5


async def test_a_wall_is_told_weights_but_not_by_whom_and_why(database: Database, sign_in: SignIn) -> None:
    await database.owner.execute(
        "UPDATE gridseat.score_weight SET reason = '张三', set_by = (SELECT min(id) FROM gridseat.person)"
    )
    await database.add("screen", "wall", "130123")
    await database.add("plain", "seat", "130123")
    said = []
    for who in ("screen", "plain"):
        weights = json.loads(await (await sign_in(who)).fetchval("SELECT desk.weights()::text"))
        said.append({(one["by"] is None, one["reason"]) for one in weights})
    assert said == [{(True, "")}, {(False, "张三")}]


async def test_weights_have_a_history(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    await six_of_one_two_of_another(database, duty)
    await database.add("chief", "admin", "130123")
    chief = await database.as_person("chief")
    await chief.execute("SELECT desk.set_weights('2026-11-19', $1::jsonb, '按县考核办法')", EVEN)
    assert (await scores(lead))["rows"][0]["score"] == 79.2, "what ends before is scored as it was"
    await database.freeze("2026-11-19T09:00+08:00")
    told = await scores(lead, days=2)
    # 20 × (0.8333 + 0.8333 + 0.8 + 0.5 + 1) = 79.3
    assert told["rows"][0]["score"] == 79.3
    assert {weight["since"] for weight in told["weights"]} == {"2026-11-19"}
    history = json.loads(await lead.fetchval("SELECT desk.weights()"))
    assert {(one["since"], one["by"], one["reason"]) for one in history} == {
        ("2026-11-19", "chief", "按县考核办法"), ("2000-01-01", None, ""),
    }  # fmt: skip
    again = EVEN.replace('"closing": 20, "on_time": 20', '"closing": 0, "on_time": 40')
    await chief.execute("SELECT desk.set_weights(NULL, $1::jsonb, '更正')", again)
    # 40 × 0.8333 + 20 × (0.8 + 0.5 + 1) = 79.3
    assert (await scores(lead, days=2))["rows"][0]["parts"]["on_time"]["points"] == 33.33
    history = json.loads(await lead.fetchval("SELECT desk.weights()"))
    assert len(history) == 15, "what was replaced on the same day stays"
    with pytest.raises(asyncpg.PostgresError, match="weights_why"):
        await chief.execute("SELECT desk.set_weights(NULL, $1::jsonb, ' ')", EVEN)
    await chief.close()


@pytest.mark.parametrize(
    ("since", "weights", "code"),
    [
        (None, '{"closing": 100}', "weights_incomplete"),
        (None, EVEN.replace("20", "19"), "weights_not_hundred"),
        (None, EVEN.replace('"closing": 20', '"closing": "NaN"'), "weights_not_hundred"),
        (
            None,
            EVEN.replace('"closing": 20, "on_time": 20', '"closing": -10, "on_time": 50'),
            "weights_not_hundred",
        ),
        ("2026-01-01", EVEN, "weights_in_the_past"),
    ],
)
async def test_wrong_weights_change_nothing(
    database: Database, since: str | None, weights: str, code: str
) -> None:
    await database.add("chief", "admin", "130123")
    chief = await database.as_person("chief")
    with pytest.raises(asyncpg.PostgresError, match=code):
        await chief.execute("SELECT desk.set_weights($1::text::date, $2::jsonb, 'x')", since, weights)
    assert {one["since"] for one in json.loads(await chief.fetchval("SELECT desk.weights()"))} == {
        "2000-01-01"
    }
    await chief.close()


async def test_only_an_administrator_sets_weights(lead: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.PostgresError, match="admin_needed"):
        await lead.execute("SELECT desk.set_weights(NULL, $1::jsonb, 'x')", EVEN)
    with pytest.raises(asyncpg.PostgresError, match="group_unknown"):
        await lead.fetchval("SELECT desk.scores(NULL, 'village', 30)")
