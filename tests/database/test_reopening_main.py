"""When a main case is reopened, those merged into it wait for its answer again."""

import pytest

from tests.database.cast import Cast


@pytest.mark.parametrize(("action", "option"), [("merge", "into"), ("attach-report", "to")])
async def test_each_reporter_gets_answer_and_follow_up_of_the_new_round(
    people: Cast, action: str, option: str
) -> None:
    main = await people.at("accepted")
    child = await people.report(title="又一人反映")
    await people.do("seat", action, child, **{option: main})
    for round_ in (1, 2):
        await people.do("seat", "dispatch", main, unit="城管局")
        await people.do("unit", "acknowledge", main)
        await people.do("unit", "feedback", main, text="已办")
        await people.do("seat", "verify", main)
        assert (await people.row(child))["closed_at"] is None
        await people.do("seat", "close", main, result="解决")
        row = await people.row(child)
        assert (row["status"], row["outcome"], row["closed_at"] is not None) == ("merged", "done", True)
        await people.do("seat", "follow-up", child, contacted="no")
        assert (await people.row(child))["unreached"] == 1
        await people.do("seat", "reopen", main, reason="反映人说未解决")
        row = await people.row(child)
        assert (row["status"], row["outcome"], row["closed_at"], row["unreached"]) == (
            "merged",
            None,
            None,
            0,
        )
        assert (await people.story(child)).count("close") == round_
    assert await people.faults() == []
