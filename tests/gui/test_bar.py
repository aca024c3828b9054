"""The command bar under the hand: nothing typed is lost, and what was typed before comes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.desktop import tap
from ui.commandbar.bar import CommandBar
from ui.commandbar.lexicon import Lexicon

Key = Qt.Key


@pytest.fixture
def bar(qtbot: QtBot) -> CommandBar:
    made = CommandBar(Lexicon(), list, lambda _number: "")
    qtbot.addWidget(made)
    made.resize(900, made.height())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.take_focus()
    return made


def test_up_and_down_walk_through_what_was_typed_and_back_to_what_was_not_sent(bar: CommandBar) -> None:
    for text in ("claim 1", "claim 2"):
        bar.line.setText(text)
        tap(Key.Key_Return)
        bar.done()
    QTest.keyClicks(bar.line, "note 3")
    seen = []
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Down):
        tap(key)
        seen.append(bar.line.text())
    assert seen == ["claim 2", "claim 1", "claim 1", "claim 2", "note 3", "note 3"]


def test_a_refused_line_stays_with_its_caret_and_goes_once_it_is_changed(bar: CommandBar) -> None:
    bar.entered.connect(lambda _text: bar.show_error("不对"))
    bar.line.setText("accept 1")
    tap(Key.Key_Return)
    bar.line.setText("claim 41o76")
    bar.line.setCursorPosition(8)
    tap(Key.Key_Return)
    assert (bar.line.text(), bar.line.cursorPosition(), bar.error) == ("claim 41o76", 8, "不对")
    tap(Key.Key_Up)  # not the line that stands here
    assert bar.line.text() == "accept 1"
    tap(Key.Key_Down)
    assert bar.line.text() == "claim 41o76"
    tap(Key.Key_Backspace)
    assert not bar.error


def test_the_last_step_is_taken_back_from_the_bar(bar: CommandBar) -> None:
    undone: list[None] = []
    bar.undo.connect(lambda: undone.append(None))
    bar.line.setText("撤销 1042")
    tap(Key.Key_Return)
    assert (undone, bar.line.text()) == ([], "撤销 1042")
    assert bar.error
    bar.line.setText("撤销")
    tap(Key.Key_Return)
    assert (len(undone), bar.line.text()) == (1, "")


def test_a_long_sentence_does_not_widen_the_window(bar: CommandBar) -> None:
    width = bar.minimumSizeHint().width()
    bar.show_error("长句" * 200)
    assert bar.minimumSizeHint().width() <= width
