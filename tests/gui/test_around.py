"""What is around a case or a point of the map: by key, with any radius, as a filter of the queue."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until
from tests.gui.test_accessible import nameless, unreachable
from tests.gui.test_map_work import CODES, PLACES, at, draw
from tests.gui.test_nearest import stand
from ui.around.circle import CircleSheet

Key = Qt.Key
LON, LAT = PLACES[0]


def sheet(desk: Desktop) -> CircleSheet:
    return desk.page.circle.sheet


async def within(desk: Desktop, far: str, *cases: int) -> None:
    """Wait until the sheet shows these cases within ``far``."""
    await until(
        lambda: (
            sheet(desk).title.text() == f"周边 {far}"
            and [one.key for one in sheet(desk).cases.rows] == [*cases]
        )
    )


async def test_what_is_around_is_asked_by_key(database: Database, duty: Desk, tmp_path: Path) -> None:
    await draw(database)
    await stand(database, "栓1", "hydrant", LON + 0.001, LAT)
    here = await report(duty, point=[LON, LAT], datum="WGS-84")
    near = await report(duty, point=[LON + 0.004, LAT], datum="WGS-84")  # 350 m
    far = await report(duty, point=[LON + 0.009, LAT], datum="WGS-84")  # 787 m
    async with desktop(database, tmp_path) as desk:
        await desk.open(here)
        await desk.furnished()
        shown, reach = desk.page.map, desk.page.around.reach
        await until(lambda: shown.place_of(far) and shown.exact)
        await desk.press("Ctrl+R")
        await within(desk, "500 米", here, near)
        assert sheet(desk).cases.rows[1].aside.startswith("350 米 · ● ")
        assert [row.words for row in sheet(desk).resources.rows] == ["资源栓1"]
        assert [row.aside for row in sheet(desk).grids.rows] == [CODES[0]]
        assert reach.metres == 500
        assert [*nameless(sheet(desk)), *unreachable(sheet(desk))] == []
        await radii(desk, here, near, far)
        await the_queue(desk, here, near, far, duty)
        await the_map(desk)


async def radii(desk: Desktop, here: int, near: int, far: int) -> None:
    """Take another radius by its chip, and by typing; what is none is told in place."""
    sheet(desk).radii[1000.0].setFocus()
    tap(Key.Key_Space)
    await within(desk, "1 公里", here, near, far)
    for wrong in ("很远", "0", "60km"):
        sheet(desk).typed.clear()
        type_text(sheet(desk).typed, wrong)
        tap(Key.Key_Return)
        assert "半径不能是" in sheet(desk).told.text()
    sheet(desk).typed.clear()
    type_text(sheet(desk).typed, "0.2公里")
    tap(Key.Key_Return)
    await within(desk, "200 米", here)
    assert not sheet(desk).told.isVisible()
    hydrant = sheet(desk).resources.rows[0]
    hydrant.setFocus()
    tap(Key.Key_Return)
    await until(lambda: desk.page.around.reach.words == "资源栓1 · 88 米")


async def the_queue(desk: Desktop, here: int, near: int, far: int, duty: Desk) -> None:
    """Show in the queue what lies within; what is reported there later comes, too."""
    sheet(desk).radii[500.0].click()
    await within(desk, "500 米", here, near)
    desk.page.circle.only.click()
    assert {*desk.rows} == {here, near}
    (held,) = desk.page.queue.filters.conditions
    assert held.facet == "circle"
    later = await report(duty, point=[LON - 0.003, LAT], datum="WGS-84")
    await until(lambda: {*desk.rows} == {here, near, later})
    await within(desk, "500 米", here, later, near)
    sheet(desk).radii[1000.0].click()
    await within(desk, "1 公里", here, later, near, far)
    desk.page.circle.only.click()
    assert {*desk.rows} == {here, near, far, later}
    assert len(desk.page.queue.filters.conditions) == 1
    desk.page.queue.show_all()
    sheet(desk).typed.setFocus()
    tap(Key.Key_Escape)
    assert desk.page.around.reach.metres == 0


async def the_map(desk: Desktop) -> None:
    """Press R over a place and over a case; a grid's line leads to its card."""
    shown = desk.page.map
    QTest.keyClick(shown, Key.Key_Home)
    shown.setFocus()
    QTest.mouseMove(shown, at(desk, PLACES[1]))
    QTest.keyClick(shown, Key.Key_R)
    await within(desk, "500 米")
    assert sheet(desk).sub.text().startswith("以地图上 114.5")
    assert sheet(desk).nothing.isVisible()
    sheet(desk).grids.rows[0].setFocus()
    tap(Key.Key_Return)
    await until(desk.page.around.card.isVisible)
    tap(Key.Key_Escape)
    assert QApplication.focusWidget() is shown
    QTest.mouseMove(shown, at(desk, (LON + 0.009, LAT)))
    QTest.keyClick(shown, Key.Key_R)
    await until(lambda: sheet(desk).sub.text().startswith("以事件 "))
