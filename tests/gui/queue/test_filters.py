"""Counts agree with rows: filters, chips, and what time alone changes."""

from random import Random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from console.feed.board import Grade
from tests.gui.queue.stage import NOW, Clock, board_of, button, row, said, stream
from ui.queue.filters import Condition
from ui.queue.panel import QueuePanel


def test_the_count_always_equals_the_rows(panel: QueuePanel) -> None:
    dice, number = Random(7), 100
    panel.set_conditions([Condition("grade", Grade.FINE)])
    for _batch in range(40):
        number = stream(board_of(panel), dice, number)
        count = next(text for text in said(panel) if " 件" in text)
        assert count.startswith(f"{len(panel.view)} 件")
        assert panel.list.place.count == len(panel.view)


def test_chips_filter_and_go_again(panel: QueuePanel) -> None:
    board_of(panel).apply([row(70, mine=True, claim_by="李敏"), row(71, status="reported")])
    panel.tick()
    QTest.mouseClick(button(panel, "我领取的"), Qt.MouseButton.LeftButton)
    assert [panel.view.number_at(index) for index in range(len(panel.view))] == [70]
    QTest.mouseClick(button(panel, "我领取的"), Qt.MouseButton.LeftButton)
    panel.set_conditions([Condition("status", "reported")])
    assert "1 件 · 共 68" in said(panel)
    QTest.mouseClick(button(panel, "状态：待受理"), Qt.MouseButton.LeftButton)
    assert "68 件" in said(panel)


def test_the_filter_menu_offers_what_the_board_has(panel: QueuePanel) -> None:
    board_of(panel).apply([row(80, unit="R&D <b>科</b>")])
    menu = button(panel, "筛选").menu()
    menu.aboutToShow.emit()
    units = next(one for one in menu.findChildren(QMenu) if one.title() == "承办")
    assert [action.text() for action in units.actions()] == ["城管局  66", "R&&D <b>科</b>  1"]
    units.actions()[1].trigger()
    assert len(panel.view) == 1
    QTest.mouseClick(button(panel, "R&&D"), Qt.MouseButton.LeftButton)
    assert panel.filters.conditions == ()


def test_a_case_becomes_overdue_while_one_looks(panel: QueuePanel, clock: Clock) -> None:
    panel.set_conditions([Condition("grade", Grade.OVERDUE)])
    assert "没有符合条件的事件" in said(panel)
    clock.now = NOW + 601
    panel.tick()
    assert "1 件 · 共 66" in said(panel)


def test_a_claim_that_ended_is_nobodys(panel: QueuePanel, clock: Clock) -> None:
    board_of(panel).apply([row(70, mine=True, claim_by="李敏", claim_until=NOW + 5)])
    panel.set_conditions([Condition("mine", value=True)])
    panel.list.grab()
    made = panel.list.strips.made
    assert len(panel.view) == 1
    clock.now = NOW + 6
    panel.tick()
    assert len(panel.view) == 0
    panel.set_conditions([])
    panel.select(70)
    panel.list.grab()
    assert panel.list.strips.made > made
    assert button(panel, "我领取的").text() == "我领取的"
