"""The dispatch page: queue, map and case beside each other, the command bar below."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.command import Command
from console.desk.drafts import Key
from console.errors import Problem, Refused
from console.language import say
from console.spoken import action_label
from ui.actions import Actions
from ui.around.room import Room
from ui.case import keys
from ui.case.panel import CasePanel
from ui.case.paper import PrintCase
from ui.commandbar.runner import Runner
from ui.dispatch.map_around import MapAround
from ui.dispatch.map_circle import MapCircle
from ui.dispatch.map_feed import MapFeed, framed
from ui.dispatch.map_former import MapFormer
from ui.dispatch.map_work import MapWork
from ui.dispatch.pointing import Pointing
from ui.dispatch.standing import Standing
from ui.docks.area import Docks
from ui.docks.memory import Memory
from ui.language import language
from ui.layers.layers import Layers
from ui.map.widget import MapView
from ui.queue.panel import QueuePanel
from ui.reporting.desk import Reporting
from ui.seat import Seat
from ui.seat_drafts import DraftKeeper


class DispatchPage(QWidget):
    """Wires the panels to each other and to the seat."""

    def __init__(self, seat: Seat, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.actions_ = Actions(seat, self)
        self.queue = QueuePanel(seat.console.board, seat.bridge.now, self, memory)
        self.map = MapView()
        self.map_feed = MapFeed(seat, self.map, self.queue.view)
        self.layers = Layers(seat, self.map, memory)
        self.map_work = MapWork(seat, self.map, self.queue, self)
        self.map_work.hand.commands["layers"] = self.layers.panel.turn
        self.case, self.standing = CasePanel(seat, self.actions_.perform, self), Standing(seat, self)
        self._runner = Runner(seat, self.actions_, self)
        self.bar = self._runner.bar
        self.docks = Docks(self.queue, Memory(memory, str(seat.console.me["login"])), self)
        self.docks.hold({"map": framed(self.map), "case": self.case})
        room = Room(self.docks)
        self.around = MapAround(seat, self.map_work, room, self)
        self.circle = MapCircle(seat, self.map_work, self.around, room)
        Pointing(seat, self.actions_, self.map_work.hand, self.docks, self)
        self.former = MapFormer(seat, self.map)
        self.reporting = Reporting(seat, self.actions_, self.docks, self.map, self)
        self._arrange()
        self._connect()
        language.follow(self, self._retranslate)

    def open(self, number: int) -> None:
        """Select ``number`` in the queue and open it."""
        self.queue.select(number)
        self._opened(number)

    async def carry_on(self, number: int) -> None:
        """Open the case that somebody else had open here, unless this person may not see it."""
        try:
            await self._seat.console.reads.incident(number)
        except Refused:
            self._seat.notices.say(say("window.case_left", name=self._seat.console.me["name"], number=number))
        else:
            self.open(number)

    def open_form(self, key: Key) -> None:
        """Open the form that ``key`` keeps the draft of, on a case that need not be the open one."""
        action, number = key
        if action == "report":
            self.reporting.go_on_with(key)
        elif number is not None:
            self.actions_.form(action, self._runner.named(number))

    def tick(self) -> None:
        """Let a second pass."""
        self.case.tick()
        self.around.tick()

    def show_directory(self) -> None:
        """Use what the directory has loaded."""
        self.queue.filters.namer = self._seat.directory.called
        self.layers.show_grids()
        self.case.refresh()
        self.standing.ask()

    def rooms(self) -> list[tuple[QWidget, QRect]]:
        """Return where notices may stand, the best first: parts of widgets."""
        rows = self.queue.list.viewport()
        return [(self.map, self.map.rect().adjusted(0, 0, 0, -self.map.camera.foot)), (rows, rows.rect())]

    def in_hand(self, *, pointer: bool) -> list[tuple[QWidget, QRect]]:
        """Return the rows that no notice may cover: the selected one, and that under the pointer if asked."""
        listed = self.queue.list
        used = (listed.here, listed.hovered if pointer else None)
        tops = [listed.y_of(one) for one in used if one is not None]
        row = QSize(listed.viewport().width(), listed.place.row)
        return [(listed.viewport(), QRect(QPoint(0, top), row)) for top in tops if top is not None]

    def remember(self) -> None:
        """Keep how the page is arranged, and what is being typed."""
        self.reporting.keep()
        self.docks.remember()

    def _arrange(self) -> None:
        self.queue.setMinimumWidth(430)
        self.setFocusProxy(self.queue)
        self.queue.filters.stand(self.standing)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.docks, 1)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        self._connect_map()
        self.queue.selection_changed.connect(self._opened)
        self.queue.activated.connect(self._picked)
        self._runner.opening.connect(self._picked)
        self.queue.noticed.connect(self._seat.notices.say)
        company = self._seat.company
        company.changed.connect(lambda: self.queue.list.show_lookers(company.around.names()))
        self.queue.offer_views(self._seat.console.views).tell_broken()
        self.queue.list.selection.changed.connect(self._show_many)
        self.actions_.many.selection = self.queue.list.selection
        self.actions_.many.opened.connect(self.actions_.opened)
        self.actions_.many.chosen.connect(self.queue.list.selection.choose)
        for looking in (self.around, self.circle):
            looking.picked.connect(self._picked)
        self._runner.looking.connect(self.around.show_grid)
        self.case.looked.connect(self.around.show_grid)
        self.case.surveyed.connect(self.circle.show_case)
        self.case.body.nearest.chosen.connect(self.around.show_line)
        self.standing.opened.connect(self._look_after)
        for telling in (self.standing.told, self.docks.told):
            telling.connect(self._seat.notices.say)
        for showing in (self.actions_.show_file, self.former.show_file):
            self.case.shown.connect(showing)
        self.case.shown.connect(lambda _file: self._show_many() if self.actions_.many.active else None)
        self.case.asked.connect(self.actions_.ask)
        self.case.instructions.answering.connect(self.actions_.answer)
        for opening in (self.actions_.opened, self.reporting.opened):
            opening.connect(DraftKeeper)
        case = self.case
        self.reporting.reported.connect(self._reported)
        for leaving in (self.reporting.closed, case.left, self.bar.left):
            leaving.connect(self.docks.leave)
        self.case.opened.connect(self._picked)
        PrintCase(self._seat, self.case, self)
        self.actions_.inline.connect(keys.install(self, case, self.docks))
        self.actions_.revealed.connect(self.case.show_personal)
        self._seat.bridge.facts.connect(self._arrived)
        self._seat.settled.connect(self._tell_settled)

    def _connect_map(self) -> None:
        self.layers.ground.connect(self.map_feed.show_grids)
        self.map_feed.shown.connect(self.layers.warm)
        self.layers.coloured.connect(self.map_feed.leave_colours)
        self.queue.list.moved.connect(self.map_feed.soon)
        self.map_work.picked.connect(self._picked_on_map)

    def _opened(self, number: int) -> None:
        self.case.open(number)
        self.map_feed.show(number)

    def _show_many(self) -> None:
        """Let keys and buttons be for all that is selected, and say so on every button."""
        many = self.actions_.many
        count = len(self.queue.list.selection) if many.active else 0
        legal = self.actions_.file.incident["legal"] if self.actions_.file else []
        likely_first = sorted(many.offered(), key=lambda key: key not in legal) if count else []
        self.case.buttons.show_many(likely_first, count)
        self.actions_.show_file(self.actions_.file)

    def _picked(self, number: object) -> None:
        if isinstance(number, int):
            self.open(number)
            self.docks.bring("case")

    def _picked_on_map(self, number: int) -> None:
        """Open it; its row comes into sight, unless the pointer rests on another one."""
        self.queue.select(number, reveal=self.queue.list.hovered is None)
        self._opened(number)
        self.docks.bring("case")

    def _reported(self, number: int) -> None:
        self._awaited = number
        self._arrived(frozenset())
        self.case.open(number)

    _awaited: int | None = None  # a report of this seat that is not on the board yet

    def _look_after(self, number: int) -> None:
        """Open a restricted case that nobody watches: with a reason, by which one is named for it."""
        form = self.actions_.form("reveal", self._runner.named(number))
        form.done_with.connect(self._taken_on)

    def _taken_on(self, command: Command, answer: dict[str, Any]) -> None:
        if command.number is not None:
            self.open(command.number)
            self.case.show_personal(command.number, answer.get("personal", {}))
        self.standing.ask()

    def _arrived(self, numbers: frozenset[int]) -> None:
        if self.actions_.many.active and any(number in self.queue.list.selection for number in numbers):
            self._show_many()
        if self._awaited is not None and self._awaited in self._seat.console.board:
            number, self._awaited = self._awaited, None
            self.queue.select(number)

    def _tell_settled(self, command: Command, outcome: object) -> None:
        """Say what became of an action that had no answer while the database was away."""
        number = command.number or (outcome["number"] if isinstance(outcome, dict) else "")
        key = "window.settled_refused" if isinstance(outcome, Problem) else "window.settled"
        why = outcome.sentence if isinstance(outcome, Problem) else ""
        told = say(key, action=action_label(command.action), number=number, why=why)
        notices, case = self._seat.notices, int(number) if number else None
        (notices.fail if why else notices.say)(told, case)

    def _retranslate(self) -> None:
        self.setAccessibleName(say("window.dispatch_page"))
