"""交接班: what this seat leaves, what waits for its signature, what was signed; and the load of each seat."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from console.errors import Problem
from console.language import say
from ui.language import language
from ui.moments import brief, epoch
from ui.queue.message import Message
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import dress, label
from ui.together.give import GivePane
from ui.together.load import LoadPane
from ui.together.sign import SignPane
from ui.together.stored import StoredPane

EVERY = 5000  # milliseconds between two readings while facts stream in
VIEWS = ("give", "sign", "stored")  # Alt+1 … Alt+3
SHARES = (720, 620)
Facts = dict[str, Any]


class HandoverPage(QWidget):
    """Reads while it is seen. ``opened``: a case; ``wanted``: whose claims; ``takeover``: a claim to take."""

    opened = Signal(int)
    wanted = Signal(str)
    takeover = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._reading = self._again = self._read_once = False
        self._fault = ""
        self._draft: Facts | None = None
        self._handovers: list[Facts] = []
        self.give, self.sign = GivePane(seat, self), SignPane(seat, self)
        self.stored = StoredPane(seat.notices, self)
        self._panes: dict[str, QWidget] = {"give": self.give, "sign": self.sign, "stored": self.stored}
        self.load = LoadPane(seat, self)
        self.views, self._stack = QTabBar(self), QStackedWidget(self)
        self._title, self._since = label(role="case", parent=self), label(role="second", parent=self)
        self._state: QLabel = label(role="small", parent=self)
        self._message, self._whole = Message(self), QStackedWidget(self)
        self._timer = QTimer(self, interval=EVERY, singleShot=True)
        self._arrange()
        self._connect()
        language.follow(self, self._retranslate)

    def show_view(self, view: str) -> None:
        """Show one of VIEWS, with the keys in it."""
        self.views.setCurrentIndex(VIEWS.index(view))
        self.setFocusProxy(self._panes[view])
        self._panes[view].setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Read again, now or at most five seconds later; when hidden, once it is shown."""
        self._again = True
        if self.isVisible() and not self._timer.isActive():
            self._read_now()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_view("sign" if self._seat.company.around.handover else "give")
        self._read_now()

    def _read_now(self) -> None:
        if not self._reading and self.isVisible():
            self._timer.start()
            tasks.start(self._read(), "reading the handover")

    async def _read(self) -> None:
        self._reading, self._again = True, False
        reads = self._seat.console.reads
        try:
            draft, handovers, seats = await reads.handover(), await reads.handovers(), await reads.seats()
        except Problem as problem:
            self._fault = problem.sentence
        else:
            self._fault = ""
            self._seat.loads.seats = {one["login"]: one for one in seats}
            self._draft, self._handovers = draft, handovers
        finally:
            self._reading = False
        if isValid(self):  # the person may have left meanwhile
            self._show()
            self.load.show_seats([*self._seat.loads.seats.values()], self._seat.bridge.now())
            self._tell_state()

    def _show(self) -> None:
        if self._draft is None:
            return
        now = self._seat.bridge.now()
        self.give.show_draft(self._draft, now)
        waiting = [one for one in reversed(self._handovers) if one["to_sign"]]
        self.sign.show_waiting(waiting, now)
        self.stored.show_handovers(self._handovers, now)
        self._name_views(len(waiting))

    def _name_views(self, waiting: int) -> None:
        for place, view in enumerate(VIEWS):
            key = "seats.shift.tab.sign_count" if view == "sign" and waiting else f"seats.shift.tab.{view}"
            self.views.setTabText(place, say(key, count=waiting))

    def _tell_state(self) -> None:
        """Say how old this is; where nothing was ever read, why, and what to do."""
        now = self._seat.bridge.now()
        if self._draft is None:
            self._message.show_section("seats.shift.failed" if self._fault else "seats.shift.loading")
        else:
            since, at = epoch(self._draft["since"]), epoch(self._draft["at"]) or now
            self._since.setText(say("seats.shift.since", at=brief(since, now)) if since else "")
            key = "boards.stale" if self._fault else "boards.updated"
            facts = {"reason": self._fault} if self._fault else {}
            self._state.setText(say(key, at=brief(at, now), **facts))
        dress(self._state, "near" if self._fault else "small")
        ready = self._draft is not None
        if ready != bool(self._whole.currentIndex()):
            self._whole.setCurrentIndex(int(ready))
            self._panes[VIEWS[self.views.currentIndex()]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        """Read at once: this seat has given or signed."""
        self._timer.stop()
        self._seat.company.ask()
        self.refresh()

    def _connect(self) -> None:
        for place, view in enumerate(VIEWS, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.show_view, view))
        self._timer.timeout.connect(lambda: self._read_now() if self._again else None)
        self.views.currentChanged.connect(self._stack.setCurrentIndex)
        self._seat.bridge.facts.connect(lambda _numbers: self.refresh())
        self._seat.company.changed.connect(self.refresh)
        self._seat.bridge.linked.connect(lambda _link: self.refresh())
        for pane in (self.give, self.sign):
            pane.changed.connect(self._changed)
        for lists in (self.give.lists, self.sign.lists, self.sign.outcome, self.stored.lists):
            lists.opened.connect(self.opened)
        self.load.opened.connect(self.opened)
        self.load.wanted.connect(self.wanted)
        self.load.takeover.connect(self.takeover)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._since)
        head.addStretch(1)
        head.addWidget(self._state)
        panel = QFrame(self)
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(10)
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for view, pane in self._panes.items():
            self.views.addTab(view)
            self._stack.addWidget(pane)
        column.addWidget(self.views)
        column.addWidget(self._stack, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.addWidget(panel)
        splitter.addWidget(self.load)
        splitter.setSizes(list(SHARES))
        self._whole.addWidget(self._message)
        self._whole.addWidget(splitter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._whole, 1)

    def _retranslate(self) -> None:
        self.setAccessibleName(say("seats.shift.page"))
        self._title.setText(say("seats.shift.page"))
        self.views.setAccessibleName(say("seats.shift.page"))
        for pane in (self.give, self.sign, self.stored, self.load):
            pane.retranslate()
        self._name_views(0)
        self._show()
        self._tell_state()
