"""What a report would become is told beforehand, and is what it becomes."""

from datetime import datetime
from typing import Any

import pytest

from console.desk.reads import Reads
from console.errors import Problem
from tests.database.cast import MONDAY, Cast, later

HERE = {"point": [114.5100, 38.1100], "datum": "WGS-84"}
CASES: tuple[dict[str, object], ...] = (
    {"class": "街面秩序/小广告", **HERE},
    {"class": "矛盾纠纷/劳资", "title": "数十人围堵工地讨薪", "centre": "130123"},
    {"class": "突发事件/积水", "at_organisation": "130123201001"},
    {"class": "突发事件/积水", "at_grid": "130123201001001", "at_organisation": "130123201001"},
    {"class": "诉求咨询/咨询", "priority": 2, "restricted": True},
    {"class": "街面秩序/游商", "handled": True, **HERE},
)


async def preview(people: Cast, login: str = "seat", /, **args: object) -> dict[str, Any]:
    return await Reads(await people.desk(login)).preview(args)


@pytest.mark.parametrize("facts", CASES)
async def test_what_is_told_beforehand_is_what_it_becomes(people: Cast, facts: dict[str, object]) -> None:
    known = {"title": "试报", "channel": "phone", **facts}
    before = await preview(people, **known)
    assert before["missing"] == []
    who = "seat" if "restricted" in facts else "duty"
    number = (await people.do(who, "report", None, **known))["number"]
    row = await people.row(number)
    names = await people.database.owner.fetchrow(
        """SELECT c.code AS centre, o.code AS organisation, g.code AS grid FROM gridseat.incident AS i
           JOIN gridseat.organisation AS c ON c.id = i.centre_id
           LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id
           LEFT JOIN gridseat.grid AS g ON g.id = i.grid_id WHERE i.number = $1""",
        number,
    )
    assert (before["priority"], before["restricted"]) == (row["priority"], row["restricted"])
    assert names is not None
    assert tuple(names) == (before["centre"], before["organisation"], before["grid_code"])
    limit = {"seconds": row["handling_seconds"], "clock": row["handling_clock"]}
    assert before["handling_limit"] == limit
    if not row["drawn"]:
        assert (before["due_stage"], datetime.fromisoformat(before["due"])) == (row["due_stage"], row["due"])
    if row["status"] == "reported":
        await people.do(who, "accept", number)
        await people.do(who, "dispatch", number, unit="城管局")
        assert datetime.fromisoformat(before["handling_due"]) == (await people.row(number))["handling_due"]


async def test_a_grid_that_is_named_places_a_case_unless_a_point_does(people: Cast) -> None:
    where = (
        "SELECT g.code, o.code FROM gridseat.incident AS i LEFT JOIN gridseat.grid AS g ON g.id = i.grid_id"
        " LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id WHERE i.number = $1"
    )

    async def placed(number: int) -> tuple[str | None, str | None]:
        (row,) = await people.database.owner.fetch(where, number)
        return row[0], row[1]

    south = ("130123201001001", "130123201001")
    by_name = await people.report(at_grid=south[0])
    assert await placed(by_name) == south
    assert await placed(await people.report(at_grid=south[0], at_organisation="130123201")) == south
    by_point = await people.report(at_grid=south[0], **HERE)
    assert await placed(by_point) == ("130123101001001", "130123101001")
    await people.do("seat", "classify", by_name, at_grid="130123101002001")
    assert await placed(by_name) == ("130123101002001", "130123101002")
    assert await people.no("seat", "classify", by_name, at_grid="没有") == "no_such_grid"
    assert await people.faults() == []


async def test_a_grid_that_contradicts_a_stored_point_is_refused_and_one_around_it_is_taken(
    people: Cast,
) -> None:
    here, south = "130123101001001", "130123201001001"
    number = await people.report(**HERE)

    async def named(**where: object) -> str:
        await people.do("seat", "classify", number, **where)
        row = await people.row(number)
        assert (row["lon"], row["lat"]) == tuple(HERE["point"])  # the point stays whatever is named
        return str(
            await people.database.owner.fetchval(
                "SELECT code FROM gridseat.grid WHERE id = $1", row["grid_id"]
            )
        )

    for elsewhere in ({"at_grid": south}, {"at_organisation": "130123201"}):
        assert await people.no("seat", "classify", number, **elsewhere) == "point_elsewhere"
    assert await named(at_grid=here) == here
    assert await named(at_organisation="130123101") == here
    await people.database.owner.execute(DEDICATED, here)
    assert await named(at_grid="警务一") == "警务一"
    assert await named(at_grid=south, **HERE) == here  # a point that is given anew is looked up
    await people.do("seat", "classify", number, point=[0.0, 0.0], datum="WGS-84")
    await people.do("seat", "classify", number, at_grid=south)  # it lies in none
    assert (await people.row(number))["organisation_id"] == await people.database.owner.fetchval(
        "SELECT organisation_id FROM gridseat.grid WHERE code = $1", south
    )


# A police grid that overlaps the comprehensive one of the same outline.
DEDICATED = """
WITH grid AS (INSERT INTO gridseat.grid (code, name, kind, organisation_id, outline)
    SELECT '警务一', '警务一', 'police', organisation_id, outline FROM gridseat.grid WHERE code = $1
    RETURNING id)
INSERT INTO gridseat.grid_ring (grid_id, ring, hole)
SELECT grid.id, r.ring, r.hole FROM grid, gridseat.grid_ring AS r
JOIN gridseat.grid AS g ON g.id = r.grid_id WHERE g.code = $1
"""


async def test_what_is_missing_is_named_and_nothing_is_stored(people: Cast) -> None:
    nothing = await preview(people)
    assert nothing["missing"] == ["title", "channel", "class"]
    assert (nothing["priority"], nothing["due"], nothing["centre_name"]) == (None, None, "正定县")
    half = await preview(people, **{"class": "矛盾纠纷/劳资"}, text="门口围堵")
    assert (half["missing"], half["priority"], half["urgent_by"]) == (["title", "channel"], 1, "围堵")
    assert (
        half["due"]
        == datetime.fromisoformat(later(MONDAY, minutes=15))
        .astimezone(datetime.fromisoformat(half["due"]).tzinfo)
        .isoformat()
    )
    assert await people.database.owner.fetchval("SELECT count(*) FROM gridseat.incident") == 0
    assert not await people.database.owner.fetchval("SELECT is_called FROM gridseat.incident_number")


async def test_what_cannot_be_meant_is_said_as_the_report_would(people: Cast) -> None:
    for login, args, code in (
        ("seat", {"class": "没有/这类"}, "no_such_class"),
        ("seat", {"point": [200, 0], "datum": "WGS-84"}, "bad_point"),
        ("seat", {"centre": "城管局"}, "not_a_centre"),
        ("seat", {"camel": "1"}, "unknown_option"),
        ("screen", {}, "not_allowed"),
    ):
        with pytest.raises(Problem) as found:
            await preview(people, login, **args)
        assert found.value.code == code
