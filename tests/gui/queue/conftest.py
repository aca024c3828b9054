"""The queue of 66 incidents, live and on the screen, with a clock in the test's hand."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.feed.board import Board
from tests.gui.queue.stage import Clock, row
from ui.queue.panel import QueuePanel, State


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, clock: Clock) -> Iterator[QueuePanel]:
    board = Board()
    shown_panel = QueuePanel(board, clock)
    board.apply([row(number) for number in range(1, 67)])
    shown_panel.set_state(State.LIVE)
    shown_panel.resize(690, 700)
    qtbot.addWidget(shown_panel)
    with qtbot.waitExposed(shown_panel):
        shown_panel.show()
    shown_panel.list.setFocus()
    yield shown_panel
    shown_panel.view.close()
