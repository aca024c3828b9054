"""A board by keys alone, and in a hurry."""

import asyncio
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from console.desk.behind import Records
from tests.gui.board_documents import board_page, clock, document, nothing
from tests.gui.desktop import until
from ui.boards.ask import Asked
from ui.boards.page import BoardPage


def keyed(page: BoardPage) -> str:
    """Return the name of what has the keys."""
    focus = page.window().focusWidget()
    return focus.accessibleName() or str(focus.property("text")) if focus else ""


def test_tab_goes_on_as_one_reads_and_alt_leads(qtbot: QtBot) -> None:
    page = board_page(qtbot)
    page.centre.addItem("正定县")
    page.centre.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.centre.setFocus()
    told = []
    for _ in range(60):
        told.append(keyed(page))
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        if told[-1] == "导出“办结率排名”":
            break
    order = [
        "看哪个中心",
        "统计时段 今日",
        "统计到哪一天为止",
        "通报",
        "导出整页",
        "接报",
        "受理率",
        "接报与结案",
        "按哪项指标排名",
    ]
    places = [next(at for at, name in enumerate(told) if name.startswith(one)) for one in order]
    assert places == sorted(places)
    assert told[-3:] == ["按哪项指标排名", "办结率排名", "导出“办结率排名”"]
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    for key, name in ((Qt.Key.Key_P, "统计时段 30 天"), (Qt.Key.Key_M, "办结率分布")):
        QTest.keyClick(page.window().focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        assert keyed(page) == name
    for key, choice in ((Qt.Key.Key_O, page.centre), (Qt.Key.Key_R, page.body.rank_by)):
        QTest.keyClick(page.window().focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(choice.view().isVisible)
        choice.hidePopup()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert not page.body.rank_by.visibleRegion().isEmpty(), "the page has moved to it"


async def test_a_list_that_is_sought_does_not_open_once_its_board_is_left(qtbot: QtBot) -> None:
    begun, heard = asyncio.Event(), list[object]()

    async def load(*_question: object) -> dict[str, Any]:
        return document("people-houses")

    async def read(_limit: int, _after: object) -> dict[str, Any]:
        begun.set()
        await asyncio.Event().wait()  # the board is left meanwhile
        return {}

    page = BoardPage("people-houses", load, nothing, clock)
    qtbot.addWidget(page)
    page.open_records(lambda *_question: Records(read))
    page.recordsRequested.connect(lambda *told: heard.append(told))
    page.show()
    await until(lambda: page._board)
    page.body.asked.emit(Asked(("grids",)))
    await until(begun.is_set)
    page.hide()
    await until(lambda: page.finder.asked is None)
    page.show()
    page.body.asked.emit(Asked(("grids",)))
    page.hide()
    await until(lambda: page.finder.asked is None)
    assert heard == []
