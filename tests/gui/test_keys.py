"""The sheet of keys: nothing that is heard is missing from it, and it fits a small screen."""

import pytest
from pytestqt.qtbot import QtBot

from console.language import LANGUAGES
from console.workflow import actions
from ui.dialogs.keys import KeySheet, columns, listed
from ui.language import language
from ui.menu import KEYS


def test_every_key_of_window_and_actions_is_listed() -> None:
    keys = {line.key for section in listed() for line in section}
    assert {*KEYS.values(), *(action.shortcut for action in actions().values())} <= keys


def test_sections_stand_whole_beside_the_actions() -> None:
    sections = listed()
    found = columns(sections)
    assert [line for column in found for line in column if line.words] == sum(sections, [])  # noqa: RUF017  short
    assert all(column[-1].key for column in found)
    assert not any(column[0].key for column in found)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_fits_a_small_screen(qtbot: QtBot, spoken: str) -> None:
    language.use(spoken)
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    assert sheet.sizeHint().width() <= 1240
    assert sheet.sizeHint().height() <= 600
