"""Every reason that is asked for has ready answers, and a number takes one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from console.desk.desk import Desk
from console.workflow import actions
from tests.database_fixtures import Database
from tests.gui.desktop import at_case, tap, until
from ui.dialogs.field import preset_keys


async def test_a_ready_reason_is_taken_by_its_number(database: Database, duty: Desk, tmp_path: Path) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        form = await desk.form("J")
        form.activateWindow()
        await until(form.isActiveWindow)
        form.fields["reason"].setFocus()
        tap(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert form.fields["reason"].draft() == "重复反映"
        assert "2 重复反映" in [chip.text() for chip in form.findChildren(QPushButton)]
        form.reject()


def test_every_reason_has_ready_answers() -> None:
    asked = [(key, one.name) for key, action in actions().items() for one in action.options]
    assert [key for key, name in asked if name == "reason" and not preset_keys(key, name)] == []
