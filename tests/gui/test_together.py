"""What seats do together: each sees who looks, is told what others say, and passes work on."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import SHORT, Desktop, desktop, tap, two_desktops, type_text, until, words
from ui.printing import save_pdf
from ui.queue.filters import Condition
from ui.together.lists import Lists
from ui.together.messages import Messages
from ui.together.page import HandoverPage
from ui.together.stored import FACTS, sheet


async def hear(desk: Desktop, widget: QWidget) -> None:
    """Wait until ``widget`` is there; what is around is asked for at once, not every few seconds."""
    desk.console.presence.attend()
    await until(widget.isVisible)


async def messages_of(desk: Desktop) -> Messages:
    """Open the messages by their key."""
    await desk.press("Ctrl+M")
    assert desk.window.pages is not None
    found = desk.window.pages.doing.messages
    assert found is not None
    found.activateWindow()
    await until(found.isActiveWindow)
    return found


def said(messages: Messages) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [messages.list.item(row).data(role) for row in range(messages.list.count())]


async def write(desk: Desktop, to: str, text: str) -> Messages:
    """Send ``text`` about the open case by keys alone."""
    writing = await messages_of(desk)
    type_text(writing.to, to)
    await until(lambda: writing.to.offered)
    tap(Qt.Key.Key_Return)
    QTest.keyClick(writing.about, Qt.Key.Key_Space)
    type_text(writing.text, text)
    QTest.keyClick(writing.text, Qt.Key.Key_Return)
    await until(lambda: writing.list.count() == 1 and not writing.text.toPlainText())
    assert "未读" in said(writing)[0]
    return writing


async def pass_on(desk: Desktop, to: str, note: str) -> None:
    """Transfer the open case; who is to have it is offered with what is in hand there."""
    form = await desk.form("T")
    type_text(form.fields["to"], to)
    assert desk.session.seat is not None
    loads = desk.session.seat.loads
    await until(lambda: "在席" in loads.choices()[0].hint)
    type_text(form.fields["note"], note)
    await desk.submit(form)


async def seen_in_the_queue(desk: Desktop, number: int, name: str) -> None:
    """See an eye in the row, and the name where somebody listens or points at it."""
    rows = desk.page.queue.list
    assert f"，{name} 正在看" in rows.accessibleDescription()
    bare = rows.grab().toImage()
    lookers, rows.lookers = rows.lookers, {}
    assert lookers == {number: [name]}
    assert rows.grab().toImage() != bare
    rows.lookers = lookers
    made = rows.strips.made
    desk.page.queue.list.show_lookers({number: [name]})
    rows.grab()
    assert rows.strips.made == made, "what is as it was is not painted again"


async def unseen_while_locked(one: Desktop, two: Desktop, number: int) -> None:
    """See nobody look from a locked screen, before which nobody sits; unlocked, the seat looks as before."""
    one.window.lock.lock()
    await until(lambda: one.console.presence.number is None)
    await hear_that(two, lambda: not two.page.queue.list.lookers)
    one.window.lock.unlock()
    await hear_that(two, lambda: number in two.page.queue.list.lookers)


async def hear_that(desk: Desktop, true: Callable[[], bool]) -> None:
    """Ask until what is around is so: the other's word may still be on its way."""

    def asked() -> bool:
        desk.console.presence.attend()
        return true()

    await until(asked)


async def test_colleagues_see_each_other_and_write_and_pass_a_case_on(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, centre="130123")
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await one.furnished()
        await two.furnished()
        await one.open(number)
        await two.open(number)
        await hear(two, two.case.body.lookers)
        assert "林悦 正在看" in words(two.case)
        await seen_in_the_queue(two, number, "林悦")
        await unseen_while_locked(one, two, number)

        writing = await write(one, "周宁", "现场来电，请你接着跟")

        two.console.presence.attend()
        await until(lambda: "林悦：现场来电" in two.notice)
        await until(two.window.top.mail.isVisible)
        assert two.window.top.mail.text() == "1"
        reading = await messages_of(two)
        await until(lambda: reading.list.count() == 1)
        assert f"事件 {number}" in said(reading)[0]
        await until(two.window.top.mail.isHidden)
        assert reading.to.text() == "林悦", "an answer is at hand"
        writing.refresh()
        await until(lambda: "已读" in said(writing)[0])
        reading.reject()
        writing.reject()

        await pass_on(one, "周宁", "家属在等，18 点前回话")
        await hear(two, two.case.body.handed)
        assert "家属在等，18 点前回话" in words(two.case)
        two.case.body.handed.seen.click()
        await until(two.case.body.handed.isHidden)


async def test_a_message_that_could_not_go_is_kept_and_goes_once(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await report(duty, centre="130123")
    async with two_desktops(database, tmp_path, "林悦", "周宁", patience=SHORT) as (one, two):
        await one.furnished()
        writing = await messages_of(one)
        writing.to.show_draft("周宁")
        type_text(writing.text, "收工前把三号事件回了")
        await one.lose_database()
        QTest.keyClick(writing.text, Qt.Key.Key_Return)
        await until(lambda: "没有应答" in writing.told.text() and writing.send_.isEnabled())
        assert writing.text.toPlainText() == "收工前把三号事件回了"
        writing.reject()
        one.find_database()
        await until(lambda: one.console.feed.pulse.link.name == "LIVE")
        writing = await messages_of(one)
        writing.send()
        await until(lambda: writing.list.count() == 1)
        assert len(await two.console.reads.messages()) == 1
        writing.reject()


async def test_a_call_back_is_promised_by_a_key_and_stands_in_case_and_queue(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number, _other = await report(duty), await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.press("Shift+N")
        composer = desk.case.composer
        await until(composer.coming.isVisible)
        QTest.keyClick(composer.edit, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        await until(lambda: re.fullmatch(r".*\d\d:\d\d", composer.coming.line.text()))
        type_text(composer.edit, "答应问清楚再回电")
        QTest.keyClick(composer.edit, Qt.Key.Key_Return)
        await until(lambda: any("您答应回电" in words for words in desk.case.facts.words()))
        desk.page.queue.set_conditions([Condition("callback", value=True)])
        await until(lambda: desk.rows == [number])


async def page_of(desk: Desktop) -> HandoverPage:
    """Go to the handover by its key."""
    await desk.press("Ctrl+H")
    assert desk.window.pages is not None
    page = desk.window.pages.widgets["handover"]
    assert isinstance(page, HandoverPage)
    await until(page.isVisible)
    return page


def rows(lists: Lists) -> dict[str, list[object]]:
    """Return the numbers below each heading."""
    return {words(box)[0]: [row.key for row in box.rows] for box in lists.groups}


async def hand_over(desk: Desktop, to: str, note: str) -> None:
    """Give the shift by keys alone."""
    page = await page_of(desk)
    await until(lambda: "我领取的（1）" in rows(page.give.lists))
    assert page.give.note.hasFocus()
    type_text(page.give.note, note)
    tap(Qt.Key.Key_Tab)
    type_text(page.give.to, to)
    await until(lambda: page.give.to.offered)
    tap(Qt.Key.Key_Return)
    tap(Qt.Key.Key_Return)
    await until(lambda: "等待签收" in page.give.told.text())
    assert page.give.note.toPlainText() == ""


async def test_a_shift_is_given_and_signed_by_keys_alone_and_its_claims_pass(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, centre="130123")
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await one.furnished()
        await one.open(number)
        await one.press("C")
        await until(lambda: one.console.board.row(number).mine)  # type: ignore[union-attr]
        await hand_over(one, "周宁", "路口还在等回话")

        two.console.presence.attend()
        await until(lambda: "林悦 交班给您：在手 1 件" in two.notice)
        await until(lambda: two.window.top.mail.text() == "▲ 1 签收")
        page = await page_of(two)
        await until(page.sign.take.isVisible)
        assert "路口还在等回话" in words(page.sign)
        assert rows(page.sign.lists)["林悦 在手（1）"] == [number]
        await until(page.sign.take.hasFocus)
        tap(Qt.Key.Key_Space)
        await until(lambda: rows(page.sign.outcome) == {"已接手（1）": [number]})
        await until(lambda: two.console.board.row(number).mine)  # type: ignore[union-attr]
        page.show_view("stored")
        await until(lambda: page.stored.list.count() == 1)
        assert "周宁" in page.stored.list.item(0).text()
        assert save_pdf(sheet(page.stored.list.item(0).data(FACTS)), tmp_path / "handover.pdf") == 1
        tap(Qt.Key.Key_Return)
        tap(Qt.Key.Key_Return)
        await two.shown(number)
        assert two.page.isVisible()


async def test_a_supervisor_sees_the_load_and_takes_a_claim_over(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, centre="130123")
    await database.add("周宁", "seat", "130123")
    seat = Desk(database.door("周宁"))
    await act(seat, "claim", number)
    await seat.close()
    async with desktop(database, tmp_path) as desk:
        page = await page_of(desk)
        tree = page.load.tree
        await until(lambda: tree.topLevelItemCount() > 1)
        await until(
            lambda: (
                (row := tree.topLevelItem(1)) is not None
                and row.text(0) == "周宁"
                and number in desk.console.board
            )
        )
        tree.setFocus()
        tap(Qt.Key.Key_Down)
        await until(lambda: page.load.claims.count() == 1)
        page.load.take.click()
        form = await until(desk.open_form)
        type_text(form.fields["reason"], "周宁临时离席")
        await desk.submit(form)
        await until(lambda: desk.console.board.row(number).claim_by != "周宁")  # type: ignore[union-attr]
        tree.itemActivated.emit(tree.topLevelItem(0), 0)
        await until(desk.page.isVisible)
        assert [one.facet for one in desk.page.queue.filters.conditions] == ["claim_by"]
