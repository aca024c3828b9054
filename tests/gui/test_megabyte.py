"""A megabyte of text stops no window: where it is shown it is cut, where it is pasted it is bounded.

What would freeze a window is what its widgets are given to lay out, so that is counted, and no seconds.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, until
from ui.dialogs.paper import PASTED
from ui.texts import LONGEST, MOST_LINES

MEGABYTE = 1_000_000
TEXTS = ("积" * MEGABYTE, "积水很深\n" * (MEGABYTE // 5), "x" * MEGABYTE)
TYPED = (QLineEdit, QPlainTextEdit)
HELD = ("text", "plainText", "toolTip", "placeholderText", "accessibleName", "accessibleDescription")
SEEN = 20  # characters of a word that is not broken yet
BEARABLE = (
    LONGEST * 6 // 5
)  # characters of a label: the cut text, what says so, and where its words may break


@pytest.mark.parametrize("text", TEXTS, ids=["a line", "lines", "a word"])
async def test_a_megabyte_is_shown_in_part_and_pasted_in_part(
    database: Database, duty: Desk, tmp_path: Path, text: str
) -> None:
    number = await report(duty, text="积水")
    await database.owner.execute("UPDATE gridseat.personal SET text = $1 WHERE number = $2", text, number)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        desk.window.grab()
        shown = dict(held(desk.window))
        assert any(told.startswith(text[:SEEN]) for told in shown.values()), "its beginning is seen"
        assert {where: len(told) for where, told in shown.items() if len(told) > BEARABLE} == {}
        assert {where: told for where, told in shown.items() if told.count("\n") > MOST_LINES} == {}
        taken = {name: pasted(field, text) for name, field in (await fields(desk)).items()}
        assert {name: most for name, most in taken.items() if not 0 < most <= PASTED} == {}


def held(window: QWidget) -> Iterator[tuple[str, str]]:
    """Return every text that a widget of ``window`` was given, by where it stands."""
    for place, widget in enumerate((window, *window.findChildren(QWidget))):
        for name in HELD:
            told = widget.property(name)
            if isinstance(told, str):
                yield f"{place} {type(widget).__name__}.{name}", told


def pasted(field: QWidget, text: str) -> int:
    """Paste ``text``; return the most characters that the field took in at once."""
    focus = field.focusProxy() or field
    assert isinstance(focus, TYPED)
    most = [0]
    if isinstance(focus, QLineEdit):
        focus.textChanged.connect(lambda told: most.append(len(told)))
    else:
        focus.document().contentsChange.connect(lambda _at, _gone, added: most.append(added))
    QGuiApplication.clipboard().setText(text)
    focus.paste()
    focus.clear()
    return max(most)


async def fields(desk: Desktop) -> dict[str, QWidget]:
    """Return where a text may be pasted."""
    await desk.press("Ctrl+N")
    form = await until(lambda: desk.page.reporting.form)
    typed = {name: one for name, one in form.fields.items() if isinstance(one.focusProxy(), TYPED)}
    beside = {"a note": desk.case.composer.edit, "command bar": desk.page.bar.line}
    return {**typed, **beside, "search": desk.page.queue.search}
