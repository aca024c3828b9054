"""The top of the window: who and where, figures that filter, pages, the data's age, the server's clock."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QTabBar, QWidget
from typing_extensions import override

from console.language import say
from ui.counter import Counter
from ui.data_age import DataAge
from ui.language import language
from ui.moments import local
from ui.theme import theme

HEIGHT = 50
ROOMY_FROM = 1560  # pixels: below, the centre's name and the weekday are left out
COUNTERS = {
    "reported": ("queue.status.reported", "accent"),
    "accepted": ("queue.status.accepted", "text"),
    "handling": ("queue.status.handling", "text"),
    "handled": ("queue.status.handled", "text"),
    "near": ("queue.grade.near", "near"),
    "overdue": ("queue.grade.overdue", "overdue"),
}
PAGES = ("dispatch", "people-houses", "incidents", "operations")
POSITIONS = ("supervisor", "seat", "unit", "wall", "worker", "admin")


class TopBar(QFrame):
    """Signals what is clicked; shows what it is told."""

    counted = Signal(str)  # a counter was clicked: its key in COUNTERS
    paged = Signal(str)  # a page was chosen

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._me: dict[str, Any] = {}
        self._at = float("nan")
        self._centre, self._clock, self._sample = QLabel(self), QLabel(self), QLabel(self)
        self._person = QPushButton(self)
        self._person.setMenu(menu)
        self.counters = {key: Counter(*facts, parent=self) for key, facts in COUNTERS.items()}
        self._tabs = QTabBar(self)
        self._pages: list[str] = []
        self.age = DataAge(self)
        self._arrange()
        for key, counter in self.counters.items():
            counter.clicked.connect(lambda _checked=False, key=key: self.counted.emit(key))
        self._tabs.currentChanged.connect(lambda index: self.paged.emit(self._pages[index]))
        theme.changed.connect(self._dress)
        language.follow(self, self._retranslate)

    def show_pages(self, pages: list[str]) -> None:
        """Offer these of PAGES."""
        self._tabs.blockSignals(True)  # noqa: FBT003  Qt's signature
        while self._tabs.count():
            self._tabs.removeTab(0)
        self._pages = pages
        for page in pages:
            self._tabs.addTab(say(f"window.tab.{page}"))
        self._tabs.setVisible(len(pages) > 1)
        self._tabs.blockSignals(False)  # noqa: FBT003

    def show_page(self, page: str) -> None:
        """Mark ``page`` as the one that is seen."""
        if page in self._pages:
            self._tabs.setCurrentIndex(self._pages.index(page))

    def show_person(self, me: dict[str, Any]) -> None:
        """Show who has signed in (desk.whoami)."""
        self._me = me
        self._retranslate()

    def show_counts(self, counts: dict[str, int] | None) -> None:
        """Show the figures of COUNTERS; None while nothing is known."""
        for key, counter in self.counters.items():
            counter.set_figure(None if counts is None else counts.get(key, 0))

    def show_filters(self, active: set[str]) -> None:
        """Mark the counters whose filter is set."""
        for key, counter in self.counters.items():
            counter.setChecked(key in active)

    def show_time(self, at: float | None) -> None:
        """Show the server's time, epoch seconds."""
        self._at = float("nan") if at is None else at
        self._clock.setText("" if at is None else self._time(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY_FROM
        self._centre.setVisible(roomy or not self._me)
        self.age.set_brief(brief=not roomy)
        self._narrow(narrow=not roomy)
        for counter in self.counters.values():
            counter.set_brief(brief=not roomy)
        self._clock.setText("" if self._at != self._at else self._time(self._at))

    def _narrow(self, *, narrow: bool) -> None:
        """Let the pages' names stand closer."""
        if self._tabs.property("narrow") != narrow:
            self._tabs.setProperty("narrow", narrow)
            self._tabs.style().unpolish(self._tabs)
            self._tabs.style().polish(self._tabs)

    def _time(self, at: float) -> str:
        moment = local(at)
        clock = f"{moment:%H:%M:%S}"
        return (
            f"{clock} {say(f'window.weekday.{moment.isoweekday()}')}" if self.width() >= ROOMY_FROM else clock
        )

    def _arrange(self) -> None:
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._centre.setProperty("role", "case")
        self._centre.setTextFormat(Qt.TextFormat.PlainText)
        self._person.setProperty("role", "flat")
        self._sample.setObjectName("sample")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._sample.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(4)
        for widget in (self._centre, self._person, self._sample):
            row.addWidget(widget)
        row.addStretch(2)
        for counter in self.counters.values():
            row.addWidget(counter)
        row.addStretch(3)
        row.addWidget(self._tabs)
        row.addStretch(2)
        row.addWidget(self.age)
        row.addSpacing(12)
        row.addWidget(self._clock)
        self._dress()

    def _dress(self) -> None:
        self._clock.setFont(theme.font("title"))
        line, near = theme.color("line").name(), theme.color("near").name()
        frame = f"border: 1px solid {line}; border-radius: 4px; padding: 1px 6px"
        self._sample.setStyleSheet(f"QLabel#sample {{ color: {near}; {frame}; }}")
        self._sample.setFont(theme.font("small"))

    def _retranslate(self) -> None:
        self._centre.setText(centre_name(self._me) if self._me else say("window.product"))
        self._person.setText(f"{person_name(self._me)} ▾".replace("&", "&&") if self._me else "")
        self._person.setVisible(bool(self._me))
        self._person.setToolTip(say("window.menu"))
        self._person.setAccessibleName(say("window.menu"))
        self._sample.setText(say("window.sample"))
        self._sample.setToolTip(say("window.sample_hint"))
        self._sample.setVisible(bool(self._me.get("sample")))
        for index, page in enumerate(self._pages):
            self._tabs.setTabText(index, say(f"window.tab.{page}"))


def centre_name(me: dict[str, Any]) -> str:
    """Return the name of the place somebody works at."""
    name = me.get("organisation") or ""
    if not name:
        return say("window.all_centres")
    centre = me.get("level") not in {None, "department", "community"}
    return say("window.centre", name=name) if centre else str(name)


def person_name(me: dict[str, Any]) -> str:
    """Return what somebody is and is called."""
    position = next((one for one in POSITIONS if one in me["positions"]), "seat")
    if position == "unit" and me.get("grid"):
        position = "grid_worker"
    if not me.get("organisation"):
        return str(me["name"])
    return say("window.seat", position=say(f"window.position.{position}"), name=me["name"])
