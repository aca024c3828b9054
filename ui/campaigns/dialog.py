"""Campaigns: what each tells, its cases, its bulletin; leaders make and end them."""

import asyncio
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.desk.behind import held
from console.errors import Problem
from console.indicators.figures import BoardFigures
from console.language import say
from ui import anew
from ui.boards.ask import Asked
from ui.bulletins.dialog import BulletinDialog
from ui.campaigns.form import CampaignForm
from ui.campaigns.lists import CampaignList, FigureTree
from ui.inquiry import Inquiry, Job
from ui.lists.cases import CaseList
from ui.moments import local
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown

SIZE: Final = (1180, 660)


class CampaignDialog(Inquiry):
    """``opened`` carries a case that somebody wants to look at."""

    opened = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, say("campaigns.window.title"), parent, SIZE)
        self._campaigns = seat.console.campaigns
        self._boards: dict[str, BoardFigures] = {}
        self._reading: asyncio.Task[Any] | None = None
        self._ending = ""  # which one is ended when the button is pressed once more
        self._make()
        self._lay()
        self.refresh()

    @property
    def _today(self) -> date:
        return local(self._seat.bridge.now()).date()

    def _make(self) -> None:
        self.place, self.list, self.figures = QComboBox(self), CampaignList(self), FigureTree(self)
        self.form = CampaignForm(self._seat.directory.kinds, self._today, self)
        self._offer_places(self.place)
        self.place.setAccessibleName(say("campaigns.window.place"))
        self.add, self.end, self.issue = (
            self.button(say(f"campaigns.window.{key}"), act)
            for key, act in (("add", self._add), ("end", self._end), ("bulletin", self._bulletin))
        )
        for button, keys in ((self.add, "Alt+S"), (self.end, "Alt+E"), (self.issue, "Alt+B")):
            button.setShortcut(keys)
        for leaders in (self.form, self.add, self.end):
            leaders.setVisible(self._leads)
        self.place.currentIndexChanged.connect(lambda _index: self.refresh())
        self.list.chosen.connect(self._show)
        self.figures.entered.connect(lambda figure: self._start(partial(self._find, figure)))

    def _lay(self) -> None:
        both, left, right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.place)
        left.addWidget(self.list, 2)
        left.addWidget(label(say("campaigns.window.figures"), "small", parent=self))
        left.addWidget(self.figures, 3)
        right.addWidget(self.form, 1)
        right.addWidget(self.add)
        both.addLayout(left, 5)
        both.addLayout(right, 2)
        self.column.addLayout(both, 1)
        self.column.addWidget(self.told)
        close = self.button(say("importing.close"), self.reject)
        self.foot(say("campaigns.window.hint"), self.end, self.issue, close)
        self.list.setFocus()

    def resume(self, before: QDialog) -> None:
        """Stand as ``before``, with the classes that were ticked."""
        anew.carry(before, self)
        if isinstance(before, CampaignDialog):
            self.form.classes.choose(before.form.classes.chosen)

    def refresh(self, choose: str = "") -> None:
        """Read the campaigns of the place anew."""
        if self._reading is not None:
            self._reading.cancel()  # nobody waits for that one any more
        self._reading = self._start(partial(self._read, choose))

    async def _read(self, choose: str) -> None:
        place, today = self.place.currentData(), self._today
        found = await self._campaigns.all(place)
        if not isValid(self):
            return
        self._boards.clear()
        self.list.show_campaigns(found, today, choose)
        self._show()
        if not choose:
            self._say(
                say("campaigns.said.count", count=len(found)) if found else say("campaigns.window.none")
            )
        for one in found:
            begun = one.state(today) != "ahead"
            board = await self._campaigns.figures(place, one.name) if begun else None
            if not isValid(self):
                return
            if board is not None:
                self._boards[one.name] = board
            self.list.show_figures(one.name, board)
            if self.list.campaign == one:
                self._show()

    def _show(self) -> None:
        """Show the figures of the one that is chosen."""
        one, self._ending = self.list.campaign, ""
        self.figures.show_board(self._boards.get(one.name) if one else None)
        state = one.state(self._today) if one else ""
        self.end.setEnabled(state in {"ahead", "running"})
        self.issue.setEnabled(state in {"running", "over"})

    async def _find(self, figure: str) -> None:
        one, place = self.list.campaign, self.place.currentData()
        if one is not None:
            numbers = await self._campaigns.cases(place, one.name, figure)
            if isValid(self):
                anew.ask(partial(self._case_list, one.name, Asked((figure,)), numbers))

    def _case_list(self, name: str, asked: Asked, numbers: list[int]) -> CaseList:
        console = self._seat.console
        name = say("boards.step_part", name=name, part=asked.name)
        cases = CaseList(name, console.reads.cases(held(numbers)), self)
        cases.opened.connect(self._open)
        return cases

    def _open(self, number: int) -> None:
        self.opened.emit(number)
        self.accept()

    def _bulletin(self) -> None:
        one, place = self.list.campaign, self.place.currentData()
        if one is not None:
            anew.ask(partial(BulletinDialog, self._seat, self, (place, one.name)))

    def _add(self) -> None:
        wanted, place = self.form.wanted, self.place.currentData()
        self.form.blame(None)

        async def add() -> None:
            try:
                await self._campaigns.add(place, wanted)
            except Problem as problem:
                if isValid(self) and self.form.blame(problem):
                    self._say("")
                    return
                raise
            if isValid(self):
                self.form.clear()
                self._say(say("campaigns.said.added", name=shown(wanted.name)))
                self.refresh(wanted.name)

        anew.wait(self, busy=True)
        self._start(add)

    def _end(self) -> None:
        """End the chosen one, once it is said twice: it cannot be taken back."""
        one, place = self.list.campaign, self.place.currentData()
        if one is None:
            return
        if self._ending != one.name:
            self._ending = one.name
            self._say(say("campaigns.window.sure", name=shown(one.name)))
            return

        async def end() -> None:
            last = await self._campaigns.end(place, one.name)
            if isValid(self):
                said = "ended" if last else "dropped"
                self._say(say(f"campaigns.said.{said}", name=shown(one.name), last=last))
                self.refresh(one.name)

        anew.wait(self, busy=True)
        self._start(end)

    def _start(self, do: Job) -> asyncio.Task[Any]:
        return tasks.start(self._guarded(do), "campaigns")
