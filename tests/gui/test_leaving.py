"""Leaving in a hurry: what was sent arrives, and its answer touches nothing that has gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, two_desktops, type_text, until
from tests.gui.test_together import hear_that, messages_of, page_of
from ui.tasks import tasks
from ui.together import give, messages


def gone(widget: QWidget) -> None:
    """Take ``widget`` away as at the end of a sitting."""
    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(widget)


@pytest.fixture
def failed() -> Iterator[list[object]]:
    """Give what tasks of the screen fail with."""
    found: list[object] = []
    connection = tasks.failed.connect(lambda *told: found.append(told))
    yield found
    tasks.failed.disconnect(connection)


async def leave_while_a_message_is_sent(desk: Desktop) -> None:
    writing = await messages_of(desk)
    type_text(writing.text, "还没说完")
    writing.to.show_draft("周宁")
    writing.send()
    assert desk.window.pages is not None
    desk.window.pages.doing.messages = None  # as at the end of a sitting
    gone(writing)
    assert desk.session.seat is not None
    drafts = desk.session.seat.drafts
    await until(lambda: messages.DRAFT not in drafts)  # it has gone all the same


async def test_whoever_leaves_at_once_after_sending_touches_nothing_that_is_gone(
    database: Database, duty: Desk, tmp_path: Path, failed: list[object]
) -> None:
    await report(duty, centre="130123")
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await one.furnished()
        await leave_while_a_message_is_sent(one)
        page = await page_of(one)
        await until(page.give.note.isVisible)
        type_text(page.give.note, "交给下一班")
        page.give.to.show_draft("周宁")
        page.give.send()
        leave(one)
        await until(lambda: give.DRAFT not in one.console.drafts)
        await until(lambda: one.console.unanswered == [])
        await hear_that(two, lambda: "签收" in two.window.top.mail.text())
        page = await page_of(two)
        await until(page.sign.take.isVisible)
        page.sign.take.click()
        leave(two)
        await until_signed(two)
    assert failed == []


def leave(desk: Desktop) -> None:
    """Lose the page of the handover, and what it reads and sends is on its way."""
    assert desk.window.pages is not None
    gone(desk.window.pages.widgets.pop("handover"))


async def until_signed(desk: Desktop) -> None:
    """Wait until nothing waits for a signature here."""
    while any(one["to_sign"] for one in await desk.console.reads.handovers()):
        await until(lambda: True)
