"""Nobody learns from a board what a list would not show."""

import json

import asyncpg
import pytest

from console.desk.desk import Desk
from console.indicators.indicator import BOARDS
from tests.database.boards import NANLOU, SignIn, at, board, cases, dispatched, figures
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import faults, fold
from tests.database_fixtures import Database, act, report


async def test_restricted_cases_do_not_leak_through_figures(
    database: Database, duty: Desk, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    secret = await dispatched(database, duty, "09:00", restricted=True)
    await at(database, "12:00")
    named = await sign_in("duty")
    for name in BOARDS:
        unnamed = await board(lead, name)
        assert not any(f["numerator"] for f in unnamed["figures"] if f["cases"])
        assert not any(row["denominator"] for row in unnamed["ranking"]["rows"])
    assert await cases(lead, "closing:of", "130123") == []
    assert await cases(named, "closing:of", "130123") == [secret]


async def test_people_of_no_organisation_begin_everywhere_where_organisations_part(
    database: Database, duty: Desk
) -> None:
    async def begins() -> str:
        asked = "SELECT desk.board_figures('incidents', NULL, 8)"
        told = json.loads(await duty.call(lambda raw: raw.fetchval(asked)))["organisation"]["code"]
        assert json.loads(await duty.call(lambda raw: raw.fetchval("SELECT desk.whoami()")))["home"] == told
        return str(told)

    assert await begins() == "1301", "two counties"
    await database.owner.execute("UPDATE gridseat.organisation SET parent_id = NULL WHERE code = '130125'")
    await database.owner.execute("SELECT gridseat.renumber_tree()")
    assert await begins() == "130123", "of a city that holds but one county, the county"


DOCUMENTS = [
    *(f"desk.board_figures('{name}', '130123', 8)" for name in BOARDS),
    *(f"desk.board_parts('incidents', '{by}', '130123', 8)" for by in ("unit", "hour")),
    *(
        f"""(SELECT array_agg((u.*)::text ORDER BY u.code)
             FROM desk.board_map('{figure}', 'grid', '130123', 8) AS m
             CROSS JOIN unnest(m.codes, m."values", m.numerators, m.denominators) AS u (code, v, n, d))"""
        for figure in ("received", "open", "on_time")
    ),
    *(f"desk.scores('130123', '{group}', 8)" for group in ("department", "township")),
    "(SELECT jsonb_agg(to_jsonb(u)) FROM desk.unit_records('130123', 8) AS u)",
    "(SELECT jsonb_agg(to_jsonb(w)) FROM desk.staff_records('130123', 8) AS w)",
]
LIFE: tuple[tuple[str, dict[str, object]], ...] = (
    ("claim", {}),
    ("accept", {}),
    ("dispatch", {"unit": "公安局"}),
    ("acknowledge", {}),
    ("feedback", {"text": "已办"}),
    ("rework", {"reason": "未清"}),
    ("acknowledge", {}),
    ("feedback", {"text": "再办"}),
    ("verify", {}),
    ("close", {}),
    ("follow-up", {"contacted": "yes", "solved": "no", "satisfied": "no"}),
    ("appeal", {"reason": "不公"}),
    ("grant", {}),
)


async def test_what_a_restricted_case_goes_through_changes_no_figure(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """No document of those who are not named changes by a letter, so no difference tells of it either."""
    known = await dispatched(database, duty, "09:00")
    await at(database, "12:00")
    asking = "SELECT " + ", ".join(f"{one}::text" for one in DOCUMENTS)
    before = await lead.fetchrow(asking)
    secret = await report(duty, **{**NANLOU, "class": "突发事件/交通事故", "restricted": True})
    for n, (action, args) in enumerate(LIFE):
        if n % 4 == 0:
            assert await lead.fetchrow(asking) == before, action
            await fold(database.owner)
        await act(duty, action, secret, **args)
    assert await lead.fetchrow(asking) == before
    assert await faults(database.owner) == []
    await act(duty, "classify", known, restricted=True)
    assert (await figures(lead, "incidents"))["received"] == 0, "what is restricted now leaves every figure"


async def test_nobody_reads_another_subtree(database: Database, duty: Desk, sign_in: SignIn) -> None:
    await dispatched(database, duty, "09:00")
    await database.add("xingtang", "seat supervisor", "130125")
    await database.add("town", "seat supervisor", "130123101")
    await database.add("police", "unit", "130123-D01")
    neighbour, town, police = [await sign_in(who) for who in ("xingtang", "town", "police")]
    assert (await figures(neighbour, "incidents", None))["received"] == 0
    assert (await figures(town, "incidents", None))["received"] == 0
    assert (await figures(police, "incidents", None))["received"] == 0, "城管局 leads the case"
    for person, place in ((neighbour, "130123"), (town, "130123"), (town, "130123201"), (police, "130123")):
        with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
            await board(person, "incidents", place)
        with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
            await cases(person, "received", place)


async def test_a_department_sees_what_it_leads(
    database: Database, duty: Desk, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    number = await dispatched(database, duty, "09:00")
    await at(database, "12:00")
    await database.add("cg", "unit", "130123-D02")
    unit = await sign_in("cg")
    assert (await figures(unit, "incidents", None))["closing"] == (0, 1)
    assert await cases(unit, "closing:of", None) == [number]
    assert (await figures(lead, "incidents", "130123-D02"))["closing"] == (0, 1)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("desk.board_figures('weather', NULL, 1)", "board_unknown"),
        ("desk.board_figures('incidents', NULL, 0)", "bad_days"),
        ("desk.board_figures('incidents', '月球', 1)", "no_such_unit"),
        ("desk.board_cases('incidents', 'love', NULL, 1)", "figure_unknown"),
        ("desk.board_cases('incidents', 'closing:all', NULL, 1)", "figure_unknown"),
        (
            "desk.board_cases('incidents', 'received/class=''); DROP TABLE gridseat.link; --', NULL, 1)",
            "figure_unknown",
        ),
        ("desk.board_cases('incidents', 'received/class=無此類', NULL, 1)", "figure_unknown"),
        ("desk.board_figures('incidents', NULL, 1, '2099-01-01')", "bad_until"),
        ("desk.board_figures('incidents', NULL, 1, NULL, 'love')", "figure_unknown"),
    ],
)
async def test_wrong_questions(lead: asyncpg.Connection, question: str, code: str) -> None:
    with pytest.raises(asyncpg.PostgresError, match=code):
        await lead.fetch(f"SELECT {question}")
