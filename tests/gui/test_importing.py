"""Importing a map file in the window: tried, drawn, looked at, taken in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.database.offices import square
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, desktop, until
from tests.unit.intake.maps import geojson
from ui.dialogs.importing import ImportDialog

CODES = [f"13012310100110{n}" for n in range(1, 4)]


def written(path: Path, *codes: str, **facts: str) -> Path:
    """Write neighbouring grids under strange headings; the second overlaps the first by a tenth."""
    found = []
    for n, code in enumerate(codes):
        one = square(code, 114.6 + n * 0.018)
        named = {"网格编码": code, "wg_mc": f"{n + 1}网格", "所属机构编码": "130123101001"} | facts
        found.append((named, one["geometry"]))
    return geojson(path, *found)


async def opened(desk: Desktop) -> ImportDialog:
    await desk.press("Ctrl+Shift+I")
    return await until(
        lambda: next((one for one in desk.window.findChildren(ImportDialog) if one.isVisible()), None)
    )


def idle(dialog: ImportDialog) -> Callable[[], bool]:
    return lambda: dialog.close_.text() == "关闭"


async def grids(database: Database) -> list[str]:
    rows = await database.owner.fetch(
        "SELECT code FROM gridseat.grid WHERE code = ANY ($1) AND ended_at IS NULL ORDER BY code", CODES
    )
    return [row["code"] for row in rows]


async def test_a_file_is_tried_drawn_and_taken_in(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path) as desk:
        dialog = await opened(desk)
        dialog.open_file(written(tmp_path / "a.geojson", *CODES[:2]))
        await until(idle(dialog))
        assert "请先选定" in dialog.said.text()
        assert not dialog.take.isEnabled()
        choose(dialog, "name", ("heading", "wg_mc"))
        choose(dialog, "kind", ("constant", "comprehensive"))
        dialog.try_.click()
        await until(idle(dialog))
        assert "新增 2" in dialog.said.text()
        assert "重叠" in dialog.list.item(0).text()
        assert "新增 2" in dialog.map.accessibleDescription()
        assert await grids(database) == []
        before = dialog.map.camera.view
        dialog.list.setFocus()
        dialog.list.setCurrentRow(0)
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        assert dialog.map.camera.view != before
        dialog.take.click()
        await until(lambda: "导入完成" in dialog.said.text())
        assert await grids(database) == CODES[:2]
        await until(lambda: {*CODES[:2]} <= {*desk.page.map.atlas.codes})  # as in every other window
        dialog.open_file(written(tmp_path / "b.geojson", CODES[0], CODES[2]))
        await until(idle(dialog))
        assert "改动" not in dialog.map.accessibleDescription()
        assert "新增 1" in dialog.map.accessibleDescription()
        assert dialog.end_gone.isVisible()
        dialog.end_gone.setChecked(True)
        dialog.take.click()
        await until(lambda: "导入完成" in dialog.said.text())
        assert await grids(database) == [CODES[0], CODES[2]]


def choose(dialog: ImportDialog, column: str, meaning: tuple[str, str]) -> None:
    box = dialog.columns.boxes[column]
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemData(at) == meaning))
