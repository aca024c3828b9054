"""Where a case is, typed and pointed at by key; a point is in one grid or the next by its datum."""

from pathlib import Path
from typing import Any

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from console.geography.datum import from_wgs84
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until
from tests.gui.test_map_work import CODES, PLACES, at, draw
from tests.gui.test_report import begun, write
from ui.dialogs.form import Form
from ui.dialogs.place import PlaceField

Key, Alt, Ctrl = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TRUE = (PLACES[1][0] + 0.008, 38.11)  # near the eastern border of the second grid; GCJ-02 points half a
LON, LAT = (round(part, 6) for part in from_wgs84(*TRUE, "GCJ-02"))  # kilometre further, into the third
RIGHT, WRONG = CODES[1], CODES[2]
PLACED = """SELECT g.code, i.datum, i.raw_lon, i.raw_lat, i.lon, i.lat FROM gridseat.incident AS i
    LEFT JOIN gridseat.grid AS g ON g.id = i.grid_id WHERE i.number = $1"""


async def placed(database: Database, number: int) -> tuple[Any, ...]:
    row = await database.owner.fetchrow(PLACED, number)
    assert row is not None
    return tuple(row)


async def ready(desk: Desktop) -> None:
    await desk.furnished()
    await until(lambda: len(desk.page.map.atlas) == len(CODES) and desk.page.map.exact)


async def reported(desk: Desktop, datum: str) -> int:
    """Report by keys at the point that a phone told, taken to be in ``datum``; return the number."""
    form = await begun(desk)
    write("井盖丢了")
    form.place.line.setFocus()
    write(f"{LAT}, {LON}")  # latitude first, as many phones have it
    assert form.place.reading.spot.swapped
    assert form.place.datums["GCJ-02"].text() == "GCJ-02 高德腾讯微信 → 130123101002第1网格"
    assert form.place.datums["WGS-84"].text() == "WGS-84 → 130123201001第1网格"
    assert "坐标系不明" in form.place.told.text()
    tap(Key.Key_X, Alt)
    assert form.place.line.text() == f"{LON}, {LAT}"
    while form.place.reading.spot.datum != datum:
        tap(Key.Key_Z, Alt)
    told = form.place.told.text()
    assert (f"原始 {LON:.6f}, {LAT:.6f} GCJ-02 → WGS-84 {TRUE[0]:.6f}" in told) == (datum == "GCJ-02")
    before = {*desk.rows}
    await desk.submit(form)
    number = await until(lambda: next(iter({*desk.rows} - before), None))
    await desk.shown(number)
    return number


async def test_a_point_of_a_phone_lands_right_as_gcj02_and_wrong_as_wgs84(
    database: Database, tmp_path: Path
) -> None:
    """From the form to the grid that the database finds: the same two numbers, taken in either datum."""
    await draw(database)
    async with desktop(database, tmp_path) as desk:
        await ready(desk)
        right = await reported(desk, "GCJ-02")
        grid, datum, *numbers = await placed(database, right)
        assert (grid, datum, *numbers[:2]) == (RIGHT, "GCJ-02", LON, LAT)
        assert numbers[2:] == [
            pytest.approx(TRUE[0], abs=5e-6),
            pytest.approx(TRUE[1], abs=5e-6),
        ]  # half a metre

        wrong = await reported(desk, "WGS-84")
        assert await placed(database, wrong) == (WRONG, "WGS-84", LON, LAT, LON, LAT)

        await set_right(desk)
        assert (await placed(database, wrong))[:4] == (RIGHT, "GCJ-02", LON, LAT)


async def set_right(desk: Desktop) -> None:
    """Give the case its place again in its own form, in the other datum."""
    form = await desk.form("L")
    field = form.fields["place"]
    assert isinstance(field, PlaceField)
    field.line.setFocus()
    type_text(field, f"{LON}, {LAT} 高德")
    assert field.datums["GCJ-02"].isChecked()
    await desk.submit(form)
    await until(lambda: (file := desk.case.file) and file.incident["grid_code"] == RIGHT)


async def test_a_case_is_put_elsewhere_by_the_map_and_doubts_are_told(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await draw(database)
    over = shapely.to_wkb(shapely.box(114.51, 38.10, 114.53, 38.12))  # half of the first, half of the second
    await database.owner.execute("UPDATE gridseat.grid SET outline = $2 WHERE code = $1", CODES[1], over)
    number = await report(duty, point=list(PLACES[2]), datum="WGS-84")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await ready(desk)
        shown = desk.page.map
        shown.setFocus()
        QTest.mouseMove(shown, at(desk, (114.515, 38.11)))
        QTest.keyClick(shown, Key.Key_P)
        form = await until(desk.open_form)
        field = form.fields["place"]
        assert isinstance(field, PlaceField)
        assert field.reading.overlap == (CODES[0], CODES[1])
        assert "几个网格重叠：正定镇130123101001第1网格、正定镇130123101002第1网格" in field.told.text()
        doubts(field)
        await pointed(desk, form, field)
        await desk.submit(form)
        await until(lambda: (file := desk.case.file) and file.incident["grid_code"] == CODES[2])


def doubts(field: PlaceField) -> None:
    """Read points that are no place of this county, and one that is none of the earth."""
    for line, told in (
        ("114.515, 38.125 WGS-84", "不在任何网格内，离最近的约 55"),
        ("116.40, 39.90 WGS-84", "不在本辖区：离最近的网格约 2"),
        ("514.51, 38.11 WGS-84", "坐标不正确：514.51, 38.11"),
        ("114.515, 38.11 wgs84", "坐标 114.515000, 38.110000 WGS-84"),
    ):
        field.line.setText(line)
        assert told in field.told.text()


async def pointed(desk: Desktop, form: Form, field: PlaceField) -> None:
    """Leave the form for the map twice: by Esc with nothing, by a click with a point."""
    shown = desk.page.map
    for clicks in (False, True):
        form.activateWindow()
        field.line.setFocus()
        await until(field.line.hasFocus)
        tap(Key.Key_G, Alt)
        await until(lambda: shown.picker.picking and desk.window.isActiveWindow() and shown.hasFocus())
        if clicks:
            QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=at(desk, PLACES[2]))
        else:
            QTest.keyClick(shown, Key.Key_Escape)
        await until(form.isVisible)
    assert field.reading.grid == CODES[2]
