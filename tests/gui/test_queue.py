"""The queue under the hand: nothing moves under the pointer, counts agree with rows, keys do all."""

from collections.abc import Iterator
from math import nan
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from console.feed.board import Board, Grade
from console.feed.board_row import Row
from ui.language import language
from ui.queue.cells import hover_text, shown
from ui.queue.filters import Condition
from ui.queue.panel import QueuePanel, State
from ui.queue.times import remaining
from ui.theme import theme

NOW = 1_800_000_000.0
ROW = 30


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def row(number: int, **values: object) -> Row:
    due = NOW + 600 * number
    plain = Row(
        number=number,
        version=1,
        status="handling",
        title=f"路灯不亮{number}",
        received=NOW - 60,
        due=due,
        warn_at=due - 60,
        township="南楼乡",
        unit="城管局",
    )
    return plain._replace(**values)  # type: ignore[arg-type]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, clock: Clock) -> Iterator[QueuePanel]:
    board = Board()
    shown_panel = QueuePanel(board, clock)
    board.apply([row(number) for number in range(1, 67)])
    shown_panel.set_state(State.LIVE)
    shown_panel.resize(690, 700)
    qtbot.addWidget(shown_panel)
    with qtbot.waitExposed(shown_panel):
        shown_panel.show()
    shown_panel.list.setFocus()
    yield shown_panel
    shown_panel.view.close()


def board_of(panel: QueuePanel) -> Board:
    return panel.view.board


def settle() -> None:
    QCoreApplication.processEvents()


def point(qtbot: QtBot, panel: QueuePanel, y: int) -> None:
    QTest.mouseMove(panel.list.viewport(), QPoint(200, y - 1))
    QTest.mouseMove(panel.list.viewport(), QPoint(200, y))
    qtbot.waitUntil(lambda: panel.list.hovered is not None)


def leave(panel: QueuePanel) -> None:
    QApplication.sendEvent(panel.list.viewport(), QEvent(QEvent.Type.Leave))


def under(panel: QueuePanel, y: int) -> int | None:
    line = panel.list.place.line_at(y)
    return None if line is None else panel.list.number_on(line)


def said(panel: QueuePanel) -> list[str]:
    settle()
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def button(panel: QueuePanel, text: str) -> QPushButton:
    settle()
    return next(one for one in panel.findChildren(QPushButton) if text in one.text() and one.isVisible())


def commit(text: str, target: QueuePanel) -> None:
    """Type as an input method does; key clicks cannot carry Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target.search, event)


def random(seed: int) -> Random:
    return Random(seed)  # noqa: S311  a die, not a secret


# Rows keep still


def stream(board: Board, dice: Random, next_number: int) -> int:
    """Change some rows, take one away, add one or two: anything may move anywhere."""
    held = [number for number in range(1, next_number) if number in board]
    changed = [
        row(number, version=dice.randint(2, 10**6), due=NOW + dice.randint(-500, 40_000))
        for number in dice.sample(held, min(4, len(held)))
    ]
    new = [
        row(next_number + step, due=NOW + dice.randint(-900, 40_000)) for step in range(dice.randint(1, 2))
    ]
    board.apply([*changed, *new], dice.sample(held, 1))
    return next_number + len(new)


@pytest.mark.parametrize("y", [5, 100, 331, 500])
def test_the_row_under_the_pointer_stays_whatever_arrives(qtbot: QtBot, panel: QueuePanel, y: int) -> None:
    dice, number = random(y), 100
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
    dice, number = random(1), 1000
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


# Counts


def test_the_count_always_equals_the_rows(panel: QueuePanel) -> None:
    dice, number = random(7), 100
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


# Keys


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


# What it says


def test_each_state_is_worded(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.set_state(State.STALE, NOW)
    assert any("正在重连" in text for text in said(panel))
    panel.set_state(State.LIVE)
    assert not any("正在重连" in text for text in said(panel))
    board_of(panel).replace([])
    assert "此刻没有未结事件" in said(panel)
    panel.set_state(State.LOADING)
    assert "正在读取事件…" in said(panel)
    panel.set_state(State.FAILED)
    assert "事件没有读到" in said(panel)
    with qtbot.waitSignal(panel.retry):
        QTest.mouseClick(button(panel, "立即重试"), Qt.MouseButton.LeftButton)


def test_language_and_theme_change_while_shown(panel: QueuePanel) -> None:
    panel.select(30)
    corner = QPoint(4, 3)
    for name in ("light", "contrast", "dark"):
        theme.use(name)
        pixel = panel.list.viewport().grab().toImage().pixelColor(corner)
        assert pixel.name() == theme.color("panel").name()
    language.use("en")
    assert {"Incidents", "66"} <= set(said(panel))
    assert panel.search.accessibleName().startswith("Search")


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (72, "72 秒"),
        (18 * 60, "18 分"),
        (-26 * 60, "−26 分"),
        (-70, "−70 秒"),
        (160 * 60, "2时40分"),
        (3 * 86400 + 5, "3 天"),
        (nan, "—"),
    ],
)
def test_times_are_relative_and_say_their_unit(left: float, text: str) -> None:
    assert remaining(NOW + left, NOW) == text


def test_listeners_hear_the_selected_row(panel: QueuePanel) -> None:
    panel.select(2)
    assert panel.list.accessibleDescription() == "2，路灯不亮2，南楼乡，处置中，20 分"
    assert panel.list.accessibleName() == "事件列表"


def test_hostile_text_shows_as_text(panel: QueuePanel, qtbot: QtBot) -> None:
    evil = ["<b>粗</b><img src=x>", "字" * 1_000_000, "a\u202eb\x07\nc", "\ud800", ""]
    board_of(panel).apply(
        [
            row(number, title=text, community=text[:99], due=NOW - 99)
            for number, text in enumerate(evil, start=400)
        ]
    )
    panel.grab()
    point(qtbot, panel, 10)
    assert shown("a\u202eb\x07\nc") == "a b  c"
    assert "<b>" not in hover_text(row(1, title=evil[0]))
    assert "&lt;b&gt;" in hover_text(row(1, title=evil[0]))
    assert len(hover_text(row(1, title=evil[1]))) < 1000


def test_only_rows_that_are_seen_are_painted(panel: QueuePanel) -> None:
    board_of(panel).apply([row(number) for number in range(1000, 3000)])
    panel.list.grab()
    made = panel.list.strips.made
    board_of(panel).apply([row(number, version=2) for number in range(1500, 2500)])
    panel.list.grab()
    assert panel.list.strips.made == made
    board_of(panel).apply([row(3, version=2, title="改了")])
    panel.list.grab()
    assert panel.list.strips.made == made + 1
