"""What a unit asks for (a return, more time, a clock that stands still) and how the centre answers."""

from datetime import datetime

from tests.database.cast import Cast, later, limit

WHY = {"reason": "不属本单位职责"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_a_return_waits_for_the_centre_and_the_clock_runs_on(people: Cast) -> None:
    number = await people.at("handling")
    due = (await people.row(number))["handling_due"]
    answer = await people.do("unit", "return", number, unit="公安局", **WHY)
    assert (answer["status"], answer["pending"]) == ("handling", "return")
    assert (await people.row(number))["handling_due"] == due
    assert await people.no("unit", "extend", number, limit=limit(1), **WHY) == "request_pending"
    assert await people.no("unit", "grant", number) == "not_allowed"
    assert (await people.do("seat", "refuse", number, reason="属于你单位"))["pending"] is None
    await people.do("unit", "return", number, unit="公安局", **WHY)
    answer = await people.do("second", "grant", number, text="同意")
    row = await people.row(number)
    assert answer["status"] == "accepted"
    assert (row["lead_unit_id"], row["acknowledged_at"], row["returns"]) == (None, None, 1)
    assert set(await people.clocks(number)) == {"dispatch", "promised"}
    assert await people.no("unit", "note", number, text="看不到了") == "not_found"
    asked = await people.database.owner.fetch(
        "SELECT kind, granted, unit_id FROM gridseat.request ORDER BY id"
    )
    assert [(row["kind"], row["granted"], row["unit_id"] is not None) for row in asked] == [
        ("return", False, True),
        ("return", True, True),
    ]


async def test_who_returned_is_responsible_until_the_next_acknowledges(people: Cast) -> None:
    number = await people.at("dispatched")
    county = (await people.row(number))["centre_id"]
    assert (await people.row(number))["responsible_id"] == county
    await people.do("unit", "acknowledge", number)
    first = (await people.row(number))["responsible_id"]
    assert first != county
    await people.do("unit", "return", number, **WHY)
    await people.do("seat", "grant", number)
    await people.do("seat", "dispatch", number, unit="公安局")
    assert (await people.row(number))["responsible_id"] == first
    await people.do("helper", "acknowledge", number)
    assert (await people.row(number))["responsible_id"] not in {first, county}


async def test_a_return_comes_within_two_working_hours(people: Cast) -> None:
    number = await people.at("handling")
    await people.database.freeze(later(hours=2))
    await people.do("unit", "return", number, **WHY)
    late = await people.at("reported")
    await people.database.freeze(later(hours=2.5))
    await people.walk(late, "handling")
    await people.database.freeze("2026-11-23T15:00:00+08:00")
    await people.do("unit", "return", late, **WHY)
    await people.do("seat", "refuse", late, reason="请办理")
    await people.database.freeze("2026-11-23T15:30:01+08:00")
    refusal = await people.why("unit", "return", late, **WHY)
    assert refusal.code == "return_too_late"
    assert at(refusal.facts["until"]) == at("2026-11-23T15:30:00+08:00")  # type: ignore[arg-type]


async def test_an_urgent_return_comes_within_ten_minutes(people: Cast) -> None:
    number = await people.at("handling", priority=1)
    await people.database.freeze(later(minutes=10, seconds=1))
    assert await people.no("unit", "return", number, **WHY) == "return_too_late"
    await people.database.freeze(later(minutes=10))
    await people.do("unit", "return", number, **WHY)


async def test_an_unacknowledged_case_may_be_returned_and_acknowledging_takes_that_back(people: Cast) -> None:
    number = await people.at("dispatched")
    await people.do("unit", "return", number, **WHY)
    assert (await people.do("unit", "acknowledge", number))["pending"] is None
    other = await people.at("dispatched")
    await people.do("unit", "extend", other, limit=limit(1), **WHY)
    assert (await people.do("unit", "acknowledge", other))["pending"] == "extend"
    assert (await people.do("unit", "feedback", other, text="已办"))["pending"] is None


async def test_after_a_second_return_a_consultation_then_a_designation(people: Cast) -> None:
    number = await people.at("accepted")
    for unit, who in (("城管局", "unit"), ("公安局", "helper")):
        await people.do("seat", "dispatch", number, unit=unit)
        await people.do(who, "return", number, **WHY)
        await people.do("seat", "grant", number)
    assert await people.no("seat", "dispatch", number, unit="消防救援大队") == "consultation_needed"
    assert await people.no("boss", "designate", number, unit="城管局", **WHY) == "consultation_needed"
    await people.do("seat", "consult", number, **{"with": ["城管局"]}, text="会商纪要", result="由城管局承办")
    assert await people.no("seat", "dispatch", number, unit="城管局") == "designation_needed"
    assert await people.no("seat", "designate", number, unit="城管局", **WHY) == "not_allowed"
    await people.do("boss", "designate", number, unit="城管局", **WHY)
    assert await people.no("unit", "return", number, **WHY) == "designated"
    await people.do("unit", "acknowledge", number)
    assert await people.no("unit", "return", number, **WHY) == "designated"


async def test_an_extension_is_granted_by_a_supervisor(people: Cast) -> None:
    number = await people.at("handling")
    before = await people.row(number)
    await people.do("unit", "extend", number, limit=limit(8), reason="需采购")
    assert await people.no("seat", "grant", number) == "supervisor_needed"
    assert await people.no("seat", "refuse", number, reason="不行") == "supervisor_needed"
    await people.do("boss", "grant", number)
    row = await people.row(number)
    assert before["handling_due"] == at("2026-11-25T09:00:00+08:00")
    assert row["handling_due"] == at("2026-11-26T09:00:00+08:00")
    assert row["promised_due"] == before["promised_due"]
    assert (row["extensions"], row["pending"]) == (1, None)


async def test_extensions_have_bounds(people: Cast) -> None:
    number = await people.at("handling")
    refusal = await people.why("unit", "extend", number, limit=limit(16.1), reason="难")
    assert (refusal.code, refusal.facts["limit"]) == ("extension_too_long", 57600)
    for _ in range(2):
        await people.do("unit", "extend", number, limit=limit(16), reason="难")
        await people.do("boss", "grant", number)
    assert await people.no("unit", "extend", number, limit=limit(1), reason="还难") == "extended_twice"
    late = await people.at("handling")
    await people.database.freeze("2026-11-25T09:00:01+08:00")
    assert await people.no("unit", "extend", late, limit=limit(1), reason="晚了") == "overdue_already"


async def test_a_pending_extension_runs_on_and_a_granted_one_forgives(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "extend", number, limit=limit(8), reason="需采购")
    await people.database.freeze("2026-11-25T10:00:00+08:00")
    row = await people.row(number)
    assert row["due"] < at("2026-11-25T10:00:00+08:00")
    await people.do("boss", "grant", number)
    assert (await people.row(number))["due"] == at("2026-11-26T09:00:00+08:00")


async def test_nobody_grants_their_own_request_but_duty(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("boss", "suspend", number, limit=limit(8), reason="等鉴定")
    assert await people.no("boss", "grant", number) == "own_request"
    await people.do("duty", "grant", number)
    await people.do("boss", "resume", number)
    assert await people.no("boss", "grant", number) == "nothing_pending"
    await people.do("duty", "suspend", number, limit=limit(8), reason="等鉴定")
    assert (await people.do("duty", "grant", number))["status"] == "suspended"


async def test_suspended_time_does_not_count_in_the_same_clock(people: Cast) -> None:
    number = await people.at("handling")
    await people.database.freeze("2026-11-23T11:00:00+08:00")
    await people.do("unit", "suspend", number, limit=limit(100, "continuous"), reason="等材料")
    await people.database.freeze("2026-11-23T15:00:00+08:00")
    await people.do("boss", "grant", number)
    row = await people.row(number)
    assert (row["due"], row["resume_at"]) == (None, at(later("2026-11-23T15:00:00+08:00", hours=100)))
    assert await people.clocks(number) == {}
    await people.database.freeze("2026-11-26T20:00:00+08:00")
    answer = await people.do("unit", "resume", number, text="材料已到")
    row = await people.row(number)
    assert (answer["status"], row["resume_at"], row["status_before"]) == ("handling", None, None)
    # 09-12 and 14-15 had counted: 4 of 16 hours; 12 are left from the evening of Thursday on.
    assert row["handling_due"] == at("2026-11-30T12:00:00+08:00")
    assert row["warn_at"] == at("2026-11-30T08:48:00+08:00")
    assert row["promised_due"] == row["handling_due"]


async def test_a_second_suspension_turns_yellow_where_the_first_limit_would(people: Cast) -> None:
    number = await people.at("handling")
    for day in ("23T10", "25T10"):
        await people.database.freeze(f"2026-11-{day}:00:00+08:00")
        await people.do("unit", "suspend", number, limit=limit(8), reason="等材料")
        await people.do("boss", "grant", number)
        await people.database.freeze(later(f"2026-11-{day}:00:00+08:00", hours=23))
        await people.do("seat", "resume", number)
    row = await people.row(number)
    # Used: 1 hour on Monday, 7 on Tuesday, 2 on Wednesday; 6 of 16 are left, 2.8 until 80 %.
    assert row["handling_due"] == at("2026-11-26T17:00:00+08:00")
    assert row["warn_at"] == at("2026-11-26T11:48:00+08:00")


async def test_a_suspension_lasts_a_year_at_most_and_may_be_refused(people: Cast) -> None:
    number = await people.at("handling")
    too_long = limit(366 * 24, "continuous")
    assert await people.no("unit", "suspend", number, limit=too_long, reason="久") == "suspension_too_long"
    await people.do("unit", "suspend", number, limit=limit(365 * 24, "continuous"), reason="久")
    await people.do("boss", "refuse", number, reason="不同意")
    assert await people.status(number) == "handling"


async def test_a_suspension_resumes_by_itself_when_somebody_comes(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "suspend", number, limit=limit(2), reason="等回电")
    await people.do("boss", "grant", number)
    await people.database.freeze(later(hours=3.5))
    await people.do("seat", "dispatch", number, unit="城管局")
    story = await people.database.owner.fetch(
        "SELECT action, at FROM gridseat.timeline WHERE number = $1 ORDER BY seq DESC LIMIT 2", number
    )
    assert [row["action"] for row in story] == ["dispatch", "resumed"]
    assert story[1]["at"] == at(later(hours=2))
    assert await people.faults() == []


async def test_what_overtakes_a_request_makes_it_lapse(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "extend", number, limit=limit(8), reason="需采购")
    answer = await people.do("seat", "dispatch", number, unit="公安局", reason="改派")
    assert answer["pending"] is None
    assert await people.no("boss", "grant", number) == "nothing_pending"
    request = await people.database.owner.fetchrow("SELECT * FROM gridseat.request")
    assert request is not None
    assert (request["granted"], request["decided_by"]) == (None, None)
    assert request["decided_seq"] is not None
