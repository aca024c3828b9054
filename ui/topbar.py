"""The top of the window: who and where, figures that filter, pages, the data's age, the server's clock."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QTabBar, QWidget
from typing_extensions import override

from console.language import counted, current, say
from console.spoken import centre_name
from ui.counter import Counter, Shape
from ui.data_age import DataAge, Health
from ui.dispatch.alerts import Bell
from ui.elided import Elided
from ui.language import language
from ui.moments import local
from ui.theme import theme

HEIGHT = 50
COUNTERS = {
    "reported": ("queue.status.reported", "accent"),
    "accepted": ("queue.status.accepted", "text"),
    "handling": ("queue.status.handling", "text"),
    "handled": ("queue.status.handled", "text"),
    "near": ("queue.grade.near", "near"),
    "overdue": ("queue.grade.overdue", "overdue"),
}
PAGES = ("dispatch", "people-houses", "incidents", "operations", "handover")
POSITIONS = ("supervisor", "seat", "unit", "wall", "worker", "admin")
NAME_PIXELS = 96  # of a person's name where there is little room


@dataclass(frozen=True, slots=True)
class Fit:
    """What the bar shows at one width; what matters least goes first."""

    counters: Shape
    roomy: bool = False  # the weekday, whole sentences, the pages' names apart
    position: bool = True  # what somebody is, beside the name
    sample: str = "window.sample"
    clock: str = "%H:%M:%S"
    elided: bool = False  # the centre's name
    centre: bool = True  # told at all; else in the tooltip of the person
    person: bool = True  # by name; else a mark alone


LEAST = partial(Fit, counters=Shape.STACKED, position=False, sample="window.sample_brief")
FITS = (
    Fit(Shape.WIDE, roomy=True),
    Fit(Shape.BRIEF),
    Fit(Shape.STACKED),
    Fit(Shape.STACKED, position=False),
    LEAST(),
    LEAST(elided=True),
    LEAST(elided=True, clock="%H:%M"),
    LEAST(centre=False, clock="%H:%M"),
    LEAST(centre=False, clock=""),  # from here on only a screen at 200 % and more
    LEAST(centre=False, clock="", sample=""),
    LEAST(centre=False, clock="", sample="", counters=Shape.TIGHT, person=False),
)


class TopBar(QFrame):
    """Signals what is clicked; shows what it is told."""

    counted = Signal(str)  # a counter was clicked: its key in COUNTERS
    paged = Signal(str)  # a page was chosen

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._me: dict[str, Any] = {}
        self._at = float("nan")
        self._history = 1.0
        self._fit = FITS[0]
        self._fitted: tuple[object, ...] = ()  # what it was chosen for
        self.centre = Elided("case", 3, self)
        self._clock, self._sample = QLabel(self), QLabel(self)
        self._person = QPushButton(self)
        self._person.setMenu(menu)
        self.mail, self.mail_for = QPushButton(self), "messages"  # and what it leads to
        self.counters = {key: Counter(*facts, parent=self) for key, facts in COUNTERS.items()}
        self._tabs = QTabBar(self)
        self._pages: list[str] = []
        self.age, self.bell = DataAge(self), Bell(self)
        self.bell.hide()
        self._arrange()
        for key, counter in self.counters.items():
            counter.clicked.connect(lambda _checked=False, key=key: self.counted.emit(key))
        self._tabs.currentChanged.connect(lambda index: self.paged.emit(self._pages[index]))
        self._tabs.tabBarClicked.connect(self._come_back)
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
        self.fit()

    def clear(self) -> None:
        """Show nothing of anybody: the seat is given up."""
        self.show_pages([])
        self.show_person({})
        self.show_counts(None)
        self.show_unread(0)
        self.show_time(None)
        self.age.show_age(Health.LOADING, 0.0)
        self.fit()

    def show_page(self, page: str) -> None:
        """Mark ``page`` as the one that is seen."""
        if page in self._pages:
            self._tabs.setCurrentIndex(self._pages.index(page))
        self._mark_tab("elsewhere", on=page not in self._pages)

    def show_person(self, me: dict[str, Any]) -> None:
        """Show who has signed in (desk.whoami)."""
        self._me = me
        self._retranslate()

    def show_history(self, share: float) -> None:
        """Show beside the mark of samples how much of their history is there, where there is room."""
        self._history = share
        self._mark_sample()

    def show_counts(self, counts: dict[str, int] | None) -> None:
        """Show the figures of COUNTERS; None while nothing is known."""
        for key, counter in self.counters.items():
            counter.set_figure(None if counts is None else counts.get(key, 0))

    def show_filters(self, active: set[str]) -> None:
        """Mark the counters whose filter is set."""
        for key, counter in self.counters.items():
            counter.setChecked(key in active)

    def show_unread(self, count: int, shifts: int = 0) -> None:
        """Show how many messages wait to be read, and handovers to be signed; nothing where none does."""
        self.mail_for = "messages" if count or not shifts else "handover"
        marks = [counted(count)] if count or not shifts else []
        hints = [say("seats.message.waiting", count=count)] if count else []
        if shifts:
            marks.append(say("seats.shift.mark", count=shifts))
            hints.append(say("seats.shift.to_sign", count=shifts))
        self.mail.setText(" ".join(marks))
        self.mail.setVisible(bool(count or shifts))
        self.mail.setToolTip("\n".join(hints))
        self.mail.setAccessibleName(say("case.dot").join(hints))

    def show_time(self, at: float | None) -> None:
        """Show the server's time, epoch seconds."""
        self._at = float("nan") if at is None else at
        self._clock.setText("" if at is None else self._time(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show as much as the width has room for, whole; call it when a text is another."""
        if self._asked() != self._fitted:
            for fit in FITS:
                self._take(fit)
                needed = self._row.totalMinimumSize() if fit.elided else self._row.totalSizeHint()
                if needed.width() <= self.width():
                    break
            self._mark_sample()
            self._fitted = self._asked()

    def _mark_sample(self) -> None:
        mark = say(self._fit.sample) if self._fit.sample else ""
        if self._history < 1 and mark:
            self._sample.setText(say("demo.filling", sample=mark, percent=int(100 * self._history)))
        if self._history == 1 or self._row.totalSizeHint().width() > self.width():
            self._sample.setText(mark)

    def _asked(self) -> tuple[object, ...]:
        """Return what the fit depends on."""
        sized = (self.age, self.mail, self.bell, *self.counters.values())
        seen = (self.width(), self.mail.isHidden(), self.bell.isHidden(), self._at != self._at)
        who = (current(), str(self._me), tuple(self._pages))
        return *seen, *who, *(widget.sizeHint().width() for widget in sized)

    def _take(self, fit: Fit) -> None:
        self._fit = fit
        self.centre.setVisible(fit.centre or not self._me)
        self.age.set_brief(brief=not fit.roomy)
        for counter in self.counters.values():
            counter.set_shape(fit.counters)
        self._mark_tab("narrow", on=not fit.roomy)
        self._sample.setText(say(fit.sample) if fit.sample else "")
        self._sample.setVisible(bool(self._me.get("sample") and fit.sample))
        self._person.setText(f"{self._name()} ▾".replace("&", "&&").lstrip() if self._me else "")
        self._clock.setText("" if self._at != self._at else self._time(self._at))

    def _come_back(self, index: int) -> None:
        """Go to the page whose tab is current already, from one that has no tab."""
        if self._tabs.property("elsewhere") and index == self._tabs.currentIndex():
            self.paged.emit(self._pages[index])

    def _mark_tab(self, look: str, *, on: bool) -> None:
        """Let the tabs look so, or not."""
        if self._tabs.property(look) != on:
            self._tabs.setProperty(look, on)
            self._tabs.style().unpolish(self._tabs)
            self._tabs.style().polish(self._tabs)
            self._name_pages()  # measured anew

    def _name_pages(self) -> None:
        for index, page in enumerate(self._pages):
            self._tabs.setTabText(index, say(f"window.tab.{page}"))

    def _name(self) -> str:
        if not self._fit.person:
            return ""
        if self._fit.position:
            return person_name(self._me)
        metrics = QFontMetrics(theme.font("base"))
        return metrics.elidedText(str(self._me["name"]), Qt.TextElideMode.ElideRight, NAME_PIXELS)

    def _time(self, at: float) -> str:
        if not self._fit.clock:
            return ""
        moment = local(at)
        weekday = say(f"window.weekday.{moment.isoweekday()}") if self._fit.roomy else ""
        return f"{moment:{self._fit.clock}} {weekday}".rstrip()

    def _arrange(self) -> None:
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._person.setProperty("role", "flat")
        self._sample.setObjectName("sample")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._sample.hide()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(4)
        self.mail.setProperty("role", "pill")
        self.mail.hide()
        for widget in (self.centre, self._person, self._sample, self.mail):
            row.addWidget(widget)
        row.addStretch(2)
        for counter in self.counters.values():
            row.addWidget(counter)
        row.addStretch(3)
        row.addWidget(self._tabs)
        row.addStretch(2)
        row.addWidget(self.bell)
        row.addSpacing(8)
        row.addWidget(self.age)
        row.addSpacing(12)
        row.addWidget(self._clock)
        self._dress()

    def _dress(self) -> None:
        self._clock.setFont(theme.font("title"))
        self.mail.setIcon(theme.icon("mail", "on_accent"))
        line, near = theme.color("line").name(), theme.color("near").name()
        frame = f"border: 1px solid {line}; border-radius: 4px; padding: 1px 6px"
        self._sample.setStyleSheet(f"QLabel#sample {{ color: {near}; {frame}; }}")
        self._sample.setFont(theme.font("small"))

    def _retranslate(self) -> None:
        self.centre.show_text(centre_name(self._me) if self._me else say("window.product"))
        self._person.setVisible(bool(self._me))
        who = {"centre": centre_name(self._me), "person": person_name(self._me)} if self._me else {}
        self._person.setToolTip(say("window.menu_of", **who) if who else say("window.menu"))
        self._person.setAccessibleName(say("window.menu"))
        self._sample.setToolTip(say("window.sample_hint"))
        self._name_pages()
        self._fitted = ()
        self.fit()


def person_name(me: dict[str, Any]) -> str:
    """Return what somebody is and is called."""
    position = next((one for one in POSITIONS if one in me["positions"]), "seat")
    if position == "unit" and me.get("grid"):
        position = "grid_worker"
    if not me.get("organisation"):
        return str(me["name"])
    return say("window.seat", position=say(f"window.position.{position}"), name=me["name"])
