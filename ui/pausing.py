"""What is typed is on disk a moment later, so that a console that is killed loses none of it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

PAUSE = 300  # milliseconds without a key


def pausing(keep: Callable[[], None], parent: QWidget) -> QTimer:
    """Return a timer that calls ``keep`` once after a pause; started anew with each key."""
    made = QTimer(parent, interval=PAUSE, singleShot=True)
    made.timeout.connect(keep)
    return made
