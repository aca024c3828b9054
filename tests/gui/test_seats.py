"""Who sits here: changing identity by keys, the case that stays open, and a name that cannot sign in."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.app import Console
from console.desk.desk import Desk
from console.errors import BadInput, OutOfReach
from models.revision import HEAD
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, type_text, until, words
from ui.seat_chooser import SeatChooser
from ui.seat_people import people

Key = Qt.Key


def person(login: str, positions: str, place: str, code: str, grid: str = "") -> dict[str, object]:
    """Return a row of desk.people."""
    return {
        "login": login,
        "name": login,
        "positions": positions.split(),
        "organisation": place,
        "organisation_code": code,
        "grid": grid or None,
        "disabled": login == "停用",
    }


ROWS = [
    person("duty", "supervisor admin", "", ""),
    person("王建国", "seat", "正定县", "130123"),
    person("卢子涛", "seat", "正定县", "130123"),
    person("安宁", "seat supervisor", "正定县", "130123"),
    person("大屏", "wall", "正定县", "130123"),
    person("停用", "seat", "正定县", "130123"),
    person("白雪", "seat", "南楼乡", "130123201"),
    person("韩松", "unit", "韩家庄村", "130123201210", "韩家庄村第二网格"),
    person("城管局坐席", "unit", "城市管理局", "130123-D02"),
    person("公安局坐席", "unit", "公安局", "130123-D01"),
]


@pytest.fixture
def chooser(qtbot: QtBot) -> SeatChooser:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    made = SeatChooser(ROWS, "卢子涛", host)
    made.host = host  # type: ignore[attr-defined]  # lives as long as the chooser
    made.show()
    return made


def test_people_stand_by_what_they_are_then_by_place_then_by_name() -> None:
    assert [(one.group, one.login) for one in people(ROWS)] == [
        ("supervisor", "duty"),
        ("supervisor", "安宁"),
        ("seat", "卢子涛"),
        ("seat", "王建国"),
        ("seat", "白雪"),
        ("unit", "城管局坐席"),
        ("unit", "公安局坐席"),
        ("grid_worker", "韩松"),
        ("other", "大屏"),
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("王", "王建国"),
        ("wjg", "王建国"),
        ("南楼", "白雪"),
        ("nlx", "白雪"),
        ("网格员", "韩松"),
        ("cgj", "城管局坐席"),
    ],
)
def test_typing_a_name_a_place_or_initials_finds_and_enter_takes(
    qtbot: QtBot, chooser: SeatChooser, typed: str, first: str
) -> None:
    type_text(chooser.line, typed)
    assert chooser.marked == first
    with qtbot.waitSignal(chooser.chosen) as chosen:
        QTest.keyClick(chooser.line, Key.Key_Return)
    assert chosen.args == [first]


def test_the_list_opens_on_who_sits_here_and_the_arrows_walk_it(chooser: SeatChooser) -> None:
    assert chooser.marked == "卢子涛"
    QTest.keyClick(chooser.line, Key.Key_Down)
    assert chooser.marked == "王建国"


def test_nobody_found_is_said_and_enter_does_nothing(chooser: SeatChooser) -> None:
    type_text(chooser.line, "没有的人")
    assert chooser.marked == ""
    assert any("没有这个人" in line for line in words(chooser))
    QTest.keyClick(chooser.line, Key.Key_Return)
    assert chooser.isVisible()


def seen_chooser(desk: Desktop) -> SeatChooser | None:
    return next((one for one in desk.window.findChildren(SeatChooser) if one.isVisible()), None)


async def change(desk: Desktop, login: str) -> None:
    """Change identity by keys alone."""
    await desk.press("Ctrl+I")
    chooser = await until(partial(seen_chooser, desk))
    type_text(chooser.line, login)
    QTest.keyClick(chooser.line, Key.Key_Return)
    await until(lambda: desk.session.seat and desk.console.me.get("login") == login)


async def test_one_window_serves_one_person_after_the_other_and_the_case_stays_open(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.owner.execute("INSERT INTO gridseat.setting VALUES ('sample', 'true')")
    await database.add("林悦", "seat", "130123")
    await database.add("外人", "seat", "130125")
    number = await report(duty, point=[114.51, 38.11], datum="WGS-84")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await until(desk.window.menu.acts["identity"].isVisible)
        await change(desk, "林悦")
        await desk.shown(number)
        await until(lambda: desk.page.queue.selected == number)
        assert "正定县" in desk.window.windowTitle()
        await until(desk.window.menu.acts["identity"].isVisible)
        await change(desk, "外人")
        await until(lambda: f"外人 看不到事件 {number}" in desk.notice)
        assert desk.case.file is None
        assert "没有选中的事件" in words(desk.case)


@pytest.mark.parametrize("login", ["nobody", "停用的人"])
async def test_whoever_cannot_sign_in_is_told_why_and_may_type_another_name_or_leave(
    database: Database, tmp_path: Path, login: str
) -> None:
    await database.add("停用的人", "seat", "130123")
    admin = await database.as_person("duty")
    await admin.execute("SELECT desk.disable_person('停用的人')")
    await admin.close()
    async with desktop(database, tmp_path, login=login) as desk:
        entry = desk.window.entry
        assert desk.window.pages is None
        assert entry.isVisible()
        assert entry.title.text() == f"{login} 不能登录"
        assert entry.sentence.text()
        assert "管理员" in entry.hint.text()
        left: list[None] = []
        desk.window.leaving.connect(lambda: left.append(None))
        entry.leave.click()
        assert left
        entry.line.setText("duty")
        QTest.keyClick(entry.line, Key.Key_Return)
        await until(lambda: desk.window.pages)
        assert desk.console.me["login"] == "duty"


async def test_a_database_of_an_older_version_is_said_at_once_and_opens_when_it_is_upgraded(
    database: Database, tmp_path: Path
) -> None:
    await database.owner.execute("UPDATE gridseat.alembic_version SET version_num = '0009'")
    async with desktop(database, tmp_path) as desk:
        entry = desk.window.entry
        assert entry.title.text() == "程序与数据库版本不同，不能登录"
        assert "database upgrade" in entry.sentence.text()
        assert "升级完成后按 Enter" in entry.hint.text()
        await database.owner.execute("UPDATE gridseat.alembic_version SET version_num = $1", HEAD)
        QTest.keyClick(entry.line, Key.Key_Return)
        await until(lambda: desk.window.pages)


@pytest.mark.parametrize(
    ("error", "title", "sentence"),
    [
        (BadInput("bad_database", database="foo:bar"), "坐席台没有打开", "embedded:文件夹"),
        (OutOfReach("database_lost", reason="x"), "数据库没有应答", "x"),
        (OSError(28, "No space left on device"), "坐席台没有打开", "No space left on device"),
    ],
)
async def test_a_window_that_cannot_be_opened_says_why_and_tries_again(
    database: Database, tmp_path: Path, error: Exception, title: str, sentence: str
) -> None:
    faults = [error]
    async with desktop(database, tmp_path) as desk:
        open_console = desk.session._open

        def opened(login: str | None) -> Console:
            if faults:
                raise faults.pop()
            return open_console(login)

        desk.session._open = opened
        desk.window.identity.emit("duty")
        entry = desk.window.entry
        await until(entry.isVisible)
        assert entry.title.text() == title
        assert sentence in entry.sentence.text()
        assert desk.session.refused is error
        QTest.keyClick(entry.line, Key.Key_Return)
        await until(lambda: desk.window.pages)
        assert desk.session.refused is None
