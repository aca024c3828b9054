"""The window: arranges bar, pages and notices; knows no case and no rule."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from console.spoken import centre_name
from ui import anew
from ui.data_age import Health
from ui.dispatch.banner import Banner
from ui.gauges import Gauges
from ui.language import language
from ui.lock import Lock
from ui.menu import SeatMenu
from ui.notices.notices import Notices
from ui.queue.message import Message
from ui.seat_entry import SeatEntry
from ui.told import Told
from ui.topbar import COUNTERS, TopBar

if TYPE_CHECKING:
    from ui.pages import Pages
    from ui.seat import Seat

TICK = 500  # milliseconds
FIRST_SIZE = QSize(1440, 860)
SMALLEST = QSize(1024, 640)


class Window(QMainWindow):
    """Empty until a seat takes it; then its pages."""

    identity = Signal(str)  # sign in as this login, "" for whoever the settings name
    leaving = Signal()

    def __init__(self, memory: QSettings) -> None:
        super().__init__()
        self._memory = memory
        self._pages: Pages | None = None
        self._seat: Seat | None = None
        self._before_wall = "dispatch"  # the page to go back to
        self.menu = SeatMenu(self)
        self.top = TopBar(self.menu, self)
        self.banner = Banner(self)
        self.message, self.entry = Message(self), SeatEntry(self)
        self._people: list[dict[str, Any]] = []
        self._stack = QStackedWidget(self)
        self._page = QWidget(self)
        self.told = Told(self, self._page, self._stack)
        self.lock = Lock(self, self._page)
        self._gauges = Gauges(self.top, self.banner, self.lock)
        self._arrange()
        self._connect()
        language.follow(self, self._retranslate)
        self._ticking = QTimer(self, interval=TICK)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()

    @property
    def pages(self) -> "Pages | None":
        """Return the pages of the seat, None before somebody has signed in."""
        return self._pages

    def show_message(self, section: str) -> None:
        """Say the texts of ``section`` ("window.starting") in place of the pages."""
        self.message.show_section(section)
        self._stack.setCurrentWidget(self.message)

    def show_problem(self, section: str, sentence: str, login: str) -> None:
        """Say why ``login`` could not sign in, and let another name be typed."""
        self.entry.show_problem(section, sentence, login)
        self._stack.setCurrentWidget(self.entry)
        self.entry.line.setFocus()

    @property
    def notices(self) -> Notices:
        """Return what the seat is told, or, before somebody has signed in, whoever is there."""
        return self.told.notices

    def show_history(self, done: int, total: int) -> None:
        """Tell how far the sample county's history is filled; at its end say so."""
        self.top.show_history(done / total)
        if done == total:
            self.notices.say(say("demo.filled", total=total))

    def take_seat(self, seat: "Seat", pages: "Pages") -> None:
        """Show the pages of ``seat``."""
        self._seat, self._pages = seat, pages
        self.menu.offer_import(offered="admin" in seat.console.me["positions"])
        self.lock.seat = seat
        for page in pages.widgets.values():
            self._stack.addWidget(page)
        pages.made.connect(self._stack.addWidget)
        pages.wanted.connect(self.show_page)
        pages.left.connect(self.toggle_wall)
        self.told.take_seat(seat.notices, pages)
        self.top.show_pages(pages.offered)
        self.top.show_person(seat.console.me)
        self.show_page("dispatch")
        self._retranslate()
        self.tick()

    def give_up_seat(self) -> None:
        """Take the pages away: another person signs in, or the window goes."""
        pages, self._pages, self._seat = self._pages, None, None
        self.told.give_up_seat()
        self.lock.give_up()
        if pages is not None:
            pages.dispatch.remember()
            pages.end()
            for page in pages.widgets.values():
                self._stack.removeWidget(page)
                page.hide()
                page.deleteLater()
            pages.deleteLater()
        self.top.clear()
        self.banner.show_health(Health.LOADING, 0.0, "")
        self.show_message("window.starting")

    def show_page(self, page: str) -> None:
        """Show one of the pages."""
        if self._pages is not None:
            self._before_wall = self._before_wall if page == "wall" else page
            shown = self._pages.page(page)
            self._stack.setCurrentWidget(shown)
            shown.setFocus()
            self.told.stack.allow(allowed=page != "wall")  # everybody reads there
            self.top.show_page(page)
            self._fit_banner()

    def _fit_banner(self) -> None:
        self.banner.fit(self.size(), far=self._on_wall())

    def toggle_wall(self) -> None:
        """Go to the wall view on the whole screen, or back."""
        if self._pages is None:
            return
        on_wall = self._on_wall()
        self.top.setVisible(on_wall)
        if on_wall:
            self._pages.walls.rest()
            self.showNormal()
            self.show_page(self._before_wall)
        else:
            self.show_page("wall")
            self.showFullScreen()

    def _on_wall(self) -> bool:
        return self._pages is not None and self._stack.currentWidget() is self._pages.widgets.get("wall")

    def show_wall(self, plan: Sequence[Sequence[str]]) -> None:
        """Go to the wall view, with these pages on each display; none: those of the last time."""
        if self._pages is not None:
            self.toggle_wall()
            self._pages.walls.show(plan)

    def show_people(self, people: list[dict[str, Any]]) -> None:
        """Offer these people (desk.people) under "change identity"."""
        self._people = people
        self.menu.offer_identity(offered=bool(people))

    def choose_identity(self) -> None:
        """Let somebody else sign in."""
        if self._people and self._seat is not None:
            from ui.seat_chooser import SeatChooser  # noqa: PLC0415  heavy: people are few and far between

            people, me = self._people, self._seat.console.me["login"]

            def made() -> SeatChooser:
                chooser = SeatChooser(people, me, self)
                chooser.chosen.connect(self.identity)
                return chooser

            anew.ask(made)

    def tick(self) -> None:
        """Let time pass: counters, age of the data, clock, alerts."""
        seat, pages = self._seat, self._pages
        if seat is not None and pages is not None and self._gauges.show(seat, pages):
            pages.tick()
            cases = self._gauges.show_alerts(pages)
            self.setWindowTitle((f"({cases}) " if cases else "") + self._title())

    def remember(self) -> None:
        """Keep size and place."""
        if not self.isFullScreen():
            self._memory.setValue("window/geometry", self.saveGeometry())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        super().closeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_wall()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.told.stack.place()
        self._fit_banner()

    def _arrange(self) -> None:
        self._page.setObjectName("page")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        edge = QVBoxLayout()
        edge.setContentsMargins(8, 0, 8, 6)
        edge.addWidget(self.banner)
        column.addLayout(edge)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.entry)
        self.setCentralWidget(self._page)
        self.setMinimumSize(SMALLEST.boundedTo(self.screen().availableSize()))
        geometry = self._memory.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(FIRST_SIZE)

    def _connect(self) -> None:
        self.top.counted.connect(self._filter)
        self.top.paged.connect(self.show_page)
        self.top.mail.clicked.connect(lambda: self._choose(self.top.mail_for))
        self.menu.chosen.connect(self._choose)
        self.banner.chosen.connect(self._choose)
        self.top.bell.clicked.connect(lambda: self._choose("alerts"))
        self.entry.entered.connect(self.identity)
        self.entry.left.connect(self.leaving)
        self.lock.leaving.connect(self.leaving)
        self.lock.changed.connect(lambda _locked: self._retranslate())
        self.lock.due = lambda: not self._on_wall()

    def _filter(self, counter: str) -> None:
        if self._pages is not None and counter in COUNTERS:
            self.show_page("dispatch")
            self._pages.filter(counter)
            self.tick()

    def _choose(self, key: str) -> None:
        own = {
            "leave": self.leaving.emit,
            "wall": self.toggle_wall,
            "identity": self.choose_identity,
            "lock": self.lock.lock,
            "preferences": self._ask_preferences,
        }
        if key in own:
            own[key]()
        elif not self.told.choose(key) and self._pages is not None:
            if key == "command":
                self.show_page("dispatch")
            self._pages.choose(key)

    def _ask_preferences(self) -> None:
        from ui.dialogs.preferences import PreferencesDialog  # noqa: PLC0415  heavy, and seldom looked at

        anew.ask(lambda: PreferencesDialog(self.notices.say, self))

    def _retranslate(self) -> None:
        self.setWindowTitle(self._title())

    def _title(self) -> str:
        me = self._seat.console.me if self._seat else {}
        if self.lock.locked:
            return say("lock.window")
        return say("window.title", centre=centre_name(me)) if me else say("window.product")
