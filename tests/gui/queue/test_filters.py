"""Counts agree with rows: filters, chips, and what time alone changes."""

import re
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.grade import Grade
from tests.gui.queue.stage import NOW, Clock, board_of, button, row, said, settle, stream
from ui.queue.filters import Condition
from ui.queue.panel import QueuePanel

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def rows(panel: QueuePanel) -> list[int]:
    return [panel.view.number_at(index) for index in range(len(panel.view))]


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


def test_an_empty_list_says_how_many_are_hidden_and_a_key_brings_them_back(panel: QueuePanel) -> None:
    before = rows(panel)
    panel.search.show_text("没有这样的标题")
    panel.filters.search([Condition("status", "withdrawn")], "没有这样的标题")
    assert rows(panel) == []
    assert any(f"挡住了 {len(before)} 件" in text and "Ctrl+Shift+F" in text for text in said(panel))
    QTest.keySequence(panel.search, "Ctrl+Shift+F")
    assert rows(panel) == before
    assert panel.search.text() == ""
    assert panel.list.hasFocus()


def offered(panel: QueuePanel) -> list[str]:
    found = [panel.picker.list.topLevelItem(place) for place in range(panel.picker.list.topLevelItemCount())]
    return [" ".join(item.text(column) for column in range(4)).strip() for item in found if item is not None]


def type_and(panel: QueuePanel, text: str, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClicks(panel.picker.line, text)
    QTest.keyClick(panel.picker.line, key, held)


def test_a_filter_is_found_by_typing(panel: QueuePanel) -> None:
    board = board_of(panel)
    board.apply(
        [row(80, unit="R&D <b>科</b>", status="reported"), row(81, township="正定镇", status="reported")]
    )
    QTest.keyClick(panel.list, Qt.Key.Key_Slash)
    assert panel.picker.line.hasFocus()
    assert "处置中 状态 66" in offered(panel)
    type_and(panel, "zdz", Qt.Key.Key_Return)
    assert offered(panel) == ["✓ 正定镇 乡镇 1"]
    assert rows(panel) == [81]
    type_and(panel, "nlx", Qt.Key.Key_Down)
    assert offered(panel) == ["南楼乡 乡镇 +67"]
    type_and(panel, "", Qt.Key.Key_Return)
    assert len(panel.view) == 68
    type_and(panel, "r&d", Qt.Key.Key_Return, SHIFT)
    assert 80 not in rows(panel)
    assert button(panel, "承办 ≠ R&&D <b>科</b>").isVisible()
    type_and(panel, "", Qt.Key.Key_Backspace)  # the words first, then condition by condition
    for left in (2, 1, 0):
        type_and(panel, "", Qt.Key.Key_Backspace)
        assert len(panel.filters.conditions) == left
    QTest.keyClick(panel.picker.line, Qt.Key.Key_Escape)
    assert panel.list.hasFocus()
    assert not panel.picker.isVisible()


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


def test_chips_are_taken_away_by_keys_and_never_take_more_than_two_lines(panel: QueuePanel) -> None:
    board_of(panel).apply([row(90 + n, unit=f"第{n}综合执法中队办公室") for n in range(9)])
    panel.filters.set_text("路灯")
    panel.set_conditions(Condition("unit", f"第{n}综合执法中队办公室") for n in range(9))
    settle()
    lines = {chip.y() for chip in panel.filters.findChildren(QPushButton) if chip.isVisible()}
    assert len(lines) == 2
    more = button(panel, "+")
    assert re.fullmatch(r"\+\d", more.text())
    first = button(panel, "第0综合")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Delete)
    second = button(panel, "第1综合")
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Backspace)
    assert len(panel.filters.conditions) == 7
    panel.set_conditions([])
    panel.search.setText("路灯")
    chip = button(panel, "搜索：路灯")
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert panel.search.text() == ""
    assert len(panel.view) == 75


def test_the_chips_that_always_stand_are_found_by_their_names(panel: QueuePanel) -> None:
    board_of(panel).apply([row(90, mine=True, claim_by="李敏"), row(91, priority=1)])
    panel.tick()
    QTest.keyClick(panel.list, Qt.Key.Key_Slash)
    for words, numbers in (("我领取的", [90]), ("jj", [91]), ("约定回电", [])):
        panel.picker.line.setText(words)
        type_and(panel, "", Qt.Key.Key_Return)
        assert rows(panel) == numbers, words
        type_and(panel, "", Qt.Key.Key_Return)
    panel.picker.line.setText("已超期")
    assert offered(panel)[0].startswith("已超期")
    assert panel.picker.list.topLevelItemCount() == 1
