"""Who has the room beside the queue: Qt would give that of a dock that goes to another dock."""

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.docks.dock import Dock

Area = Qt.DockWidgetArea
BESIDE: Final = frozenset({Area.LeftDockWidgetArea, Area.RightDockWidgetArea})


class Widths:
    """Keeps the widths of ``docks`` in ``window``."""

    def __init__(self, window: QMainWindow, docks: Collection[Dock]) -> None:
        self._window, self._docks = window, docks
        self.pixels = 0  # the window's width by which the docks are as wide as they are; 0: not known
        self._kept: dict[Dock, int] = {}
        self._stood: dict[Dock, Qt.DockWidgetArea] = {}

    def scale(self) -> None:
        """Let every dock keep its share of a window that is wider or narrower by now."""
        now, before = self._window.width(), self.pixels
        self.pixels = now
        if before and now != before:
            self._widen({dock: round(dock.width() * now / before) for dock in self._seen()})

    def settle(self) -> None:
        """Let the queue have the room of a dock that went, and give it when one comes."""
        now = {dock: dock.width() for dock in self._seen() if not mates(self._window, dock)}
        places = {dock: self._window.dockWidgetArea(dock) for dock in now}
        if self._stood and places != self._stood:
            self._widen({dock: self._kept.get(dock, width) for dock, width in now.items()})
        self._stood = places
        self._kept |= {dock: dock.width() for dock in now}

    def _seen(self) -> list[Dock]:
        """Return what is seen beside the queue, one of each column."""
        seen = [dock for dock in self._docks if dock.seen and not dock.isFloating()]
        beside = [dock for dock in seen if self._window.dockWidgetArea(dock) in BESIDE]
        return list({dock.x(): dock for dock in beside}.values())

    def _widen(self, widths: Mapping[Dock, int]) -> None:
        self._window.resizeDocks(list(widths), list(widths.values()), Qt.Orientation.Horizontal)


def mates(window: QMainWindow, dock: Dock) -> list[QWidget]:
    """Return what stands behind or before ``dock`` as a tab."""
    return [mate for mate in window.tabifiedDockWidgets(dock) if not mate.isHidden()]
