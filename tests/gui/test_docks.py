"""The panels round the queue: moved, floated and closed by key, found again tomorrow, hidden by the lock."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.language import say
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, at_case, desktop, tap, until
from ui.docks.area import Docks
from ui.docks.dock import Dock
from ui.docks.memory import Memory, digest
from ui.docks.menu import DockMenu
from ui.language import language
from ui.theme import theme

Area = Qt.DockWidgetArea
Key, Held = Qt.Key, Qt.KeyboardModifier


def parts(desk: Desktop) -> tuple[Docks, Dock, Dock]:
    docks = desk.page.docks
    return docks, docks.docks["map"], docks.docks["case"]


def centre(docks: Docks) -> QWidget:
    found = docks.centralWidget()
    assert found is not None
    return found


def beside(docks: Docks) -> list[str]:
    """Return the panels that are seen in the window, from left to right."""
    seen = [dock for dock in docks.docks.values() if dock.seen and not dock.isFloating()]
    places = {"queue": centre(docks).x(), **{dock.key: dock.x() for dock in seen}}
    return sorted(places, key=lambda key: places[key])


async def press(keys: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    """Press ``keys`` where the cursor is, in a window of its own too."""
    QTest.keyClick(await until(QApplication.focusWidget), keys, held)


async def choose(words: str) -> None:
    """Walk to the line ``words`` of the open menu by key, and take it."""
    menu = await until(
        lambda: found if isinstance(found := QApplication.activePopupWidget(), DockMenu) else None
    )
    while (line := menu.activeAction()) is None or line.text() != words:
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)


async def float_case(desk: Desktop) -> None:
    """Float the case by key: in a window of its own it keeps look, language and keys."""
    _docks, _view, case = parts(desk)
    await press(Key.Key_F2, Held.ShiftModifier)
    await until(lambda: case.has_keys)
    await press(Key.Key_F3, Held.ShiftModifier)
    await until(lambda: case.isFloating() and case.isActiveWindow())
    case.setGeometry(200, 100, 520, 600)
    language.use("en")
    theme.use("light")
    assert case.title.words.text() == "Case"
    assert case.grab().toImage().pixelColor(3, 300) == theme.color("window")
    QTest.keyClick(desk.case.body.inner, Key.Key_C)  # a key of the workflow
    await until(lambda: desk.case.file and desk.case.file.incident["mine"])
    language.use("zh")


async def test_panels_are_arranged_by_key_and_found_again(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        docks, view, case = parts(desk)
        await until(lambda: beside(docks) == ["queue", "map", "case"])
        await desk.press("F3")
        await until(lambda: view.has_keys)
        queue, width = centre(docks), case.width()
        await press(Key.Key_F3)
        await until(lambda: beside(docks) == ["queue", "case"])
        assert desk.page.queue.list.hasFocus()
        await until(lambda: case.width() == width)  # the room is the queue's
        assert queue.width() > width
        await press(Key.Key_F3)
        await until(lambda: view.has_keys)
        await press(Key.Key_F3, Held.ControlModifier)
        await choose(say("panels.place.left"))
        await until(lambda: beside(docks) == ["map", "queue", "case"])
        desk.window.activateWindow()  # without a screen nobody does so when a menu goes
        await float_case(desk)
        await press(Key.Key_F12)
        await until(desk.page.queue.list.hasFocus)
        assert desk.window.isActiveWindow()
    async with desktop(database, tmp_path) as desk:
        docks, view, case = parts(desk)
        await until(lambda: beside(docks) == ["map", "queue"])
        assert case.isFloating()
        assert case.geometry().getRect() == (200, 100, 520, 600)
        await desk.press("Ctrl+Shift+R")
        await until(lambda: beside(docks) == ["queue", "map", "case"])
        assert desk.notice == say("panels.restored")
    await database.add("王五", "seat", "130123")
    async with desktop(database, tmp_path, login="王五") as desk:
        await until(lambda: beside(desk.page.docks) == ["queue", "map", "case"])


async def test_below_1500_pixels_case_and_map_are_tabs(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        docks, view, case = parts(desk)
        desk.window.resize(1280, 720)
        await until(lambda: beside(docks) == ["queue", "case"])
        assert docks.tabifiedDockWidgets(case)
        assert centre(docks).y() == 0
        await until(lambda: case.title.height() == 0)  # its name stands on the tab
        assert not desk.page.map.isVisible()
        desk.page.queue.list.setFocus()
        for _ in range(60):  # Tab never goes behind a tab
            desk.window.focusNextChild()
            assert not view.has_keys
        bar = next(bar for bar in docks.findChildren(QTabBar) if bar.isVisible())
        assert [bar.tabText(place) for place in range(bar.count())] == ["事件", "地图"]
        QTest.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
        await until(view.isFloating)
        view.move(900, 400)
        desk.window.resize(1920, 1080)
        await until(lambda: beside(docks) == ["queue", "case"])
        assert view.isFloating()
        assert view.pos() == QPoint(900, 400)
        running = QGuiApplication.instance()
        assert isinstance(running, QGuiApplication)
        running.screenRemoved.emit(view.screen())
        await until(lambda: beside(docks) == ["queue", "map", "case"])


async def test_what_floats_is_hidden_by_lock_and_wall_and_comes_back(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        _docks, view, case = parts(desk)
        case.turn()
        case.setGeometry(300, 200, 520, 400)
        desk.window.lock.lock()
        assert not case.isVisible()
        desk.page.open(desk.number)
        desk.page._picked(desk.number)
        assert not case.isVisible()
        desk.window.lock.unlock()
        await until(lambda: case.isVisible() and desk.case.isVisible())
        desk.window.toggle_wall()
        assert not case.isVisible()
        await desk.press("F3")
        assert desk.window.pages is not None
        assert desk.window.pages.wall.isVisible()
        assert not view.has_keys
    async with desktop(database, tmp_path) as desk:  # left while it was out of sight
        await until(desk.page.docks.docks["case"].isVisible)
        assert desk.page.docks.docks["case"].isFloating()


async def test_a_report_has_a_dock_of_its_own(database: Database, tmp_path: Path, duty: Desk) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        docks, _view, case = parts(desk)
        report = docks.docks["report"]
        await desk.press("Ctrl+N")
        await until(lambda: report.has_keys and report.seen)
        assert not case.seen
        written = QApplication.focusWidget()
        for width in (1280, 1920, 1280, 1920):  # each way first as the house does it, then as remembered
            desk.window.resize(width, 1000)
            await until(lambda: report.seen and not case.seen and QApplication.focusWidget() is written)
        await press(Key.Key_F3, Held.ShiftModifier)
        await until(lambda: report.isFloating() and case.seen)
        report.title.close_.click()  # keeps what is typed
        await until(lambda: desk.page.reporting.form is None)
        await desk.press("Ctrl+N")
        await until(lambda: report.has_keys and report.isFloating())
        tap(Key.Key_Escape)
        await until(desk.page.queue.list.hasFocus)
        assert not report.isVisible()


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


Show = Callable[[], Docks]


@pytest.fixture
def show(qtbot: QtBot, memory: QSettings) -> Show:
    """Return what shows docks in a window of their own, at first as the house arranges them."""
    pages = []

    def made() -> Docks:
        pages.append(QWidget())
        qtbot.addWidget(pages[-1])
        docks = Docks(QLineEdit(), Memory(memory, "李四/甲"), pages[-1])
        QVBoxLayout(pages[-1]).addWidget(docks)
        pages[-1].resize(1800, 900)
        pages[-1].show()
        return docks

    return made


def harmed(text: str, harm: str) -> object:
    told = json.loads(text)
    del told["digest"]
    state = base64.b64decode(told["state"])
    if harm == "foreign":  # whole for us, nothing for Qt
        told["state"] = base64.b64encode(bytes(reversed(state))).decode()
    if harm == "old":
        told["version"] -= 1
    text = json.dumps({**told, "digest": digest(told)})
    return {"torn": text[:-40], "edited": text.replace("AAAA", "A8AA"), "number": 7}.get(harm, text)


@pytest.mark.parametrize("harm", ["torn", "edited", "foreign", "old", "number"])
def test_a_broken_or_old_memory_leads_to_the_arrangement_of_the_house(
    show: Show, memory: QSettings, harm: str
) -> None:
    docks = show()
    docks.docks["map"].close()
    docks.remember()
    assert beside(show()) == ["queue", "case"]
    (key,) = memory.allKeys()
    memory.setValue(key, harmed(str(memory.value(key)), harm))
    assert beside(show()) == ["queue", "map", "case"]


def test_what_floated_on_a_screen_that_is_gone_is_in_the_window(show: Show) -> None:
    docks = show()
    docks.docks["map"].turn()
    docks.docks["map"].setGeometry(9000, 300, 400, 300)
    docks.remember()
    assert beside(show()) == ["queue", "map", "case"]


async def test_sizes_are_remembered_as_shares_of_the_window(show: Show) -> None:
    docks = show()
    case = docks.docks["case"]
    await until(lambda: case.width() == pytest.approx(0.23 * docks.width(), abs=3))
    docks.resizeDocks([case], [700], Qt.Orientation.Horizontal)
    await until(lambda: case.width() == pytest.approx(700, abs=3))
    docks.remember()
    wide = docks.width()
    other = show()
    other.window().resize(1600, 900)
    await until(lambda: other.docks["case"].width() == pytest.approx(700 * other.width() / wide, abs=6))


async def test_a_window_that_grows_step_by_step_gives_the_map_its_share(show: Show) -> None:
    docks = show()
    for _ in range(2):  # first as the house does it, then as remembered
        docks.window().resize(1280, 720)
        await until(lambda: docks.docks["case"].width() == pytest.approx(0.43 * docks.width(), abs=3))
        for width in (1560, 1700, 1920):
            docks.window().resize(width, 1000)
            await until(lambda: docks._widths.pixels == docks.width())
        await until(lambda: docks.docks["map"].width() == pytest.approx(0.41 * docks.width(), abs=3))
        assert docks.docks["case"].width() == pytest.approx(0.23 * docks.width(), abs=3)
