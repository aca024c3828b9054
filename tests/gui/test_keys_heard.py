"""The sheet of keys and the window agree: what is heard is listed, and no key is heard in two places."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from console.desk.desk import Desk
from tests.database_fixtures import Database
from tests.gui.desktop import at_case, until
from ui.dialogs.keys import listed
from ui.reporting.form import ReportForm

Context = Qt.ShortcutContext
ARROWS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}


def on_sheet() -> set[str]:
    """Return every key of the sheet by Qt's name: "Alt+1 … 3" are three, "Alt+↑ ↓" two."""
    return {key for section in listed() for line in section for key in spelled(line.key)}


def spelled(keys: str) -> Iterator[str]:
    head, between, last = keys.partition(" … ")
    if between:
        held, _, first = head.rpartition("+")
        yield from (f"{held}+{number}" for number in range(int(first), int(last) + 1))
        return
    held = ""
    for key in keys.replace(" / ", " ").split():
        held = (
            key[: key.rindex("+") + 1]
            if "+" in key[:-1]
            else held
            if key in ARROWS or key.isdecimal()
            else ""
        )
        name = key.removeprefix(held)
        yield held + ARROWS.get(name, name)


def heard(owner: QAction | QShortcut) -> list[str]:
    keys = owner.shortcuts() if isinstance(owner, QAction) else owner.keys()
    return [key.toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter") for key in keys]


def test_the_sheet_is_read_as_it_is_written() -> None:
    assert [*spelled("Ctrl+0 … 2")] == ["Ctrl+0", "Ctrl+1", "Ctrl+2"]
    assert [*spelled("Alt+↑ ↓")] == ["Alt+Up", "Alt+Down"]
    assert [*spelled("Alt+1 2")] == ["Alt+1", "Alt+2"]
    assert [*spelled("Alt+A / Alt+O")] == ["Alt+A", "Alt+O"]


async def test_every_key_that_is_heard_is_listed_and_has_one_meaning(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        await desk.press("Ctrl+N")
        await until(lambda: desk.window.findChild(ReportForm))
        made, shortcuts = desk.window.findChildren(QAction), desk.window.findChildren(QShortcut)
        actions = [one for one in made if one.shortcutContext() is not Context.WidgetShortcut]
        every: list[QAction | QShortcut] = [*actions, *shortcuts]
        assert {key for one in every for key in heard(one)} - on_sheet() == set()
        within = Context.WidgetWithChildrenShortcut
        wide: list[QAction | QShortcut] = [
            *actions,
            *(one for one in shortcuts if one.context() is not within),
        ]
        count = Counter(key for one in wide for key in heard(one))
        assert [key for key, times in count.items() if times > 1] == []
