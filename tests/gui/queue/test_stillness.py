"""Rows keep still: nothing moves under the pointer, whatever arrives."""

from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.queue.stage import NOW, ROW, board_of, button, leave, point, row, settle, stream, under
from ui.queue.panel import QueuePanel, State


@pytest.mark.parametrize("y", [5, 100, 331, 500])
def test_the_row_under_the_pointer_stays_whatever_arrives(qtbot: QtBot, panel: QueuePanel, y: int) -> None:
    dice, number = Random(y), 100
    point(qtbot, panel, y)
    held = under(panel, y)
    top = panel.list.place.y(panel.list.place.line_at(y) or 0)
    for _batch in range(150):
        number = stream(board_of(panel), dice, number)
        assert under(panel, y) == held
        line = panel.list.place.line_at(y)
        assert line is not None
        assert panel.list.place.y(line) == top
    assert len(panel.view) == len(board_of(panel))


def test_the_selected_row_stays_when_no_pointer_is_near(panel: QueuePanel) -> None:
    dice, number = Random(1), 1000
    panel.select(9)
    before = panel.list.y_of(9)
    for _batch in range(80):
        keep = board_of(panel).row(9)
        assert keep is not None
        number = stream(board_of(panel), dice, number)
        board_of(panel).apply([keep._replace(version=10**7)])
        assert panel.selected == 9
    board_of(panel).apply([row(5000 + n, due=NOW - 10_000) for n in range(30)])
    after = panel.list.y_of(9)
    board_of(panel).apply([row(6000 + n, due=NOW - 20_000) for n in range(30)])
    assert before is not None
    assert panel.list.y_of(9) == after


def test_the_selected_row_stays_whole_in_sight_when_the_window_shrinks(panel: QueuePanel) -> None:
    panel.select(18)
    for height in (640, 521, 400, 333):
        panel.resize(690, height)
        settle()
        y = panel.list.y_of(18)
        assert y is not None
        assert 0 <= y <= panel.list.viewport().height() - ROW


def test_a_row_that_was_selected_before_it_arrived_comes_whole_into_sight(panel: QueuePanel) -> None:
    panel.select(500)
    board_of(panel).apply([row(500, due=NOW + 600 * 40.5)])
    y = panel.list.y_of(500)
    assert y is not None
    assert 0 <= y <= panel.list.viewport().height() - ROW


def test_a_hand_that_scrolled_away_from_the_selected_row_is_let_be(panel: QueuePanel) -> None:
    panel.select(60)
    panel.list.verticalScrollBar().setValue(0)
    panel.resize(690, 400)
    settle()
    assert panel.list.place.offset == 0


def test_new_rows_show_at_the_top_when_nothing_is_held(panel: QueuePanel) -> None:
    board_of(panel).apply([row(200, due=NOW - 5)])
    assert panel.list.y_of(200) == 0


def test_a_row_that_leaves_under_the_pointer_leaves_a_ghost_until_the_pointer_goes(
    qtbot: QtBot, panel: QueuePanel
) -> None:
    point(qtbot, panel, 3 * ROW + 5)
    board_of(panel).apply([], [4])
    assert under(panel, 3 * ROW + 5) == 4
    assert len(panel.view) == 65
    below = under(panel, 4 * ROW + 5)
    point(qtbot, panel, 4 * ROW + 5)
    assert panel.list.place.ghost is None
    assert under(panel, 4 * ROW + 5) == below == 5
    leave(panel)
    assert panel.list.place.offset == 0


def test_rows_that_go_above_the_pointer_leave_room_until_it_leaves(qtbot: QtBot, panel: QueuePanel) -> None:
    point(qtbot, panel, 5 * ROW)
    board_of(panel).apply([], [1, 2])
    assert panel.list.place.offset == -2 * ROW
    panel.grab()
    leave(panel)
    assert panel.list.place.offset == 0


def test_a_banner_above_does_not_push_the_row_under_the_pointer(qtbot: QtBot, panel: QueuePanel) -> None:
    settle()
    point(qtbot, panel, 200)
    held = panel.list.hovered
    seen_at = panel.list.viewport().mapTo(panel, QPoint(0, panel.list.y_of(held or 0) or 0)).y()
    panel.set_state(State.STALE, NOW - 40)
    settle()
    assert panel.list.hovered == held
    assert panel.list.viewport().mapTo(panel, QPoint(0, panel.list.y_of(held or 0) or 0)).y() == seen_at


def test_new_rows_above_are_announced_beside_the_list(panel: QueuePanel) -> None:
    panel.select(10)
    board_of(panel).apply([row(300, due=NOW - 9), row(301, due=NOW - 8)])
    pill = button(panel, "上方有 2 件新事件")
    assert pill.mapTo(panel, QPoint(0, pill.height())).y() <= panel.list.mapTo(panel, QPoint(0, 0)).y()
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert not pill.isVisible()
    assert panel.list.y_of(300) == 0
    assert panel.selected == 10
