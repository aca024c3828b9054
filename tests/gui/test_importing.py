"""Importing a map file in the window: tried, drawn, looked at, taken in."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.intake.writing import writer
from tests.database.offices import square
from tests.database_fixtures import Database
from tests.gui.desktop import desktop, until
from tests.unit.intake.maps import geojson, package
from ui.importing.dialog import ImportDialog

ORGANISATION = "130123101001"
CODES = [f"13012310100110{n}" for n in range(1, 4)]


def written(path: Path, *codes: str, **facts: str) -> Path:
    """Write neighbouring grids under strange headings; the second overlaps the first by a tenth."""
    found = []
    for n, code in enumerate(codes):
        one = square(code, 114.6 + n * 0.018)
        named = {"网格编码": code, "wg_mc": f"{n + 1}网格", "所属机构编码": "130123101001"} | facts
        found.append((named, one["geometry"]))
    return geojson(path, *found)


def idle(dialog: ImportDialog) -> Callable[[], bool]:
    return lambda: dialog.close_.text() == "关闭"


async def grids(database: Database) -> list[str]:
    rows = await database.owner.fetch(
        "SELECT code FROM gridseat.grid WHERE code = ANY ($1) AND ended_at IS NULL ORDER BY code", CODES
    )
    return [row["code"] for row in rows]


async def test_a_file_is_tried_drawn_and_taken_in(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path) as desk:
        dialog = await desk.opened("Ctrl+Shift+I", ImportDialog)
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
        dialog.open_file(written(tmp_path / "c.geojson", CODES[1], 所属机构编码="999999"))
        await until(idle(dialog))
        assert "没有编码为“999999”的机构" in dialog.list.item(0).text()
        assert "新增" not in dialog.map.accessibleDescription()  # what stays out is not drawn as if it came
        assert not dialog.take.isEnabled()
        save_errors(dialog, tmp_path)


def save_errors(dialog: ImportDialog, folder: Path) -> None:
    """Save the row that was left out, and try to where nothing can be."""
    assert dialog.save.isVisible()
    dialog.list.save(folder / "未导入.csv")
    assert "1 行及原因已存到" in dialog.said.text()
    assert "999999" in (folder / "未导入.csv").read_text("utf-8")
    dialog.list.save(folder / "nowhere" / "未导入.csv")
    assert "未导入.csv" in dialog.said.text()


def press(button: QWidget) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def choose(dialog: ImportDialog, column: str, meaning: tuple[str, str]) -> None:
    box = dialog.columns.boxes[column]
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemData(at) == meaning))


async def test_a_layer_is_chosen_columns_are_told_apart_and_remembered_by_keys_alone(
    database: Database, tmp_path: Path
) -> None:
    facts = {
        "网格编码": CODES[0],
        "网格代码": "X1",
        "网格名称": "一网格",
        "类型": "综合",
        "机构编码": ORGANISATION,
    }
    drawn = shapely.to_wkb(shapely.geometry.shape(square(CODES[0], 114.6)["geometry"]))
    old = [({**facts, "网格名称": "旧网格"}, drawn)]
    path = package(tmp_path / "两层.gpkg", 网格=[(facts, drawn)], 旧网格=old)
    async with desktop(database, tmp_path) as desk:
        dialog = await desk.opened("Ctrl+Shift+I", ImportDialog)
        dialog.open_file(path)
        await until(idle(dialog))
        assert "多个图层" in dialog.said.text()
        assert "--" not in dialog.said.text()
        assert dialog.layer.hasFocus()
        QTest.keyClick(dialog.layer, Qt.Key.Key_End)
        QTest.keyClick(dialog.layer, Qt.Key.Key_Return)
        await until(lambda: idle(dialog)() and dialog.take.isEnabled())
        assert dialog.columns.boxes["code"].currentText() == "网格编码"  # the first of two that it could be
        box = dialog.columns.boxes["code"]
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert not dialog.take.isEnabled()  # what was tried counts no more
        assert "请再试算" in dialog.said.text()
        press(dialog.try_)
        await until(lambda: idle(dialog)() and dialog.take.isEnabled())
        press(dialog.take)
        await until(lambda: "导入完成" in dialog.said.text())
        found = await database.owner.fetch(
            "SELECT code, name FROM gridseat.grid WHERE code IN ('X1', $1)", CODES[0]
        )
        assert [tuple(row) for row in found] == [("X1", "一网格")]
        dialog.open_file(package(tmp_path / "再来.gpkg", 新网格=old))
        await until(lambda: idle(dialog)() and dialog.take.isEnabled())
        assert dialog.columns.boxes["code"].currentText() == "网格代码"  # as it was chosen for such headings


async def test_cancelling_leaves_nothing_and_says_so(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "USUAL_BATCH", 1)
    async with desktop(database, tmp_path) as desk:
        dialog = await desk.opened("Ctrl+Shift+I", ImportDialog)
        dialog.open_file(written(tmp_path / "a.geojson", *CODES, 网格名称="某网格", 类型="综合"))
        await until(lambda: idle(dialog)() and dialog.take.isEnabled())
        cancel = dialog.bar.valueChanged.connect(lambda done: dialog.reject() if done == 1 else None)
        dialog.take.click()
        await until(lambda: "已取消，没有写入任何数据" in dialog.said.text())
        assert await grids(database) == []
        assert dialog.isVisible()
        dialog.bar.valueChanged.disconnect(cancel)
        await until(idle(dialog))
        dialog.take.click()
        await until(lambda: "导入完成" in dialog.said.text())
        assert await grids(database) == CODES
