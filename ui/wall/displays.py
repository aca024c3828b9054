"""The walls of one seat: the first in its window, the others each on a display of its own."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from ui.dispatch.map_feed import MapFeed
from ui.layers.names import highest
from ui.seat import Seat
from ui.wall.pages import PAGES
from ui.wall.view import WallView

Plan = Sequence[Sequence[str]]
KEPT, BETWEEN = "wall/displays", ";"


class Walls(QObject):
    """Shows on every display the pages that ``memory`` has, or those that were asked for last.

    A display that is unplugged loses its wall, and has it again when it is back.
    """

    left = Signal()

    def __init__(self, seat: Seat, memory: QSettings) -> None:
        super().__init__(seat)
        self._seat, self._memory = seat, memory
        self._feeds: dict[WallView, MapFeed] = {}
        self._furnished = False
        self._plan: Plan = ()
        self.first = self._make()
        self.others: dict[int, WallView] = {}  # by place of the display
        application = cast("QGuiApplication", QGuiApplication.instance())
        for told in (application.screenAdded, application.screenRemoved, application.primaryScreenChanged):
            told.connect(self.arrange)

    def _make(self) -> WallView:
        console, bridge = self._seat.console, self._seat.bridge
        wall = WallView(console.board, bridge.now, console.reads)
        self._feeds[wall] = MapFeed(self._seat, wall.map)
        bridge.facts.connect(wall.refresh)
        bridge.reloaded.connect(wall.refresh)
        wall.left.connect(self.left)
        if self._furnished:
            self._furnish(wall)
        return wall

    def furnish(self) -> None:
        """Use what the directory has loaded."""
        self._furnished = True
        for wall in self._feeds:
            self._furnish(wall)

    def _furnish(self, wall: WallView) -> None:
        directory, me = self._seat.directory, self._seat.console.me
        self._feeds[wall].show_grids(directory.atlas)
        wall.map.set_labels(highest(directory))
        wall.content.cases.kind = partial(directory.called, "class_name")
        wall.show_organisation(directory.home, sample=bool(me.get("sample")))

    def show(self, plan: Plan) -> None:
        """Show these pages, one list a display, and remember them; none: those that were shown last."""
        if plan:
            self._memory.setValue(KEPT, BETWEEN.join(",".join(pages) for pages in plan))
        self._plan = plan or self._remembered()
        self.first.rotate(self._plan[0] or PAGES)
        self.arrange()

    def _remembered(self) -> Plan:
        told = str(self._memory.value(KEPT, ""))
        plan = [[page for page in pages.split(",") if page in PAGES] for pages in told.split(BETWEEN)]
        return plan if any(plan) else [PAGES]

    def screens(self) -> list[QScreen]:
        """Return the displays: the one with the window first, the others from left to right."""
        first = self.first.window().screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not first]
        return [first, *sorted(others, key=lambda screen: (screen.geometry().x(), screen.geometry().y()))]

    def arrange(self) -> None:
        """Show on every display that is there what it is to show."""
        screens = self.screens()
        for place, pages in enumerate(self._plan):
            if place and pages and place < len(screens):
                self._show(place, pages, screens[place])
        for place, wall in self.others.items():
            if place >= len(screens) or place >= len(self._plan) or not self._plan[place]:
                wall.hide()

    def _show(self, place: int, pages: Sequence[str], screen: QScreen) -> None:
        wall = self.others.get(place)
        if wall is None:
            wall = self.others[place] = self._make()
            wall.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            wall.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        if wall.pages != tuple(pages):
            wall.rotate(pages)
        if not wall.isVisible() or wall.screen() is not screen:
            wall.setScreen(screen)
            wall.setGeometry(screen.geometry())
            wall.showFullScreen()

    def rest(self) -> None:
        """Leave the other displays."""
        self._plan = ()
        for wall in self.others.values():
            wall.hide()

    def end(self) -> None:
        """Give the other displays back: the seat is given up."""
        self.rest()
        for wall in self.others.values():
            wall.deleteLater()
        self.others.clear()
