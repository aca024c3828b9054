"""Several rows are marked by keys and clicks, and nothing that arrives takes a mark away."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.queue.stage import ROW, board_of, button, row, settle
from ui.queue.filters import Condition
from ui.queue.panel import QueuePanel
from ui.queue.selection import MOST
from ui.theme import theme

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def marked(panel: QueuePanel) -> list[int]:
    return [row.number for row in panel.list.selection.rows()]


def click(panel: QueuePanel, line: int, held: Qt.KeyboardModifier) -> None:
    QTest.mouseClick(panel.list.viewport(), LEFT, held, QPoint(100, line * ROW + 3))


def bar(panel: QueuePanel, line: int) -> str:
    """Return the colour at the left edge of a line: the accent where it is marked."""
    pixel = panel.list.viewport().grab().toImage().pixelColor(QPoint(1, line * ROW + 12))
    return pixel.name()


def test_rows_are_marked_by_keys(panel: QueuePanel) -> None:
    panel.select(3)
    QTest.keyClick(panel.list, Key.Key_Down, SHIFT)
    QTest.keyClick(panel.list, Key.Key_Down, SHIFT)
    assert marked(panel) == [3, 4, 5]
    QTest.keyClick(panel.list, Key.Key_Up, SHIFT)
    assert marked(panel) == [3, 4]
    QTest.keyClick(panel.list, Key.Key_Down)
    QTest.keyClick(panel.list, Key.Key_Down)
    QTest.keyClick(panel.list, Key.Key_Space)
    QTest.keyClick(panel.list, Key.Key_Down, SHIFT)
    assert marked(panel) == [3, 4, 6, 7]
    panel.select(4)
    QTest.keyClick(panel.list, Key.Key_Space, CONTROL)
    assert marked(panel) == [3, 6, 7]
    assert "已选 3 件，不含这一件" in panel.list.accessibleDescription()
    QTest.keyClick(panel.list, Key.Key_Escape)
    assert marked(panel) == []
    assert panel.selected == 4


def test_rows_are_marked_by_clicks(panel: QueuePanel) -> None:
    panel.select(1)
    click(panel, 4, CONTROL)
    assert marked(panel) == [1, 5]
    click(panel, 6, SHIFT)
    assert marked(panel) == [1, 5, 6, 7]
    accent = theme.color("accent").name()
    assert [bar(panel, line) == accent for line in range(5)] == [True, False, False, False, True]
    click(panel, 2, Qt.KeyboardModifier.NoModifier)
    assert (marked(panel), panel.selected) == ([], 3)


def test_marks_outlive_filter_and_facts_until_they_are_cleared(panel: QueuePanel) -> None:
    board_of(panel).apply([row(70, status="reported"), row(71, status="reported")])
    panel.select(1)
    for _ in range(3):
        QTest.keyClick(panel.list, Key.Key_Down, SHIFT)
    panel.set_conditions([Condition("status", "reported")])
    QTest.keyClick(panel.list, Key.Key_A, CONTROL)
    assert marked(panel) == [70, 71, 1, 2, 3, 4]
    assert button(panel, "已选 6 件 · 4 件不在列表中").isVisible()
    board_of(panel).apply([row(3, version=2, title="改了")], gone=[2])
    panel.set_conditions([])
    assert marked(panel) == [1, 3, 4, 70, 71, 2]
    assert [one.title for one in panel.list.selection.rows()][1] == "改了"
    QTest.mouseClick(button(panel, "已选 6 件 · 1 件不在列表中"), LEFT)
    settle()
    assert marked(panel) == []


def test_more_than_can_be_answered_for_is_told(panel: QueuePanel) -> None:
    told: list[str] = []
    panel.noticed.connect(told.append)
    board_of(panel).apply([row(number) for number in range(1000, 2000)])
    QTest.keyClick(panel.list, Key.Key_A, CONTROL)
    assert len(panel.list.selection) == MOST
    assert told == ["一次最多选 500 件，多出的没有选上"]


def test_headings_and_closed_groups_are_left_out(panel: QueuePanel) -> None:
    board_of(panel).apply([row(80 + n, unit="住建局") for n in range(2)])
    panel.arrange.arrangement.group_by("unit")
    panel.list.lines.fold_all(closed=True)
    QTest.keyClick(panel.list, Key.Key_A, CONTROL)
    assert marked(panel) == []
    panel.list.lines.fold_all(closed=False)
    QTest.keyClick(panel.list, Key.Key_A, CONTROL)
    assert len(panel.list.selection) == 68
    assert panel.list.selection.unseen == 0
