"""Which living cases a report would repeat: found, explained in points, told only to those who see them."""

from typing import Any

import pytest

from console.desk.reads import Reads
from console.errors import Problem
from tests.database.cast import Cast, later

HERE = (114.5100, 38.1100)
DEGREE = 111195.08  # metres of a degree of latitude on the sphere that is measured on
SPOT = {"point": list(HERE), "datum": "WGS-84"}
BURST = {"title": "路口水管破裂跑水", "class": "突发事件/管线破裂"}


def away(metres: float) -> dict[str, object]:
    """Return a point so far north of HERE."""
    return {"point": [HERE[0], HERE[1] + metres / DEGREE], "datum": "WGS-84"}


async def duplicates(people: Cast, login: str, **args: object) -> list[dict[str, Any]]:
    return await Reads(await people.desk(login)).duplicates(args)


async def numbers(people: Cast, login: str, **args: object) -> list[int]:
    return [row["number"] for row in await duplicates(people, login, **args)]


def reasons(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["reason"]: one for one in row["reasons"]}


async def test_the_second_caller_about_one_burst_pipe_is_told_of_the_first(people: Cast) -> None:
    first = await people.report(**BURST, **SPOT, place="恒山路口", phone="139 0000 0001")
    await people.database.freeze(later(minutes=10))
    (row,) = await duplicates(
        people, "seat", **(BURST | {"title": "水管破了在跑水"}), **away(20), phone="+86-13900000001"
    )
    assert (row["number"], row["status"], row["class_code"]) == (first, "reported", "突发事件/管线破裂")
    assert (round(row["metres"]), row["minutes"], row["same_phone"]) == (20, 10, True)
    assert (row["head"], row["reports"], row["place"], row["attachable"]) == (False, 0, "恒山路口", True)
    assert set(reasons(row)) == {"distance", "time", "phone", "text", "class"}
    assert row["score"] == pytest.approx(sum(one["points"] for one in row["reasons"]))
    assert 0.8 < row["score"] <= 1


async def test_near_and_soon_count_up_to_the_very_threshold(people: Cast) -> None:
    first = await people.report(**BURST, **SPOT)
    points = {}
    for metres in (0.0, 49.99, 50.01):
        rows = await duplicates(people, "seat", **BURST, **away(metres))
        points[metres] = reasons(rows[0]).get("distance", {}).get("points")
    assert points == {0.0: 0.3, 49.99: 0.15, 50.01: None}
    for hours, found in ((24, 0.075), (24.0003, None)):
        await people.database.freeze(later(hours=hours))
        (row,) = await duplicates(people, "seat", **BURST, **SPOT)
        assert reasons(row).get("time", {}).get("points") == found
        assert row["number"] == first


async def test_the_score_decides_at_its_very_threshold(people: Cast) -> None:
    await people.report(**BURST, **SPOT)
    (row,) = await duplicates(people, "seat", **BURST, **away(30))
    percent = round(row["score"] * 100)
    raw = people.database.owner
    metres = (percent / 100 - 0.15 - 0.2 - 0.1) / 0.3  # the share of distance that makes it whole percents
    exactly = away((1 - metres) * 100)
    (row,) = await duplicates(people, "seat", **BURST, **exactly)
    assert row["score"] == pytest.approx(percent / 100, abs=0.0006)
    for score, found in ((percent - 1, 1), (percent + 1, 0)):
        await raw.execute(
            "INSERT INTO gridseat.setting VALUES ('duplicate_score', to_jsonb($1::integer))"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            score,
        )
        assert len(await duplicates(people, "seat", **BURST, **exactly)) == found


async def test_a_county_sets_its_thresholds_and_weights(people: Cast) -> None:
    await people.report(**BURST, **SPOT)
    assert await numbers(people, "seat", title="墙皮脱落", **away(120)) == []
    duty = await people.raw("duty")
    for key, value in (
        ("metres", 200),
        ("weight_distance", 80),
        ("weight_time", 20),
        ("weight_phone", 0),
        ("weight_text", 0),
        ("weight_class", 0),
    ):
        await duty.fetchval("SELECT desk.set_setting($1, $2)", f"duplicate_{key}", str(value))
    await duty.close()
    (row,) = await duplicates(people, "seat", title="墙皮脱落", **away(120))
    assert {name: one["points"] for name, one in reasons(row).items()} == {"distance": 0.56, "time": 0.2}


async def test_without_a_point_the_same_words_for_the_place_will_do(people: Cast) -> None:
    place = {"place": "恒山社区3号楼", "at_organisation": "130123101001"}
    first = await people.report(title="单元门禁坏了", **place, **{"class": "治安隐患/物防技防"})
    await people.database.freeze(later(days=5))
    (row,) = await duplicates(people, "seat", title="门禁坏了进不去", **place)
    assert row["number"] == first
    assert reasons(row)["same_place"] == {"reason": "same_place", "points": 0.3, "same": "place"}
    assert await numbers(people, "seat", title="电梯停运", place="恒山社区9号楼") == []


async def test_nearly_the_same_words_from_the_same_village_will_do_minutes_later(people: Cast) -> None:
    village = {"place": "南楼乡韩家庄村东头", "at_organisation": "130123201001"}
    first = await people.report(**{**BURST, "title": "村东头水管破裂跑水"}, **village)
    await people.database.freeze(later(minutes=7))
    again: dict[str, object] = {"title": "水管破裂在跑水", "class": "突发事件/管线破裂"}
    (row,) = await duplicates(people, "seat", **again, **village | {"place": "韩家庄村小学旁"})
    assert (row["number"], row["metres"]) == (first, None)
    assert reasons(row)["same_place"] == {"reason": "same_place", "points": 0.15, "same": "community"}
    assert set(reasons(row)) == {"same_place", "time", "text", "class"}
    assert row["score"] == pytest.approx(sum(one["points"] for one in row["reasons"]), abs=1e-6)
    assert 0.45 < row["score"] < 1
    elsewhere = {"place": village["place"], "at_organisation": "130123101001"}
    words = {"title": "村东头水管破裂跑水", "class": "突发事件/管线破裂"}
    assert await numbers(people, "seat", **words, **elsewhere) == [], "the same words of another village"
    assert await numbers(people, "seat", **words, **SPOT) == [], "nor at a point in it"


async def test_all_there_is_earns_one_with_or_without_a_point(people: Cast) -> None:
    phone = {"phone": "13900000001"}
    village = {"place": "韩家庄村", "at_organisation": "130123201001"}
    for place in (village, SPOT):
        first = await people.report(**BURST, **place, **phone)
        best = (await duplicates(people, "seat", **BURST, **place, **phone))[0]
        assert (best["number"], best["score"]) == (first, 1)
    unplaced = await people.report(**BURST, **phone)
    found = {row["number"]: row for row in await duplicates(people, "seat", number=unplaced)}
    for row in found.values():
        assert 0.94 < row["score"] <= 1, "with no place told, the rest shares the weight of distance"
        assert set(reasons(row)) == {"time", "phone", "text", "class"}
    assert len(found) == 2


async def test_the_same_caller_within_the_hour_is_enough_with_a_few_words(people: Cast) -> None:
    first = await people.report(title="路口水管破裂", phone="0311-8888 0001")
    for phone, found in (
        ("031188880001", [first]),
        ("86 311 88880001", [first]),
        ("88880002", []),
        ("无", []),
    ):
        assert await numbers(people, "seat", text="水管破裂还没来人", phone=phone) == found


async def test_what_stands_under_a_case_counts_for_that_case(people: Cast) -> None:
    head = await people.report(title="暴雨积水", **{"class": "突发事件/积水"})
    child = await people.report(**BURST, **SPOT)
    await people.do("seat", "attach-report", child, to=head)
    (row,) = await duplicates(people, "seat", **BURST, **away(10))
    assert (row["number"], row["title"], row["head"], row["reports"]) == (head, "暴雨积水", True, 1)
    assert {one["report"] for one in row["reasons"]} == {child}
    assert await numbers(people, "seat", number=child) == []
    await people.do("seat", "answer", head, text="统一答复")
    assert await numbers(people, "seat", **BURST, **away(10)) == []


async def test_two_cases_name_each_other(people: Cast) -> None:
    one = await people.report(**BURST, **SPOT, phone="13900000001")
    await people.database.freeze(later(minutes=30))
    two = await people.report(
        title="水管破了", phone="13900000001", **away(35), **{"class": "突发事件/路面塌陷"}
    )
    (there,) = await duplicates(people, "seat", number=one)
    (back,) = await duplicates(people, "seat", number=str(two))
    assert (there["number"], back["number"]) == (two, one)
    assert there["score"] == pytest.approx(back["score"])
    assert await Reads(await people.desk("seat")).duplicates({"number": one}) == [there]


async def test_nobody_learns_of_what_they_do_not_see(people: Cast) -> None:
    facts: dict[str, object] = {**BURST, **SPOT, "phone": "13900000001"}
    hidden = await people.report(**facts, restricted=True)
    below = await people.report("town_seat", **{**facts, "centre": "130123201"})
    assert await numbers(people, "seat", **facts) == [hidden, below]
    assert await numbers(people, "second", **facts) == [below]
    assert await numbers(people, "beside", **facts) == []
    assert await numbers(people, "stranger", **facts) == []
    covered = await people.report(title="暴雨积水")
    await people.do("seat", "merge", hidden, into=covered)
    assert await numbers(people, "second", **facts) == [below], "a seen case does not betray an unseen one"
    for login, args, code in (
        ("screen", facts, "not_allowed"),
        ("second", {"number": hidden}, "not_found"),
        ("seat", {"number": "9" * 30}, "bad_number"),
        ("seat", {"point": ["a", 1], "datum": "WGS-84"}, "bad_point"),
    ):
        with pytest.raises(Problem) as found:
            await duplicates(people, login, **args)
        assert found.value.code == code


async def test_attachable_is_what_the_caller_may_put_together(people: Cast) -> None:
    facts: dict[str, object] = {**BURST, **SPOT}
    await people.report(**facts)
    await people.report("town_seat", **{**facts, "centre": "130123201"})
    mine, theirs = await duplicates(people, "seat", **facts)
    assert (mine["attachable"], theirs["attachable"]) == (True, False)
    sent = {**facts, "channel": "phone"}
    assert await people.no("seat", "report", None, into=theirs["number"], **sent) == "not_allowed"
    assert (await people.do("seat", "report", None, into=mine["number"], **sent))["status"] == "merged"


async def test_thousands_of_words_or_none_are_no_hindrance(people: Cast) -> None:
    await people.report(**BURST, **SPOT)
    assert await duplicates(people, "seat") == []
    assert await duplicates(people, "seat", text="水" * 20000, phone="1" * 80) == []
