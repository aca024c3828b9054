"""People and houses in the window: spot checks drawn and entered, a visit made, a record shown."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from tests.database.registry import settle
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, desktop, until
from ui.dialogs.registry import RegistryDialog


async def opened(desk: Desktop) -> RegistryDialog:
    await desk.press("Ctrl+Shift+H")
    return await until(
        lambda: next((one for one in desk.window.findChildren(RegistryDialog) if one.isVisible()), None)
    )


async def test_checks_and_visits_are_worked_by_keys(database: Database, duty: Desk, tmp_path: Path) -> None:
    await settle(duty, tmp_path)
    async with desktop(database, tmp_path) as desk:
        dialog = await opened(desk)
        await until(lambda: "抽取" in dialog.state.text() or None)
        dialog.refill.click()
        await until(lambda: "准确率 —" in dialog.state.text() or None)
        assert dialog.list.topLevelItemCount() == 3
        await until(lambda: dialog.list.hasFocus() or None)
        QTest.keyClick(dialog.list, Qt.Key.Key_1)
        await until(lambda: "100.0%" in dialog.state.text() or None)
        dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
        QTest.keyClick(dialog.list, Qt.Key.Key_2)
        assert "勾选" in dialog.said.text()
        QTest.keyClick(dialog.fields, Qt.Key.Key_Space)
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_2)
        await until(lambda: "50.0%" in dialog.state.text() or None)
        QTest.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        await until(lambda: "安排" in dialog.state.text() or None)
        dialog.refill.click()
        await until(lambda: "待走访 1" in dialog.state.text() or None)
        assert "王**" in dialog.list.topLevelItem(0).text(3)
        QTest.keyClick(dialog.list, Qt.Key.Key_R)
        dialog.reveal.click()
        await until(lambda: "原因" in dialog.said.text() or None)
        dialog.reason.setText("上门走访")
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
        await until(lambda: "13812342751" in dialog.said.text() or None)
        QTest.keyClick(dialog.list, Qt.Key.Key_1)
        await until(lambda: dialog.list.topLevelItemCount() == 0 or None)
        dialog.made.click()
        await until(lambda: dialog.list.topLevelItemCount() == 1 or None)
        assert dialog.list.topLevelItem(0).text(5) == "平安"
        dialog.reject()
