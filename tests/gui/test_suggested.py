"""Whom a case concerns is offered first where it is dispatched, with the reasons."""

from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database.offices import table, take
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import desktop, tap, until, words


async def test_a_dispatch_offers_first_whom_the_case_concerns_and_says_why(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await take(duty, "responsibilities", table("大类,小类,承办单位,角色,适用中心", "街面秩序,,城管局,主办,"))
    number = await report(duty, centre="130123", at_organisation="130123201001")
    await act(duty, "accept", number)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.furnished()
        form = await desk.form("D")
        said = await until(lambda: next((word for word in words(form) if "建议承办：城管局" in word), ""))
        assert "权责清单：街面秩序 · 手上 0 件" in said
        form.activateWindow()
        await until(form.isActiveWindow)
        tap(Qt.Key.Key_Down)
        tap(Qt.Key.Key_Return)
        tap(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await desk.shown(number, "dispatched")
        assert desk.case.file is not None
        assert desk.case.file.incident["unit"] == "城管局"
