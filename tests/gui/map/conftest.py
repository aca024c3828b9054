"""A map of the chessboard, drawn and ready."""

import numpy as np
import pytest
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import CODES, board
from ui.map.widget import MapView


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    found = MapView()
    qtbot.addWidget(found)
    found.resize(590, 740)
    QCursor.setPos(780, 780)  # not where another test has left it: what lies under it is drawn otherwise
    found.show()
    found.set_grids(CODES, [f"第{n}网格" for n in range(64)], board())
    found.set_values(np.arange(64, dtype=float) % 6)
    qtbot.waitUntil(lambda: found.exact, timeout=5000)
    return found
