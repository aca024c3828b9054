"""The boards: each formula by hand, and the cases behind each figure are exactly its number."""

import json

import asyncpg

from console.desk.desk import Desk
from console.indicators import words
from console.indicators.figures import parse
from console.indicators.indicator import BOARDS, Kind, indicators
from console.language import say
from tests.database.boards import NANLOU, ZHENGDING, at, board, cases, closed, dispatched, figures, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database_fixtures import Database, act, report

VOLUMES = ("received", "closed", "open", "overdue", "closing", "on_time")


async def test_an_empty_county_has_no_rates(lead: asyncpg.Connection) -> None:
    for name in BOARDS:
        for figure in (await board(lead, name))["figures"]:
            if figure["denominator"] == 0:
                assert figure["value"] is None, "nothing to divide by is a dash, not zero"
    found = await figures(lead, "incidents")
    counts = {key for key, one in indicators().items() if one.board == "incidents" and one.kind == "count"}
    spans = {key for key, one in indicators().items() if one.kind == "span"}
    assert {key: value for key, value in found.items() if value == 0} == dict.fromkeys(counts, 0)
    assert {key: value for key, value in found.items() if value == (None, 0)} == dict.fromkeys(
        spans, (None, 0)
    )
    rates = set(found) - counts - spans
    assert {found[key] for key in rates} == {(0, 0)}
    assert len(rates) == 14


async def test_five_cases_by_hand(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    in_time = await dispatched(database, duty, "09:00")
    late = await dispatched(database, duty, "09:00")
    untouched = await dispatched(database, duty, "09:00")
    await handled(database, duty, in_time, "10:00")  # due 11:00
    await closed(database, duty, in_time, "11:30")  # the centre's own delay is not the unit's
    await handled(database, duty, late, "12:00")
    await closed(database, duty, late, "12:10")
    await at(database, "12:20")
    answered = await report(duty, **NANLOU)
    await act(duty, "answer", answered, text="已答复")
    not_due = await dispatched(database, duty, "12:20")
    await at(database, "12:30")
    found = await figures(lead, "incidents")
    assert {key: found[key] for key in VOLUMES} == {
        "received": 5,
        "closed": 3,  # in time, late, answered
        "open": 2,  # untouched, not due
        "overdue": 1,  # untouched: its acknowledgement was due 09:30; that of the last at 12:50
        "closing": (2, 3),  # due by now: the three of 09:00, of which two are closed
        "on_time": (1, 3),
    }
    assert await cases(lead, "closing:of", "130123") == [in_time, late, untouched]
    assert await cases(lead, "on_time", "130123") == [in_time]
    assert await cases(lead, "on_time:rest", "130123") == [late, untouched]
    assert await cases(lead, "on_time/unit=130123-D02:of", "130123") == [in_time, late, untouched]
    assert await cases(lead, "received/hour=60", "130123") == [answered, not_due]
    assert await cases(lead, "received/class=街面秩序", None) == [in_time, late, untouched, answered, not_due]


async def test_what_is_suspended_or_withdrawn_is_not_due(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    waits, withdrawn, forced = [await dispatched(database, duty, "09:00") for _ in range(3)]
    await act(duty, "acknowledge", waits)
    await act(duty, "suspend", waits, limit={"seconds": 864000, "clock": "continuous"}, reason="等材料")
    await act(duty, "grant", waits)
    await act(duty, "withdraw", withdrawn, reason="本人撤诉")
    await at(database, "10:00")
    await act(duty, "force-close", forced, reason="重复上报")
    await at(database, "12:00")
    assert await cases(lead, "closing:of", "130123") == [forced]
    assert (await figures(lead, "incidents"))["on_time"] == (0, 1), "force is no feedback"


async def test_dispatch_is_right_unless_sent_on(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    right, sent_on, undone = [await dispatched(database, duty, "09:00") for _ in range(3)]
    await act(duty, "dispatch", sent_on, unit="公安局", reason="权责不符")
    move = "00000000-0000-4000-8000-000000000001"
    await act(duty, "dispatch", undone, unit="公安局", reason="点错", command_id=move)
    await act(duty, "undo", undone, command=move)
    assert (await figures(lead, "incidents"))["correct"] == (2, 3)
    assert await cases(lead, "correct:rest", "130123") == [sent_on]
    assert right in await cases(lead, "correct", "130123")


async def test_the_seats_figures(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    await at(database, "08:30")
    urgent = {"class": "突发事件/交通事故", **NANLOU}  # priority 1: always on duty
    quick, slow = await report(duty, **urgent), await report(duty, **urgent)
    await at(database, "08:31")
    await act(duty, "accept", quick)  # 60 s
    await at(database, "08:31:01")
    await act(duty, "accept", slow)  # 61 s
    await act(duty, "claim", slow)
    await act(duty, "dispatch", quick, unit="公安局")  # to be acknowledged within half an hour: 09:01:01
    await act(duty, "dispatch", slow, unit="公安局")
    await at(database, "09:01:01")
    await act(duty, "acknowledge", quick)
    await at(database, "09:02")
    await act(duty, "acknowledge", slow)
    found = await figures(lead, "operations")
    assert found["prompt"] == (1, 2)
    assert found["acknowledged"] == (1, 2)
    await at(database, "08:40")
    assert (await figures(lead, "operations"))["claimed"] == 0, "whoever claimed it is not there"
    for time, claimed in (("08:40", 1), ("08:41:01", 0)):
        await at(database, time)
        async with database.eyes("duty") as seat:
            await seat.execute("SELECT desk.attend()")
        assert (await figures(lead, "operations"))["claimed"] == claimed, "a claim ends after ten minutes"


async def test_change_is_against_the_same_stretch_before(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    for instant in ("2026-11-10T09:00", "2026-11-17T08:00", "2026-11-17T09:00", "2026-11-17T15:00"):
        await database.freeze(f"{instant}+08:00")
        await report(duty, **NANLOU)
    await at(database, "10:00")
    await report(duty, **NANLOU)
    received = (await board(lead, "incidents"))["figures"][0]
    # Today until 10:00 one, yesterday until 10:00 two: the one of 15:00 has no counterpart yet.
    assert (received["value"], received["before"], received["change"]) == (1, 2, -1)
    assert received["spark"] == [0] * 10 + [1]
    share = next(one for one in (await board(lead, "incidents"))["figures"] if one["key"] == "acceptance")
    assert (share["denominator"], share["before"], share["before_of"], share["change"]) == (1, 0, 2, None), (
        "few"
    )
    week = (await board(lead, "incidents", days=7))["figures"][0]
    assert (week["value"], week["before"], week["spark"]) == (4, None, [0, 0, 0, 0, 0, 3, 1])
    of_week = {one["key"]: one for one in (await board(lead, "incidents", days=7))["figures"]}
    assert of_week["open"]["spark"] == [], "by the day of report: how old they are, not how many there were"
    assert of_week["acceptance"]["spark"] == [None, None, None, None, None, 0, 0]
    assert of_week["acceptance"]["spark_of"] == [0, 0, 0, 0, 0, 3, 1], "a share of three, and one of one"
    assert of_week["received"]["spark_of"] == [], "a count is a share of nothing"


async def test_townships_are_ranked_by_the_place_of_the_case(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    good = await dispatched(database, duty, "09:00", **ZHENGDING)
    await dispatched(database, duty, "09:00", **NANLOU)
    await handled(database, duty, good, "09:30")
    await closed(database, duty, good, "09:40")
    await at(database, "12:00")
    ranking = (await board(lead, "incidents"))["ranking"]
    assert ranking["figure"] == "closing"
    assert [(row["name"], row["numerator"], row["denominator"]) for row in ranking["rows"]] == [
        ("正定镇", 1, 1),
        ("南楼乡", 0, 1),
    ]
    assert await cases(lead, "closing", "130123101") == [good]
    assert await cases(lead, "closing", "130123201") == []


async def test_few_people_are_not_counted_out(database: Database, lead: asyncpg.Connection) -> None:
    await hire(database, "full_time", 4)
    document = await board(lead, "people-houses")
    workers = next(one for one in document["figures"] if one["key"] == "workers")
    assert (workers["value"], workers["numerator"]) == (None, None)
    assert document["series"][1]["lines"][0]["values"][2] is None
    await hire(database, "full_time", 1)
    assert (await figures(lead, "people-houses"))["workers"] == 5
    # Three grids; all five work in one: 1/3 staffed. Three communities, each with a grid: 3/3 covered.
    found = {f["key"]: (f["numerator"], f["denominator"]) for f in document["figures"]}
    assert (found["staffed"], found["covered"]) == ((1, 3), (3, 3))


async def hire(database: Database, kind: str, number: int) -> None:
    await database.owner.execute(
        """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
           SELECT gen_random_uuid()::text, '甲', $1, g.id, g.organisation_id
           FROM gridseat.grid AS g, generate_series(1, $2) WHERE g.code = '130123101001001'""",
        kind,
        number,
    )


async def test_load_and_share_of_the_grids(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    await at(database, "09:00")
    for channel in ("phone", "grid_worker", "patrol"):
        await report(duty, channel=channel, **NANLOU)
    found = {f["key"]: f for f in (await board(lead, "people-houses"))["figures"]}
    assert (found["load"]["value"], found["load"]["numerator"], found["load"]["denominator"]) == (1, 3, 3)
    assert (found["found"]["numerator"], found["found"]["denominator"]) == (2, 3)
    assert (await figures(lead, "operations"))["reports_per_worker"] == (2, 0), "without workers a dash"
    await hire(database, "full_time", 4)
    assert (await figures(lead, "operations"))["reports_per_worker"] is None, "2 of 4 would tell the four"
    await hire(database, "full_time", 1)
    assert (await figures(lead, "operations"))["reports_per_worker"] == (2, 5)
    assert len(await cases(lead, "reports_per_worker", "130123")) == 2


async def test_every_indicator_is_on_its_board(lead: asyncpg.Connection) -> None:
    for name in BOARDS:
        told = [figure["key"] for figure in (await board(lead, name))["figures"]]
        assert told == [key for key, one in indicators().items() if one.board == name]


NOWHERE = """
CREATE FUNCTION desk.nowhere(p_board text) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$
    SELECT gridseat.board_document(me, NULL, p_board, 30, NULL, NULL)::text FROM gridseat.me() AS me $$
"""


async def test_where_there_is_no_organisation_boards_have_nobody_and_no_rates(
    database: Database, lead: asyncpg.Connection
) -> None:
    """Nobody is not few: a dash stands where people would not be told, too."""
    await database.owner.execute(NOWHERE)
    for name in BOARDS:
        found = parse(json.loads(await lead.fetchval("SELECT desk.nowhere($1)", name)))
        assert found.organisation == say("boards.no_place")
        known = {key: one for key, one in indicators().items() if one.board == name}
        assert {one.key for one in found.figures} == {*known}
        for one in (one for one in found.figures if not one.cases):
            told = words.figure_text(known[one.key], one)
            assert told == ("0" if known[one.key].kind is Kind.COUNT else "—"), one.key
