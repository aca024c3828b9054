"""A map of the chessboard, drawn and ready."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import board
from ui.map.hand import Hand
from ui.map.widget import MapView


@pytest.fixture
def marked() -> list[int]:
    """Return the incidents that are marked in a queue; a test fills it."""
    return []


@pytest.fixture
def view(qtbot: QtBot, marked: list[int]) -> MapView:
    found = MapView()
    qtbot.addWidget(found)
    Hand(found, lambda: marked, list)
    found.resize(590, 740)
    found.show()
    found.set_grids(board())
    found.set_values(np.arange(64, dtype=float) % 6)
    qtbot.waitUntil(lambda: found.exact)
    QTest.mouseMove(found, QPoint(1, 1))  # another test has left the cursor somewhere
    away = QEvent(QEvent.Type.Leave)  # a grid under it looks otherwise
    QApplication.sendEvent(found, away)
    return found
