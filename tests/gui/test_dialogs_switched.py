"""Language and look are switched over an open dialog: it says the other words and stands as it stood."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QListWidget, QTreeWidget, QWidget

from console.desk.command import Command
from console.desk.desk import Desk
from console.errors import Refused
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until
from tests.gui.test_accessible import foreign
from tests.gui.test_bulk import result
from ui.dialogs.form import Form
from ui.dialogs.outbox import Outbox
from ui.dialogs.part_form import PartForm
from ui.dialogs.preferences import PreferencesDialog
from ui.dispatch.alerts import AlertList
from ui.language import language
from ui.preferences import preferences
from ui.theme import theme

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key
Kind = TypeVar("Kind", bound=QDialog)


async def open_one(kind: type[Kind], but: QDialog | None = None) -> Kind:
    """Wait for the one dialog of ``kind`` that is seen, and for the keys to be in it."""

    def found() -> Kind | None:
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        return dialogs[0] if len(dialogs) == 1 and dialogs[0] is not but else None

    shown = await until(found)
    shown.activateWindow()
    await until(shown.isActiveWindow)
    return shown


async def in_english(before: Kind, *, anew: bool = True) -> Kind:
    """Switch; return the dialog that stands there now, every word of which is English."""
    language.use("en")
    now = await open_one(type(before), before if anew else None)
    assert foreign(now, "en") == []
    return now


def lines(dialog: QWidget) -> Iterator[str]:
    for rows in dialog.findChildren(QListWidget):
        yield from (rows.item(row).text() for row in range(rows.count()))
    for tree in dialog.findChildren(QTreeWidget):
        items = (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))
        yield from (item.text(3) for item in items if item is not None)


def keys_in(*widgets: QWidget | None) -> bool:
    return QApplication.focusWidget() in widgets


async def test_every_open_dialog_goes_on_in_another_language(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    head, *reports = [await report(duty, title=f"ponding {n}") for n in range(4)]
    for number in reports[:2]:
        await act(duty, "attach-report", number, to=head)
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        await preferences_stay(desk)
        await ticks_stay(desk, head)
        await answers_stay(desk, duty, reports[2])
        await alerts_stay(desk, duty)
        await what_came_back_stays(desk, head)


async def preferences_stay(desk: Desktop) -> None:
    """Let a wrong number be told and another thing be ticked; the keys are in the middle of a number."""
    await desk.press("Ctrl+,")
    before = await open_one(PreferencesDialog)
    scale, still = before.asked["scale"].control, before.asked["reduced_motion"].control
    assert isinstance(scale, QLineEdit)
    assert isinstance(still, QCheckBox)
    scale.setText("4000")
    still.setChecked(True)
    before.save()
    preferences.store({"theme": "light"})  # from the seat's menu
    assert (before.asked["theme"].raw, scale.text()) == ("light", "4000")
    scale.setFocus()
    scale.setCursorPosition(2)
    before.move(30, 40)
    before.area.verticalScrollBar().setValue(20)
    now = await in_english(before)
    scale, still = now.asked["scale"].control, now.asked["reduced_motion"].control
    assert isinstance(scale, QLineEdit)
    assert isinstance(still, QCheckBox)
    assert (scale.text(), scale.cursorPosition(), still.isChecked()) == ("4000", 2, True)
    assert keys_in(scale)
    assert "100" in now.asked["scale"].note.text()
    assert now.asked["scale"].wrong
    assert (now.pos().x(), now.pos().y(), now.area.verticalScrollBar().value()) == (30, 40, 20)
    assert now.asked["theme"].raw == "light"
    now.reject()
    language.use("zh")
    preferences.store({"theme": "dark"})


async def ticks_stay(desk: Desktop, head: int) -> None:
    """Tick the second report under a head; nothing is told why, which is said."""
    await desk.open(head)
    await until(lambda: desk.case.file and len(desk.case.file.incident["under"]) == 2)
    await desk.press("Shift+P")
    before = await open_one(PartForm)
    for key in (Key.Key_Down, Key.Key_Space):
        tap(key)
    tap(Key.Key_Return, CONTROL)
    await until(before.error.isVisible)
    before.list.setFocus()
    ticked = before.list.chosen
    assert len(ticked) == 1
    now = await in_english(before)
    assert (now.list.chosen, now.list.currentRow()) == (ticked, 1)
    assert keys_in(now.list)
    assert now.error.isVisible()
    now.reject()
    language.use("zh")


async def answers_stay(desk: Desktop, duty: Desk, number: int) -> None:
    """Answer a conflict's card after the switch; then look at what became of several cases."""
    await act(duty, "accept", number)
    await desk.open(number)
    await desk.shown(number, "accepted")
    before = await desk.form("D")
    await open_one(Form)
    type_text(before.fields["unit"], "城管局")
    await act(duty, "classify", number, priority="2")
    tap(Key.Key_Return, CONTROL)
    await until(before.conflict.isVisible)
    await until(lambda: keys_in(before.conflict.choices.buttons["mine"]))
    language.use("en")
    now = await open_one(Form, before)
    assert now.conflict.isVisible()
    assert foreign(now, "en") == []
    assert keys_in(now.conflict.choices.buttons["mine"])
    unit = now.fields["unit"].findChild(QLineEdit)
    assert unit is not None
    assert unit.text() == "城管局"
    tap(Key.Key_S, ALT)
    await desk.shown(number, "dispatched")
    language.use("zh")
    desk.page.queue.list.setFocus()
    desk.page.actions_.many.take_back([Command("dispatch", number), Command("note", number)])
    shown = await result(desk)
    row = shown.list.currentIndex().row()
    assert await in_english(shown, anew=False) is shown
    assert not any("\u3400" <= letter <= "\u9fff" for line in lines(shown) for letter in line)
    assert shown.windowTitle().startswith("Undo")
    assert (shown.list.currentIndex().row(), keys_in(shown.list)) == (row, True)
    shown.reject()
    language.use("zh")


async def alerts_stay(desk: Desktop, duty: Desk) -> None:
    """Stand on the second of two alerts."""
    for title in ("lamp", "kerb"):
        await report(duty, title=title, priority="1")
    assert desk.window.pages is not None
    alerts = desk.window.pages.alerts
    await until(lambda: alerts.watch and len(alerts.watch.standing) == 2)
    await desk.press("F7")
    before = await open_one(AlertList)
    tap(Key.Key_Down)
    assert before.list.currentRow() == 1
    now = await in_english(before)
    assert now.list.currentRow() == 1
    assert keys_in(now.list)
    assert [line for line in lines(now) if "特急" in line] == []
    now.reject()
    language.use("zh")


async def what_came_back_stays(desk: Desktop, number: int) -> None:
    """Stand on the second of two refused notes; the outbox follows the theme too."""
    for text in ("first", "second"):
        command = Command("note", number, {"text": text})
        desk.console.keep_refused(command, {"text": text}, Refused("not_found", number=number))
    await desk.press("Ctrl+O")
    before = await open_one(Outbox)
    tap(Key.Key_Down)
    now = await in_english(before)
    assert keys_in(now.cards[1])
    for name in ("light", "contrast", "dark"):
        theme.use(name)
        await until(partial(painted, now.cards[0], theme.color("raised")))
    assert keys_in(now.cards[1])
    tap(Key.Key_Delete)
    tap(Key.Key_Delete)
    await until(lambda: not now.cards)
    now.reject()
    language.use("zh")


def painted(card: QWidget, ground: QColor) -> bool:
    return card.grab().toImage().pixelColor(card.width() // 2, 5) == ground
