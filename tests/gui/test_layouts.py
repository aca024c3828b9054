"""Walking through a layout: in its order, into what it nests, and leaving nothing behind."""

import gc

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot

from ui.layouts import tab_stops


def items() -> int:
    return sum(type(one) is QWidgetItem for one in gc.get_objects())


def test_tab_goes_as_things_are_laid_out_whenever_they_were_made(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    last, first, second = QPushButton("3", ground), QLineEdit("1", ground), QLineEdit("2", ground)
    grid, row = QGridLayout(ground), QHBoxLayout()
    grid.addWidget(QLabel("no stop", ground), 0, 0)
    grid.addLayout(row, 1, 0)
    row.addWidget(first)
    row.addWidget(second)
    grid.addWidget(last, 2, 0)
    before = items()
    assert list(tab_stops(ground)) == [first, second, last]
    # Python's stand-in for an item outlives it: a menu's new entry was once taken for an item that had gone.
    assert items() == before
