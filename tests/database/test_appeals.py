"""A unit's appeal against how a closed case counts, and what disputes end in."""

import asyncpg
import pytest

from console.desk.desk import Desk
from console.errors import BadInput, Refused
from tests.database.boards import NANLOU, at, cases, closed, dispatched, figures, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import faults, fold
from tests.database_fixtures import Database, act, report

UNIT = "130123-D02"


async def late_case(database: Database, duty: Desk) -> int:
    """Close a case that its unit handled an hour late."""
    number = await dispatched(database, duty, "09:00")
    await handled(database, duty, number, "12:00")
    await closed(database, duty, number, "12:30")
    return number


async def test_a_granted_appeal_exempts_the_case_from_the_units_figures(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    number = await late_case(database, duty)
    assert (await figures(lead, "incidents"))["on_time"] == (0, 1)
    await act(duty, "appeal", number, reason="道路封闭")
    assert (await figures(lead, "incidents"))["on_time"] == (0, 1), "what is only asked changes nothing"
    assert (await act(duty, "grant", number))["status"] == "closed"
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        found = await figures(lead, "incidents")
        assert [found[key] for key in ("closing", "on_time", "rework")] == [(0, 0)] * 3
        assert (found["received"], found["closed"]) == (1, 1), "it stays visible"
    assert await cases(lead, "closed", "130123") == [number]
    assert await faults(database.owner) == []


async def test_a_case_is_appealed_once_and_only_when_closed(database: Database, duty: Desk) -> None:
    number = await dispatched(database, duty, "09:00")
    with pytest.raises(Refused) as early:
        await act(duty, "appeal", number, reason="早了")
    assert early.value.code == "illegal_move"
    await handled(database, duty, number, "10:00")
    await closed(database, duty, number, "10:30")
    await act(duty, "appeal", number, reason="不公")
    await act(duty, "refuse", number, reason="属于该单位职责")
    with pytest.raises(Refused) as again:
        await act(duty, "appeal", number, reason="再来一次")
    assert again.value.code == "appealed_already"


async def test_the_unit_asks_and_a_supervisor_of_the_centre_decides(database: Database, duty: Desk) -> None:
    number = await late_case(database, duty)
    for login, positions, place in (
        ("unit", "unit", UNIT),
        ("other", "unit", "130123-D01"),
        ("seat", "seat", "130123201"),
        ("boss", "seat supervisor", "130123201"),
    ):
        await database.add(login, positions, place)
    unit, other, seat, boss = [Desk(database.door(login)) for login in ("unit", "other", "seat", "boss")]
    for stranger in (other, seat):
        with pytest.raises(Refused):
            await act(stranger, "appeal", number, reason="代为申诉")
    await act(unit, "appeal", number, reason="非本单位责任")
    with pytest.raises(Refused):
        await act(unit, "grant", number)
    with pytest.raises(Refused):
        await act(seat, "grant", number)
    await act(boss, "grant", number)
    for desk in (unit, other, seat, boss):
        await desk.close()


async def test_reopening_lapses_an_appeal(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    number = await late_case(database, duty)
    await act(duty, "appeal", number, reason="不公")
    assert (await act(duty, "reopen", number, reason="又来"))["pending"] is None
    assert (await figures(lead, "incidents"))["reopening"] == (1, 1)


async def test_disputes_end_with_or_without_an_agreement(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """Three disputes closed: one with an agreement, one mediated without, one not mediated."""
    for word in ("yes", "no", None):
        number = await dispatched(database, duty, "09:00", **{"class": "矛盾纠纷/邻里"})
        await handled(database, duty, number, "10:00")
        await act(duty, "verify", number)
        await act(duty, "close", number, **({"agreement": word} if word else {}))
    found = await figures(lead, "incidents")
    assert found["mediated"] == (2, 3)
    assert found["agreement"] == (1, 2)
    other = await dispatched(database, duty, "10:00")
    await handled(database, duty, other, "10:30")
    await act(duty, "verify", other)
    with pytest.raises(BadInput) as none:
        await act(duty, "close", other, agreement="yes")
    assert none.value.code == "kept_for_disputes"
    assert await report(duty, **NANLOU)
    await at(database, "11:00")
