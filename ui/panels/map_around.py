"""The panel beside the case that shows a grid closely: opened from map, case and command bar, kept true."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from console.errors import Problem
from console.feed.board import Grade
from console.language import say
from ui.around.card import GridCard
from ui.around.said import case
from ui.docks.area import Docks
from ui.language import language
from ui.lines import Said
from ui.map.hand import LEAST
from ui.map.reach import Point, Reach
from ui.panels.map_work import FACET, MapWork
from ui.seat import Seat
from ui.tasks import tasks

DOCK = "around"
Refused = Callable[[str], object]


class MapAround(QObject):
    """Opens the card of a grid in its dock; ``picked`` carries a case to open."""

    picked = Signal(object)

    def __init__(self, seat: Seat, work: MapWork, docks: Docks, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat, self._work, self._docks = seat, work, docks
        self._dock, self._card = docks.docks[DOCK], dict[str, Any]()
        self._from: QWidget | None = None  # where the keys were
        self.stack, self.card, self.reach = QStackedWidget(), GridCard(seat), Reach(work.hand.view)
        self.stack.addWidget(self.card)
        docks.hold({DOCK: self.stack})
        self.only = self.card.chip(self._filter)
        self.look = self.card.chip(self._look)
        self._connect()
        language.follow(self, self._retranslate)

    def _connect(self) -> None:
        self._work.hand.commands["card"] = self.show_here
        self._work.looked.connect(self.show_grid)
        self.card.opened.connect(self.picked)
        self.card.left.connect(self.leave)
        self._docks.closed.connect(self._closed)
        bridge = self._seat.bridge
        bridge.facts.connect(self._hear)
        bridge.reloaded.connect(self._read_again)

    def show_here(self) -> None:
        """Show the grid under cross, cursor or menu, else the chosen one, else that of the case."""
        hand = self._work.hand
        under = hand.view.under.code(hand.at) if hand.at is not None else None
        code = under or next(iter(self._work.chosen.grids), "") or self._of_selected()
        if code:
            self.show_grid(code)
        else:
            self._seat.notices.say(say("around.no_grid"))

    def show_grid(self, code: str, refused: Refused | None = None) -> None:
        """Show the card of the grid ``code``; ``refused`` hears why there is none, else a notice tells it."""
        tasks.start(self._read(code, refused or self._seat.notices.fail), "reading the card of a grid")

    def show_line(self, line: tuple[Point, Point, str] | None) -> None:
        """Draw a line on the map, from where to where and its words; None: no more."""
        if line is None:
            self.reach.clear(circle=False)
        else:
            if not self._docks.docks["map"].seen:
                self._docks.enter("map")
            self.reach.line(*line)

    def leave(self) -> None:
        """Put the panel away; the keys go back to where they were."""
        before = self._from
        self._put_away()
        if before is not None and isValid(before) and before.isVisible():
            before.window().activateWindow()
            before.setFocus()
        else:
            self._docks.leave()

    def tick(self) -> None:
        """Let a second pass."""
        if self._card and self._dock.seen:
            self.card.show_card(self._card, self._cases())

    async def _read(self, code: str, refused: Refused) -> None:
        try:
            card = await self._seat.console.reads.around.grid_card(code)
        except Problem as problem:
            refused(problem.sentence)
            return
        self._card = card
        self.card.show_card(card, self._cases())
        self._work.choose([code])
        if not self._dock.has_keys:
            self._from = QApplication.focusWidget()
        self._dock.offered = True
        self._docks.enter(DOCK)

    def _read_again(self) -> None:
        if self._card and self._dock.seen:
            tasks.start(self._refresh(self._card["code"]), "reading the card of a grid again")

    async def _refresh(self, code: str) -> None:
        """Read anew; a lost database is told elsewhere, and the card stays readable."""
        try:
            card = await self._seat.console.reads.around.grid_card(code)
        except Problem:
            return
        if self._card and self._card["code"] == code:
            self._card = card
            self.tick()

    def _hear(self, numbers: frozenset[int]) -> None:
        if self._card and self._dock.seen:
            board, code = self._seat.console.board, self._card["code"]
            shown = {row.key for row in self.card.cases.rows}
            rows = (board.row(number) for number in numbers)
            if shown & numbers or any(row is not None and row.grid_code == code for row in rows):
                self._read_again()

    def _cases(self) -> list[Said]:
        """Return the lines of the grid's open cases, the first due first."""
        board, now = self._seat.console.board, self._seat.bridge.now()
        slots = board.all_slots()
        slots = slots[board.names(FACET).within(slots, {self._card["code"]})]
        slots = slots[np.argsort(board.floats("due")[slots], kind="stable")]
        grades = board.grades(now, slots)
        return [
            case(board.row_at(int(slot)), Grade(int(grade)), now)
            for slot, grade in zip(slots, grades, strict=True)
        ]

    def _of_selected(self) -> str:
        number = self._work.hand.view.selected
        row = self._seat.console.board.row(number) if number is not None else None
        return row.grid_code if row is not None else ""

    def _filter(self) -> None:
        self._work.choose([self._card["code"]])
        self._work.filter_queue()

    def _look(self) -> None:
        """Go near the grid on the map, where it is drawn."""
        view = self._work.hand.view
        grid = view.atlas.index.get(self._card["code"])
        if grid is None or not np.isfinite(view.atlas.boxes[grid]).all():
            self._seat.notices.say(say("around.not_drawn"))
            return
        west, south, east, north = map(float, view.atlas.boxes[grid])
        more = max(LEAST - max(east - west, north - south), 0) / 2
        self._work.choose([self._card["code"]])
        self._docks.bring("map")
        view.camera.approach((west - more, south - more, east + more, north + more))

    def _closed(self, dock: str) -> None:
        if dock == DOCK:
            self._put_away()

    def _put_away(self) -> None:
        self._card, self._from = {}, None
        self._dock.offered = False
        self._docks.put_away(DOCK)

    def _retranslate(self) -> None:
        self.card.setAccessibleName(say("panels.around"))
        self.only.setText(say("around.only"))
        self.look.setText(say("around.look"))
        self.card.forget()
        if self._card:
            self.card.show_card(self._card, self._cases())
