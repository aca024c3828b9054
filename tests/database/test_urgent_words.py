"""A crowd makes a dispute urgent: priority 1 and two hours, wherever the word is said."""

import pytest

from tests.database.cast import Cast

DISPUTE = {"class": "矛盾纠纷/劳资", "title": "工资纠纷"}


async def explained(people: Cast, number: int) -> str | None:
    """Return the word that the last entry gives as the reason."""
    word: str | None = await people.database.owner.fetchval(
        "SELECT facts ->> 'urgent_by' FROM gridseat.timeline WHERE number = $1 ORDER BY seq DESC LIMIT 1",
        number,
    )
    return word


@pytest.mark.parametrize("said", [{"title": "数十人围堵工地讨薪"}, {"text": "门口已有三十人，围堵车辆"}])
async def test_a_dispute_with_a_crowd_is_urgent_from_the_report_on(
    people: Cast, said: dict[str, str]
) -> None:
    number = await people.report(**{**DISPUTE, **said})
    row = await people.row(number)
    assert (row["priority"], row["handling_seconds"], row["handling_clock"]) == (1, 7200, "continuous")
    assert await explained(people, number) == "围堵"


async def test_the_operators_own_priority_wins(people: Cast) -> None:
    number = await people.report(**{**DISPUTE, "title": "数十人围堵工地讨薪"}, priority=3)
    row = await people.row(number)
    assert (row["priority"], row["handling_clock"]) == (3, "working")
    assert await explained(people, number) is None
    loud = await people.report(**{**DISPUTE, "title": "数十人围堵工地讨薪"})
    await people.do("seat", "classify", loud, priority=3, text="围堵的人已散")
    assert (await people.row(loud))["priority"] == 3


async def test_other_disputes_and_other_classes_keep_their_priority(people: Cast) -> None:
    for facts in (DISPUTE, {"class": "街面秩序/游商", "title": "路口聚集多个摊位"}):
        number = await people.report(**facts)
        assert (await people.row(number))["priority"] == 3
        assert await explained(people, number) is None


async def test_what_is_learnt_later_makes_it_urgent_too(people: Cast) -> None:
    number = await people.at("handling", **DISPUTE)
    await people.do("seat", "classify", number, text="现场又聚集了二十人")
    row = await people.row(number)
    assert (row["priority"], row["handling_seconds"], row["handling_clock"]) == (1, 7200, "continuous")
    assert await explained(people, number) == "聚集"
    assert {
        clock["clock"] for stage, clock in (await people.clocks(number)).items() if stage == "handling"
    } == {"continuous"}


async def test_a_new_class_is_judged_by_what_the_report_said(people: Cast) -> None:
    number = await people.report(title="村口吵闹", text="二十人持械")
    assert (await people.row(number))["priority"] == 3
    await people.do("seat", "classify", number, **{"class": "矛盾纠纷/邻里"})
    assert (await people.row(number))["priority"] == 1
    assert await explained(people, number) == "持械"
    assert await people.faults() == []
