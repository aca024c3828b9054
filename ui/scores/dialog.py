"""Scores that can be asked: peers by rank, and how each has its score, down to the cases."""

import asyncio
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.desk.behind import held
from console.indicators import scores
from console.indicators.standing import Standing, Unit
from console.language import say
from console.papers import Facts, Period
from ui import anew
from ui.boards.ask import Asked
from ui.boards.period import PeriodPicker
from ui.inquiry import Inquiry, Job
from ui.lists.cases import CaseList
from ui.scores.lists import Peers, Working
from ui.scores.weights import WeightsDialog
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown

SIZE: Final = (1180, 660)
FIRST: Final = "month"  # what is asked for at first: the month that runs


class ScoresDialog(Inquiry):
    """``opened`` carries a case that somebody wants to look at."""

    opened = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, say("scores.window.title"), parent, SIZE)
        self._papers = seat.console.papers
        self._standing: Standing | None = None
        self._appeals: list[Facts] = []
        self._asked: tuple[str | None, Period] = (None, Period(1))
        self._reading: asyncio.Task[Any] | None = None
        self._make()
        self._lay()
        self.picker.choose(FIRST)

    def _make(self) -> None:
        self.group, self.place = QComboBox(self), QComboBox(self)
        self.picker = PeriodPicker(self._seat.bridge.now, self)
        self.peers, self.working = Peers(self), Working(self)
        self.head = label(role="case", wrap=True, parent=self)
        for group in scores.groups():
            self.group.addItem(scores.group_name(group), group)
        self._offer_places(self.place)
        self.group.setAccessibleName(say("scores.window.group"))
        self.place.setAccessibleName(say("scores.window.place"))
        self.weights = self.button(say("scores.window.weights"), self._ask_weights)
        self.weights.setShortcut("Alt+W")
        self.picker.tell()
        for box in (self.group, self.place):
            box.currentIndexChanged.connect(lambda _index: self.refresh())
        self.picker.chosen.connect(self.refresh)
        self.peers.chosen.connect(self._show_unit)
        self.working.entered.connect(self._enter)

    def _lay(self) -> None:
        top, both, right = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        top.addWidget(self.group)
        top.addWidget(self.place)
        top.addWidget(self.picker)
        top.addStretch(1)
        right.addWidget(self.head)
        right.addWidget(self.working, 1)
        both.addWidget(self.peers, 2)
        both.addLayout(right, 1)
        self.column.addLayout(top)
        self.column.addLayout(both, 1)
        self.column.addWidget(self.told)
        close = self.button(say("importing.close"), self.reject)
        self.foot(say("scores.window.hint"), self.weights, close)
        self.peers.setFocus()

    def resume(self, before: QDialog) -> None:
        """Stand as ``before``, with its period."""
        anew.carry(before, self)
        if isinstance(before, ScoresDialog):
            self.picker.choose(before.picker.key)

    def refresh(self) -> None:
        """Read the scores anew."""
        if self._reading is not None:
            self._reading.cancel()  # nobody waits for that one any more
        self._reading = self._start(self._read)

    async def _read(self) -> None:
        place, group = self.place.currentData(), self.group.currentData()
        period = Period(*self.picker.period)
        found = await self._papers.standing(place, group, period)
        appeals = await self._papers.appeals(place, group, period)
        if isValid(self):
            self._standing, self._appeals, self._asked = found, appeals, (place, period)
            self.peers.show_standing(found)
            self._show_unit()
            self._say(say("scores.window.sum", ranked=len(found.ranked), few=len(found.few),
                          idle=len(found.idle)))  # fmt: skip

    def _show_unit(self) -> None:
        unit, found = self.peers.unit, self._standing
        if unit is None or found is None:
            self.head.setText(say("scores.none" if self.place.count() else "errors.no_centre"))
            self.working.clear()
            return
        none = say("boards.none")
        told = none if unit.score is None else f"{unit.score:.1f}"
        self.head.setText(
            say("scores.window.head", unit=shown(unit.name), score=told, grade=unit.grade or none)
        )
        self.working.show_unit(found, unit, [one for one in self._appeals if one["unit"] == unit.code])

    def _enter(self, line: str | int) -> None:
        """Show what is behind a line of the working: the cases of a figure, or a case."""
        if isinstance(line, int):
            self._open(line)
        else:
            self._start(partial(self._find, line))

    async def _find(self, figure: str) -> None:
        place, period = self._asked
        unit, found = self.peers.unit, self._standing
        if found is not None and found.group != "department" and unit is not None:
            place = unit.code  # of an area the cases are those of its own board
        numbers = await self._papers.cases(figure, place, period)
        if isValid(self):
            anew.ask(partial(self._case_list, Asked((figure,)), unit, numbers))

    def _case_list(self, asked: Asked, unit: Unit | None, numbers: list[int]) -> CaseList:
        console = self._seat.console
        name = say("boards.step_part", name=unit.name, part=asked.name) if unit else asked.name
        cases = CaseList(name, console.reads.cases(held(numbers)), self)
        cases.opened.connect(self._open)
        return cases

    def _ask_weights(self) -> None:
        dialog = anew.ask(partial(WeightsDialog, self._seat, self))
        dialog.finished.connect(lambda _result: self.refresh())

    def _open(self, number: int) -> None:
        self.opened.emit(number)
        self.accept()

    def _start(self, do: Job) -> asyncio.Task[Any]:
        return tasks.start(self._guarded(do), "reading scores")
