"""A return answered by dispatching again: agreed to by naming another unit, refused by naming the same."""

import uuid

from tests.database.cast import Cast

WHY = {"reason": "不属本单位职责"}


async def last(people: Cast, number: int) -> tuple[object, object]:
    """Return whether the last entry says a return was granted, and how many the case counts."""
    granted = await people.database.owner.fetchval(
        "SELECT facts ->> 'granted' FROM gridseat.timeline WHERE number = $1 ORDER BY seq DESC LIMIT 1",
        number,
    )
    return granted, (await people.row(number))["returns"]


async def test_dispatching_to_another_unit_agrees_to_the_return(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "return", number, unit="公安局", **WHY)
    answer = await people.do("seat", "dispatch", number, unit="消防救援大队", reason="改派")
    assert (answer["status"], answer["pending"]) == ("dispatched", None)
    assert await last(people, number) == ("true", 1)
    request = await people.database.owner.fetchrow(
        "SELECT granted, p.login FROM gridseat.request AS r JOIN gridseat.person AS p ON p.id = r.decided_by"
    )
    assert request is not None
    assert tuple(request) == (True, "seat")


async def test_dispatching_to_the_same_unit_refuses_it(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "return", number, **WHY)
    await people.do("seat", "dispatch", number, unit="城管局", reason="属于你单位")
    assert await last(people, number) == ("false", 0)
    assert await people.database.owner.fetchval("SELECT granted FROM gridseat.request") is False


async def test_the_second_return_leads_to_a_consultation_however_it_is_answered(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "return", number, **WHY)
    await people.do("seat", "dispatch", number, unit="公安局", reason="改派")
    await people.do("helper", "return", number, **WHY)
    another = {"unit": "消防救援大队", **WHY}
    assert await people.no("seat", "dispatch", number, **another) == "consultation_needed"
    assert await people.no("boss", "designate", number, **another) == "consultation_needed"
    assert (await people.row(number))["pending"] == "return"
    await people.do("seat", "grant", number)
    assert (await people.row(number))["returns"] == 2
    await people.do("seat", "consult", number, text="会商纪要", result="由城管局承办")
    assert await people.no("seat", "dispatch", number, **another) == "designation_needed"
    await people.do("boss", "designate", number, **another)
    assert await people.no("stranger", "return", number, **WHY) == "designated"


async def test_taking_the_dispatch_back_leaves_the_return_waiting_again(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "return", number, **WHY)
    sent = uuid.uuid4()
    await people.do("seat", "dispatch", number, unit="公安局", reason="改派", command_id=sent)
    answer = await people.do("seat", "undo", number, command=str(sent))
    assert (answer["status"], answer["pending"]) == ("handling", "return")
    assert (await people.row(number))["returns"] == 0
    await people.do("second", "grant", number)
    assert (await people.row(number))["returns"] == 1
    assert await people.faults() == []
