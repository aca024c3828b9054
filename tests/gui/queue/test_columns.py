"""Columns, order and groups: by pointer and by keys, and kept until the next day."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from console.feed.board import Board
from console.feed.board_view import Sort
from tests.gui.queue.stage import ROW, Clock, board_of, row, settle
from ui.queue.arrangement import Arrangement
from ui.queue.columns import COLUMNS, USUAL, Chosen
from ui.queue.columns_dialog import ColumnsDialog
from ui.queue.panel import QueuePanel

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def arrangement_of(panel: QueuePanel) -> Arrangement:
    return panel.arrange.arrangement


def shown(panel: QueuePanel) -> list[str]:
    return [cell.column.name for cell in panel.list.cells]


def end_of(panel: QueuePanel, column: str) -> QPoint:
    """Return the edge at the right of ``column``."""
    return panel.header.box(column).center() + QPoint(panel.header.box(column).width() // 2 + 7, 0)


def test_an_edge_is_drawn_and_a_double_click_fits(panel: QueuePanel) -> None:
    header, before = panel.header, panel.header.box("status").width()
    QTest.mousePress(header, LEFT, pos=end_of(panel, "status"))
    QTest.mouseMove(header, end_of(panel, "status") + QPoint(40, 0))
    QTest.mouseRelease(header, LEFT, pos=end_of(panel, "status"))
    assert header.box("status").width() == pytest.approx(before + 40, abs=2)
    assert panel.view.sort == Sort(), "an edge is no name"
    QTest.mouseDClick(header, LEFT, pos=end_of(panel, "status"))
    assert header.box("status").width() < before + 20


def test_a_name_is_drawn_to_another_place(panel: QueuePanel) -> None:
    header = panel.header
    QTest.mousePress(header, LEFT, pos=header.box("unit").center())
    QTest.mouseRelease(header, LEFT, pos=header.box("title").center())
    assert shown(panel) == ["number", "unit", "title", "place", "status", "due"]
    assert panel.view.sort == Sort()


def test_columns_are_chosen_and_ordered_by_keys(panel: QueuePanel) -> None:
    dialog = ColumnsDialog(arrangement_of(panel), panel)
    dialog.open()
    for key, held in ((Qt.Key.Key_Down, CONTROL), (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)):
        QTest.keyClick(dialog.list, key, held)
    assert shown(panel) == ["title", "place", "status", "unit", "due"], (
        "the number was pushed down and unticked"
    )
    dialog.list.setCurrentRow(len(USUAL))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert shown(panel)[-1] == "class"
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    arrangement_of(panel).choose(Chosen())
    assert shown(panel) == list(USUAL)


def test_what_does_not_fit_is_scrolled_to(panel: QueuePanel) -> None:
    bar = panel.list.horizontalScrollBar()
    assert bar.maximum() == 0
    arrangement_of(panel).choose(Chosen().with_names(list(COLUMNS)))
    assert bar.maximum() > 0
    board_of(panel).apply(
        [row(1, version=2, claim_by="李敏", channel="phone", reports=2, round=2, urged=1.0)]
    )
    bar.setValue(bar.maximum())
    panel.grab()
    last = shown(panel)[-1]
    assert panel.header.box(last).right() <= panel.list.viewport().width()


def test_the_menu_sorts_and_groups_by_keys(panel: QueuePanel) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    menu = panel.arrange.choices
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Right)
    settle()
    orders = QApplication.activePopupWidget()
    assert orders is not None
    assert orders.height() < 600, "fits the smallest screen"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):  # below up and down stands the number
        QTest.keyClick(orders, key)
    settle()
    assert panel.view.sort == Sort("number")
    menu.aboutToShow.emit()
    groups = next(one for one in menu.findChildren(QMenu) if one.title() == "分组")
    assert [action.text() for action in groups.actions()] == ["不分组", "按乡镇", "按承办单位"]


def test_an_order_by_a_column_that_is_not_shown_stands_beside_the_count(panel: QueuePanel) -> None:
    def said() -> list[str]:
        return [label.text() for label in panel.findChildren(QLabel) if "↓" in label.text()]

    panel.arrange.arrangement.order_by(Sort("received", descending=True))
    assert [text.split(" · ")[-1] for text in said()] == ["上报时间 ↓"]
    panel.arrange.arrangement.choose(Chosen().with_names(["number", "title", "received"]))
    settle()
    assert said() == [], "the column says it"


def test_the_arrangement_is_there_again_the_next_day(qtbot: QtBot, memory: QSettings) -> None:
    first = Arrangement(memory)
    first.choose(Chosen().with_names(["number", "due", "title", "due", "what is this"]).sized("title", 300))
    first.sort_by("due")
    first.group_by("township")
    panel = QueuePanel(Board(), Clock(), memory=memory)
    qtbot.addWidget(panel)
    assert arrangement_of(panel).chosen == Chosen(("number", "due", "title"), {"title": 300})
    assert panel.view.sort == Sort("due", descending=True)
    assert panel.list.lines.column == "township"
    panel.view.close()


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"names": 3, "widths": [], "sort": "x", "group": 7}'])
def test_a_spoilt_memory_is_the_usual_list(memory: QSettings, kept: str) -> None:
    memory.setValue("queue/columns", kept)
    found = Arrangement(memory)
    assert (found.chosen, found.sort, found.group) == (Chosen(), Sort(), "")


def test_groups_are_walked_closed_and_opened_by_keys(panel: QueuePanel) -> None:
    board_of(panel).apply([row(number, version=2, township="正定镇") for number in range(1, 11)])
    opened: list[int] = []
    panel.activated.connect(opened.append)
    panel.select(20)
    arrangement_of(panel).group_by("township")
    lines = panel.list.lines
    assert (panel.selected, len(lines), len(panel.view)) == (20, 68, 66)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left):  # to the heading; close it
        QTest.keyClick(panel.list, key)
    assert (len(lines), panel.selected) == (12, 20)
    assert "56 件" in panel.list.accessibleDescription()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(lines) == 2
    assert opened == []
    panel.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):  # open it; go in
        QTest.keyClick(panel.list, key)
    assert panel.selected == 1
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(100, ROW // 2))
    settle()
    assert len(lines) == 68
    assert panel.selected == 1


def test_a_heading_that_vanished_under_the_keys_gives_way_to_the_next(panel: QueuePanel) -> None:
    arrangement_of(panel).group_by("unit")
    heading = panel.list.lines.number_at(0)
    panel.list.lines.fold(heading, closed=True)
    board_of(panel).apply([row(100, unit="住建局")])
    assert panel.list.y_of(heading) == 0
    panel.list.go_to(heading)
    board_of(panel).apply([], [*range(1, 67)])
    assert panel.list.lines.index_of(heading) is None
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
    ):  # nothing; the heading in its place; its row
        QTest.keyClick(panel.list, key)
    assert panel.selected == 100
