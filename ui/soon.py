"""What is done once the events that wait have been dealt with."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, act: Callable[[], object]) -> None:
    """Call ``act`` then, if ``owner`` still lives."""
    # Of QTimer.singleShot, PySide keeps ``act`` and all that it knows for good where the owner has gone.
    timer = QTimer(owner, singleShot=True)
    timer.timeout.connect(act)
    timer.timeout.connect(timer.deleteLater)
    timer.start(0)
