"""The queue in the middle and the panels round it, as each person arranges them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QMouseEvent,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QTabWidget, QWidget
from shiboken6 import getCppPointer
from typing_extensions import override

from console.language import say
from ui.docks.dock import Dock, Title
from ui.docks.house import LEAST, ON_DEMAND, SHARES, arrange, width_class
from ui.docks.memory import VERSION, Kept, Memory
from ui.docks.menu import DockMenu
from ui.docks.widths import Widths, mates
from ui.soon import soon

Area = Qt.DockWidgetArea
CORNERS = {  # above and below the queue means above and below it alone
    Qt.Corner.TopLeftCorner: Area.LeftDockWidgetArea,
    Qt.Corner.BottomLeftCorner: Area.LeftDockWidgetArea,
    Qt.Corner.TopRightCorner: Area.RightDockWidgetArea,
    Qt.Corner.BottomRightCorner: Area.RightDockWidgetArea,
}


class Docks(QMainWindow):
    """Holds ``centre``, which is never closed, and a dock for each of LEAST."""

    told = Signal(str)  # a sentence for the person
    closed = Signal(str)  # a dock that a hand has closed

    def __init__(self, centre: QWidget, memory: Memory, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(centre)
        self._centre, self._memory = centre, memory
        self._width = ""
        self._away: list[Dock] = []  # floating, and hidden with the page
        self._behind: dict[str, Dock] = {}  # what a dock stands before
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._settle)
        self.setDockOptions(self.DockOption.AllowNestedDocks | self.DockOption.AllowTabbedDocks)
        self.setTabPosition(Area.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setDocumentMode(True)
        for corner, area in CORNERS.items():
            self.setCorner(corner, area)
        self.docks = {key: self._made(key, least) for key, least in LEAST.items()}
        for key in ON_DEMAND:
            self.docks[key].offered = False
        self._widths = Widths(self, self.docks.values())
        running = QGuiApplication.instance()
        if isinstance(running, QGuiApplication):
            running.screenRemoved.connect(self._take_back_from)

    def hold(self, contents: Mapping[str, QWidget]) -> None:
        """Put each of ``contents`` into its dock."""
        for key, content in contents.items():
            self.docks[key].hold(content)

    @property
    def offered(self) -> list[Dock]:
        """Return the docks that have something to show."""
        return [dock for dock in self.docks.values() if dock.offered]

    def bring(self, key: str) -> None:
        """Let the dock ``key`` be seen, wherever it stands."""
        dock = self.docks[key]
        if dock.seen or dock in self._away:
            return
        if dock.isFloating() and not self.isVisible():
            self._away.append(dock)
            return
        seen = [other for other in self.docks.values() if other.seen]
        dock.show()  # a hidden dock has no tabs yet
        before = [other for other in seen if other in self.tabifiedDockWidgets(dock)]
        if before:
            self._behind.setdefault(key, before[0])  # not the one that it was left for, for a moment
        dock.raise_()

    def enter(self, key: str) -> None:
        """Give the keys to the dock ``key``."""
        self.bring(key)
        self.docks[key].enter()

    def leave(self) -> None:
        """Give the keys back to the queue, from another window too."""
        self.activateWindow()
        self._centre.setFocus()

    def put_away(self, key: str) -> None:
        """Close the dock ``key``, and show again what it stood before."""
        dock, before = self.docks[key], self._behind.pop(key, None)
        dock.hide()
        if before is not None and not before.isHidden() and not before.isFloating():
            before.raise_()

    def command(self, key: str) -> None:
        """Do what a key of the window asks for, one of panels.command."""
        steps = {
            "queue": self.leave,
            "float": self._turn,
            "arrange": self.show_menu,
            "restore": self.restore_house,
        }
        if key in steps:
            steps[key]()
        elif self.docks[key].has_keys:
            self.docks[key].close()
        else:
            self.enter(key)

    def show_menu(self) -> None:
        """Offer what can be done with the panels, those first that have the cursor."""
        only = self._entered
        corner = only or self._centre
        DockMenu(self, only, self).open(corner.mapToGlobal(QPoint(0, 0)))

    def place(self, dock: Dock, area: Qt.DockWidgetArea) -> None:
        """Let ``dock`` stand at that side of the queue."""
        dock.setFloating(False)
        self.addDockWidget(area, dock, Qt.Orientation.Horizontal)
        self.enter(dock.key)

    def tab(self, dock: Dock, other: Dock) -> None:
        """Let ``dock`` stand before ``other``."""
        dock.setFloating(False)
        self.tabifyDockWidget(other, dock)
        self.enter(dock.key)

    def restore_house(self) -> None:
        """Arrange everything as the house does, and forget what was arranged before."""
        self._memory.forget()
        self._widths.restore(self.width(), SHARES[self._width])
        arrange(self, self.docks, self._width)
        self.leave()
        self.told.emit(say("panels.restored"))

    def remember(self) -> None:
        """Keep how the panels stand now, unless they are out of sight."""
        if self._width and self.isVisible():
            self._keep()

    def _keep(self) -> None:
        floating = {key: dock.geometry() for key, dock in self.docks.items() if dock.isFloating()}
        self._memory.keep(
            self._width,
            Kept(bytes(self.saveState(VERSION).data()), self._widths.pixels, floating, self._widths.shares),
        )

    @override
    def event(self, event: QEvent) -> bool:
        """Remember how wide the docks are once what divides them is let go."""
        heard = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._soon.start()
        return heard

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = width_class(self.width())
        if width != self._width:
            self._change(width)
        else:
            self._soon.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take what floats along: behind the lock and on the wall nothing of a case is seen."""
        super().hideEvent(event)
        if self._width and not event.spontaneous():
            self._keep()
            self._away = [dock for dock in self.docks.values() if dock.isFloating() and dock.isVisible()]
            for dock in self._away:
                dock.hide()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        away, self._away = self._away, []
        for dock in away:
            dock.show()
        self._soon.start()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        under = self.childAt(event.pos())
        while under is not None and not isinstance(under, Title):
            under = under.parentWidget()
        if under is not None:
            DockMenu(self, under.dock, self).open(event.globalPos())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a tab float its dock at a double click, and offer what a title bar does."""
        if isinstance(watched, QTabBar) and isinstance(event, QMouseEvent | QContextMenuEvent):
            at = event.pos() if isinstance(event, QContextMenuEvent) else event.position().toPoint()
            dock = self._dock_of(watched, at)
            if dock is not None and event.type() == QEvent.Type.MouseButtonDblClick:
                soon(dock, dock.turn)
                return True
            if dock is not None and isinstance(event, QContextMenuEvent):
                DockMenu(self, dock, self).open(event.globalPos())
                return True
        return super().eventFilter(watched, event)

    @property
    def _entered(self) -> Dock | None:
        """The dock that has the cursor."""
        return next((dock for dock in self.docks.values() if dock.has_keys), None)

    def _made(self, key: str, least: int) -> Dock:
        dock = Dock(key, least, self)
        for changed in (dock.topLevelChanged, dock.visibilityChanged, dock.dockLocationChanged):
            changed.connect(lambda _how: self._soon.start())
        dock.closed.connect(lambda had_keys: self._closed(dock, had_keys=had_keys))
        return dock

    def _closed(self, dock: Dock, *, had_keys: bool) -> None:
        self.put_away(dock.key)
        if had_keys:
            self.leave()
        self.closed.emit(dock.key)

    def _turn(self) -> None:
        dock = self._entered
        if dock is None:
            self.told.emit(say("panels.no_panel"))
        else:
            dock.turn()

    def _change(self, width: str) -> None:
        """Arrange the panels for another width; what floats stays where it is, what was in front too."""
        keys, front = QApplication.focusWidget(), [dock for dock in self.docks.values() if dock.seen]
        floating = {dock: dock.geometry() for dock in self.docks.values() if dock.isFloating()}
        self._width = width
        self._widths.restore(self.width(), SHARES[width])
        arrange(self, self.docks, self._width)
        kept = self._memory.kept(width)
        if kept is not None and not self._restore(kept):
            arrange(self, self.docks, self._width)
        for dock, place in floating.items():
            dock.setFloating(True)
            dock.setGeometry(place)
        self._bring_back(front, keys)

    def _bring_back(self, front: list[Dock], keys: QWidget | None) -> None:
        """Let ``front`` be seen as before, and the cursor be in ``keys`` again."""
        entered = [dock for dock in front if keys is not None and dock.isAncestorOf(keys)]
        for dock in (*front, *entered):  # the last of those that share a place stands before the others
            if dock.key in ON_DEMAND:
                dock.show()  # unknown to what was remembered without it
            dock.raise_()
        if keys is not None and entered:
            soon(keys, keys.setFocus)

    def _restore(self, kept: Kept) -> bool:
        """Arrange the panels as ``kept``; tell whether every one has a place."""
        if not self.restoreState(kept.state, VERSION):
            return False
        for dock in self.docks.values():
            place = kept.floating.get(dock.key)
            if dock.isFloating() and (place is None or QGuiApplication.screenAt(place.center()) is None):
                dock.setFloating(False)
            if not dock.offered:
                dock.hide()
        self._widths.restore(kept.pixels, kept.shares)
        return all(self.dockWidgetArea(dock) != Area.NoDockWidgetArea for dock in self.docks.values())

    def _settle(self) -> None:
        """Name each dock once, on its tab or above itself; remember how all stand."""
        self._widths.scale()
        self._widths.settle()
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setDrawBase(False)
            bar.removeEventFilter(self)
            bar.installEventFilter(self)
        for dock in self.docks.values():
            dock.title.fold(folded=not dock.isFloating() and bool(mates(self, dock)))
        self.remember()

    def _dock_of(self, bar: QTabBar, at: QPoint) -> Dock | None:
        told = bar.tabData(bar.tabAt(at))
        return next((dock for dock in self.docks.values() if getCppPointer(dock)[0] == told), None)

    def _take_back_from(self, screen: QScreen) -> None:
        """Let what floats on a screen that goes return into the window."""
        for dock in self.docks.values():
            if dock.isFloating() and dock.screen() is screen:
                dock.setFloating(False)
