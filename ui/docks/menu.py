"""What can be done with the panels, by key alone too: show, float, close, place, restore."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from console.language import say
from ui.docks.dock import Dock
from ui.docks.keys import with_key

Area = Qt.DockWidgetArea
PLACES = {
    "left": Area.LeftDockWidgetArea,
    "right": Area.RightDockWidgetArea,
    "above": Area.TopDockWidgetArea,
    "below": Area.BottomDockWidgetArea,
}


class Arranged(Protocol):
    """What holds the docks."""

    @property
    def offered(self) -> list[Dock]:
        """Return the docks that have something to show."""

    def enter(self, key: str) -> None:
        """Show the dock ``key`` and give it the keys."""

    def place(self, dock: Dock, area: Qt.DockWidgetArea) -> None:
        """Let ``dock`` stand at that side."""

    def tab(self, dock: Dock, other: Dock) -> None:
        """Let ``dock`` stand before ``other``."""

    def restore_house(self) -> None:
        """Arrange everything as the house does."""


class DockMenu(QMenu):
    """Made for one look, on ``only`` or on every dock that can be shown; goes when it is left."""

    def __init__(self, docks: Arranged, only: Dock | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._docks = docks
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if only is not None:
            self._offer(self, only)
        else:
            for dock in docks.offered:
                self._offer(self.addMenu(dock.windowTitle()), dock)
        self.addSeparator()
        self.addAction(with_key(say("panels.restore"), "restore"), docks.restore_house)

    def open(self, at: QPoint) -> None:
        """Show it at ``at`` on the screen, its first line chosen."""
        self.popup(at)
        self.setActiveAction(self.actions()[0])

    def _offer(self, menu: QMenu, dock: Dock) -> None:
        docks, name = self._docks, dock.windowTitle()
        if dock.isHidden():
            menu.addAction(say("panels.show", name=name), partial(docks.enter, dock.key))
            return
        floats = "panels.unfloat" if dock.isFloating() else "panels.float"
        menu.addAction(with_key(say(floats, name=name), "float"), dock.turn)
        menu.addAction(say("panels.close", name=name), dock.close)
        menu.addSeparator()
        for place, area in PLACES.items():
            menu.addAction(say(f"panels.place.{place}"), partial(docks.place, dock, area))
        for other in docks.offered:
            if other is not dock and not other.isHidden() and not other.isFloating():
                words = say("panels.tab_with", name=other.windowTitle())
                menu.addAction(words, partial(docks.tab, dock, other))
