"""One case from the call to its end, without a mouse: found to be known, dispatched, returned, closed."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from console.workflow import actions
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, gone, type_text, until
from ui.reporting.form import ReportForm

KNOWN = {
    "title": "村东头井盖丢了",
    "class": "公用设施/井盖缺失",
    "place": "南楼乡韩家庄村",
    "at_organisation": "130123201001",
    "phone": "13812342751",
}
MOST = 40  # key strokes besides text


@dataclass
class Hands:
    """An operator's ten fingers: every key is counted, text is not."""

    desk: Desktop
    strokes: int = 0

    def press(self, keys: str) -> None:
        """Press ``keys`` where the cursor is."""
        self.strokes += 1
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.desk.window
        QTest.keySequence(target, keys)

    def write(self, text: str) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        type_text(target, text)

    async def step(self, action: str, status: str, text: str = "") -> None:
        """Do ``action`` by its key, with ``text`` in its first field, until the case is ``status``."""
        number = self.desk.number
        self.press(actions()[action].shortcut)
        form = await until(self.desk.open_form)
        form.activateWindow()
        await until(form.isActiveWindow)
        if text:
            self.write(text)
        self.press("Ctrl+Return")
        await until(lambda: gone(form))
        await self.desk.shown(number, status)
        self.desk.window.activateWindow()
        await until(self.desk.window.isActiveWindow)


async def take_call(hands: Hands, known: int) -> None:
    """Type what a caller says, and put it under the case ``known`` that it repeats."""
    desk = hands.desk
    hands.press("Ctrl+N")  # the phone rings
    form = await until(lambda: desk.page.reporting.form)
    assert isinstance(form, ReportForm)
    await until(form.said.edit.hasFocus)
    hands.write("井盖丢了，没有井盖很危险")
    hands.press("Tab")
    hands.write("hjz")
    hands.press("Return")
    hands.press("Tab")
    hands.write("13812342751")
    found = await until(lambda: form.ahead.likes.marked)
    assert found["number"] == known
    hands.press("Alt+A")  # the same matter: the call goes under it
    await until(lambda: desk.page.reporting.form is None)
    await desk.shown(known, "reported")
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow)
    assert desk.case.file is not None
    assert len(desk.case.file.incident["under"]) == 1


async def lead(hands: Hands, duty: Desk, number: int) -> None:
    """Lead the open case to its end; the units answer through ``duty``."""
    desk = hands.desk
    await hands.step("accept", "accepted")
    await hands.step("dispatch", "dispatched", "公安局")
    await act(duty, "return", number, reason="井盖不归公安管")
    await until(lambda: desk.case.file and desk.case.file.incident["pending"] == "return")
    await hands.step("grant", "accepted")
    await hands.step("dispatch", "dispatched", "城管局")
    await act(duty, "acknowledge", number)
    await act(duty, "feedback", number, text="已换新井盖")
    await desk.shown(number, "handled")
    await hands.step("verify", "verified")
    await hands.step("close", "closed")


async def test_a_case_is_led_to_its_end_by_few_keys(database: Database, duty: Desk, tmp_path: Path) -> None:
    known = await report(duty, **KNOWN)
    async with desktop(database, tmp_path, size=(1280, 720)) as desk:
        await desk.furnished()
        await until(lambda: known in desk.console.board)
        desk.window.activateWindow()
        await until(desk.window.isActiveWindow)
        desk.page.queue.list.setFocus()
        hands = Hands(desk)
        await take_call(hands, known)
        await lead(hands, duty, known)
        assert hands.strokes < MOST
    done = "SELECT string_agg(action, ' ' ORDER BY seq) FROM gridseat.timeline WHERE number = $1"
    assert await database.owner.fetchval(done, known) == (
        "report merge accept dispatch return grant dispatch acknowledge feedback verify close"
    )
