"""Resources and given outlines: who knows them, whose telephone is told, where a GCJ-02 point stands."""

import asyncpg
import pytest

from console.desk.around import Around
from console.errors import BadInput, Refused
from console.geography.datum import from_wgs84
from console.resource_kinds import kinds
from tests.database.around import GRID, SOUTH_GRID, around, grid, imported, resource
from tests.database.cast import Cast


async def test_everybody_knows_resources_and_only_those_who_call_there_their_numbers(people: Cast) -> None:
    rows = [
        resource("H1", 114.51, 38.11),
        resource("S1", 114.55, 38.11, kind="station", note="每日 8:00-20:00"),
        resource("OLD", 114.51, 38.11, active=False),
    ]
    assert (await imported(people, "resources", rows))["added"] == 3
    assert (await imported(people, "resources", rows))["unchanged"] == 3

    station, hydrant = await (await around(people)).resources()
    assert (station.code, station.grid_code, station.note) == ("S1", SOUTH_GRID, "每日 8:00-20:00")
    assert (hydrant.code, hydrant.grid_code, hydrant.organisation) == ("H1", GRID, "130123")
    assert [one.code for one in await (await around(people)).resources(["station"])] == ["S1"]

    told = {
        login: (await (await around(people, login)).resources(["hydrant"]))[0].phone
        for login in ("seat", "town_boss", "beside", "unit", "screen")
    }
    masked = "138****1234"
    assert told == {
        "seat": "13800001234",
        "town_boss": "13800001234",
        "beside": masked,
        "unit": masked,
        "screen": None,
    }


async def test_the_table_shows_active_ones_and_never_a_number(people: Cast) -> None:
    await imported(
        people, "resources", [resource("H1", 114.51, 38.11), resource("H2", 114.51, 38.11, active=False)]
    )
    raw = await people.raw("beside")
    assert [row["code"] for row in await raw.fetch("SELECT code FROM gridseat.resource")] == ["H1"]
    for forbidden in (
        "SELECT phone FROM gridseat.resource",
        "SELECT * FROM gridseat.staff_place",
        "UPDATE gridseat.resource SET active = true",
        "DELETE FROM gridseat.organisation_outline",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await raw.execute(forbidden)
    await raw.close()


async def test_a_point_of_a_phone_stands_in_its_true_grid_and_keeps_what_came(people: Cast) -> None:
    """Read as WGS-84 the same figures stand some 500 m to the east, in the next grid."""
    true = (114.5190, 38.1150)
    lon, lat = from_wgs84(*true, "GCJ-02")
    right = resource("G1", *true, raw_lon=lon, raw_lat=lat, datum="GCJ-02")
    wrong = resource("G2", lon, lat)
    await imported(people, "resources", [right, wrong])
    found = {one.code: one for one in await (await around(people)).resources()}
    assert (found["G1"].grid_code, found["G1"].datum) == (GRID, "GCJ-02")
    assert (found["G1"].raw_lon, found["G1"].raw_lat) == (lon, lat)
    assert found["G2"].grid_code == "130123101002001"


async def test_rows_that_cannot_go_in_are_named(people: Cast) -> None:
    rows = [
        resource("A", 114.51, 38.11, kind="castle"),
        resource("B", 214.51, 38.11),
        resource("C", 114.51, 38.11, datum="unknown"),
        resource("D", 114.51, 38.11, organisation="999"),
        resource("E", 114.51, 38.11, organisation="1301"),
        resource("F", 114.51, 38.11, name="", note="x" * 500),
        resource("G", 114.51, 38.11),
    ]
    tally = await imported(people, "resources", rows)
    assert tally["added"] == 1
    assert [(one["line"], one["code"]) for one in tally["refused"]] == [
        (2, "row_no_kind"),
        (3, "row_malformed"),
        (4, "row_malformed"),
        (5, "row_no_organisation"),
        (6, "outside_your_tree"),
        (7, "row_malformed"),
    ]
    changed = await imported(people, "resources", [resource("G", 114.51, 38.11, name="改了")])
    assert changed["updated"] == 1
    with pytest.raises(Refused) as admin:
        await imported(people, "resources", rows, login="seat")
    assert admin.value.code == "admin_needed"
    with pytest.raises(BadInput) as told:
        await (await around(people)).resources(["castle", "station"])
    assert (told.value.code, told.value.facts["kind"]) == ("no_such_kind", "castle")


async def test_the_database_knows_the_kinds_of_the_list(people: Cast) -> None:
    rows = await people.database.owner.fetch("SELECT key FROM gridseat.resource_kind ORDER BY place")
    assert [row["key"] for row in rows] == list(kinds())


async def test_given_outlines_are_told_by_level_and_none_where_none_is_given(people: Cast) -> None:
    ask: Around = await around(people, "unit")
    assert await ask.outlines() == []
    outline = str(grid("x", 114.5)["outline"])
    rows = [
        {"organisation": "130123", "outline": outline},
        {"organisation": "130123101", "outline": outline},
        {"organisation": "1301", "outline": outline},
        {"organisation": "nobody", "outline": outline},
    ]
    tally = await imported(people, "outlines", rows)
    assert tally["added"] == 2
    assert [one["code"] for one in tally["refused"]] == ["outside_your_tree", "row_no_organisation"]
    assert (await imported(people, "outlines", rows[:2]))["unchanged"] == 2
    other = str(grid("x", 114.6)["outline"])
    assert (await imported(people, "outlines", [{"organisation": "130123", "outline": other}]))[
        "updated"
    ] == 1
    assert {one.code for one in await ask.outlines()} == {"130123", "130123101"}
    (county,) = await ask.outlines("county")
    assert (county.name, county.level, county.outline.hex()) == ("正定县", "county", other)
    assert await ask.outlines("community") == []
