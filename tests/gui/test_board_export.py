"""A chart and a board as files: pictures, and data that no spreadsheet runs."""

import asyncio
import csv
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.board_documents import board_page, document
from ui.boards.page import BoardPage
from ui.boards.panel import Panel


def read(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "so that spreadsheets see UTF-8"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def told(page: BoardPage, panel: Panel | None, path: Path) -> str:
    """Save the data of ``panel`` and return what is said of it."""
    heard: list[str] = []
    signals = (page.export.told, page.export.failed)
    for signal in signals:
        signal.connect(heard.append)
    page.export.save("data", panel, path)
    while not heard:
        await asyncio.sleep(0)
    for signal in signals:
        signal.disconnect(heard.append)
    return heard[0]


async def test_data_of_a_page_and_of_a_chart(qtbot: QtBot, tmp_path: Path) -> None:
    page = board_page(qtbot)
    answer = document("incidents")
    answer["series"][1]["labels"][0] |= {"zh": "=HYPERLINK(1)", "en": "=HYPERLINK(1)"}
    page.show_document(answer)
    path = tmp_path / "board.csv"
    assert await told(page, None, path) == f"已保存 {path}"
    rows = read(path)
    assert rows[0] == ["正定县 · 事件"]
    assert ["办结率", "80.0", "%", "8", "10", "", "70.0"] in [row[:7] for row in rows]
    assert ["受理用时", "90.0", "分钟", "12", "", "1500.0", "150.0"] in [row[:7] for row in rows]
    assert ["'=HYPERLINK(1)", "14", "11"] in rows
    assert ["1", "正定镇", "90.0", "9", "10"] in rows
    assert ["", "南楼乡", "", "", ""] not in rows
    await told(page, page.body.charts["shares"], path)
    assert read(path)[3:6] == [
        ["办结率与按时率", "办结率", "按时率"],
        ["11-16", "50.0", "20.0"],
        ["11-17", "70.0", "40.0"],
    ]
    assert "board.csv" in await told(page, None, tmp_path / "none" / "board.csv")


def test_pictures_are_asked_for_by_key(qtbot: QtBot, tmp_path: Path) -> None:
    page = board_page(qtbot)
    chart = page.body.charts["week"].chart
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert (
        Path(dialog.selectedFiles()[0]).name
        == "正定县 事件 接报时段（周内各小时） 2026-11-16 至 2026-11-18.png"
    )
    path = tmp_path / "week.png"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    image = QImage(str(path))
    assert image.width() > chart.width()
    with qtbot.waitSignal(page.export.failed):
        page.export.save("picture", None, tmp_path / "none" / "page.png")
    page.export.save("picture", None, path)
    assert QImage(str(path)).height() > page.height(), "the whole page, not what is in view"
