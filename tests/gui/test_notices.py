"""Notices: a few at a time, for as long as each matters, clear of what is in hand; the last ones are kept."""

from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.desk.command import Command
from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, at_case, until
from ui.actions import done_sentence
from ui.notices import room
from ui.notices.listing import NoticeList
from ui.notices.notices import KEPT, Notices
from ui.notices.room import find
from ui.notices.stack import Stack
from ui.undo import Undo

LONG = 1000.0  # seconds


@pytest.mark.parametrize(
    ("action", "answer", "told"),
    [
        ("dispatch", {"status": "dispatched"}, "7 派遣 → 待签收"),
        ("claim", {"status": "reported"}, "7 领取完成"),
        ("extend", {"status": "handling", "pending": "extend"}, "7 已申请延期，等待批准"),
        ("grant", {"status": "suspended", "pending": None}, "7 同意申请 → 挂起"),
    ],
)
def test_a_step_says_where_the_case_went_only_if_it_is_for_moving_it(
    action: str, answer: dict[str, object], told: str
) -> None:
    assert done_sentence(Command(action, 7, {}), {"number": 7, **answer}) == told


@pytest.fixture
def notices() -> Notices:
    ticking = count()
    return Notices(Undo(), lambda: float(next(ticking)))


def seen(notices: Notices) -> list[str]:
    return [one.sentence for one in notices.visible]


def test_three_are_seen_at_most_and_older_ones_wait_for_room(notices: Notices) -> None:
    for sentence in ("一", "二", "三", "四"):
        notices.say(sentence)
    assert seen(notices) == ["二", "三", "四"]
    notices.pass_time(5)
    assert seen(notices) == ["二", "三", "四"]
    notices.pass_time(2)
    assert seen(notices) == ["一"], "while it waited its time stood still"
    notices.pass_time(5)
    assert seen(notices) == ["一"]
    notices.pass_time(2)
    assert seen(notices) == []


def test_a_failure_stays_until_it_is_answered(notices: Notices) -> None:
    notices.fail("没有派出去", 1042)
    notices.say("已保存")
    notices.pass_time(LONG)
    assert seen(notices) == ["没有派出去"]
    notices.dismiss()
    assert seen(notices) == []
    notices.dismiss()


def test_what_is_said_again_is_counted_and_has_its_time_anew(notices: Notices) -> None:
    notices.say("已保存")
    notices.say("别的")
    notices.pass_time(5)
    notices.say("已保存")
    assert [(one.sentence, one.count) for one in notices.visible] == [("别的", 1), ("已保存", 2)]
    notices.pass_time(5)
    assert seen(notices) == ["已保存"]
    assert [one.sentence for one in notices.kept] == ["已保存", "别的"]


def test_what_can_be_undone_stays_as_long_as_that_and_in_sight(notices: Notices) -> None:
    undo = notices.undo
    undo.remember(Command("dispatch", 1, {}, 1))
    notices.offer("1 派遣", 1)
    for sentence in ("二", "三", "四"):
        notices.say(sentence)
    assert seen(notices) == ["1 派遣", "三", "四"]
    notices.pass_time(LONG)
    assert seen(notices) == ["1 派遣", "二"]
    undo.remember(Command("dispatch", 5, {}, 1))
    notices.offer("5 派遣", 5)
    notices.pass_time(LONG)
    assert seen(notices) == ["5 派遣"], "the step before it cannot be taken back any more"
    undo.take()
    assert seen(notices) == []


def test_the_last_fifty_are_kept_and_no_sentence_is_endless(notices: Notices) -> None:
    for place in range(KEPT + 3):
        notices.say(f"第 {place} 条")
    assert len(notices.kept) == KEPT
    assert notices.kept[0].sentence == "第 3 条"
    notices.fail("长" * 1_000_000)
    assert len(notices.last) < 500


def test_a_place_is_clear_of_what_is_taken_and_low() -> None:
    size, panel = QSize(100, 40), QRect(0, 0, 300, 400)
    assert find(size, [panel], QRegion()) == QPoint(300 - room.EDGE - 100, 400 - room.EDGE - 40)
    at = find(size, [panel], QRegion(0, 340, 300, 60))
    assert at is not None
    assert 250 < at.y() <= 300
    assert find(size, [QRect(0, 0, 90, 400)], QRegion()) is None


def test_they_give_way_to_the_row_in_use_and_to_controls_but_do_not_flee_from_the_pointer(
    qtbot: QtBot, notices: Notices
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 500)
    button, row, under = QPushButton("派遣", page), QRect(), QRect()
    button.setGeometry(500, 440, 90, 40)
    rooms = [page.rect()]
    stack = Stack(page, notices, lambda: rooms, lambda pointer: [row, under] if pointer else [row])
    page.show()
    notices.fail("没有派出去")
    first = stack.geometry()
    assert first.bottom() < button.y() or first.right() < button.x()
    under = QRect(first)
    stack._pass()
    stack.place()
    assert stack.geometry() == first
    row = QRect(0, first.y() + 10, 600, 20)
    stack._pass()
    assert not stack.geometry().intersects(row)
    assert not stack.geometry().intersects(button.geometry())
    rooms = [QRect(0, 0, 600, 200)]
    stack._pass()
    assert rooms[0].contains(stack.geometry()), "a panel was moved"


async def test_what_is_done_can_be_taken_back_while_its_notice_counts_down(
    database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    other = await report(duty, title="另一件")
    async with at_case(database, tmp_path, duty, "accept") as desk:
        number, stack = desk.number, desk.window.told.stack
        await desk.fill("D", number, "dispatched", unit="城管局")
        await until(stack.isVisible)
        card = stack.cards[0]
        assert card.back.text().startswith("撤销 Ctrl+Z（")
        assert not desk.page.bar.line.hasFocus()
        assert any(str(number) in told for told in heard)
        covers_nothing(desk)
        await wait_without_a_word_when_locked(desk, heard)
        desk.window.show_page("wall")
        assert not stack.isVisible(), "everybody reads there"
        desk.window.show_page("dispatch")
        await until(stack.isVisible)

        card.back.click()
        await desk.shown(number, "accepted")
        await until(lambda: desk.notice.startswith("已撤销"))
        assert not card.back.isVisible()

        await desk.fill("D", number, "dispatched", unit="城管局")
        await act(duty, "acknowledge", number)
        await desk.shown(number, "handling")
        await desk.press("Ctrl+Z")
        await until(lambda: any(one.kind == "failed" for one in desk.window.notices.visible))
        await open_from_the_list(desk, number, other)
        await answered_by_key(desk)


def covers_nothing(desk: Desktop) -> None:
    """Say a long thing three times over, with the row in hand low in the list."""
    stack = desk.window.told.stack
    for sentence in ("一", "二" * 300):
        desk.window.notices.fail(sentence)
    page = stack.parentWidget()
    assert page is not None
    box = stack.geometry()
    assert page.rect().contains(box)
    assert not room.taken(page, stack).intersects(box)
    for part in desk.page.in_hand(pointer=True):
        assert not room.seen(*part, page).intersects(box)
    for _ in range(2):
        desk.window.notices.dismiss()


async def wait_without_a_word_when_locked(desk: Desktop, heard: list[str]) -> None:
    desk.window.lock.lock()
    before = len(heard)
    desk.window.notices.say("来电人再次催问")
    assert not desk.window.told.stack.isVisible()
    assert len(heard) == before
    desk.window.lock.unlock()
    await until(desk.window.told.stack.isVisible)
    desk.window.notices.dismiss()


async def open_from_the_list(desk: Desktop, number: int, other: int) -> None:
    """Go back to a case by the list of what was said."""
    await desk.open(other)
    await desk.press("F6")
    told = await until(lambda: next(iter(desk.window.findChildren(NoticeList)), None))
    lines = [told.list.item(row).text() for row in range(told.list.count())]
    assert "未完成" in lines[0]
    assert any("派遣" in line and str(number) in line for line in lines)
    assert told.whole.text() in lines[0]
    row = next(row for row, line in enumerate(lines) if "已撤销" in line)
    told.list.setCurrentRow(row)
    QTest.keyClick(told.list, Qt.Key.Key_Return)
    await desk.shown(number)


async def answered_by_key(desk: Desktop) -> None:
    """Answer the failure: by Del while it has the keys, which it gives back, or from anywhere."""
    stack, notices = desk.window.told.stack, desk.window.notices
    notices.settle()
    card = next(one for one in stack.cards if one.notice is notices.visible[-1])
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow)
    desk.page.queue.list.setFocus()
    card.setFocus()
    assert card.held
    QTest.keyClick(card, Qt.Key.Key_Delete)
    await until(desk.page.queue.list.hasFocus)
    notices.fail("再试一次")
    await desk.press("Shift+F6")
    assert not any(one.kind == "failed" for one in notices.standing)
