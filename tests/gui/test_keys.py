"""The sheet of keys: nothing that is heard is missing from it, and it fits a small screen."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.language import LANGUAGES
from console.workflow import actions
from ui.dialogs.keys import COLUMNS, KeySheet, columns, fitting, listed
from ui.language import language
from ui.menu import KEYS


def test_every_key_of_window_and_actions_is_listed() -> None:
    keys = {line.key for section in listed() for line in section}
    assert {*KEYS.values(), *(action.shortcut for action in actions().values())} <= keys


def test_columns_hold_every_line_under_its_heading_and_none_ends_in_one() -> None:
    sections = listed()
    found = columns(sections)
    assert [line for column in found for line in column if line.key] == [
        line for section in sections for line in section if line.key
    ]
    assert not any(column[0].key for column in found), "what goes on in the next column says where it belongs"
    assert all(column[-1].key for column in found)
    assert len(found) == COLUMNS


def test_typing_leaves_the_keys_that_fit() -> None:
    found = fitting(listed(), "撤销上一步")
    assert [line.words for section in found for line in section] == ["窗口", "撤销上一步（30 秒内）"]
    assert fitting(listed(), "没有的") == []


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_fits_a_small_screen(qtbot: QtBot, spoken: str) -> None:
    language.use(spoken)
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    assert sheet.sizeHint().width() <= 1240
    assert sheet.sizeHint().height() <= 600
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    room = window.size().expandedTo(window.screen().availableSize())
    within = KeySheet(window)
    assert within.size().boundedTo(room) == within.size(), "its foot can be clicked on a screen at 200 %"
