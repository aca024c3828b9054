"""What a bulletin says stays as it was issued, under a number without gaps; who sees the boards reads it."""

import json
from hashlib import sha256
from typing import Any

import asyncpg
import pytest

from console.bulletins import pages, sentences
from console.bulletins.bulletin import parse
from console.desk.desk import Desk
from console.errors import BadInput
from console.indicators.indicator import indicators
from console.papers import Papers, Wanted
from tests.database.boards import NANLOU, SignIn, at, closed, dispatched, figures, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database_fixtures import Database, act, report

ISSUE = "SELECT * FROM desk.issue_bulletin($1, $2, $3, $4)"
READ = "SELECT * FROM desk.bulletin($1, $2, $3)"


async def issue(
    person: asyncpg.Connection, period: str, *, anew: bool = False, place: str = "130123"
) -> asyncpg.Record:
    row = await person.fetchrow(ISSUE, place, period, "抓好返工", anew)
    assert row is not None
    return row


def told(row: asyncpg.Record) -> dict[str, Any]:
    """Return what it says of the period: not number and instant, nor the figures of the present."""
    document: dict[str, Any] = json.loads(row["document"])
    for board in document["boards"].values():
        board["figures"] = [one for one in board["figures"] if not indicators()[one["key"]].present]
    return {key: document[key] for key in ("boards", "scores", "period", "organisation")}


def figure(row: asyncpg.Record, key: str) -> tuple[int, int | None]:
    found = json.loads(row["document"])["boards"]["incidents"]["figures"]
    return next((one["numerator"], one["denominator"]) for one in found if one["key"] == key)


async def dispatched_in_december(duty: Desk) -> None:
    number = await report(duty, **NANLOU)
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局")


def received(row: asyncpg.Record) -> int:
    found = json.loads(row["document"])["boards"]["incidents"]["figures"]
    return next(int(one["value"]) for one in found if one["key"] == "received")


async def test_what_is_issued_stays_as_it_was(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    number = await dispatched(database, duty, "09:00")
    await handled(database, duty, number, "10:00")
    await closed(database, duty, number, "11:00")
    first = await issue(lead, "2026-11-18")
    document = json.loads(first["document"])
    assert (document["year"], document["number"], received(first), first["issued"]) == (2026, 1, 1, True)
    assert [(one["group"], one["rows"][0]["cases"]) for one in document["scores"]] == [
        ("department", 1),
        ("township", 1),
    ]
    assert set(document["boards"]) == {"people-houses", "incidents", "operations"}
    assert first["digest"] == sha256(first["document"].encode()).hexdigest()
    await dispatched(database, duty, "14:00")
    again = await issue(lead, "2026-11-18")
    assert (again["document"], again["issued"]) == (first["document"], False)
    anew = await issue(lead, "2026-11-18", anew=True)
    assert (json.loads(anew["document"])["number"], received(anew)) == (2, 2)
    kept = await lead.fetchrow(READ, "130123", 2026, 1)
    assert kept is not None
    assert (kept["document"], kept["digest"]) == (first["document"], first["digest"])
    listed = await lead.fetch("SELECT number, period FROM desk.bulletins('130123')")
    assert [tuple(row) for row in listed] == [(2, "2026-11-18"), (1, "2026-11-18")]
    for change in ("UPDATE gridseat.bulletin SET comment = ''", "TRUNCATE gridseat.bulletin"):
        with pytest.raises(asyncpg.PostgresError, match="bulletin_issued"):
            await database.owner.execute(change)


async def test_a_restricted_case_leaves_no_trace_where_others_read(
    database: Database, duty: Desk, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    """Byte for byte what it says without the case, whoever issues: one named in it, one who is not."""
    await dispatched(database, duty, "09:00")
    await at(database, "12:00")
    named = await sign_in("duty")

    async def would_be(person: asyncpg.Connection) -> str:
        """Return the text under the next number; what is taken back leaves the number free."""
        transaction = person.transaction()
        await transaction.start()
        row = await issue(person, "2026-11-18")
        await transaction.rollback()
        return str(row["document"])

    without = [await would_be(person) for person in (named, lead)]
    await dispatched(database, duty, "10:00", restricted=True)
    await at(database, "12:00")
    assert (await figures(named, "incidents"))["received"] == 2, "who reported it is named in it"
    assert [await would_be(person) for person in (named, lead)] == without
    assert without[0].replace('"duty"', '"lead"').replace("值班", "lead") == without[1]


async def test_a_period_that_is_over_is_told_as_of_its_end(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """The same number never changes; a new one counts as of that end, less what was taken back since."""
    ours, theirs = [await dispatched(database, duty, time) for time in ("09:00", "09:10")]
    for number in (ours, theirs):
        await handled(database, duty, number, "12:00")  # an hour late
        await closed(database, duty, number, "13:00")
    await database.freeze("2026-12-01T09:00+08:00")
    first = await issue(lead, "2026-11")
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        assert told(await issue(lead, "2026-11", anew=True)) == told(first), "nothing has happened since"

    await act(duty, "follow-up", ours, contacted="yes", solved="yes", satisfied="no")
    await dispatched_in_december(duty)
    later = await issue(lead, "2026-11", anew=True)
    assert told(later) == told(first), "what happened after the end is not of the month"

    await act(duty, "appeal", theirs, reason="道路封闭")
    await act(duty, "grant", theirs)
    await act(duty, "reopen", ours, reason="又来占道")
    assert json.loads(later["document"])["before"]["changes"] == []
    exempt = await issue(lead, "2026-11", anew=True)
    said = parse(exempt["document"]).before
    assert said is not None
    assert (said.number, said.over, said.said["closing"]) == (4, True, (1.0, 2, 2))
    assert figure(exempt, "closing") == (0, 0), (
        "an appeal exempts it, whenever it is granted; ours is open again"
    )
    assert figure(exempt, "received") == figure(first, "received")
    kept = await lead.fetchrow(READ, "130123", 2026, 1)
    assert kept is not None
    assert (kept["document"], kept["digest"]) == (first["document"], first["digest"])


async def test_what_is_entered_late_makes_another_number_and_is_said(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    """The first stays byte for byte, its PDF, too; the next says what differs from it."""
    await dispatched(database, duty, "09:00")
    await database.freeze("2026-11-18T23:00+08:00")
    running = await issue(lead, "2026-11-18")
    await database.freeze("2026-11-20T09:00+08:00")
    first = await issue(lead, "2026-11-18", anew=True)
    assert list(sentences.against(parse(running["document"]))) == []
    (said,) = sentences.against(parse(first["document"]))
    assert "〔2026〕1号（2026-11-18 23:00），当时本期还没有结束" in said
    same = await issue(lead, "2026-11-18", anew=True)
    assert "与前号相同" in next(sentences.against(parse(same["document"])))
    paper = pages.document(parse(first["document"], first["digest"]))

    await report(duty, **NANLOU, received="2026-11-18T10:00+08:00")  # entered two days late
    late = await issue(lead, "2026-11-18", anew=True)
    assert received(late) == 2
    told_ = next(sentences.against(parse(late["document"])))
    assert "〔2026〕3号" in told_
    assert "接报由 1 变为 2" in told_
    kept = await lead.fetchrow(READ, "130123", 2026, 2)
    assert kept is not None
    assert (kept["document"], kept["digest"]) == (first["document"], first["digest"])
    assert pages.document(parse(kept["document"], kept["digest"])) == paper


async def test_a_period_is_days_that_have_begun(database: Database, lead: asyncpg.Connection) -> None:
    await at(database, "12:00")  # a Wednesday
    for period, first, last in (
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-W46", "2026-11-09", "2026-11-15"),
        ("2026-W47", "2026-11-16", "2026-11-18"),
        ("2026-11", "2026-11-01", "2026-11-18"),
    ):
        told = json.loads((await issue(lead, period))["document"])["period"]
        assert (told["first"], told["last"]) == (first, last)
    for period in ("2026-12", "2026-02-30", "2026-W54", "2025-W53", "last week", "", "2026-11-19"):
        with pytest.raises(asyncpg.PostgresError, match="bad_period"):
            await lead.fetchrow(ISSUE, "130123", period, "", False)


@pytest.mark.parametrize(
    ("now", "period", "days", "number"),
    [
        ("2026-12-31T23:59+08:00", "2026-W53", "2026-12-28 2026-12-31", (2026, 2)),
        ("2027-01-01T00:00+08:00", "2026-W53", "2026-12-28 2027-01-01", (2027, 1)),
        ("2027-01-04T00:00+08:00", "2026-W53", "2026-12-28 2027-01-03", (2027, 1)),
        ("2027-01-04T00:00+08:00", "2027-W01", "2027-01-04 2027-01-04", (2027, 1)),
        ("2027-01-01T00:00+08:00", "2026-12-31", "2026-12-31 2026-12-31", (2027, 1)),
        ("2027-01-01T00:00+08:00", "2026-12", "2026-12-01 2026-12-31", (2027, 1)),
        ("2028-02-29T12:00+08:00", "2028-02-29", "2028-02-29 2028-02-29", (2028, 1)),
        ("2028-03-01T00:00+08:00", "2028-02", "2028-02-01 2028-02-29", (2028, 1)),
        ("2028-03-01T00:00+08:00", "2027-02", "2027-02-01 2027-02-28", (2028, 1)),
    ],
)
async def test_days_weeks_and_numbers_turn_with_the_year(
    database: Database,
    lead: asyncpg.Connection,
    now: str,
    period: str,
    days: str,
    number: tuple[int, int],
) -> None:
    """Midnight is China's; a week belongs to the year of its Thursday, a number to that of its issue."""
    await at(database, "12:00")
    await issue(lead, "2026-10")
    await database.freeze(now)
    told = json.loads((await issue(lead, period))["document"])
    assert f"{told['period']['first']} {told['period']['last']}" == days
    assert (told["year"], told["number"]) == number
    kept = await lead.fetchrow(READ, "130123", 2026, 1)
    assert kept is not None
    assert json.loads(kept["document"])["period"]["key"] == "2026-10"


@pytest.mark.parametrize(
    ("now", "period"),
    [
        ("2026-12-31T23:59+08:00", "2027-01-01"),
        ("2027-01-03T23:59+08:00", "2027-W01"),
        ("2028-12-31T12:00+08:00", "2027-W53"),
        ("2028-12-31T12:00+08:00", "2027-02-29"),
    ],
)  # fmt: skip
async def test_days_that_have_not_begun_and_weeks_that_never_were_are_refused(
    database: Database, lead: asyncpg.Connection, now: str, period: str
) -> None:
    await database.freeze(now)
    with pytest.raises(asyncpg.PostgresError, match="bad_period"):
        await issue(lead, period)


async def test_those_issue_who_lead_and_those_read_who_see_the_boards(
    database: Database, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    await at(database, "12:00")
    for name, role, place in (
        ("plain", "seat", "130123"),
        ("town", "seat supervisor", "130123101"),
        ("unit", "unit", "130123-D01"),
        ("screen", "wall", "130123"),
    ):
        await database.add(name, role, place)
    plain, town, unit, screen = [await sign_in(who) for who in ("plain", "town", "unit", "screen")]
    with pytest.raises(asyncpg.PostgresError, match="bulletin_issuer_needed"):
        await issue(plain, "2026-10")
    await issue(lead, "2026-10")
    assert await plain.fetchrow(READ, "130123", 2026, 1)
    for question in (READ, "SELECT * FROM desk.bulletins($1) WHERE year = $2 OR number = $3"):
        with pytest.raises(asyncpg.PostgresError, match="seats_only"):  # comments are free words
            await screen.fetch(question, "130123", 2026, 1)
    with pytest.raises(asyncpg.PostgresError, match="seats_only"):
        await issue(screen, "2026-10")
    for person in (town, unit):
        for question in (READ, "SELECT * FROM desk.bulletins($1) WHERE year = $2 OR number = $3"):
            with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
                await person.fetch(question, "130123", 2026, 1)
        with pytest.raises(asyncpg.PostgresError, match="permission denied"):
            await person.fetch("SELECT * FROM gridseat.bulletin")
    with pytest.raises(asyncpg.PostgresError, match="no_such_bulletin"):
        await lead.fetchrow(READ, "130123", 2026, 9)


async def test_comments_are_kept_as_typed_and_too_long_ones_keep_nothing(
    database: Database, lead: asyncpg.Connection
) -> None:
    await at(database, "12:00")
    typed = "=1+1\n+2\n-3\n@SUM(A1)\n\t=4\n\u202e倒写\n😀\u200d\n" + "长" * 3900
    row = await lead.fetchrow(ISSUE, "130123", "2026-10", typed, False)
    assert row is not None
    assert json.loads(row["document"])["comment"] == typed
    papers = Papers(Desk(database.door("lead")))
    for comment, code in (
        ("长" * 10**6, "text_too_long"),
        ("停\0电", "text_nul"),
        ("\ud800", "text_surrogate"),
    ):
        with pytest.raises(BadInput) as refused:
            await papers.issue(Wanted("130123", "2026-09"), comment)
        assert refused.value.code == code
    with pytest.raises(asyncpg.PostgresError, match="text_too_long"):
        await lead.fetchrow(ISSUE, "130123", "2026-09", "长" * 4001, False)
    assert len(await lead.fetch("SELECT * FROM desk.bulletins('130123')")) == 1
