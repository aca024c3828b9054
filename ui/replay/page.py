"""The page of the replay: queue, map and case of a past moment; nothing can be done here."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.errors import Problem
from console.feed.past import Asking, Past
from console.geography.atlas import Atlas
from console.language import say
from ui.dispatch.map_feed import MapFeed
from ui.language import language
from ui.layers.choice import NAMED
from ui.layers.names import names
from ui.map.legend import Words
from ui.map.widget import MapView
from ui.moments import DAY, exact
from ui.queue.panel import QueuePanel, State
from ui.replay.case import PastCase
from ui.replay.controls import Controls
from ui.replay.day import STEPS
from ui.replay.grids import GridsThen
from ui.replay.part import Part
from ui.replay.player import Player
from ui.seat import Seat
from ui.tasks import tasks

MARGIN: Final = 2.0  # seconds that entries may take to be written down
BEFORE: Final = 3600.0  # how far back the replay begins
SHARES: Final = {"queue": 36, "map": 41, "case": 23}  # of a hundred, as on the dispatch page


class ReplayPage(QWidget):
    """``left``: back to now. The board that is live goes on beside, untouched."""

    left = Signal()
    shown = Signal(bool)  # whether the past is looked at

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat, self._reads = seat, seat.console.past
        self.player = Player(Past(Asking(self._reads.board, self._reads.facts, self.now)), self.now, self)
        self.controls = Controls(self.player, self)
        past = self.player.past
        self.queue = QueuePanel(past.board, lambda: past.at, self)
        self.queue.set_state(State.LIVE)
        self.map, self.case = MapView(), PastCase(seat.directory, self)
        self.map_feed = MapFeed(seat, self.map, self.queue.view, lambda: past.at)
        self.grids, self._former = GridsThen(seat, self), False
        shown: dict[str, QWidget] = {"queue": self.queue, "map": self.map, "case": self.case}
        self.parts = {name: Part(name, widget, self) for name, widget in shown.items()}
        self.case.show_moment(None, 0.0)
        self._arrange()
        self._connect()
        language.follow(self, self._retell)

    def now(self) -> float:
        """Return the latest moment that can be looked back at."""
        return self._seat.bridge.now() - MARGIN

    @property
    def at(self) -> float:
        """Return the moment that is shown."""
        return self.player.at

    def go(self, at: float) -> None:
        """Show the moment ``at``; one that is still to come is now, and that is said."""
        if at > self.now():
            self._seat.notices.say(say("replay.future", at=exact(at)))
        self.player.go(at)

    def open(self, number: int) -> None:
        """Show the case ``number`` as it stood."""
        if number != self.case.number:
            self.case.choose(number)
            tasks.start(self._read_story(number), "the story of a case in the past")
        self.map_feed.show(number)
        self._show_case()

    def _arrange(self) -> None:
        head = QFrame(self)
        head.setObjectName("past")
        inside = QVBoxLayout(head)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.controls)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        for place, (name, part) in enumerate(self.parts.items()):
            split.addWidget(part)
            split.setStretchFactor(place, SHARES[name])
        split.setSizes([20 * share for share in SHARES.values()])  # else each begins as wide as its words
        self.queue.setMinimumWidth(470)
        self.map.setMinimumWidth(200)
        self.case.setMinimumWidth(300)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(split, 1)
        self.setFocusProxy(self.queue)

    def _connect(self) -> None:
        player, controls = self.player, self.controls
        player.moved.connect(self._show)
        self.grids.drawn.connect(self._draw_grids)
        for telling in (player.failed, self.grids.failed, controls.refused, self.queue.noticed):
            telling.connect(self._seat.notices.say)
        player.told.connect(lambda key: self._seat.notices.say(say(key)))
        controls.meant.connect(self.go)
        controls.day.chosen.connect(player.go)
        controls.left.connect(self.left)
        controls.blinded.connect(self._blind)
        controls.buttons["day_back"].clicked.connect(partial(self.pass_days, -1))
        controls.buttons["day_on"].clicked.connect(partial(self.pass_days, 1))
        self.queue.selection_changed.connect(self.open)
        self.queue.activated.connect(self.open)
        self.map.incidentActivated.connect(self._picked)
        for keys, do in self._keys().items():
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def _keys(self) -> dict[str, Callable[[], object]]:
        player, buttons = self.player, self.controls.buttons
        return {
            "Space": self._toggle,
            ",": partial(player.step, -1),
            ".": partial(player.step, 1),
            "[": partial(player.quicken, -1),
            "]": partial(player.quicken, 1),
            "Ctrl+Left": partial(self.follow_case, -1),
            "Ctrl+Right": partial(self.follow_case, 1),
            "Ctrl+PgUp": partial(self.pass_days, -1),
            "Ctrl+PgDown": partial(self.pass_days, 1),
            "Ctrl+J": self.controls.take_focus,
            "Ctrl+B": buttons["blind"].toggle,
            "Esc": self._leave,
        }

    def refuse(self, barred: Iterable[QAction]) -> None:
        """Hear the keys of these actions, which then say why they cannot be done."""
        for action in barred:
            QShortcut(action.shortcut(), self).activated.connect(action.trigger)

    def _toggle(self) -> None:
        """Play or stand still; a button that has the keys is pressed instead, as everywhere."""
        pressed = QApplication.focusWidget()
        if isinstance(pressed, QAbstractButton) and self.isAncestorOf(pressed):
            pressed.click()
        else:
            self.player.toggle()

    def _leave(self) -> None:
        """Call off what is being read, else go back to now; from a line being typed in only to the queue."""
        if isinstance(QApplication.focusWidget(), QLineEdit):
            self.queue.setFocus()
            self.controls.show_moment(self.at)
        elif self.player.busy and self.at:
            self.player.stop_reading()
        else:
            self.left.emit()

    def pass_days(self, by: int) -> None:
        """Go to the same time of another day."""
        self.player.go(self.at + by * DAY)

    def follow_case(self, by: int) -> None:
        """Go to the next (1) or the last (-1) entry of the case that is open."""
        instants = self.case.instants()
        found = [one for one in instants if (one > self.at if by > 0 else one < self.at)]
        if found:
            self.player.play(on=False)
            self.player.go(found[0] if by > 0 else found[-1])

    def show_grids(self) -> None:
        """Draw the grids, first those that the directory has, and write names on them."""
        self.grids.begin()
        self.map.set_labels(names(NAMED, self._seat.directory))

    def _draw_grids(self, atlas: Atlas, former: bool) -> None:  # noqa: FBT001  carried by a signal
        self._former = former
        self.map_feed.show_grids(atlas)
        self._write_legend()

    def _write_legend(self) -> None:
        """Say which grids these are, and that they are coloured by their open cases alone."""
        told = ["replay.grids_then"] if self._former else []
        self.map.scene.legend.put("past", *(Words(say(key)) for key in (*told, "replay.colours")))

    def _picked(self, number: Any) -> None:  # noqa: ANN401  a signal's object
        self.queue.select(int(number))
        self.open(int(number))

    def _show(self) -> None:
        """Show another moment in every part."""
        other_day = self.controls.show_moment(self.at)
        self.grids.follow(self.at)
        for part in self.parts.values():
            part.show_moment(self.at)
        self.map_feed.refresh()
        self.queue.tick()
        self._show_case()
        if other_day:
            tasks.start(self._read_bars(self.controls.day.begin), "how much happened on a day")

    def _show_case(self) -> None:
        number = self.case.number
        self.case.show_moment(None if number is None else self.player.past.board.row(number), self.at)

    def _blind(self, blind: bool) -> None:  # noqa: FBT001  Qt's signature
        self.case.blind = self.controls.day.blind = blind
        self.controls.day.update()
        self._show_case()

    async def _read_story(self, number: int) -> None:
        try:
            entries = await self._seat.console.reads.timeline(number)
        except Problem as problem:
            self._seat.notices.say(problem.sentence)
            return
        if number == self.case.number:
            self.case.show_story(entries)
            self._show_case()

    async def _read_bars(self, begin: float) -> None:
        end = min(begin + DAY, self.now())
        try:
            steps = max(1, round((end - begin) / DAY * STEPS))
            bars = await self._reads.density(begin, end, steps)
        except Problem as problem:
            self._seat.notices.say(problem.sentence)
            return
        if begin == self.controls.day.begin:
            self.controls.day.show_bars([*bars, *[0] * (STEPS - len(bars))])

    def _retell(self) -> None:
        self.setAccessibleName(say("replay.name"))
        self._write_legend()
        if self.at:
            self._show()
        else:
            self._show_case()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)  # noqa: FBT003  Qt's signature
        if not self.at:
            self.show_grids()
            self.player.go(self.now() - BEFORE)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)  # noqa: FBT003
        self.player.play(on=False)
