"""Importing the roster: who is on duty, who stands in for whom by night, and what follows for cases."""

import pytest

from console.desk.desk import Desk
from console.errors import Refused
from tests.database.cast import Cast
from tests.database.offices import counts, table, take

ROSTER = "person,centre_code,starts,ends"
NIGHT = "seat,130123201,2026-11-23 18:00,2026-11-24 08:00"


@pytest.fixture
async def clerk(people: Cast) -> Desk:
    """Give the county's administrator; the county's people are there."""
    for login in ("seat", "second", "town_seat", "boss", "beside"):
        await people.hire(login)
    return await people.desk("clerk")


async def test_a_roster_goes_in_once_and_a_changed_end_is_taken(people: Cast, clerk: Desk) -> None:
    given = table(ROSTER, NIGHT, "second,130123,2026-11-23T18:00+08:00,2026-11-24T08:00+08:00")
    assert counts(await take(clerk, "roster", given, dry_run=True)) == (2, 0, 0, 0)
    assert counts(await take(clerk, "roster", given)) == (2, 0, 0, 0)
    assert counts(await take(clerk, "roster", given)) == (0, 0, 2, 0)
    longer = NIGHT.replace("08:00", "09:00")
    assert counts(await take(clerk, "roster", table(ROSTER, longer))) == (0, 1, 0, 0)
    rows = await people.database.owner.fetch(
        """SELECT p.login, c.code AS centre, b.code AS by_centre,
                  to_char(s.ends AT TIME ZONE 'Asia/Shanghai', 'DD HH24:MI') AS ends
           FROM gridseat.shift AS s JOIN gridseat.person AS p ON p.id = s.person_id
           JOIN gridseat.organisation AS c ON c.id = s.centre_id
           JOIN gridseat.organisation AS b ON b.id = s.by_centre_id ORDER BY p.login"""
    )
    assert [tuple(row) for row in rows] == [
        ("seat", "130123201", "130123", "24 09:00"),
        ("second", "130123", "130123", "24 08:00"),
    ]


async def test_bad_rows_are_named_and_the_good_ones_go_in(clerk: Desk) -> None:
    told = await take(
        clerk,
        "roster",
        table(
            "登录名,中心编码,开始时间,结束时间",
            "nobody,130123,2026-11-23 08:00,2026-11-23 18:00",
            "beside,130123,2026-11-23 08:00,2026-11-23 18:00",
            "seat,999999,2026-11-23 08:00,2026-11-23 18:00",
            "seat,130123-D02,2026-11-23 08:00,2026-11-23 18:00",
            "seat,130125,2026-11-23 08:00,2026-11-23 18:00",
            "seat,130123,2026-11-23 18:00,2026-11-23 08:00",
            "seat,130123,2026-11-23 08:00,2027-11-23 18:00",
            "seat,130123,昨天,2026-11-23 18:00",
            "seat,130123,2026-11-23 09:00,2026-11-23 18:00",
        ),
    )
    assert counts(told) == (1, 0, 0, 8)
    words = ["nobody", "beside", "999999", "城管局", "行唐县", "开始时间之后", "7 天", "昨天"]
    for fault, word in zip(told.errors, words, strict=True):
        assert word in fault.reason


async def test_only_an_administrator_brings_a_roster_in(people: Cast, clerk: Desk) -> None:
    assert clerk
    with pytest.raises(Refused):
        await take(await people.desk("boss"), "roster", table(ROSTER, NIGHT))


async def test_who_stands_in_by_night_acts_for_the_township_and_its_limits_run(
    people: Cast, clerk: Desk
) -> None:
    await people.database.freeze("2026-11-23T22:00:00+08:00")
    number = await people.report("town_seat", centre="130123201")
    before = (await people.row(number))["due"]
    assert await people.no("seat", "accept", number) == "not_allowed"
    await take(clerk, "roster", table(ROSTER, NIGHT))
    await people.do("seat", "accept", number)
    staffed = (await people.row(await people.report("town_seat", centre="130123201")))["due"]
    assert staffed < before, "a quarter of an hour, not the next working day"
