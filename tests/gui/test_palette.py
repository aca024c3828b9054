"""Every command has a key, is found by name, and says why it cannot be done now."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from console.workflow import actions
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, at_case, desktop, tap, type_text, until
from ui.commandbar.palette import Palette

Key = Qt.Key


async def palette(desk: Desktop) -> Palette:
    await desk.press("Ctrl+Shift+P")
    found = await until(lambda: desk.window.findChild(Palette))
    found.activateWindow()
    await until(found.isActiveWindow)
    return found


async def test_a_command_is_found_by_initials_and_run(database: Database, tmp_path: Path, duty: Desk) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        found = await palette(desk)
        names = [entry.name for entry in found.offered]
        assert {action.label for action in actions().values()} <= set(names)
        assert names[:3] == ["受理立案", "领取", "备注"], "what fits the open case, as its buttons do"
        refused = [bool(entry.why_not) for entry in found.offered]
        assert refused == sorted(refused), "what cannot be done stands last"
        QTest.keyClicks(found.line, "lq")
        assert found.offered[0].name == "领取"
        tap(Key.Key_Return)
        await until(lambda: desk.case.file and desk.case.file.incident["mine"])


async def test_what_cannot_be_done_says_why(database: Database, tmp_path: Path, duty: Desk) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        number = desk.number
        await desk.press("Q")
        await until(lambda: desk.notice.startswith(f"{number} 现在是“待受理”，不能“签收”"))
        found = await palette(desk)
        type_text(found.line, "签收")
        assert found.offered[0].why_not == f"{number} 现在是“待受理”"
        assert found.offered[0].why_not in found.list.item(0).text()
        type_text(found.line, "无此")
        assert found.offered == []
        tap(Key.Key_Escape)


async def test_another_centres_case_and_a_units_step_are_called_so(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    await database.add("张三", "seat", "130123")
    theirs = await report(duty, centre="130123201")
    ours = await report(duty, centre="130123")
    await act(duty, "accept", ours)
    await act(duty, "dispatch", ours, unit="城管局")
    async with desktop(database, tmp_path, login="张三") as desk:
        for number, key, why in (
            (theirs, "A", "由南楼乡主办，“受理立案”由那里做"),
            (ours, "Q", "由城管局承办，“签收”由承办单位做"),
            (ours, "F", "现在是“待签收”，不能“结案”"),
        ):
            await desk.open(number)
            await desk.press(key)
            await until(partial(said, desk, f"{number} {why}"))


def said(desk: Desktop, beginning: str) -> bool:
    return desk.notice.startswith(beginning)


async def test_without_a_case_an_action_asks_for_one(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path) as desk:
        await desk.press("A")
        await until(lambda: "先在队列里选一件事件" in desk.notice)


async def test_the_bar_offers_cases_and_units_and_remembers_tomorrow(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    async with at_case(database, tmp_path, duty, "accept") as desk:
        number, bar = desk.number, desk.page.bar
        await desk.press("Ctrl+K")
        await until(bar.line.hasFocus)
        type_text(bar.line, f"派 {str(number)[:3]}")
        assert bar.popup.isVisible()
        tap(Key.Key_Tab)
        assert bar.line.text().split() == ["派", str(number)]
        type_text(bar.line, "城管局 两小时")
        assert "承办单位 城管局 · 时限 2 小时（工作时）" in bar._hint.text()
        tap(Key.Key_Return)
        await desk.shown(number, "dispatched")
    async with desktop(database, tmp_path) as again:
        await again.press("Ctrl+K")
        tap(Key.Key_Up)
        line = again.page.bar.line
        assert line.text() == f"派 {number} 城管局 两小时"
        await until(lambda: number in again.console.board)
        line.clear()
        type_text(line, f"#{number}")
        tap(Key.Key_Return)
        await again.shown(number)
        assert not line.text()
        type_text(line, "987654")
        tap(Key.Key_Return)
        assert "987654 不在值班台上" in again.page.bar.error
        assert (again.number, line.text()) == (number, "987654")
