"""How long each stage may take, in which time, and what becomes of it on the way."""

from datetime import datetime, timedelta

from tests.database.cast import MONDAY, Cast, later, limit

NIGHT = "2026-11-23T22:00:00+08:00"
FRIDAY = "2026-11-27T17:30:00+08:00"


def day(text: str) -> datetime:
    """Return "25 09:30" of November 2026, in Shijiazhuang."""
    return datetime.fromisoformat(f"2026-11-{text.replace(' ', 'T')}:00+08:00")


async def limits(people: Cast, number: int) -> dict[str, tuple[int, str]]:
    return {stage: (row["seconds"], row["clock"]) for stage, row in (await people.clocks(number)).items()}


async def staff(people: Cast, centre: str, by: str, hours: int = 24) -> None:
    await people.database.owner.execute(
        """INSERT INTO gridseat.shift (centre_id, by_centre_id, starts, ends)
           SELECT c.id, b.id, desk.now(), desk.now() + $3 * interval '1 hour'
           FROM gridseat.organisation AS c, gridseat.organisation AS b WHERE c.code = $1 AND b.code = $2""",
        centre,
        by,
        hours,
    )


async def test_the_default_limits_by_day(people: Cast) -> None:
    number = await people.at("reported")
    two_days = (57600, "working")
    wanted = {
        "reported": {"accept": (900, "working")},
        "accepted": {"dispatch": (900, "working")},
        "dispatched": {"acknowledge": (7200, "working"), "handling": two_days, "promised": two_days},
        "handling": {"handling": two_days, "promised": two_days},
        "handled": {"verify": (14400, "working"), "promised": two_days},
        "verified": {"close": (28800, "working"), "promised": two_days},
        "closed": {},
    }
    assert await limits(people, number) == wanted.pop("reported")
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("accept", {}),
        ("dispatch", {"unit": "城管局"}),
        ("acknowledge", {}),
        ("feedback", {"text": "办"}),
        ("verify", {}),
        ("close", {}),
    )
    for (status, stages), (action, args) in zip(wanted.items(), steps, strict=True):
        who = "unit" if action in {"acknowledge", "feedback"} else "seat"
        assert (await people.do(who, action, number, **args))["status"] == status
        assert await limits(people, number) == stages
        row = await people.row(number)
        running = [
            clock["due"] for stage, clock in (await people.clocks(number)).items() if stage != "promised"
        ]
        assert row["due"] == min(running, default=None)


async def test_a_centre_without_a_night_shift_counts_working_time_and_a_staffed_one_does_not(
    people: Cast,
) -> None:
    await people.database.freeze(NIGHT)
    alone = await people.at("reported")
    assert (await people.row(alone))["due"] == day("24 08:15")
    await staff(people, "130123", by="1301")
    covered = await people.at("reported")
    assert await limits(people, covered) == {"accept": (900, "continuous")}
    assert (await people.row(covered))["due"] == day("23 22:15")
    assert (await people.row(alone))["due"] == day("24 08:15")
    await people.database.owner.execute("DELETE FROM gridseat.shift")
    await people.do("seat", "classify", covered, priority=2)
    await people.do("seat", "accept", covered)
    assert await limits(people, covered) == {"dispatch": (900, "working")}


async def test_the_most_urgent_always_run_round_the_clock(people: Cast) -> None:
    await people.database.freeze(NIGHT)
    number = await people.at("reported", **{"class": "公共安全/火情"})
    assert await limits(people, number) == {"accept": (900, "continuous")}
    await people.walk(number, "dispatched")
    half = (1800, "continuous")
    assert await limits(people, number) == {"acknowledge": half, "handling": half, "promised": half}
    await people.do("unit", "acknowledge", number)
    await people.do("unit", "feedback", number, text="已扑灭")
    assert (await limits(people, number))["verify"] == (14400, "continuous")
    await people.do("seat", "verify", number)
    assert (await limits(people, number))["close"] == (86400, "continuous")
    crowd = await people.at("dispatched", **{"class": "矛盾纠纷/物业"}, priority=1)
    assert (await limits(people, crowd))["handling"] == (7200, "continuous")


async def test_acknowledging_is_quick_where_the_class_runs_round_the_clock(people: Cast) -> None:
    number = await people.at("dispatched", **{"class": "街面秩序/游商"})
    assert (await limits(people, number))["acknowledge"] == (1800, "continuous")


async def test_a_new_unit_gets_a_full_limit_and_the_promise_stays(people: Cast) -> None:
    number = await people.at("handling")
    promised = (await people.row(number))["promised_due"]
    assert promised == day("25 09:00")
    await people.database.freeze(later(hours=2))
    await people.do("unit", "return", number, reason="非职责")
    await people.do("seat", "grant", number)
    await people.database.freeze(later(hours=24))
    answer = await people.do("seat", "dispatch", number, unit="公安局")
    assert datetime.fromisoformat(answer["handling_due"]) == day("26 09:00")
    assert datetime.fromisoformat(answer["promised_due"]) == promised


async def test_rework_gets_half_but_two_hours_and_never_more_than_the_whole(people: Cast) -> None:
    for hours, wanted in ((16, 8), (3, 2), (1, 1)):
        await people.database.freeze(MONDAY)
        number = await people.at("accepted")
        await people.do("seat", "dispatch", number, unit="城管局", limit=limit(hours, "continuous"))
        for who, action, args in (
            ("unit", "acknowledge", {}),
            ("unit", "feedback", {"text": "办"}),
            ("seat", "rework", {"reason": "未净"}),
        ):
            await people.do(who, action, number, **args)
        assert (await limits(people, number))["handling"] == (wanted * 3600, "continuous")
        assert (await limits(people, number))["promised"] == (hours * 3600, "continuous")


async def test_limits_follow_a_new_class_from_the_same_start(people: Cast) -> None:
    number = await people.at("handling")
    await people.database.freeze(later(hours=1))
    await people.do("seat", "classify", number, **{"class": "街面秩序/小广告"})
    assert (await people.row(number))["handling_due"] == day("24 09:00")
    await people.do("seat", "classify", number, **{"class": "街面秩序/游商"})
    assert (await people.row(number))["handling_due"] == day("23 11:00")
    await people.do("seat", "classify", number, place="只改地点")
    await people.do("seat", "classify", number, priority=1)
    row = await people.row(number)
    assert (row["handling_due"], row["promised_due"]) == (day("23 11:00"), day("25 09:00"))
    early = await people.at("reported")
    await people.database.freeze(later(hours=1, minutes=10))
    await people.do("seat", "classify", early, priority=1)
    assert await limits(people, early) == {"accept": (900, "continuous")}
    assert (await people.row(early))["due"] == day("23 10:15")


async def test_what_was_granted_or_already_used_survives_a_new_class(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("unit", "extend", number, limit=limit(8), reason="需采购")
    await people.do("boss", "grant", number)
    await people.do("seat", "classify", number, **{"class": "街面秩序/小广告"})
    assert (await limits(people, number))["handling"] == (2 * 28800, "working")
    await people.database.freeze(later(hours=2))
    await people.do("unit", "suspend", number, limit=limit(8), reason="等")
    await people.do("boss", "grant", number)
    await people.do("seat", "classify", number, **{"class": "街面秩序/违规牌匾"})
    await people.do("seat", "resume", number)
    assert (await limits(people, number))["handling"] == (3 * 28800 - 7200, "working")
    await people.do("seat", "classify", number, **{"class": "街面秩序/小广告"})
    assert (await limits(people, number))["handling"] == (2 * 28800 - 7200, "working")
    again = await people.at("handled")
    await people.do("seat", "rework", again, reason="未净")
    await people.do("seat", "classify", again, **{"class": "街面秩序/小广告"})
    assert (await limits(people, again))["handling"] == (14400, "working")


async def test_the_next_day_rule_is_applied_once(people: Cast) -> None:
    await people.database.owner.execute("UPDATE gridseat.calendar SET next_day = true")
    number = await people.at("handling")
    assert (await people.row(number))["handling_due"] == day("25 18:00")
    assert (await limits(people, number))["handling"] == (57600, "working")
    await people.do("seat", "classify", number, **{"class": "街面秩序/小广告"})
    assert (await people.row(number))["handling_due"] == day("24 18:00")
    await people.do("seat", "classify", number, **{"class": "街面秩序/非机动车"})
    assert (await people.row(number))["handling_due"] == day("23 11:00")
    await people.do("seat", "classify", number, **{"class": "街面秩序/违规牌匾"})
    assert (await people.row(number))["handling_due"] == day("25 18:00")


async def test_green_turns_yellow_at_four_fifths_and_red_past_the_limit(people: Cast) -> None:
    await people.database.freeze(FRIDAY)
    number = await people.at("reported")
    row = await people.row(number)
    assert row["warn_at"] == datetime.fromisoformat(FRIDAY) + timedelta(minutes=12)
    assert row["due"] == datetime.fromisoformat(FRIDAY) + timedelta(minutes=15)
    await people.walk(number, "dispatched")
    row = await people.row(number)
    assert (row["due_stage"], row["due"]) == ("acknowledge", day("30 09:30"))
    assert row["warn_at"] == day("30 09:06")


async def test_a_year_without_calendar_refuses_nothing_and_is_computed_once_it_is_there(people: Cast) -> None:
    await people.database.freeze("2026-12-31T16:00:00+08:00")
    number = await people.at("handling")
    row = await people.row(number)
    assert (row["status"], row["due"], row["handling_due"], row["promised_due"]) == (
        "handling",
        None,
        None,
        None,
    )
    asleep = await people.at("accepted")
    await people.do("seat", "suspend", asleep, limit=limit(40), reason="等")
    await people.do("boss", "grant", asleep)
    alarms = (
        "SELECT facts ->> 'year' FROM gridseat.alarm WHERE kind = 'calendar_missing' AND cleared_at IS NULL"
    )
    assert [row[0] for row in await people.database.owner.fetch(alarms)] == ["2027"]
    assert (await people.row(asleep))["resume_at"] == datetime.fromisoformat("2027-12-31T16:00:00+08:00")
    sweeper = await people.raw("seat")
    assert '"known": 0' in await sweeper.fetchval("SELECT desk.sweep()")
    await people.database.owner.execute(
        """SELECT gridseat.set_calendar_days(id, '[{"day": "2027-01-01", "working": false}]')
           FROM gridseat.calendar"""
    )
    assert '"known": 2' in await sweeper.fetchval("SELECT desk.sweep()")
    assert '"known": 0' in await sweeper.fetchval("SELECT desk.sweep()")
    await sweeper.close()
    row = await people.row(number)
    assert row["handling_due"] == row["promised_due"] == datetime.fromisoformat("2027-01-05T16:00:00+08:00")
    assert (await people.row(asleep))["resume_at"] == datetime.fromisoformat("2027-01-08T16:00:00+08:00")
    assert await people.database.owner.fetch(alarms) == []
    assert await people.faults() == []
