"""Outlines and resources from map files, what a survey says of them, and the way out and back."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from console.desk.desk import Desk
from console.errors import BadInput
from console.geography.datum import from_wgs84
from console.intake import export, mapping
from console.intake.readers import read_rows
from console.intake.writing.writer import bring_in
from tests.database.offices import counts, outlines, square, table, take
from tests.database_fixtures import Database

CODES = [f"13012310100110{n}" for n in range(1, 5)]
HEAD = "编号,名称,类型,机构编码,经度,纬度,坐标系,电话,备注"


def feature(shape: str, coordinates: Any, **facts: str) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "Feature", "properties": facts, "geometry": {"type": shape, "coordinates": coordinates}}


async def test_what_goes_out_comes_back_unchanged(duty: Desk, tmp_path: Path) -> None:
    hole = [[114.605, 38.205], [114.615, 38.205], [114.615, 38.215], [114.605, 38.215], [114.605, 38.205]]
    await take(
        duty, "grids", outlines(square(CODES[0], 114.6, holes=[hole]), square(CODES[1], 114.7 + 1 / 3))
    )
    await take(duty, "outlines", outlines(square("130123101001", 114.6)))
    lon, lat = from_wgs84(114.61, 38.21, "GCJ-02")
    await take(
        duty, "resources", table(HEAD, f"R1,一号驿站,网格驿站,130123101001,{lon!r},{lat!r},高德,,东门")
    )
    for kind in export.ASK:
        found = await export.rows(kind, duty)
        export.write(tmp_path / kind, found)
        told = await bring_in(read_rows(tmp_path / kind), kind, duty)
        drawn = [one for one in export.features(found) if one["geometry"]]
        assert counts(told) == (0, 0, len(drawn), len(found) - len(drawn)), kind
        assert drawn
        assert not [remark for remark in told.remarks if "坐标系" in remark.reason]
    grid = next(row for row in await export.rows("grids", duty, "130123101001") if row["code"] == CODES[0])
    shape = export.features([grid])[0]["geometry"]
    assert shape["type"] == "Polygon"
    rings = [shapely.LinearRing(ring) for ring in shape["coordinates"]]
    assert [ring.is_ccw for ring in rings] == [True, *[False] * (len(rings) - 1)]
    with pytest.raises(BadInput):
        await export.rows("grids", duty, "999")


async def test_grids_of_every_kind_come_back_and_only_what_is_redrawn_changes(
    duty: Desk, tmp_path: Path
) -> None:
    await take(duty, "grids", outlines(square(CODES[0], 114.6), square(CODES[1], 114.7)))
    bent = square(CODES[2], 114.8, kind="dedicated", datum="GCJ-02")
    ring = bent["geometry"]["coordinates"][0]
    bent["geometry"]["coordinates"] = [[list(from_wgs84(lon, lat, "GCJ-02")) for lon, lat in ring]]
    police = square(CODES[3], 114.6, kind="police")
    await take(duty, "grids", outlines(bent, police, square("130123101001105", 114.6, kind="mediation")))
    kept = await export.rows("grids", duty)
    export.write(tmp_path / "grids", kept)
    told = await bring_in(read_rows(tmp_path / "grids"), "grids", duty)
    assert (told.unchanged, told.refused) == (5, 3)  # the three of the small county have no outline
    kinds = {row["code"]: row["kind"] for row in kept}
    assert {kinds[code] for code in CODES} == {"comprehensive", "dedicated", "police"}
    assert {*kinds.values()} == {"comprehensive", "dedicated", "police", "mediation"}
    again = {row["code"]: row["outline"] for row in kept}
    redrawn = outlines(
        square(CODES[3], 114.61, kind="police"), square("130123101001105", 114.6, kind="mediation")
    )
    assert counts(await take(duty, "grids", redrawn)) == (0, 1, 1, 0)
    now = {row["code"]: row["outline"] for row in await export.rows("grids", duty)}
    assert [code for code in now if now[code] != again[code]] == [CODES[3]]


async def test_an_outline_drawn_the_other_way_round_is_no_new_version(database: Database, duty: Desk) -> None:
    await take(duty, "grids", outlines(square(CODES[0], 114.6)))
    turned = square(CODES[0], 114.6)
    ring = turned["geometry"]["coordinates"][0]
    turned["geometry"]["coordinates"] = [[*ring[2:-1], *ring[:3]]]
    assert counts(await take(duty, "grids", outlines(turned))) == (0, 0, 1, 0)
    await database.owner.execute(  # as older versions of the console wrote it
        "UPDATE gridseat.grid SET outline = $1 WHERE code = $2",
        shapely.to_wkb(shapely.Polygon(ring[::-1])),
        CODES[0],
    )
    assert counts(await take(duty, "grids", outlines(turned))) == (0, 0, 1, 0)


async def test_a_dry_run_reports_all_and_changes_nothing(database: Database, duty: Desk) -> None:
    lost = square(CODES[2], 114.615, "999999")  # stays out, and overlaps nothing then
    given = outlines(square(CODES[0], 114.6), square(CODES[1], 114.61), lost)
    told = await take(duty, "grids", given, dry_run=True)
    assert counts(told) == (2, 0, 0, 1)
    (overlap,) = [one for one in told.findings if one.what == "overlap"]
    assert overlap.codes == (CODES[0], CODES[1])
    assert overlap.as_json()["square_metres"] == pytest.approx(874 * 2224, rel=0.01)
    assert (
        await database.owner.fetchval("SELECT count(*) FROM gridseat.grid WHERE code = ANY ($1)", CODES) == 0
    )


async def test_grids_shifted_by_gcj_02_are_suspected_against_those_that_stand(duty: Desk) -> None:
    squares = [square(code, 114.6 + n * 0.02) for n, code in enumerate(CODES)]
    await take(duty, "grids", outlines(*squares))
    for one in squares:
        ring = one["geometry"]["coordinates"][0]
        one["geometry"]["coordinates"] = [[list(from_wgs84(lon, lat, "GCJ-02")) for lon, lat in ring]]
    told = await take(duty, "grids", outlines(*squares), dry_run=True)
    assert told.findings[0].what == "datum"
    assert "GCJ-02" in told.findings[0].reason


async def test_resources_come_as_points_or_in_columns_and_bad_ones_are_named(duty: Desk) -> None:
    point = {"code": "C1", "name": "路口", "kind": "摄像头", "organisation_code": "130123101001"}
    given = outlines(
        feature("Point", [114.61, 38.21], **point),
        feature("Point", [38.21, 114.61], **{**point, "code": "C2"}),
        feature(
            "Polygon",
            [[[114.6, 38.2], [114.7, 38.2], [114.7, 38.3], [114.6, 38.2]]],
            **{**point, "code": "C3"},
        ),
        feature("Point", [114.61, 38.21], **{**point, "code": "C4", "kind": "飞碟"}),
    )
    told = await take(duty, "resources", given)
    assert counts(told) == (2, 0, 0, 2)
    assert [error.line for error in told.errors] == [3, 4]
    assert "对调" in next(remark.reason for remark in told.remarks if remark.line == 2)
    told = await take(
        duty,
        "resources",
        table(
            HEAD,
            "R1,一,摄像头,130123101001,,,,,",
            "R2,二,摄像头,130123101001,x,38,,,",
            "R3,三,摄像头,130123101001,114.6,38.2,,,",
        ),
    )
    assert counts(told) == (1, 0, 0, 2)


async def test_chosen_headings_and_constants_bring_a_strange_file_in(duty: Desk, tmp_path: Path) -> None:
    strange = square(CODES[0], 114.6)
    strange["properties"] = {"WGBM": CODES[0], "WGMC": "一网格", "code": "x"}
    given = outlines(strange)
    choice = mapping.told(["code=WGBM", "name=WGMC"], ["kind=综合", "organisation_code=130123101001"])
    assert counts(await bring_in(mapping.applied(given, "grids", choice), "grids", duty)) == (1, 0, 0, 0)
    known = mapping.Choices(tmp_path / "choices" / "file.json")
    assert not known.of(given, "grids")
    known.keep(given, "grids", choice)
    assert known.of(given, "grids") == choice
    assert not known.of(given, "resources")
    for wrong in (["a=WGBM"], ["code=XX"]):
        with pytest.raises(BadInput):
            mapping.applied(given, "grids", mapping.told(wrong, []))
    with pytest.raises(BadInput):
        mapping.told(["code"], [])
