"""What stands beside a case: reports under it, linked ones, and what happened there before."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.database.cast import Cast
from tests.database_fixtures import Database

HERE = [114.55, 38.11]
NORTH = [114.55, 38.11 + 90 / 111_195]  # ninety metres
FARTHER = [114.55, 38.11 + 110 / 111_195]
BEYOND = [114.5201, 38.11]  # another grid
EDGE, ACROSS = [114.51999, 38.115], [114.52001, 38.115]  # two grids, two metres


async def history(people: Cast, number: int, login: str = "seat") -> dict[str, Any]:
    raw = await people.raw(login)
    found: dict[str, Any] = json.loads(await raw.fetchval("SELECT desk.history($1)", number))
    await raw.close()
    return found


async def case(people: Cast, number: int, login: str = "seat") -> dict[str, Any]:
    raw = await people.raw(login)
    found: dict[str, Any] = json.loads(await raw.fetchval("SELECT desk.incident($1)", number))
    await raw.close()
    return found


def numbers(part: dict[str, Any]) -> list[int]:
    return [one["number"] for one in part["cases"]]


async def at(people: Cast, point: list[float], **args: object) -> int:
    return await people.report(point=point, datum="WGS-84", **args)


async def test_the_place_is_a_hundred_metres_around_and_the_grid_is_all_of_it(people: Cast) -> None:
    number = await at(people, HERE)
    near, far, other = await at(people, NORTH), await at(people, FARTHER), await at(people, BEYOND)
    told = await history(people, number)
    assert (told["days"], told["metres"], told["point"]) == (90, 100, True)
    assert numbers(told["place"]) == [near]
    assert numbers(told["grid"]) == [far, near]
    assert other not in numbers(told["grid"])


async def test_a_grids_border_does_not_cut_the_place_in_two(people: Cast) -> None:
    number, across = await at(people, EDGE), await at(people, ACROSS)
    told = await history(people, number)
    assert (numbers(told["place"]), numbers(told["grid"])) == ([across], [])


async def test_without_a_point_the_words_of_the_place_count_within_its_organisation(people: Cast) -> None:
    where = {"place": "东街口", "at_organisation": "130123101001"}
    number, again = await people.report(**where), await people.report(**where)
    await people.report(place="东街口", at_organisation="130123101002")
    told = await history(people, number)
    assert (numbers(told["place"]), told["grid"], told["point"]) == ([again], None, False)
    nowhere = await history(people, await people.report())
    assert nowhere["place"] == {"count": 0, "classes": [], "outcomes": {}, "cases": []}


async def test_a_point_outside_every_grid_has_a_place_all_the_same(people: Cast) -> None:
    number, again = await at(people, [114.9, 38.5]), await at(people, [114.9, 38.5])
    assert numbers((await history(people, number))["place"]) == [again]


async def test_it_says_of_which_classes_and_how_they_ended(people: Cast) -> None:
    number = await at(people, HERE)
    for title in ("一", "二", "三"):
        await at(people, HERE, title=title)
    answered = await at(people, HERE, **{"class": "诉求咨询/咨询"})
    await people.do("seat", "answer", answered, text="已答复")
    told = (await history(people, number))["place"]
    assert told["count"] == 4
    assert [(one["class"], one["count"]) for one in told["classes"]] == [
        ("街面秩序/违规牌匾", 3),
        ("诉求咨询/咨询", 1),
    ]
    assert told["outcomes"] == {"open": 3, "answered": 1}
    assert told["cases"][0]["number"] == answered
    assert (told["cases"][0]["status"], told["cases"][0]["outcome"]) == ("closed", "answered")


async def test_only_so_many_days_and_metres_as_the_county_set(people: Cast, database: Database) -> None:
    number, near = await at(people, HERE), await at(people, NORTH)
    await database.owner.execute(
        "UPDATE gridseat.incident SET received_at = received_at - $2::interval WHERE number = $1",
        near, timedelta(days=91),
    )  # fmt: skip
    assert (await history(people, number))["place"]["count"] == 0
    raw = await people.raw("duty")
    await raw.fetchval("SELECT desk.set_setting('history_days', '120')")
    assert (await history(people, number))["place"]["count"] == 1
    await raw.fetchval("SELECT desk.set_setting('history_metres', '80')")
    assert (await history(people, number))["place"]["count"] == 0
    await raw.close()


async def test_merged_reports_are_no_cases_of_their_own(people: Cast) -> None:
    number, near = await at(people, HERE), await at(people, NORTH)
    await people.do("seat", "merge", near, into=str(number))
    assert (await history(people, number))["place"]["count"] == 0


@pytest.mark.parametrize(("login", "seen"), [("seat", 1), ("second", 0)])
async def test_what_one_may_not_see_is_no_history(people: Cast, login: str, seen: int) -> None:
    number = await at(people, HERE)
    await at(people, HERE, restricted="true")
    await people.hire("second")
    told = await history(people, number, login)
    assert (told["place"]["count"], told["grid"]["count"]) == (seen, seen)


async def test_every_reporter_of_a_merged_case_is_named_masked_however_deep(people: Cast) -> None:
    main, middle, leaf = [
        await people.report(reporter=name, phone="1381234567" + end, channel="hotline")
        for name, end in (("王某", "1"), ("李某", "2"), ("张某", "3"))
    ]
    await people.do("seat", "merge", leaf, into=str(middle))
    await people.do("seat", "merge", middle, into=str(main))
    under = (await case(people, main))["under"]
    assert [(one["number"], one["reporter"], one["phone"]) for one in under] == [
        (middle, "李**", "138****5672"),
        (leaf, "张**", "138****5673"),
    ]
    assert {(one["status"], one["channel"], one["how"]) for one in under} == {("merged", "hotline", "merged")}
    above = (await case(people, leaf))["main"]
    assert (above["number"], above["status"]) == (middle, "merged")


async def test_linked_cases_are_named_with_where_they_stand_from_both_sides(people: Cast) -> None:
    one, other = await people.report(title="甲"), await people.at("accepted")
    await people.do("seat", "link", one, to=str(other))
    (linked,) = (await case(people, one))["linked"]
    assert (linked["number"], linked["status"]) == (other, "accepted")
    (back,) = (await case(people, other))["linked"]
    assert (back["number"], back["title"]) == (one, "甲")
