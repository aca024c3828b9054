"""A case goes to a seat that can go on with it."""

import pytest

from tests.database.cast import Cast


@pytest.mark.parametrize("login", ["city_seat", "town_seat", "city_boss"])
async def test_a_seat_that_sees_the_case_but_cannot_work_on_it_is_not_given_it(
    people: Cast, login: str
) -> None:
    number = await people.at("accepted")
    await people.hire(login)
    refusal = await people.why("seat", "transfer", number, to=login)
    assert (refusal.code, refusal.facts["person"]) == ("cannot_take_over", login)
    assert (await people.row(number))["claim_person_id"] is None


async def test_who_stands_in_for_the_centre_tonight_takes_over(people: Cast) -> None:
    number = await people.at("accepted")
    await people.hire("city_seat")
    await people.database.owner.execute(
        """INSERT INTO gridseat.shift (centre_id, by_centre_id, starts, ends)
           SELECT c.id, b.id, desk.now() - interval '1 hour', desk.now() + interval '1 hour'
           FROM gridseat.organisation AS c, gridseat.organisation AS b
           WHERE c.code = '130123' AND b.code = '1301'"""
    )
    await people.do("seat", "transfer", number, to="city_seat")
    await people.do("city_seat", "dispatch", number, unit="城管局")


async def test_a_colleague_and_the_supervisor_of_all_take_over(people: Cast) -> None:
    number = await people.at("accepted")
    for login in ("second", "boss", "duty"):
        await people.hire(login)
        await people.do("duty", "transfer", number, to=login)
