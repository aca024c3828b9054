"""Keys that mean the same in every list."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
PRESSES: Final = ENTER | {Qt.Key.Key_Space}  # what presses a button
STEPS: Final[Mapping[Qt.Key, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
WALKING: Final = frozenset(  # keys of a list while the line above it has the cursor
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)
