"""What a check and a follow-up say is held to."""

import pytest

from tests.database.cast import Cast

DISPUTE = {"class": "矛盾纠纷/邻里"}


@pytest.mark.parametrize("result", ["false", "现场不合格", "Not good on site", "不合格，垃圾仍在"])
async def test_what_failed_its_check_is_not_verified_until_checked_again(people: Cast, result: str) -> None:
    number = await people.at("handled")
    await people.do("helper", "check", number, result=result)
    assert await people.no("seat", "verify", number) == "check_failed"
    await people.do("helper", "check", number, result="现场合格")
    assert (await people.do("seat", "verify", number))["status"] == "verified"


async def test_work_done_again_is_verified_as_ever(people: Cast) -> None:
    number = await people.at("handled")
    await people.do("helper", "check", number, result="现场不合格")
    await people.do("seat", "rework", number, reason="未到现场")
    await people.do("unit", "acknowledge", number)
    await people.do("unit", "feedback", number, text="重新清理")
    await people.do("seat", "verify", number)


async def test_what_was_reported_as_handled_and_fails_its_check_does_not_close(people: Cast) -> None:
    number = await people.report("unit", handled=True)
    while (await people.row(number))["drawn"]:
        number = await people.report("unit", handled=True)
    await people.do("seat", "check", number, result="现场不合格")
    assert await people.no("seat", "close", number) == "check_failed"
    await people.do("seat", "check", number, result="现场合格")
    assert (await people.do("seat", "close", number))["status"] == "closed"


@pytest.mark.parametrize("answer", ["solved", "satisfied", "kept"])
async def test_who_was_not_reached_said_nothing(people: Cast, answer: str) -> None:
    number = await people.at("closed", **DISPUTE)
    said = {answer: "yes"}
    assert await people.no("seat", "follow-up", number, contacted="no", **said) == "not_contacted"
    await people.do("seat", "follow-up", number, contacted="yes", **said)
    await people.do("seat", "follow-up", number, contacted="no")


async def test_only_a_dispute_has_an_agreement_to_keep(people: Cast) -> None:
    number = await people.at("closed")
    assert await people.no("seat", "follow-up", number, contacted="yes", kept="yes") == "kept_for_disputes"
