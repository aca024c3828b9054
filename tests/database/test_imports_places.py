"""Importing grids and staff: outlines where the database finds points, workers where they belong."""

from collections.abc import AsyncIterator

import pytest

from console.desk.desk import Desk
from console.errors import BadInput
from console.geography.datum import from_wgs84
from console.intake.writing.writer import bring_in
from tests.database.offices import STAFF, counts, outlines, square, table, take
from tests.database_fixtures import Database, report

CODE = "130123101001101"
WEST = 114.60
WORKERS = (
    "W1,赵大,head,130123101001001,,13812342751",
    "W2,钱二,专职网格员,,130123201001,",
    "W3,孙三,mediator,130123101002001,130123101,0311-88021234",
)


@pytest.fixture
async def clerk(database: Database) -> AsyncIterator[Desk]:
    """Give the desk of the township's own administrator."""
    await database.add("clerk", "admin", "130123101")
    desk = Desk(database.door("clerk"))
    yield desk
    await desk.close()


async def at(database: Database, lon: float, lat: float) -> str | None:
    """Return the code of the grid at a WGS-84 point."""
    found = await database.owner.fetchval(
        "SELECT g.code FROM gridseat.grid AS g WHERE g.id = gridseat.grid_at($1, $2)", lon, lat
    )
    return None if found is None else str(found)


async def test_a_grid_is_found_by_its_points_and_goes_in_once(database: Database, duty: Desk) -> None:
    given = outlines(square(CODE, WEST, datum="WGS-84"))
    assert counts(await take(duty, "grids", given)) == (1, 0, 0, 0)
    assert counts(await take(duty, "grids", given)) == (0, 0, 1, 0)
    number = await report(duty, point=[WEST + 0.01, 38.21], datum="WGS-84")
    assert await database.owner.fetchval(
        """SELECT g.code || ' ' || o.code FROM gridseat.incident AS i
           JOIN gridseat.grid AS g ON g.id = i.grid_id
           JOIN gridseat.organisation AS o ON o.id = i.organisation_id
           WHERE i.number = $1""",
        number,
    ) == (f"{CODE} 130123101001")


async def test_a_hole_belongs_to_nobody(database: Database, duty: Desk) -> None:
    hole = [[114.605, 38.205], [114.615, 38.205], [114.615, 38.215], [114.605, 38.215], [114.605, 38.205]]
    await take(duty, "grids", outlines(square(CODE, WEST, holes=[hole])))
    assert await at(database, 114.61, 38.21) is None
    assert await at(database, 114.602, 38.21) == CODE


async def test_a_new_outline_replaces_the_old_one(database: Database, duty: Desk) -> None:
    await take(duty, "grids", outlines(square(CODE, WEST)))
    assert counts(await take(duty, "grids", outlines(square(CODE, WEST + 0.1)))) == (0, 1, 0, 0)
    assert await at(database, WEST + 0.01, 38.21) is None
    assert await at(database, WEST + 0.11, 38.21) == CODE


@pytest.mark.parametrize("datum", ["GCJ-02", "百度坐标"])
async def test_outlines_of_other_datums_are_converted_once(
    database: Database, duty: Desk, datum: str
) -> None:
    feature = square(CODE, WEST, datum=datum)
    canonical = "GCJ-02" if datum == "GCJ-02" else "BD-09"
    ring = feature["geometry"]["coordinates"][0]
    feature["geometry"]["coordinates"] = [[list(from_wgs84(lon, lat, canonical)) for lon, lat in ring]]
    await take(duty, "grids", outlines(square("130123101001102", 114.70, datum="WGS-84"), feature))
    assert await at(database, WEST + 0.0001, 38.2001) == CODE
    assert await at(database, WEST + 0.0199, 38.2199) == CODE
    assert await at(database, WEST - 0.0001, 38.21) is None
    assert await at(database, 114.7001, 38.2001) == "130123101001102"


async def test_a_grid_without_datum_is_taken_for_wgs_84_and_it_is_said(
    duty: Desk,
) -> None:
    told = await take(duty, "grids", outlines(square(CODE, WEST), square("130123101001102", 114.70)))
    assert [remark.line for remark in told.remarks] == [0]
    assert "2" in told.remarks[0].reason
    assert "WGS-84" in told.remarks[0].reason


async def test_bad_grids_are_named_and_the_others_go_in(duty: Desk) -> None:
    swapped = square("130123101001103", WEST)
    swapped["geometry"]["coordinates"] = [[[38.2, 114.6], [114.6, 38.2], [38.3, 114.7], [38.2, 114.6]]]
    told = await take(
        duty, "grids", outlines(square(CODE, WEST), square("130123101001102", 114.7, "999"), swapped)
    )
    assert counts(told) == (1, 0, 0, 2)
    assert [(error.line, "999" in error.reason) for error in told.errors] == [(2, True), (3, False)]


async def test_grids_of_other_trees_are_not_for_a_township(clerk: Desk) -> None:
    told = await take(
        clerk,
        "grids",
        outlines(
            square(CODE, WEST),
            square("130123201001101", 114.7, "130123201001"),
            square("130123201001001", 114.8, "130123101001"),  # is another township's
        ),
    )
    assert counts(told) == (1, 0, 0, 2)
    assert [error.line for error in told.errors] == [2, 3]


async def test_a_table_without_outlines_is_refused(duty: Desk) -> None:
    with pytest.raises(BadInput) as caught:
        await take(duty, "grids", table("code,name,kind,organisation_code", f"{CODE},网格,综合,130123101001"))
    assert caught.value.code == "shapes_missing"


async def test_the_grids_of_a_county_go_in_whole(duty: Desk) -> None:
    many = [square(f"130123101001{n:03d}", 114.0 + n / 100) for n in range(200, 460)]
    seen: list[tuple[str, int, int]] = []
    told = await bring_in(outlines(*many), "grids", duty, progress=lambda *step: seen.append(step))
    assert counts(told) == (260, 0, 0, 0)
    assert [step for step in seen if step[0] == "writing"] == [("writing", 260, 260)]


async def test_staff_belong_to_their_grid_or_organisation(database: Database, duty: Desk) -> None:
    given = table(STAFF, *WORKERS)
    assert counts(await take(duty, "staff", given)) == (3, 0, 0, 0)
    assert counts(await take(duty, "staff", given)) == (0, 0, 3, 0)
    rows = await database.owner.fetch(
        """SELECT s.code, s.kind, g.code AS grid, o.code AS organisation, s.phone FROM gridseat.staff AS s
           LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id
           JOIN gridseat.organisation AS o ON o.id = s.organisation_id ORDER BY s.code"""
    )
    assert [tuple(row) for row in rows] == [
        ("W1", "head", "130123101001001", "130123101001", "13812342751"),
        ("W2", "full_time", None, "130123201001", None),
        ("W3", "mediator", "130123101002001", "130123101", "0311-88021234"),
    ]


async def test_staff_who_move_are_updated(database: Database, duty: Desk) -> None:
    await take(duty, "staff", table(STAFF, *WORKERS))
    moved = "W1,赵大,head,130123101002001,,13812342751"
    assert counts(await take(duty, "staff", table(STAFF, moved, WORKERS[1]))) == (0, 1, 1, 0)
    assert await database.owner.fetchval(
        "SELECT o.code FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id "
        "WHERE s.code = 'W1'"
    ) == ("130123101002")


async def test_staff_of_nowhere_are_named(duty: Desk) -> None:
    told = await take(
        duty,
        "staff",
        table(
            STAFF,
            WORKERS[0],
            "W4,李四,head,999999,,",
            "W5,周五,head,,888888,",
            "W6,吴六,head,,,",
            "W7,郑七,村支书,,130123101,",
            "W8,王八,head,,130123101,12345678901234567",
        ),
    )
    assert counts(told) == (1, 0, 0, 5)
    assert [error.line for error in told.errors] == [3, 4, 5, 6, 7]
    assert "999999" in told.errors[0].reason
    assert "888888" in told.errors[1].reason


async def test_staff_of_other_trees_are_not_for_a_township(clerk: Desk) -> None:
    told = await take(clerk, "staff", table(STAFF, *WORKERS))
    assert counts(told) == (2, 0, 0, 1)
    assert [error.line for error in told.errors] == [3]


async def test_telephones_of_staff_cannot_be_read_by_seats(database: Database, duty: Desk) -> None:
    await take(duty, "staff", table(STAFF, *WORKERS))
    raw = await database.as_person("duty")
    with pytest.raises(Exception, match="permission denied"):
        await raw.fetch("SELECT phone FROM gridseat.staff")
    await raw.close()
