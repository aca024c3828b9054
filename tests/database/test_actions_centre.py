"""What the centre does with a case: report, accept, classify, dispatch, pass on, end."""

import uuid
from datetime import datetime, timedelta

from tests.database.cast import MONDAY, Cast, later, limit

WHY = {"reason": "因故"}


async def organisation(people: Cast, code: str) -> int:
    return int(
        await people.database.owner.fetchval("SELECT id FROM gridseat.organisation WHERE code = $1", code)
    )


async def test_a_report_goes_to_the_centre_told_else_the_points_else_the_actors(people: Cast) -> None:
    point = {"point": [114.55, 38.11], "datum": "WGS-84"}
    facts: dict[str, object] = {"title": "占道", "channel": "phone", "class": "街面秩序/游商"}
    wanted: dict[str, dict[str, object]] = {
        "130123": {**facts, **point, "centre": "130123"},
        "130123201": {**facts, **point},
        "130123101": {**facts, "at_organisation": "130123101001"},
        "1301": facts,
    }
    for code, args in wanted.items():
        number = int((await people.do("duty", "report", None, **args))["number"])
        assert (await people.row(number))["centre_id"] == await organisation(people, code)
    number = int((await people.do("grid", "report", None, **facts))["number"])
    assert (await people.row(number))["centre_id"] == await organisation(people, "130123201")
    assert await people.no("screen", "report", None, **facts) == "not_allowed"
    assert (await people.do("robot", "report", None, **facts))["status"] == "reported"


async def test_received_occurred_and_recorded_stand_apart(people: Cast) -> None:
    times = {"received": later(hours=-3), "occurred": later(hours=-9)}
    row = await people.row(await people.report(**times))
    assert row["received_at"] == datetime.fromisoformat(later(hours=-3))
    assert row["occurred_at"] == datetime.fromisoformat(later(hours=-9))
    assert row["recorded_at"] == datetime.fromisoformat(MONDAY)
    facts = {"title": "t", "channel": "phone", "class": "街面秩序/游商"}
    for option in times:
        late = await people.why("seat", "report", None, **facts, **{option: later(minutes=6)})
        assert late.code == "in_the_future"


async def test_a_point_of_unknown_datum_is_kept_and_not_looked_up(people: Cast) -> None:
    told = await people.row(await people.report(point=[114.55, 38.11]))
    assert (told["datum"], told["lon"], told["grid_id"]) == ("unknown", None, None)
    assert (told["raw_lon"], told["raw_lat"]) == (114.55, 38.11)
    moved = await people.report(point=[114.55, 38.11], raw_point=[114.556, 38.112], datum="GCJ-02")
    row = await people.row(moved)
    assert (row["lon"], row["raw_lon"]) == (114.55, 114.556)
    assert row["grid_id"] is not None
    assert row["organisation_id"] == await organisation(people, "130123201001")


async def test_inbound_reports_are_known_by_source_and_number(people: Cast) -> None:
    number = await people.report(external="12345:ZD-1")
    facts = {"title": "再来", "channel": "hotline", "class": "街面秩序/游商", "external": "12345:ZD-1"}
    again = await people.why("second", "report", None, **facts)
    assert (again.code, again.facts["number"]) == ("already_reported", number)
    unseen = await people.why("beside", "report", None, **facts)
    secret = await people.report(external="12345:ZD-3", restricted="true")
    hidden = await people.why("second", "report", None, **(facts | {"external": "12345:ZD-3"}))
    for taken in (unseen, hidden):
        assert (taken.code, taken.facts["number"]) == ("already_reported", None)
        assert str(secret) not in taken.sentence
    assert await people.report(external="12345:ZD-2") != number


async def test_a_source_that_sends_again_hears_the_same_though_the_case_has_left_its_sight(
    people: Cast,
) -> None:
    facts = {"title": "再来", "channel": "hotline", "class": "街面秩序/游商", "external": "12345:1"}
    sent = await people.do("robot", "report", None, centre="130125", **facts)
    raw = await people.raw("robot")
    assert not await raw.fetchval("SELECT count(*) FROM gridseat.incident")
    again = await people.why("robot", "report", None, centre="130125", **facts)
    assert again.facts["number"] == sent["number"]
    await raw.close()


async def test_the_short_ends(people: Cast) -> None:
    ends = {
        "reject": ("rejected", "rejected", WHY),
        "answer": ("closed", "answered", {"text": "周一至周五办理"}),
        "refer": ("closed", "referred", {"to": "110", "reference": "J-7"}),
        "withdraw": ("cancelled", "withdrawn", WHY),
        "cancel": ("cancelled", "cancelled", WHY),
    }
    for action, (status, outcome, args) in ends.items():
        number = await people.at("reported")
        await people.do("seat", "claim", number)
        assert (await people.do("seat", action, number, **args))["status"] == status
        row = await people.row(number)
        assert (row["outcome"], row["due"], row["claim_person_id"]) == (outcome, None, None)
        assert row["closed_at"] == datetime.fromisoformat(MONDAY)
        assert await people.clocks(number) == {}


async def test_every_move_back_needs_its_reason(people: Cast) -> None:
    for action, status, who in (
        ("reject", "reported", "seat"),
        ("cancel", "handling", "seat"),
        ("withdraw", "handling", "seat"),
        ("return", "handling", "unit"),
        ("dispatch", "handling", "seat"),
        ("designate", "handling", "boss"),
        ("rework", "handled", "seat"),
        ("reopen", "closed", "seat"),
        ("unmerge", "merged", "seat"),
        ("force-close", "handling", "boss"),
    ):
        number = await people.at(status)
        args = {"unit": "公安局"} if action in {"dispatch", "designate"} else {}
        assert await people.no(who, action, number, **args) == "reason_needed", action
        assert await people.no(who, action, number, **args, reason="  ") == "reason_needed", action


async def test_confirm_asks_and_answers(people: Cast) -> None:
    number = await people.at("reported")
    for result in ("asked", "true", "false"):
        await people.do("seat", "confirm", number, result=result)
        assert (await people.row(number))["confirmation"] == result
    assert await people.no("seat", "confirm", number, result="也许") == "not_one_of"


async def test_a_class_decides_priority_and_a_restricted_one_hides_the_case(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("seat", "classify", number, **{"class": "治安隐患/涉爆涉枪线索"}, place="东街口")
    row = await people.row(number)
    assert (row["priority"], row["handling_seconds"], row["place"]) == (1, 1800, "东街口")
    await people.database.owner.execute(
        "UPDATE gridseat.catalogue_class SET restricted = true WHERE code = '诉求咨询/举报'"
    )
    await people.do("seat", "classify", number, **{"class": "诉求咨询/举报"})
    assert (await people.row(number))["restricted"]
    assert await people.no("second", "note", number, text="看不到") == "not_found"
    await people.do("seat", "classify", number, point=[114.55, 38.11], datum="CGCS2000")
    assert (await people.row(number))["grid_id"] is not None


async def test_a_dispatch_names_a_lead_and_summons_co_handlers(people: Cast) -> None:
    number = await people.at("accepted")
    three = {"with": ["公安局", "消防救援大队"]}
    answer = await people.do("seat", "dispatch", number, unit="城管局", **three, limit=limit(3))
    row = await people.row(number)
    assert row["handling_due"] == datetime.fromisoformat(MONDAY) + timedelta(hours=3)
    assert answer["status"] == "dispatched"
    parties = await people.database.owner.fetch(
        "SELECT kind, until_seq FROM gridseat.party WHERE number = $1 ORDER BY id", number
    )
    assert [row["kind"] for row in parties] == ["lead", "co", "co"]
    await people.do("seat", "dispatch", number, unit="130123201001001", reason="改派网格")
    row = await people.row(number)
    assert row["lead_grid_id"] is not None
    await people.do("grid", "acknowledge", number)
    assert await people.no("unit", "note", number, text="已非我事") == "not_found"
    current = "SELECT count(*) FROM gridseat.party WHERE number = $1 AND until_seq IS NULL"
    assert await people.database.owner.fetchval(current, number) == 1


async def test_a_dispatch_needs_a_unit_that_can_be_one(people: Cast) -> None:
    number = await people.at("accepted")
    for unit in ("正定县", "1301"):
        assert await people.no("seat", "dispatch", number, unit=unit) == "unit_above"
    for crowd in (["城管局"], ["公安局", "公安局"]):
        assert await people.no("seat", "dispatch", number, unit="城管局", **{"with": crowd}) == "unit_twice"
    assert await people.no("seat", "dispatch", number, unit="无此单位") == "no_such_unit"
    assert await people.no("seat", "dispatch", number) == "option_missing"
    assert await people.no("seat", "dispatch", number, unit="城管局", **{"with": "公安局"}) == "bad_arguments"
    refusal = await people.why("seat", "dispatch", number, unit="韩家庄村")
    assert refusal.code == "ambiguous_unit"
    assert [each["parent"] for each in refusal.facts["candidates"]] == ["南楼乡", "龙州镇"]  # type: ignore[attr-defined]
    await people.database.owner.execute("UPDATE gridseat.grid SET name = '同名网格'")
    assert await people.no("seat", "dispatch", number, unit="同名网格") == "ambiguous_unit"
    assert await people.status(number) == "accepted"


async def test_cases_go_up_and_down_one_level_at_a_time(people: Cast) -> None:
    number = await people.at("accepted")
    county = (await people.row(number))["centre_id"]
    assert (await people.do("seat", "escalate", number))["status"] == "reported"
    row = await people.row(number)
    assert (row["centre_id"], row["responsible_id"]) == (await organisation(people, "1301"), county)
    assert set(await people.clocks(number)) == {"accept"}
    assert await people.no("seat", "accept", number) == "not_allowed"
    await people.do("city_seat", "accept", number)
    assert (await people.row(number))["responsible_id"] == row["centre_id"]
    assert await people.no("city_seat", "escalate", number) == "no_centre_above"
    assert await people.no("city_seat", "hand-down", number, to="130123201") == "not_a_child_centre"
    assert await people.no("city_seat", "hand-down", number, to="130123-D02") == "not_a_centre"
    assert await people.no("city_seat", "hand-down", number, to="火星") == "no_such_unit"
    await people.do("city_seat", "hand-down", number, to="130123", reason="属地办理")
    await people.do("seat", "hand-down", number, to="130123201")
    await people.do("town_seat", "accept", number)
    assert await people.no("seat", "dispatch", number, unit="城管局") == "not_allowed"


async def test_a_copied_centre_sees_and_is_copied_once(people: Cast) -> None:
    number = await people.at("reported")
    assert await people.no("beside", "note", number, text="?") == "not_found"
    await people.do("seat", "copy", number, to="130125")
    await people.do("beside", "note", number, text="收到")
    assert await people.no("seat", "copy", number, to="130125") == "copied_already"


async def test_the_roster_lets_the_county_act_for_a_township_at_night(people: Cast) -> None:
    number = await people.report("town_seat", centre="130123201")
    assert await people.no("seat", "accept", number) == "not_allowed"
    await people.database.owner.execute(
        """INSERT INTO gridseat.shift (centre_id, by_centre_id, starts, ends)
           SELECT t.id, c.id, $1::timestamptz, $1::timestamptz + interval '8 h'
           FROM gridseat.organisation AS t, gridseat.organisation AS c
           WHERE t.code = '130123201' AND c.code = '130123'""",
        datetime.fromisoformat(MONDAY),
    )
    await people.walk(number, "closed")
    entry = await people.database.owner.fetchval(
        "SELECT count(*) FROM gridseat.timeline AS e JOIN gridseat.organisation AS o ON o.id = e.centre_id "
        "WHERE e.number = $1 AND o.code = '130123'",
        number,
    )
    assert entry == 4


async def test_a_designation_cannot_be_returned_and_is_the_supervisors(people: Cast) -> None:
    number = await people.at("handling")
    assert await people.no("seat", "designate", number, unit="公安局", **WHY) == "not_allowed"
    await people.do("boss", "designate", number, unit="公安局", **WHY)
    assert (await people.row(number))["designated"]
    assert await people.no("helper", "return", number, **WHY) == "designated"


async def test_a_supervisor_closes_by_force_even_what_stands_still(people: Cast) -> None:
    number = await people.at("suspended")
    assert await people.no("seat", "force-close", number, **WHY) == "not_allowed"
    await people.do("boss", "force-close", number, **WHY)
    row = await people.row(number)
    assert (row["status"], row["outcome"], row["handling_due"]) == ("closed", "forced", None)
    await people.do("seat", "reopen", number, **WHY)
    await people.do("seat", "dispatch", number, unit="城管局")
    await people.do("seat", "suspend", number, limit=limit(8), **WHY)
    await people.do("boss", "grant", number)
    await people.do("seat", "resume", number)
    assert set(await people.clocks(number)) == {"acknowledge", "handling", "promised"}
    assert await people.faults() == []


async def test_nobody_is_nobody(people: Cast) -> None:
    number = await people.at("reported")
    raw = await people.raw("second")
    await people.database.owner.execute(
        "UPDATE gridseat.person SET disabled_at = desk.now() WHERE login = 'second'"
    )
    answer = await people.why("second", "note", number, text="x")
    assert answer.code == "person_disabled"
    await raw.close()
    assert await people.no("seat", "accept", None) == "not_found"
    assert await people.no("seat", "accept", number + 1000) == "not_found"
    assert await people.no("seat", "dance", number) == "no_such_action"
    assert await people.no("seat", "accept", number, command_id=uuid.UUID(int=0), dance=1) == "unknown_option"
