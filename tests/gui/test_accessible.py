"""Whatever takes the keys says its name, and no word of another language is left when it is switched."""

import re
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from console.desk.behind import held
from console.desk.desk import Desk
from console.language import LANGUAGES
from console.workflow import actions
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, at_case, until
from ui.boards.ask import Asked
from ui.dialogs.bulk_form import BulkForm
from ui.dialogs.fields import options
from ui.dialogs.form import Form
from ui.language import language
from ui.lists.cases import CaseList
from ui.queue.columns_dialog import ColumnsDialog
from ui.seat_chooser import SeatChooser

CONTROLS = (QAbstractButton, QLineEdit, QComboBox)
CHINESE = re.compile(r"[\u3400-\u9fff]")
KEY = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)+")  # of a sentence that nobody said
KEYS = re.compile(r"\b(Alt|Ctrl|Shift)\+|\bF\d|Esc|Enter|Space|Tab|PgUp|PgDn|[←→↑↓]|\b[A-Z]$")
PAGES = ("people-houses", "incidents", "operations", "handover", "replay", "wall", "dispatch")
DIALOGS = ("Ctrl+Shift+P", "F1", "Ctrl+,", "Ctrl+M", "Ctrl+O", "F7", "Ctrl+Shift+S", "Ctrl+Shift+O")
# What people and the county wrote stays as it is, and so do examples of it.
DATA = ("商贩占道", "城管局", "值班", "石家庄市", "正定县", "行唐县", "游商", "中文", "语言")
TOWNSHIP = re.compile(r"[\u3400-\u9fff]{2,}(镇|乡|街道|管理委员会|管委会)$")
CALENDAR_ENDS = "2026-11-22T10:00:00+08:00"


def nameless(root: QWidget) -> list[str]:
    """Return what Tab comes to and a screen reader cannot name."""
    return [_path(one) for one in [root, *root.findChildren(QWidget)] if _takes_keys(one) and not _name(one)]


def _takes_keys(one: QWidget) -> bool:
    by_tab = one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return one.isVisible() and bool(by_tab) and one.focusProxy() is None and not one.isWindow()


def _name(one: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(one)
    return found.text(QAccessible.Text.Name).strip() if found else ""


def _path(one: QWidget) -> str:
    parent = one.parentWidget()
    return f"{type(one).__name__} in {type(parent).__name__}: {one.objectName()}"


def unreachable(root: QWidget) -> list[str]:
    """Return the controls that neither Tab comes to nor a key of their own, which they name, presses."""
    controls = [
        one for one in root.findChildren(QWidget) if isinstance(one, QAbstractButton | QLineEdit | QComboBox)
    ]
    lost = [one for one in controls if one.isVisible() and one.isEnabled() and not _by_tab(one)]
    return [f"no way to {_path(one)} {_name(one)}" for one in lost if not _owned(one) and not _has_key(one)]


def _by_tab(one: QWidget) -> bool:
    return bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _owned(one: QWidget) -> bool:
    """Tell whether it is a part of a control that Tab comes to."""
    parent = one.parentWidget()
    return parent is not None and not parent.isWindow() and (_by_tab(parent) or parent.focusProxy() is one)


def _has_key(one: QWidget) -> bool:
    words = f"{one.text()} {one.toolTip()}" if isinstance(one, QAbstractButton) else one.toolTip()
    return bool(KEYS.search(words))


def ringless(root: QWidget) -> list[str]:
    """Return what has the keys without showing it."""
    found = []
    for one in [root, *root.findChildren(QWidget)]:
        if isValid(one) and _takes_keys(one) and one.isEnabled() and not one.visibleRegion().isEmpty():
            one.setFocus(Qt.FocusReason.TabFocusReason)
            if one.hasFocus() and _seen(one) == _without(one):
                found.append(f"no ring on {_path(one)} {_name(one)}")
    return found


def _without(one: QWidget) -> bytes:
    one.clearFocus()
    return _seen(one)


def _seen(one: QWidget) -> bytes:
    """Return the pixels of ``one`` and what stands around it."""
    image = (one.parentWidget() or one).grab().toImage()
    return b"" if image.isNull() else bytes(image.constBits())


def foreign(root: QWidget, spoken: str) -> list[str]:
    """Return the words that are not of the language ``spoken``, and bare keys of sentences."""
    found = set(_words(root))
    bare = [text for text in found if KEY.fullmatch(text)]
    return bare + [text for text in found if spoken == "en" and CHINESE.search(_without_data(text))]


def _words(root: QWidget) -> Iterator[str]:
    for one in root.findChildren(QWidget):
        if one.isVisible():
            yield from (one.accessibleName(), one.toolTip())
            if isinstance(one, QLabel | QAbstractButton):
                yield one.text()
            if isinstance(one, QLineEdit):
                yield one.placeholderText()
            if isinstance(one, QComboBox):
                yield from (one.itemText(place) for place in range(one.count()))


def _without_data(text: str) -> str:
    text = TOWNSHIP.sub("", text)
    for written in DATA:
        text = text.replace(written, "")
    return text


def wrong(root: QWidget, spoken: str, where: str) -> list[str]:
    found = [*nameless(root), *unreachable(root), *foreign(root, spoken)]
    return [f"{where}, {spoken}: {one}" for one in found]


async def pages(desk: Desktop, spoken: str) -> list[str]:
    """Return what is wrong on the pages."""
    found = []
    for page in PAGES:
        desk.window.show_page(page)
        desk.window.tick()
        found += wrong(desk.window, spoken, page)
    desk.page.queue.picker.begin()
    await until(desk.page.queue.picker.isVisible)
    found += wrong(desk.page.queue.picker, spoken, "picker")
    desk.page.queue.picker.hide()
    return found


def dialog() -> QDialog | None:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()), None
    )


async def dialogs(desk: Desktop, spoken: str) -> list[str]:
    """Return what is wrong in the dialogs of the window."""
    found = []
    for keys in DIALOGS:
        await desk.press(keys)
        opened = await until(dialog)
        found += wrong(opened, spoken, keys)
        opened.close()
        await until(lambda: dialog() is None)
    return found


async def openers(desk: Desktop, spoken: str) -> list[str]:
    """Return what is wrong in what opens from a click: people, columns, cases behind a figure, many cases."""
    found, page = [], desk.page
    seat, people = desk.session.seat, await desk.console.reads.people()
    assert seat is not None
    rows = [row for number in desk.rows[:2] if (row := desk.console.board.row(number)) is not None]
    made: dict[str, Callable[[], QDialog]] = {
        "people": lambda: SeatChooser(people, "duty", desk.window),
        "columns": lambda: ColumnsDialog(page.queue.arrange.arrangement, desk.window),
        "cases": lambda: CaseList(
            Asked(("open",)).name, desk.console.reads.cases(held(desk.rows)), desk.window
        ),
        "many": lambda: BulkForm(seat, "note", rows, desk.window),
    }
    for name, make in made.items():
        opened = make()
        opened.open()
        await until(opened.isActiveWindow)
        found += [*wrong(opened, spoken, name), *ringless(opened)]
        opened.reject()
    return found


def forms(desk: Desktop) -> list[str]:
    """Return what is wrong in the forms of actions, by turns in each language; alike fields are seen once."""
    found, seen = [], set[tuple[str, str]]()
    assert desk.session.seat is not None
    case = {"number": desk.number, "version": 1, "title": "商贩占道", "status": "accepted"}
    for action, spoken in zip(actions().values(), cycle(LANGUAGES), strict=False):
        new = {(one.kind, one.name) for one in options(action, case, None)} - seen
        if new and action.key != "report":
            seen |= new
            language.use(spoken)
            form = Form(desk.session.seat, action.key, case, desk.page.actions_.perform, desk.window)
            form.show()
            found += wrong(form, spoken, action.key)
            form.reject()
    return found


async def test_every_control_has_a_name_and_every_word_follows_the_language(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.freeze(CALENDAR_ENDS)
    await duty.call(lambda raw: raw.execute("SELECT desk.sweep()"))
    async with at_case(database, tmp_path, duty, "accept", "dispatch") as desk:
        await until(desk.page.standing.isVisible)
        desk.page.queue.list.setFocus()
        assert "商贩占道" in desk.page.queue.list.accessibleDescription(), (
            "the row that has the keys is read out"
        )
        await desk.press("Ctrl+N")
        await until(lambda: desk.page.reporting.form)
        found = await pages(desk, "zh")
        language.use("en")
        found += await pages(desk, "en")
        found += await dialogs(desk, "en")
        found += await openers(desk, "en")
        await until(lambda: dialog() is None)
        desk.window.activateWindow()
        await until(desk.window.isActiveWindow)
        found += ringless(desk.window)
        found += forms(desk)
    assert not found, "\n".join(found)
