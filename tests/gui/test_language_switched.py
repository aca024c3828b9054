"""The language is switched in the middle of the work: every word changes, and nothing typed is lost."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, type_text, until
from tests.gui.test_accessible import dialog, foreign
from ui.dialogs.form import Form
from ui.language import language

NOTE, SAID = "已告知 worker", "road flooded"


def cursor() -> object:
    """Where the keys go, as something that outlives its widget."""
    inside = QApplication.focusWidget()
    return type(inside), getattr(inside, "text", getattr(inside, "toPlainText", str))()


def cursor_is(what: object) -> bool:
    return cursor() == what


async def test_everything_that_is_open_goes_on_in_the_other_language(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    await act(duty, "accept", number)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.furnished()
        await in_place(desk)
        await in_dialogs(desk)


async def in_place(desk: Desktop) -> None:
    """Switch while a note, a report and a command are begun and a menu is open."""
    await desk.press("N")
    type_text(desk.case.composer.edit, NOTE)
    desk.page.bar.line.setText("派 1 城管局")
    await desk.press("Ctrl+N")
    form = await until(lambda: desk.page.reporting.form)
    type_text(form.said, SAID)
    type_text(form.fields["phone"], "13812342751")
    desk.page.queue.arrange.open_menu()
    await until(QApplication.activePopupWidget)
    form.fields["phone"].setFocus()
    before, typed = cursor(), form.typed()
    language.use("en")
    now = await until(lambda: desk.page.reporting.form)
    assert QApplication.activePopupWidget() is None
    assert now.typed() == typed
    assert typed["text"] == SAID
    assert cursor() == before
    assert desk.case.composer.edit.toPlainText() == NOTE
    assert desk.page.bar.line.text() == "派 1 城管局"
    assert foreign(now, "en") == []
    now.reject()
    language.use("zh")


async def in_dialogs(desk: Desktop) -> None:
    """Switch while a dialog is open: it says the other words, with what was typed and the cursor."""
    for keys, typed in (("F1", "map"), ("Ctrl+Shift+P", "a"), ("Ctrl+Shift+S", "night"), ("D", "2h")):
        await desk.press(keys)
        opened = await entered()
        inside = opened.fields["limit"] if isinstance(opened, Form) else opened.findChild(QLineEdit)
        assert inside is not None
        type_text(inside, typed)
        before = cursor()
        language.use("en")
        now = await entered(opened)
        await until(partial(cursor_is, before))
        assert foreign(now, "en") == [], keys
        now.close()
        language.use("zh")
        await until(lambda: dialog() is None)
    await desk.press("F7")
    opened = await entered()
    language.use("en")
    assert foreign(await entered(opened), "en") == []
    language.use("zh")


async def entered(after: QDialog | None = None) -> QDialog:
    """Wait for another dialog than ``after``, and until the keys go to it."""
    return await until(partial(_other, after))


def _other(than: QDialog | None) -> QDialog | None:
    found = dialog()
    return found if found is not than and found is not None and found.isActiveWindow() else None


@pytest.mark.usefixtures("dressed")
def test_a_dialog_that_waits_for_an_answer_stays_as_it_is_until_it_has_one(qtbot: QtBot) -> None:
    from ui import anew  # noqa: PLC0415

    made = anew.ask(QDialog)
    anew.wait(made, busy=True)
    language.use("en")
    assert made.isVisible()
    anew.wait(made, busy=False)
    qtbot.waitUntil(lambda: not made.isVisible())


def test_the_menu_of_a_text_field_speaks_along(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    spoken = []
    for tongue in ("zh", "en", "zh"):
        language.use(tongue)
        spoken.append(_menu(line))
    assert "复制" in spoken[0] == spoken[2]
    assert "&Copy" in spoken[1]


def _menu(line: QLineEdit) -> str:
    menu = line.createStandardContextMenu()
    try:
        return " ".join(action.text() for action in menu.actions())
    finally:
        menu.deleteLater()
