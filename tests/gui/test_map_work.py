"""Map and queue agree: what is chosen in one is chosen in the other, by mouse and by keys."""

from pathlib import Path

import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from console.desk.desk import Desk
from console.geography.datum import from_wgs84
from console.geography.projection import point_to_plane
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, until
from tests.small_county import GRIDS
from ui.map.legend import Words
from ui.map.menu import open_menu
from ui.queue.filters import Condition

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CODES = [code for code, _organisation, _west in GRIDS]
PLACES = [(west + 0.01, 38.11) for _code, _organisation, west in GRIDS]  # the middle of each


async def draw(database: Database) -> None:
    """Give the grids their outlines, side by side."""
    for code, _organisation, west in GRIDS:
        outline = shapely.to_wkb(shapely.box(west, 38.10, west + 0.02, 38.12))
        await database.owner.execute("UPDATE gridseat.grid SET outline = $2 WHERE code = $1", code, outline)


def at(desk: Desktop, place: tuple[float, float], right: int = 0) -> QPoint:
    across, down = desk.page.map.camera.view.to_pixels(*point_to_plane(*place))
    return QPoint(round(across) + right, round(down))


async def test_incidents_and_grids_are_chosen_both_ways(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    await draw(database)
    numbers = [await report(duty, point=list(place), datum="WGS-84") for place in PLACES[:2]]
    raw = from_wgs84(*PLACES[2], "GCJ-02")
    numbers.append(
        await report(duty, point=list(PLACES[2]), raw_point=list(raw), datum="GCJ-02", place="东门")
    )
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        page, shown = desk.page, desk.page.map
        work, queue, marks = page.map_work, page.queue, page.queue.list.selection
        await until(lambda: len(shown.atlas) == len(CODES) and shown.place_of(numbers[2]) and shown.exact)

        QTest.mouseClick(shown, LEFT, pos=at(desk, PLACES[1]))
        await desk.shown(numbers[1])
        assert queue.selected == numbers[1]

        marks.choose(numbers[:2])
        assert work.chosen.incidents == numbers[:2]
        shown.setFocus()
        QTest.keyClick(shown, Key.Key_Escape)
        assert (len(marks), work.chosen.incidents) == (0, [])
        QTest.keyClick(shown, Key.Key_Home)
        frame(desk, at(desk, PLACES[0]) - QPoint(20, 20), at(desk, PLACES[1]) + QPoint(20, 20))
        assert sorted(work.chosen.incidents) == numbers[:2]
        assert desk.notice == "框内 2 件，已在队列选中"
        frame(desk, QPoint(5, 60), QPoint(30, 80))
        assert desk.notice == "框内没有事件"
        marks.clear()
        await grids(desk)
        await copied(desk, numbers[2])


async def test_the_map_of_a_township_begins_at_the_township(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    await draw(database)
    far = await report(duty, point=list(PLACES[0]), datum="WGS-84", centre="130123")
    await database.add("town", "seat", GRIDS[2][1][:9])
    async with desktop(database, tmp_path, login="town") as desk:
        await desk.furnished()
        camera = desk.page.map.camera
        await until(lambda: len(desk.page.map.atlas) == len(CODES) and desk.page.map.exact)
        middle, _ = point_to_plane(*PLACES[2])
        assert abs(camera.view.x - middle) < camera.view.scale
        camera.pan(4000, 0)
        desk.page.map_work.hand.do("all")
        assert abs(camera.view.x - middle) < camera.view.scale
        assert not camera.shows(*point_to_plane(*PLACES[0]))
        await desk.open(far)
        assert camera.shows(*point_to_plane(*PLACES[0])), "the county's cases are a township's, too"


def frame(desk: Desktop, start: QPoint, end: QPoint) -> None:
    """Draw a frame with Shift and the mouse."""
    shown, held = desk.page.map, Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(shown, LEFT, held, start)
    QTest.mouseMove(shown, (start + end) / 2)
    QTest.mouseMove(shown, end)
    QTest.mouseRelease(shown, LEFT, held, end)


async def grids(desk: Desktop) -> None:
    """Choose grids on the map, filter by them, and see the filter of the queue on the map."""
    shown, queue, work = desk.page.map, desk.page.queue, desk.page.map_work
    QTest.mouseClick(shown, LEFT, pos=at(desk, PLACES[0], 60))
    assert work.chosen.grids == [CODES[0]]
    assert work.offer.isVisible()
    assert "（1）" in work.offer.text()
    assert len(queue.filters.conditions) == 0
    QTest.mouseClick(shown, LEFT, Qt.KeyboardModifier.ControlModifier, at(desk, PLACES[2], 60))
    assert work.offer.text() == "只看所选 2 个网格（2）"
    QTest.keyClick(shown, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {*queue.filters.conditions} == {Condition("grid_code", CODES[place]) for place in (0, 2)}
    assert len(desk.rows) == 2
    await until(lambda: Words("队列：图上 2 件，无坐标 0 件") in shown.scene.legend.rows)
    assert not work.offer.isVisible()
    queue.set_conditions([Condition("grid_code", CODES[1])])
    assert work.chosen.grids == [CODES[1]]
    QTest.mouseClick(shown, LEFT, pos=at(desk, PLACES[0], 60))
    QTest.keyClick(shown, Key.Key_Escape)
    assert work.chosen.grids == [CODES[1]]
    queue.show_all()
    assert work.chosen.grids == []


async def copied(desk: Desktop, number: int) -> None:
    """Copy places by key and by menu: a case's as it was reported, any other in WGS-84."""
    shown, clipboard = desk.page.map, QGuiApplication.clipboard()
    lon, lat = from_wgs84(*PLACES[2], "GCJ-02")
    QTest.mouseMove(shown, at(desk, PLACES[2]))
    assert shown.card[0] == f"{number} · 正常"
    assert "商贩占道" in shown.card
    QTest.keyClick(shown, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: clipboard.text() == f"{lon:.6f}, {lat:.6f} GCJ-02")
    QTest.keyClick(shown, Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    await until(lambda: clipboard.text().startswith(f"东门 130123201001第1网格 {CODES[2]} {lon:.6f}"))

    menu = open_menu(desk.page.map_work.hand, at(desk, PLACES[2]).toPointF())
    assert all("\t" in one.text() for one in menu.actions() if not one.isSeparator() and one.menu() is None)
    datums = next(one for one in menu.actions() if one.menu() is not None).menu()
    assert isinstance(datums, QMenu)
    datums.actions()[0].trigger()
    await until(lambda: clipboard.text() == f"{PLACES[2][0]:.6f}, {PLACES[2][1]:.6f} WGS-84")
    menu.close()
    QTest.mouseMove(shown, at(desk, PLACES[0], 60))
    QTest.keyClick(shown, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text().endswith(" WGS-84")
    assert shown.card[-1] == CODES[0]
