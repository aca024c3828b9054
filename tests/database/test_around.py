"""What is around a case or point: the nearest equals a look at all, and nobody is told of a case unseen."""

import math
import random
from typing import Any

import pytest

from console.desk.around import Around
from console.errors import BadInput, Refused
from tests.database.around import GRID, SOUTH_GRID, around, imported, resource
from tests.database.cast import Cast

HERE = {"point": [114.5100, 38.1100], "raw_point": [114.5100, 38.1100], "datum": "WGS-84"}
SPOT = (114.51, 38.11)


async def test_the_nearest_of_a_kind_with_metres(people: Cast) -> None:
    rows = [
        resource("near", 114.5101, 38.1100),
        resource("far", 114.5200, 38.1100),
        resource("station", 114.5100, 38.1101, kind="station"),
        resource("gone", 114.5100, 38.1100, active=False),
    ]
    await imported(people, "resources", rows)
    ask: Around = await around(people)
    found = await ask.near(await people.report(**HERE), ["hydrant"], 2)
    assert [one["code"] for one in found["resources"]] == ["near", "far"]
    assert found["resources"][0]["metres"] == pytest.approx(8.7, abs=0.1)
    assert (found["told_by"], found["point"], found["grid"]["code"]) == ("case", [114.51, 38.11], GRID)
    assert [one["code"] for one in (await ask.near(SPOT))["resources"]] == ["near", "station", "far"]


async def test_a_case_without_a_point_is_asked_from_the_middle_of_its_grid(people: Cast) -> None:
    ask = await around(people)
    found = await ask.near(await people.report(at_grid=SOUTH_GRID))
    assert found["told_by"] == "grid"
    assert found["point"] == pytest.approx([114.55, 38.11])
    with pytest.raises(Refused) as told:
        await ask.near(await people.report())
    assert told.value.code == "case_without_point"
    for wrong in ((200.0, 38.0), (float("nan"), 38.0)):
        with pytest.raises(BadInput, check=lambda error: error.code == "bad_point"):
            await ask.near(wrong)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Measure by the haversine formula on the mean sphere."""
    (a, b), (c, d) = (map(math.radians, pair) for pair in (one, other))
    half = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(half))


async def test_nearest_and_within_equal_a_look_at_all(people: Cast) -> None:
    """Points near each other and all over the country, north too, where a degree east is a short way."""
    dice = random.Random(38)
    spots = {f"T{n}": (114.5 + dice.uniform(0, 0.2), 38.1 + dice.uniform(0, 0.2)) for n in range(250)}
    spots |= {f"C{n}": (dice.uniform(73, 135), dice.uniform(18, 53)) for n in range(250)}
    spots |= {f"N{n}": (dice.uniform(60, 150), dice.uniform(60, 89)) for n in range(50)}
    kind = {code: dice.choice(["hydrant", "camera"]) for code in spots}
    await imported(people, "resources", [resource(c, *at, kind=kind[c]) for c, at in spots.items()])
    ask = await around(people)
    for _ in range(25):
        here = dice.choice(
            [
                (dice.uniform(114.4, 114.8), dice.uniform(38, 38.4)),
                (dice.uniform(73, 135), dice.uniform(18, 53)),
                (dice.uniform(60, 150), dice.uniform(70, 88)),
            ]
        )
        kinds = dice.choice([["camera"], ["hydrant"], []])
        told = [(metres(here, at), c) for c, at in spots.items() if not kinds or kind[c] in kinds]
        nearest = [one["code"] for one in (await ask.near(here, kinds, 7))["resources"]]
        assert nearest == [code for _, code in sorted(told)[:7]], here
        reach = dice.uniform(500, 50000)
        inside = await ask.within(here, reach, kinds, 1000)
        assert {one["code"] for one in inside["resources"]["rows"]} == {c for far, c in told if far <= reach}


async def test_a_circle_tells_cases_resources_and_the_grids_that_it_reaches(people: Cast) -> None:
    await imported(people, "resources", [resource("in", 114.5101, 38.1100), resource("out", 114.53, 38.11)])
    here = await people.report(**HERE)
    beside = await people.report(**{**HERE, "point": [114.5110, 38.1100]})
    await people.report(**{**HERE, "point": [114.55, 38.11]})
    ended = await people.report(**HERE)
    await people.do("seat", "cancel", ended, reason="重复录入")
    ask = await around(people)
    found = await ask.within(here, 500)
    assert [one["number"] for one in found["cases"]["rows"]] == [here, beside]
    assert found["cases"]["rows"][0]["grade"] == "green"
    assert found["cases"]["total"] == 2
    assert [one["code"] for one in found["resources"]["rows"]] == ["in"]
    assert [one["code"] for one in found["grids"]] == [GRID]
    few = await ask.within(here, 900, limit=1)
    assert [one["code"] for one in few["grids"]] == [GRID]
    assert (few["cases"]["total"], len(few["cases"]["rows"]), few["grids_total"]) == (2, 1, 2)
    # the neighbour's edge is 0.01 degrees to the east: 875 m
    assert [len((await ask.within(here, far))["grids"]) for far in (870, 880, 50_000)] == [1, 2, 3]
    for far in (0, 50001, float("nan")):
        with pytest.raises(BadInput) as told:
            await ask.within(here, far)
        assert told.value.code == "bad_radius"


async def test_a_circle_inside_a_hole_does_not_reach_the_grid(people: Cast) -> None:
    await people.database.owner.execute(
        """INSERT INTO gridseat.grid_ring
           SELECT id, true, polygon(box(point(114.505, 38.105), point(114.515, 38.115)))
           FROM gridseat.grid WHERE code = $1""",
        GRID,
    )
    ask = await around(people)
    assert (await ask.near(SPOT))["grid"] is None
    assert [len((await ask.within(SPOT, far))["grids"]) for far in (400, 450)] == [0, 1]


async def test_cases_that_are_not_seen_are_nowhere(people: Cast) -> None:
    """Restricted and foreign ones alike: not as a row, not in a total, not as the middle of a question."""
    secret = await people.report("boss", **HERE, restricted=True)
    open_ = await people.report("seat", **HERE)
    seen = {login: await circle(people, login) for login in ("boss", "seat", "unit", "beside", "screen")}
    assert seen == {
        "boss": [secret, open_],
        "seat": [open_],
        "unit": [],
        "beside": [],
        "screen": [open_],
    }
    for question in ("near", "within", "grid_at"):
        ask = await around(people)
        with pytest.raises(Refused) as told:
            await getattr(ask, question)(secret, *([500] if question == "within" else []))
        assert told.value.code == "not_found"


async def circle(people: Cast, login: str) -> list[Any]:
    ask = await around(people, login)
    cases = (await ask.within(SPOT, 500))["cases"]
    card = await ask.grid_card(GRID)
    assert cases["total"] == len(cases["rows"]) == card["open"]["total"] == card["figures"]["received"]
    return [one["number"] for one in cases["rows"]]
