"""Which unit a case should go to: by the county's list, grid, load, roster and distance, each in points."""

from datetime import datetime
from typing import Any

import pytest

from console.desk.reads import Reads
from tests.database.cast import MONDAY, Cast
from tests.database.offices import table, take

LIST = "大类,小类,承办单位,角色,适用中心"
COUNTY = (
    "街面秩序,,城管局,主办,",
    "公共安全,火情,消防救援大队,主办,",
    "公共安全,火情,公安局,协办,",
    "公共安全,火情,属地网格,协办,",
    "公共安全,焚烧,属地乡镇,主办,",
    "市容环境,,城管局,主办,",
    "市容环境,暴露垃圾,公安局,主办,南楼乡",
)
HERE = {"point": [114.5100, 38.1100], "datum": "WGS-84", "centre": "130123"}
SOUTH = {"point": [114.5500, 38.1100], "datum": "WGS-84", "centre": "130123"}
GRID, SOUTH_GRID = "130123101001001", "130123201001001"


@pytest.fixture
async def county(people: Cast) -> Cast:
    """Give the county's people and its list of responsibilities."""
    await take(await people.desk("clerk"), "responsibilities", table(LIST, *COUNTY))
    return people


async def recommend(people: Cast, class_: str, /, **args: object) -> list[dict[str, Any]]:
    return await Reads(await people.desk("seat")).recommend({"class": class_, **args})


def told(rows: list[dict[str, Any]], kind: str = "lead") -> list[str]:
    return [row["unit_name"] for row in rows if row["kind"] == kind]


def reasons(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["reason"]: one for one in row["reasons"]}


async def test_a_fire_goes_to_the_brigade_with_others_beside_it(county: Cast) -> None:
    rows = await recommend(county, "公共安全/火情", **HERE)
    assert (told(rows), sorted(told(rows, "co"))) == (["消防救援大队"], ["130123101001第1网格", "公安局"])
    assert reasons(rows[0])["responsibility"] == {
        "reason": "responsibility",
        "points": 0.5,
        "class": "公共安全/火情",
        "role": "lead",
        "centre": "正定县",
    }
    for row in rows:
        assert row["score"] == pytest.approx(sum(one["points"] for one in row["reasons"]), abs=1e-6)


async def test_small_matters_are_offered_to_the_grids_worker_too(county: Cast) -> None:
    await county.database.owner.execute(
        """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
           SELECT 'w1', '王网格', 'full_time', g.id, g.organisation_id FROM gridseat.grid AS g
           WHERE g.code = $1""",
        GRID,
    )
    rows = await recommend(county, "街面秩序/小广告", **HERE)
    assert [row["unit_code"] for row in rows] == ["130123-D02", GRID]
    assert reasons(rows[1])["grid"]["worker"] == "王网格"
    assert reasons(rows[1])["distance"]["metres"] == 0
    assert told(await recommend(county, "街面秩序/违规牌匾", **HERE)) == ["城管局"], "two days are not small"
    assert told(await recommend(county, "街面秩序/小广告", priority=1, **HERE)) == ["城管局"]
    village = {"at_organisation": "130123201001", "centre": "130123"}
    assert (await recommend(county, "街面秩序/小广告", **village))[1]["unit_code"] == SOUTH_GRID


async def test_without_a_list_the_place_itself_is_recommended_and_that_is_said(people: Cast) -> None:
    for place in (SOUTH, {"at_grid": SOUTH_GRID, "centre": "130123"}):
        rows = await recommend(people, "公共安全/火情", **place)
        assert {row["unit_code"] for row in rows} == {SOUTH_GRID, "130123201001", "130123201"}
        assert rows[0]["unit_code"] == SOUTH_GRID
        for row in rows:
            assert {"load", "no_list"} <= reasons(row).keys()
            assert reasons(row)["no_list"]["points"] == 0
            assert row["score"] == pytest.approx(sum(one["points"] for one in row["reasons"]), abs=1e-6)
    assert await recommend(people, "公共安全/火情", centre="130123") == [], "nothing is known of the place"
    assert await Reads(await people.desk("seat")).recommend({**HERE}) == [], "nor of the matter"
    await take(await people.desk("clerk"), "responsibilities", table(LIST, *COUNTY))
    assert told(await recommend(people, "公共安全/火情", **SOUTH)) == ["消防救援大队"]


async def test_the_very_class_goes_before_its_group_where_the_list_holds(county: Cast) -> None:
    assert told(await recommend(county, "市容环境/暴露垃圾", **HERE))[0] == "城管局"
    assert told(await recommend(county, "市容环境/暴露垃圾", **SOUTH))[:2] == ["公安局", "城管局"]
    assert told(await recommend(county, "公共安全/焚烧", **SOUTH)) == ["南楼乡"]
    assert told(await recommend(county, "公共安全/焚烧", **{**SOUTH, "centre": "130123201"})) == [], (
        "a centre does not send to itself"
    )
    assert await recommend(county, "诉求咨询/咨询", centre="130123") == []
    assert await Reads(await county.desk("seat")).recommend({**HERE}) == []


async def test_load_and_roster_count_and_a_return_counts_against(county: Cast) -> None:
    class_ = "市容环境/暴露垃圾"
    before = await recommend(county, class_, **SOUTH)
    for login in ("unit", "helper"):
        await county.hire(login)
    for _ in range(3):
        await county.at("dispatched")
    await county.database.owner.execute(
        """INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
           SELECT o.parent_id, o.parent_id, p.id, at.begins, at.begins + interval '8 hours'
           FROM gridseat.person AS p JOIN gridseat.organisation AS o ON o.id = p.organisation_id
           JOIN (VALUES ('unit', $1::timestamptz), ('helper', $1::timestamptz + interval '1 day'))
             AS at (login, begins) ON at.login = p.login""",
        datetime.fromisoformat(MONDAY),
    )
    police, streets, _grid = await recommend(county, class_, **SOUTH)
    assert reasons(police)["duty"] == {"reason": "duty", "points": 0, "on": False}
    assert (reasons(streets)["duty"]["on"], reasons(streets)["duty"]["points"]) == (True, 0.1)
    assert (reasons(streets)["load"]["open"], reasons(streets)["load"]["points"]) == (3, 0.115)
    assert "duty" not in reasons(before[0])
    number = await county.at("dispatched", **{"class": "街面秩序/小广告"}, **HERE)
    await county.do("unit", "return", number, reason="非职责")
    await county.do("seat", "grant", number)
    rows = await Reads(await county.desk("seat")).recommend({"number": number})
    assert (rows[0]["unit_code"], rows[-1]["unit_code"]) == (GRID, "130123-D02")
    assert reasons(rows[-1])["returned"]["points"] == -0.4
