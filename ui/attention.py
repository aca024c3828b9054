"""Whether somebody sits before the screen: the last input at any of its windows."""

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

INPUT = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove}
)


class Attention(QObject):
    """Notices input at each window that gets the focus; none while ``heeding`` is off."""

    def __init__(self) -> None:
        super().__init__()
        self.heeding = True
        self._last = time.monotonic()

    def start(self, application: QGuiApplication) -> None:
        """Watch the windows of ``application``, dialogs too."""
        application.focusWindowChanged.connect(self._watch)
        self._last = time.monotonic()

    def notice(self) -> None:
        """Take it that somebody is here."""
        self._last = time.monotonic()

    @property
    def idle(self) -> float:
        """Return for how many seconds there has been no input."""
        return time.monotonic() - self._last

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once more is once: Qt keeps each filter only once

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.heeding and event.type() in INPUT:
            self.notice()
        return super().eventFilter(watched, event)


attention = Attention()
