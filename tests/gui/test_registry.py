"""People and houses in the window: spot checks drawn and entered, a visit made, a record shown."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from tests.database.registry import settle
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, desktop, until
from ui.importing.dialog import ImportDialog
from ui.registry.dialog import RegistryDialog


def line(dialog: RegistryDialog, row: int = 0) -> list[str]:
    """Return what a line shows."""
    rows = dialog.work.rows
    return [str(rows.index(row, column).data()) for column in range(rows.columnCount())]


async def drawn(desk: Desktop) -> RegistryDialog:
    """Return the dialog with this month's three spot checks."""
    dialog = await desk.opened("Ctrl+Shift+H", RegistryDialog)
    await until(lambda: "抽取" in dialog.state.text() or None)
    dialog.refill.click()
    await until(lambda: "抽查 3 条：已查 0，准确率 —" in dialog.state.text() or None)
    await until(lambda: dialog.work.list.hasFocus() or None)
    return dialog


def press(dialog: RegistryDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.work.list, key)


async def test_spot_checks_are_entered_by_keys_in_a_hurry(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await settle(duty, tmp_path)
    async with desktop(database, tmp_path) as desk:
        dialog = await drawn(desk)
        press(dialog, Qt.Key.Key_2)
        assert "勾选" in dialog.said.text()
        assert dialog.fields.hasFocus() or dialog.focusWidget() is dialog.fields
        field, said = dialog.fields.item(0).text().split("：")  # which record is drawn first, nobody knows
        assert said in {"人口类型": ("户籍", "流动"), "用途": ("自住", "出租")}[field]
        QTest.keyClick(dialog.fields, Qt.Key.Key_Space)
        QTest.keyClick(dialog.fields, Qt.Key.Key_2)
        for _two in range(2):
            press(dialog, Qt.Key.Key_1)  # without waiting for the database
        await until(lambda: "已查 3，准确率 66.7%" in dialog.state.text() or None)
        assert [line(dialog, row)[-1].partition("：")[0] for row in range(3)] == ["有误", "正确", "正确"]
        found = await database.owner.fetch("SELECT result FROM gridseat.spot_check ORDER BY id")
        assert [row["result"] for row in found] == ["wrong", "correct", "correct"]
        assert dialog.work.grid.count() == 1 + len({row["grid"] for row in dialog.work.rows.rows})
        dialog.work.grid.setCurrentIndex(1)
        code = dialog.work.grid.currentData()
        await until(lambda: {row["grid"] for row in dialog.work.rows.rows} == {code} or None)
        QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        dialog.work.search.setText("没有这样的")
        await until(lambda: "没有找到" in dialog.state.text() or None)
        dialog.work.search.clear()
        dialog.work.month.setCurrentIndex(1)
        await until(lambda: "这个月没有抽查" in dialog.state.text() or None)
        assert not dialog.refill.isEnabled(), "what is over is not drawn any more"
        dialog.reject()


async def test_a_result_that_is_refused_leaves_the_row_as_it_was(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await settle(duty, tmp_path)
    async with desktop(database, tmp_path) as desk:
        dialog = await drawn(desk)
        await database.owner.execute(
            "DELETE FROM gridseat.spot_check WHERE id = $1", dialog.work.rows.rows[0]["id"]
        )
        press(dialog, Qt.Key.Key_1)
        await until(lambda: "没有这条记录" in dialog.said.text() or None)
        assert line(dialog)[-1] == ""
        dialog.reject()


async def test_visits_are_made_by_keys(database: Database, duty: Desk, tmp_path: Path) -> None:
    await settle(duty, tmp_path)
    async with desktop(database, tmp_path) as desk:
        dialog = await desk.opened("Ctrl+Shift+H", RegistryDialog)
        await until(lambda: dialog.isActiveWindow() or None)
        QTest.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        await until(lambda: "安排" in dialog.state.text() or None)
        dialog.refill.click()
        await until(lambda: "待走访 1" in dialog.state.text() or None)
        assert "王**" in line(dialog)[3]
        await until(lambda: dialog.work.list.hasFocus() or None)
        press(dialog, Qt.Key.Key_R)
        dialog.reveal.click()
        await until(lambda: "原因" in dialog.said.text() or None)
        dialog.reason.setText("上门走访")
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
        await until(lambda: "13812342751" in dialog.said.text() or None)
        press(dialog, Qt.Key.Key_3)
        await until(lambda: "未遇" in dialog.said.text() or None)
        assert line(dialog)[-1] == "未遇", "nobody met: it stays to be made"
        press(dialog, Qt.Key.Key_1)
        await until(lambda: not dialog.work.rows.rows or None)
        dialog.work.made.click()
        await until(lambda: "已完成走访 1 次" in dialog.state.text() or None)
        assert line(dialog)[-1] == "平安"
        dialog.reject()


async def test_a_file_of_houses_comes_in_from_there(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "房屋.csv"
    file.write_text("房屋编码,网格编码,用途\nH1,130123101001001,自住\nH2,9,出租\n", encoding="gb18030")
    async with desktop(database, tmp_path) as desk:
        dialog = await desk.opened("Ctrl+Shift+H", RegistryDialog)
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
