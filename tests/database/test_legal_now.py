"""What a case says may be done now is what would succeed now."""

import json
import uuid

import pytest

from models.vocabulary import Status
from tests.database.cast import Cast, later, limit
from tests.database.test_rules import ATTEMPT, NO_UNIT_YET, Trial

WHY = {"reason": "因故"}
BESIDE = {"note", "call", "remind", "urge", "attach", "link", "reveal"}


async def legal(people: Cast, login: str, number: int) -> set[str]:
    desk = await people.desk(login)
    told = json.loads(
        await desk.call(lambda raw: raw.fetchval("SELECT desk.incident($1) ->> 'legal'", number))
    )
    assert told == sorted(set(told))
    return set(told)


async def test_anothers_live_claim_leaves_words_and_a_supervisors_take_over(people: Cast) -> None:
    number = await people.at("accepted")
    moves = {"dispatch", "classify", "cancel", "merge", "suspend", "claim", "transfer"}
    assert moves <= await legal(people, "second", number)
    await people.do("seat", "claim", number)
    second, boss = await legal(people, "second", number), await legal(people, "boss", number)
    assert not second & (moves | {"release"})
    assert BESIDE - {"attach"} <= second
    assert moves & boss == {"claim", "transfer"}
    assert "release" in boss
    assert (moves | {"release"}) - {"designate"} <= await legal(people, "seat", number)
    await people.database.freeze(later(minutes=11))
    assert moves <= await legal(people, "second", number)
    assert "release" not in await legal(people, "seat", number)


async def test_the_unit_works_on_under_the_centres_claim(people: Cast) -> None:
    number = await people.at("dispatched")
    await people.do("seat", "claim", number)
    assert {"acknowledge", "return", "extend", "arrive"} <= await legal(people, "unit", number)


@pytest.mark.parametrize(("asked", "seat", "boss"), [("return", True, True), ("extend", False, True)])
async def test_a_request_is_decided_by_those_who_may(
    people: Cast, asked: str, seat: bool, boss: bool
) -> None:
    number = await people.at("handling")
    assert not {"grant", "refuse"} & await legal(people, "boss", number)
    await people.do("unit", asked, number, **WHY, **({"limit": limit(1)} if asked == "extend" else {}))
    for login, may in (("seat", seat), ("boss", boss), ("duty", True)):
        assert ({"grant", "refuse"} <= await legal(people, login, number)) is may, login
    assert not {"return", "extend", "suspend"} & await legal(people, "unit", number)


async def test_nobody_is_offered_their_own_request(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("boss", "suspend", number, limit=limit(8), **WHY)
    assert not {"grant", "refuse"} & await legal(people, "boss", number)
    assert {"grant", "refuse"} <= await legal(people, "duty", number)


async def test_a_return_ends_with_its_time_and_more_time_with_the_limit(people: Cast) -> None:
    number = await people.at("handling")
    assert {"return", "extend"} <= await legal(people, "unit", number)
    await people.database.freeze("2026-11-23T14:30:00+08:00")
    told = await legal(people, "unit", number)
    assert ("return" in told, "extend" in told) == (False, True)
    await people.database.freeze("2026-11-25T09:00:01+08:00")
    assert "extend" not in await legal(people, "unit", number)


async def test_a_step_can_be_taken_back_for_half_a_minute_by_who_took_it(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "dispatch", number, unit="城管局", command_id=uuid.uuid4())
    assert "undo" in await legal(people, "seat", number)
    assert "undo" not in await legal(people, "second", number)
    await people.do("second", "note", number, text="记")
    assert "undo" in await legal(people, "seat", number)
    await people.database.freeze(later(seconds=31))
    assert "undo" not in await legal(people, "seat", number)
    other = await people.at("dispatched")
    assert "undo" in await legal(people, "seat", other)
    await people.do("unit", "acknowledge", other)
    assert "undo" not in await legal(people, "seat", other)


async def test_each_summoned_unit_arrives_once(people: Cast) -> None:
    number = await people.at("handling")
    assert "arrive" not in await legal(people, "unit", number)
    assert "arrive" in await legal(people, "helper", number)
    await people.do("helper", "arrive", number)
    for login in ("unit", "helper", "duty"):
        assert "arrive" not in await legal(people, login, number)


async def test_only_what_was_put_together_comes_apart(people: Cast) -> None:
    assert {"unmerge", "detach-report"} & await legal(people, "seat", await people.at("merged")) == {
        "unmerge"
    }
    under = await people.report()
    await people.do("seat", "attach-report", under, to=await people.report(title="主件"))
    assert {"unmerge", "detach-report"} & await legal(people, "seat", under) == {"detach-report"}


async def test_work_that_is_checked_by_others_and_passes_goes_on(people: Cast) -> None:
    number = await people.at("handled")
    assert {"verify", "rework", "check"} <= await legal(people, "seat", number)
    assert "close" not in await legal(people, "seat", number)
    assert "check" not in await legal(people, "unit", number)
    await people.do("helper", "check", number, result="false")
    assert {"verify", "rework", "check"} & await legal(people, "seat", number) == {"rework", "check"}


async def test_after_two_returns_a_consultation_opens_the_way(people: Cast) -> None:
    number = await people.at("accepted")
    for unit, who in (("城管局", "unit"), ("公安局", "helper")):
        await people.do("seat", "dispatch", number, unit=unit)
        await people.do(who, "return", number, **WHY)
        await people.do("seat", "grant", number)
    assert not {"dispatch", "designate"} & await legal(people, "boss", number)
    await people.do("seat", "consult", number, text="会商纪要", result="由城管局承办")
    assert {"dispatch", "designate"} & await legal(people, "boss", number) == {"designate"}


async def test_the_highest_centre_has_nobody_to_escalate_to(people: Cast) -> None:
    assert "escalate" in await legal(people, "seat", await people.report())
    assert "escalate" not in await legal(people, "city_seat", await people.report("city_seat", centre="1301"))


async def test_a_refusal_lists_only_what_may_be_done(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("boss", "claim", number)
    refusal = await people.why("seat", "acknowledge", number)
    assert refusal.code == "illegal_move"
    assert set(refusal.facts["legal"]) == await legal(people, "seat", number)  # type: ignore[call-overload]


async def test_what_is_legal_is_what_succeeds(people: Cast) -> None:
    """Try every action that the rules know, on a case in every status, and compare with what was promised."""
    await people.hire("second")
    cases = {str(status): await people.at(status) for status in Status}
    trial = Trial(cases, await people.report(title="主件"), [])
    wrong = []
    await people.database.owner.execute(ATTEMPT)
    for login in ("seat", "boss", "unit", "duty"):
        raw = await people.raw(login)
        for status, number in cases.items():
            if login == "unit" and status in NO_UNIT_YET:
                continue
            promised = await legal(people, login, number)
            # An undo needs the id of its command, and arriving for a unit is tried above.
            moves = [(action, status) for action in (trial.args.keys() | promised) - {"undo", "arrive"}]
            for (action, _), (_, refused) in zip(moves, await trial.attempts(raw, moves), strict=True):
                if (action in promised) is (refused != ""):
                    wrong.append((login, action, status, refused))
        await raw.close()
    assert wrong == []
