"""A restricted case: a dispatch lets its unit's desk in, and a supervisor finds what nobody watches."""

from typing import Any

import pytest

from tests.database.cast import PEOPLE, Cast

EYES = [login for login in PEOPLE if login != "clerk"]
CENTRES = {
    "seat",
    "second",
    "boss",
    "city_seat",
    "city_boss",
    "screen",
}  # whose board takes in the county's cases
WAYS = [
    "SELECT count(*) FROM gridseat.incident WHERE number = $1",
    "SELECT count(*) FROM desk.board(ARRAY[$1::bigint])",
    "SELECT count(*) FROM desk.board() WHERE number = $1",
    "SELECT count(*) FROM desk.queue() WHERE number = $1",
    "SELECT count(*) FROM desk.case_lines(ARRAY[$1::bigint])",
    "SELECT least(count(*), 1) FROM gridseat.timeline WHERE number = $1",
    "SELECT coalesce(sum(total), 0)::bigint FROM desk.counts() WHERE $1::bigint > 0",
    "SELECT desk.sees($1)::integer",
]


async def sighted(people: Cast, number: int) -> set[str]:
    """Return who sees ``number``, the only case, having proved that every way of reading says the same."""
    eyes = set()
    for login in EYES:
        await people.hire(login)
        async with people.database.eyes(login) as raw:
            said = [await raw.fetchval(way, number) for way in WAYS]
            counted = await raw.fetchval(
                "SELECT count(*) FROM desk.board_cases('incidents', 'open', NULL, 30)"
            )
        assert len(set(said)) == 1, (login, said)
        assert counted == (said[0] if login in CENTRES or not said[0] else counted), login
        eyes |= {login} if said[0] else set()
    return eyes


async def facts(people: Cast, number: int) -> dict[str, Any]:
    """Return who the last entry let in and shut out."""
    row = await people.database.owner.fetchrow(
        """SELECT facts -> 'named' #>> '{}' AS named, facts -> 'unnamed' #>> '{}' AS unnamed
           FROM gridseat.timeline WHERE number = $1 ORDER BY seq DESC LIMIT 1""",
        number,
    )
    assert row is not None
    return dict(row)


async def test_the_desks_of_the_units_are_let_in_and_can_act(people: Cast) -> None:
    await people.database.add("patrol", "unit", "130123201001", "130123201001001")
    number = await people.report(restricted=True)
    assert await sighted(people, number) == {"seat"}
    await people.do("seat", "accept", number)
    await people.do("seat", "dispatch", number, unit="城管局", **{"with": ["公安局"]})
    assert await facts(people, number) == {"named": '["helper", "unit"]', "unnamed": None}
    assert await sighted(people, number) == {"seat", "unit", "helper"}
    await people.do("unit", "acknowledge", number)
    await people.do("helper", "arrive", number)
    await people.do("unit", "feedback", number, text="已办")


async def test_only_the_unit_itself_and_not_the_rest_of_its_tree(people: Cast) -> None:
    number = await people.report(restricted=True)
    await people.do("seat", "accept", number)
    await people.database.add("village", "unit", "130123201001")
    await people.hire("grid")
    await people.do("seat", "dispatch", number, unit="130123201")
    await people.hire("town_seat")
    assert await sighted(people, number) == {"seat"}
    await people.do("seat", "dispatch", number, unit="130123201001", reason="改派")
    assert await facts(people, number) == {"named": '["village"]', "unnamed": None}
    await people.do("village", "acknowledge", number)
    await people.do("seat", "dispatch", number, unit="130123201001001", reason="改派")
    assert await facts(people, number) == {"named": '["grid"]', "unnamed": '["village"]'}
    assert await sighted(people, number) == {"seat", "grid"}


async def test_who_loses_the_case_is_shut_out_and_told_so(people: Cast) -> None:
    number = await people.report(restricted=True)
    await people.do("seat", "accept", number)
    await people.hire("unit")
    await people.do("seat", "dispatch", number, unit="城管局")
    await people.do("unit", "return", number, reason="不属职责")
    raw = await people.raw("unit")
    since = await raw.fetchval("SELECT xid FROM desk.feed_start()")
    await people.do("seat", "grant", number)
    assert await facts(people, number) == {"named": None, "unnamed": '["unit"]'}
    assert await people.no("unit", "note", number, text="看不到了") == "not_found"
    assert number in [row["number"] for row in await raw.fetch("SELECT * FROM desk.feed($1, 0)", since)]
    await raw.close()


async def test_a_member_of_the_task_force_stays_when_the_unit_goes(people: Cast) -> None:
    number = await people.report(restricted=True)
    await people.do("seat", "accept", number)
    await people.hire("unit")
    await people.do("seat", "task-force", number, member="unit")
    await people.do("seat", "dispatch", number, unit="城管局")
    await people.do("unit", "return", number, reason="不属职责")
    await people.do("seat", "grant", number)
    assert await sighted(people, number) == {"seat", "unit"}


async def test_a_case_restricted_later_stays_with_its_unit(people: Cast) -> None:
    await people.hire("unit")
    number = await people.at("dispatched")
    await people.do("seat", "classify", number, restricted=True)
    assert await facts(people, number) == {"named": '["unit"]', "unnamed": None}
    await people.do("unit", "acknowledge", number)
    assert await people.faults() == []


async def unattended(people: Cast, login: str) -> list[int]:
    raw = await people.raw(login)
    rows = await raw.fetch("SELECT * FROM desk.unattended()")
    await raw.close()
    assert all(set(row.keys()) == {"number", "since"} for row in rows)
    return [row["number"] for row in rows]


async def test_supervisors_of_the_centre_and_above_find_what_nobody_watches(people: Cast) -> None:
    number = await people.report(restricted=True)
    await people.report(title="不限制知悉")
    found = {login for login in [*EYES, "duty"] if await unattended(people, login) == [number]}
    assert found == {"boss", "city_boss", "duty"}
    assert await people.no("boss", "note", number, text="看看") == "not_found"
    assert await people.no("boss", "reveal", number) == "reason_needed"
    await people.do("boss", "reveal", number, reason="无人值守")
    assert await unattended(people, "boss") == []
    assert await sighted_by(people, "boss", number)
    assert (await people.story(number))[-1] == "reveal"


async def sighted_by(people: Cast, login: str, number: int) -> bool:
    raw = await people.raw(login)
    seen = await raw.fetchval("SELECT desk.sees($1)", number)
    await raw.close()
    return bool(seen)


@pytest.mark.parametrize("hours", [1, -1])
async def test_while_somebody_named_is_on_duty_it_is_theirs(people: Cast, hours: float) -> None:
    number = await people.report(restricted=True)
    await people.database.owner.execute(
        """INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
           SELECT p.organisation_id, p.organisation_id, p.id, desk.now() - interval '8 hours',
                  desk.now() + $1 * interval '1 hour'
           FROM gridseat.person AS p WHERE p.login = 'seat'""",
        hours,
    )
    if hours > 0:
        assert await unattended(people, "boss") == []
        assert await people.no("boss", "reveal", number, reason="看看") == "not_found"
    else:
        assert await unattended(people, "boss") == [number]
        await people.do("boss", "reveal", number, reason="无人值守")
