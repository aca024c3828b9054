"""The panel beside the case that shows a grid closely: opened from map, case and command bar, kept true."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.errors import Problem
from console.grade import Grade
from console.language import say
from ui.around.card import GridCard
from ui.around.room import Room
from ui.around.said import case
from ui.dispatch.map_work import MapWork
from ui.language import language
from ui.lines import Said
from ui.map.hand import LEAST
from ui.map.reach import Reach, Way
from ui.seat import Seat
from ui.soon import soon
from ui.tasks import tasks

Refused = Callable[[str], object]


class MapAround(QObject):
    """Opens the card of a grid in its dock; ``picked`` carries a case to open."""

    picked = Signal(object)

    def __init__(self, seat: Seat, work: MapWork, room: Room, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat, self._work, self._room = seat, work, room
        self._card = dict[str, Any]()
        self.card, self.reach = GridCard(seat), Reach(work.hand.view)
        room.hold(self.card)
        self.only = self.card.chip(self._filter)
        self.look = self.card.chip(self._look)
        self._connect()
        language.follow(self, self._retranslate)

    def _connect(self) -> None:
        self._work.hand.commands["card"] = self.show_here
        self._work.looked.connect(self.show_grid)
        self.card.opened.connect(self.picked)
        self._room.left.connect(self._card.clear)
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

    def show_line(self, line: Way | None) -> None:
        """Draw a line on the map, from where to where and its words; None: no more."""
        if line is None:
            self.reach.clear(circle=False)
        else:
            if not self._work.hand.view.isVisible():
                self._room.docks.enter("map")
            soon(self, partial(self.reach.line, *line))  # a map that is new has its size by then

    def tick(self) -> None:
        """Let a second pass."""
        if self._card and self._room.seen(self.card):
            self.card.show_card(self._card, self._cases())

    async def _read(self, code: str, refused: Refused) -> None:
        try:
            card = await self._seat.console.reads.around.grid_card(code)
        except Problem as problem:
            refused(problem.sentence)
            return
        self._card |= card
        self.card.show_card(self._card, self._cases())
        self._work.choose([code])
        self._room.show(self.card)

    def _read_again(self) -> None:
        if self._card and self._room.seen(self.card):
            tasks.start(self._refresh(self._card["code"]), "reading the card of a grid again")

    async def _refresh(self, code: str) -> None:
        """Read anew; a lost database is told elsewhere, and the card stays readable."""
        try:
            card = await self._seat.console.reads.around.grid_card(code)
        except Problem:
            return
        if self._card and self._card["code"] == code:
            self._card |= card
            self.tick()

    def _hear(self, numbers: frozenset[int]) -> None:
        if self._card and self._room.seen(self.card):
            board, code = self._seat.console.board, self._card["code"]
            shown = {row.key for row in self.card.cases.rows}
            rows = (board.row(number) for number in numbers)
            if shown & numbers or any(row is not None and row.grid_code == code for row in rows):
                self._read_again()

    def _cases(self) -> list[Said]:
        """Return the lines of the grid's open cases, the first due first."""
        board, now = self._seat.console.board, self._seat.bridge.now()
        slots = self._work.cases_in([self._card["code"]])
        slots = slots[np.argsort(board.floats("due")[slots], kind="stable")]
        grades = board.grades(now, slots)
        rows = [board.row_at(int(slot)) for slot in slots]
        return [
            case((row.number, row.title, row.due), Grade(int(grade)), now)
            for row, grade in zip(rows, grades, strict=True)
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
        self._room.docks.bring("map")
        view.camera.approach((west - more, south - more, east + more, north + more))

    def _retranslate(self) -> None:
        self.card.setAccessibleName(say("panels.around"))
        self.only.setText(say("around.only"))
        self.look.setText(say("around.look"))
        self.card.forget()
        if self._card:
            self.card.show_card(self._card, self._cases())
