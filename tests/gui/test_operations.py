"""Daily work in the window: who came, flags told by key, inspections drawn and told."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.works import COLUMNS
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import desktop, dismiss, gone, type_text, until
from ui.importing.dialog import ImportDialog
from ui.operations.dialog import VIEWS, WorkDialog

ALT = Qt.KeyboardModifier.AltModifier
THERE = """
INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
SELECT 'w' || n, '走访' || n, 'full_time', g.id, g.organisation_id
FROM generate_series(1, 3) AS n, gridseat.grid AS g WHERE g.code = '130123201001001';
INSERT INTO gridseat.attendance (staff_id, day, organisation_id, due, came)
SELECT s.id, gridseat.day_of(desk.now(), 'Asia/Shanghai'), s.organisation_id, true,
       CASE WHEN s.code <> 'w2' THEN desk.now() END FROM gridseat.staff AS s
"""


def show(dialog: WorkDialog, view: str) -> None:
    dialog.view.setCurrentIndex(VIEWS.index(view))


def cells(dialog: WorkDialog, column: str) -> list[str]:
    place = COLUMNS[dialog.what].index(column)
    tops = (dialog.sheet.topLevelItem(n) for n in range(dialog.sheet.topLevelItemCount()))
    return [item.text(place) for item in tops if item is not None]


async def heard(dialog: QWidget, key: Qt.Key) -> None:
    dialog.activateWindow()
    await until(dialog.isActiveWindow)
    QTest.keyClick(dialog, key, ALT)


async def bring_in(dialog: WorkDialog, folder: Path) -> None:
    """Take a roster of the day in; who is on it and has not come is due."""
    (folder / "排班.csv").write_text("工号,日期\nw9,2026-11-20\nw1,2026-11-20\n", encoding="gbk")
    await heard(dialog, Qt.Key.Key_I)
    table = await until(
        lambda: next((one for one in dialog.findChildren(ImportDialog) if one.isVisible()), None)
    )
    assert not table.map.isVisible()
    table.open_file(folder / "排班.csv")
    await until(lambda: "试运行" in table.said.text())
    assert "w9" in table.list.item(0).text()
    await until(table.take.isEnabled)
    table.take.click()
    await until(lambda: "新增 1" in table.said.text() and "试运行" not in table.said.text())
    await dismiss(table)


async def inspect(dialog: WorkDialog) -> None:
    """Draw the one case there is, and tell that it failed."""
    show(dialog, "inspections")
    await until(lambda: "还没有抽查" in dialog.told.text())
    await heard(dialog, Qt.Key.Key_D)
    await until(lambda: "共抽取 1" in dialog.told.text())
    await heard(dialog, Qt.Key.Key_N)
    await until(lambda: "要写明问题" in dialog.told.text())
    type_text(dialog.note, "电话无人接听")
    await heard(dialog, Qt.Key.Key_N)
    await until(lambda: "有结果 1，合格 0" in dialog.told.text())


async def test_a_supervisor_sees_who_came_tells_flags_and_draws_inspections(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    place = {"point": [114.55, 38.11], "datum": "WGS-84"}
    number = await report(duty, **place)
    await act(duty, "answer", number, text="已答复")
    await database.owner.execute(THERE)
    await database.add("boss", "supervisor", "130123")
    async with desktop(database, tmp_path, "boss") as desk:
        dialog = await desk.opened("Ctrl+Shift+O", WorkDialog)
        await until(lambda: "排班 3，到岗 2" in dialog.told.text())
        assert sorted(cells(dialog, "code")) == ["w1", "w2", "w3"]
        assert set(cells(dialog, "organisation")) == {"韩家庄村民委员会"}
        dialog.sheet.sortByColumn(COLUMNS["attendance"].index("came"), Qt.SortOrder.AscendingOrder)
        assert cells(dialog, "came")[0] == "—", "who has not come stands first"

        await bring_in(dialog, tmp_path)
        show(dialog, "staff")
        await until(lambda: "共 3 行" in dialog.told.text())
        assert cells(dialog, "present") == ["1", "0", "1"]

        show(dialog, "flags")
        await until(lambda: "共 30 项，已填 0" in dialog.told.text())
        await heard(dialog, Qt.Key.Key_Y)
        await until(lambda: "已填 1，达标 1" in dialog.told.text())
        type_text(dialog.note, "锅炉房起火")
        await heard(dialog, Qt.Key.Key_N)
        await until(lambda: "已填 1，达标 0" in dialog.told.text())
        assert cells(dialog, "note")[0] == "锅炉房起火"
        assert not dialog.note.text()

        await inspect(dialog)
        dialog.sheet.setFocus()
        QTest.keyClick(dialog.sheet, Qt.Key.Key_Return)
        await until(lambda: gone(dialog))
        await desk.shown(number)
    found = await database.owner.fetchrow("SELECT passed, note FROM gridseat.inspection")
    assert found is not None
    assert (found["passed"], found["note"]) == (False, "电话无人接听")
