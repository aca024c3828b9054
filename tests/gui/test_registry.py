"""People and houses in the window: spot checks drawn and entered, a visit made, a record shown."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from tests.database.registry import settle
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, desktop, until
from ui.dialogs.importing import ImportDialog
from ui.dialogs.registry import RegistryDialog


async def opened(desk: Desktop) -> RegistryDialog:
    await desk.press("Ctrl+Shift+H")
    return await until(
        lambda: next((one for one in desk.window.findChildren(RegistryDialog) if one.isVisible()), None)
    )


def cell(dialog: RegistryDialog, column: int) -> str:
    """Return what the first line shows there."""
    return str(dialog.list.model().index(0, column).data())


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
        assert "王**" in cell(dialog, 3)
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
        assert cell(dialog, 5) == "平安"
        dialog.reject()


async def test_a_file_of_houses_comes_in_from_there(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "房屋.csv"
    file.write_text("房屋编码,网格编码,用途\nH1,130123101001001,自住\nH2,9,出租\n", encoding="gb18030")
    async with desktop(database, tmp_path) as desk:
        dialog = await opened(desk)
        dialog.bring.click()
        bring = await until(lambda: dialog.findChild(ImportDialog))
        bring.open_file(file)
        await until(lambda: bring.take.isEnabled() or None)
        assert bring.list.count() == 1, "H2 lies in no grid"
        assert await database.owner.fetchval("SELECT count(*) FROM gridseat.house") == 0
        bring.take.click()
        await until(lambda: (not bring.take.isEnabled() and bring.close_.text() == "关闭") or None)
        assert await database.owner.fetchval("SELECT array_agg(code) FROM gridseat.house") == ["H1"]
        bring.reject()
        dialog.reject()
