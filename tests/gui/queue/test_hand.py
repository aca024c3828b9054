"""Keys and clicks do all: pick, open, search, sort."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.queue.stage import ROW, board_of, commit, row
from ui.queue.panel import QueuePanel


def test_the_list_is_worked_by_keys(panel: QueuePanel) -> None:
    opened: list[int] = []
    panel.activated.connect(opened.append)
    picked = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_End,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_PageDown,
    ):
        QTest.keyClick(panel.list, key)
        picked.append(panel.selected)
    page = panel.list.viewport().height() // ROW - 1
    assert picked == [1, 2, 1, 66, 66, 1, 1 + page]
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert opened == [1 + page]
    y = panel.list.y_of(1 + page)
    assert y is not None
    assert 0 <= y <= panel.list.viewport().height() - ROW


def test_down_goes_on_where_a_vanished_selection_was(panel: QueuePanel) -> None:
    panel.select(5)
    board_of(panel).apply([], [5])
    assert panel.selected == 5
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.selected == 6


def test_search_by_words_and_initials_and_back(qtbot: QtBot, panel: QueuePanel) -> None:
    board_of(panel).apply([row(90, title="路口积水严重")])
    QTest.keyClick(panel, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panel.search.hasFocus()
    QTest.keyClicks(panel.search, "js")
    qtbot.waitUntil(lambda: len(panel.view) == 1)
    panel.search.clear()
    commit("积水", panel)
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert panel.list.hasFocus()
    assert (len(panel.view), panel.selected) == (1, 90)
    QTest.keyClick(panel, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert len(panel.view) == 67
    assert panel.list.hasFocus()


def test_a_click_selects_and_a_double_click_opens(qtbot: QtBot, panel: QueuePanel) -> None:
    opened: list[int] = []
    panel.activated.connect(opened.append)
    with qtbot.waitSignal(panel.selection_changed) as heard:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 2 * ROW + 3))
    assert heard.args == [3]
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 2 * ROW + 3))
    assert opened == [3]


def test_a_click_on_a_column_sorts_and_turns(panel: QueuePanel) -> None:
    header = panel.header
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(32, 10))
    assert panel.view.number_at(0) == 1
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(32, 10))
    assert panel.view.number_at(0) == 66
