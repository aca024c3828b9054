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
        self._shares: dict[Dock, float] = {}  # of the window, as a hand or the house has given them
        self._got: dict[Dock, int] = {}  # widths that came of them: there is not always room
        self._stood: dict[Dock, Qt.DockWidgetArea] = {}

    def scale(self) -> None:
        """Let every dock keep its share of a window that is wider or narrower by now."""
        now, before = self._window.width(), self.pixels
        self.pixels = now
        if before and now != before:
            seen = self._seen()
            shares = {dock: self._shares.get(dock, dock.width() / before) for dock in seen}
            self._widen({dock: round(share * now) for dock, share in shares.items()})
            self._shares |= shares
            self._got |= {dock: dock.width() for dock in seen}

    def settle(self) -> None:
        """Let the queue have the room of a dock that went, and give it when one comes."""
        now = {dock: dock.width() for dock in self._seen() if not mates(self._window, dock)}
        places = {dock: self._window.dockWidgetArea(dock) for dock in now}
        if self._stood and places != self._stood:
            self._widen({dock: self._kept.get(dock, width) for dock, width in now.items()})
        self._stood = places
        self._kept |= {dock: dock.width() for dock in now}
        self._note()

    def _note(self) -> None:
        """Learn the shares of docks that were made wider or narrower, or that are new."""
        for dock in self._seen():
            if dock not in self._shares or dock.width() != self._got.get(dock, dock.width()):
                self._shares[dock] = dock.width() / max(self.pixels, 1)
            self._got[dock] = dock.width()

    @property
    def shares(self) -> dict[str, float]:
        """The share of the window of each dock, by its key."""
        if self.pixels == self._window.width():
            self._note()
        return {dock.key: share for dock, share in self._shares.items()}

    def restore(self, pixels: int, shares: Mapping[str, float]) -> None:
        """Take these for the shares of a window of ``pixels``, by the docks' keys."""
        self.pixels = pixels
        self._shares = {dock: shares[dock.key] for dock in self._docks if dock.key in shares}
        self._got = {}

    def _seen(self) -> list[Dock]:
        """Return what is seen beside the queue, one of each column."""
        seen = [dock for dock in self._docks if dock.seen and not dock.isFloating()]
        beside = [dock for dock in seen if self._window.dockWidgetArea(dock) in BESIDE]
        return list({dock.x(): dock for dock in beside}.values())

    def _widen(self, widths: Mapping[Dock, int]) -> None:
        self._window.resizeDocks(list(widths), list(widths.values()), Qt.Orientation.Horizontal)
        layout = self._window.layout()
        if layout is not None:
            layout.activate()  # now, so that the widths are known that came of it


def mates(window: QMainWindow, dock: Dock) -> list[QWidget]:
    """Return what stands behind or before ``dock`` as a tab."""
    return [mate for mate in window.tabifiedDockWidgets(dock) if not mate.isHidden()]
