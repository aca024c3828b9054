"""人房登记: a month's spot checks and the visits to make, each with its results at a key."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTabBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.errors import Problem
from console.language import say
from console.registry import FIELDS, RESULTS, VISITED, Registry
from ui.dialog import Dialog
from ui.dialogs.ticks import TickList
from ui.registry.words import fields
from ui.registry.worklist import Worklist
from ui.tasks import tasks
from ui.texts import dress, label, shown

if TYPE_CHECKING:
    from console.clerk import Clerk

SIZE: Final = (1200, 660)
VIEWS: Final = ("checks", "visits")  # Alt+1, Alt+2
SIDE: Final = 300
Facts = dict[str, Any]


class RegistryDialog(Dialog):
    """Reads when it is shown; what is told goes to the database in its order, one after the other."""

    def __init__(
        self, registry: Registry, clerk: "Callable[[], Clerk]", parent: QWidget | None = None
    ) -> None:
        super().__init__(say("registry.title"), parent, SIZE)
        self._registry, self._clerk = registry, clerk
        self._turn, self._waiting = asyncio.Lock(), 0
        self.views = QTabBar(self)
        self.state = label(role="second", wrap=True, parent=self)
        self.said = label(role="second", wrap=True, parent=self)
        self.reason, self.fields = QLineEdit(self), TickList([], self)
        self.work = Worklist(registry, self)
        self._results: list[QPushButton] = []
        self._make()
        self._arrange()
        self._connect()
        self._show_view()

    @property
    def view(self) -> str:
        """Return which of VIEWS is shown."""
        return VIEWS[self.views.currentIndex()]

    def _make(self) -> None:
        for view in VIEWS:
            self.views.addTab(say(f"registry.{view}"))
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setAccessibleName(say("registry.title"))
        self.fields.setAccessibleName(say("registry.wrong_fields"))
        self.fields.setFixedWidth(SIDE)
        self.reason.setAccessibleName(say("registry.reason"))
        self.reason.setPlaceholderText(say("registry.reason"))
        self.refill = self.button("", self._refill)
        self.reveal = self.button(say("registry.reveal"), self._reveal)

    def _arrange(self) -> None:
        top, both, shows, side = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        top.addWidget(self.views)
        top.addWidget(self.state, 1)
        top.addWidget(self.refill)
        self._fields_name = label(say("registry.wrong_fields"), "second", parent=self)
        side.addWidget(self._fields_name)
        side.addWidget(self.fields, 1)
        both.addWidget(self.work, 1)
        both.addLayout(side)
        shows.addWidget(self.reason, 1)
        shows.addWidget(self.reveal)
        self._answers = QHBoxLayout()
        self._answers.addStretch(1)
        for one in (top, both, self._answers, shows):
            self.column.addLayout(one, 1 if one is both else 0)
        self.column.addWidget(self.said)
        self.bring = self.button(say("registry.import"), self._import)
        self._hint = self.foot("", self.bring, self.button(say("importing.close"), self.reject))

    def _connect(self) -> None:
        for place in range(len(VIEWS)):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.activated.connect(partial(self.views.setCurrentIndex, place))
        here = Qt.ShortcutContext.WidgetShortcut
        for widget in (self.work.list, self.fields):
            for key in range(max(len(RESULTS), len(VISITED))):
                shortcut = QShortcut(QKeySequence(str(key + 1)), widget, context=here)
                shortcut.activated.connect(partial(self._press, key))
        QShortcut(QKeySequence("R"), self.work.list, context=here).activated.connect(self.reason.setFocus)
        self.views.currentChanged.connect(lambda _index: self._show_view())
        self.work.moved.connect(self._show_chosen)
        self.work.told.connect(self.state.setText)
        self.work.failed.connect(partial(self._say, bad=True))
        self.reason.returnPressed.connect(self._reveal)

    def _show_view(self) -> None:
        view = self.view
        for button in self._results:
            self._answers.removeWidget(button)
            button.deleteLater()
        self._results = []
        for place, result in enumerate(RESULTS if view == "checks" else VISITED):
            words = f"{place + 1}  {say(f'registry.result.{result}')}"
            button = self.button(words, partial(self._answer, result))
            self._answers.insertWidget(place, button)
            self._results.append(button)
        for widget in (self.fields, self._fields_name):
            widget.setVisible(view == "checks")
        self.refill.setText(say("registry.draw" if view == "checks" else "registry.plan"))
        self._hint.setText(say(f"registry.hint_{view}"))
        self.work.show_view(view)

    def _show_chosen(self) -> None:
        chosen = self.work.chosen
        done = self.view == "visits" and self.work.made.isChecked()
        for button in self._results:
            button.setEnabled(chosen is not None and not done)
        self.reveal.setEnabled(chosen is not None)
        self.refill.setEnabled(not self._waiting and not self.work.past)
        self.fields.clear()
        if chosen is not None and self.view == "checks":
            for place, words in enumerate(fields(chosen)):
                self.fields.add_line(place, words)
            self.fields.choose(FIELDS[chosen["kind"]].index(key) for key in chosen["wrong"])
            self.fields.setCurrentRow(0)

    def _press(self, place: int) -> None:
        if place < len(self._results):
            self._results[place].click()

    def _answer(self, result: str) -> None:
        """Note a result and go on to the next; the database is told meanwhile."""
        chosen = self.work.chosen
        if chosen is None:
            return
        wrong = list[str]()
        if result == "wrong":
            wrong = [FIELDS[chosen["kind"]][place] for place in self.fields.chosen]
            if not wrong:
                self._say(say("registry.choose_fields"), bad=True)
                self.fields.setFocus()
                return
        checks = self.view == "checks"
        tell = (
            self._registry.enter(chosen["id"], result, wrong)
            if checks
            else self._registry.finish(chosen["id"], result)
        )
        self._start(self._note(dict(chosen), result, tell))
        self.work.go_on({"result": result, "wrong": wrong})

    async def _note(self, before: Facts, result: str, tell: Coroutine[Any, Any, Facts]) -> None:
        rows = self.work.rows
        try:
            await tell
        except Problem:
            if isValid(rows):
                rows.change(before["id"], before)  # as it was
            raise
        told = say("registry.entered", code=shown(before["code"]), result=say(f"registry.result.{result}"))
        self._say(told)
        if result in RESULTS:
            await self.work.read_state()
        elif result != "absent" and isValid(rows):
            rows.drop(before["id"])

    def _refill(self) -> None:
        self._start(self._draw() if self.view == "checks" else self._plan())

    async def _draw(self) -> None:
        told = await self._registry.draw(None)
        self._say(say("registry.drawn", grids=told["grids"], drawn=told["drawn"]))
        self.work.refresh()

    async def _plan(self) -> None:
        self._say(say("registry.planned", count=await self._registry.plan(None)))
        self.work.refresh()

    def _import(self) -> None:
        from ui.importing.dialog import STREAMED, ImportDialog  # noqa: PLC0415  heavy, and few import

        dialog = ImportDialog(self._clerk(), self, STREAMED)
        dialog.finished.connect(lambda _code: self.work.refresh())
        dialog.open()

    def _reveal(self) -> None:
        if self.work.chosen is not None:
            self._start(self._show_texts(self.work.chosen, self.reason.text()))

    async def _show_texts(self, chosen: Facts, reason: str) -> None:
        told = await self._registry.reveal(chosen.get("kind", "resident"), chosen["code"], reason)
        texts = [str(told[key]) for key in ("name", "phone", "address") if told.get(key)]
        words = say("intake.comma").join(texts) or say("registry.nothing_known")
        self._say(say("registry.in_clear", code=shown(chosen["code"]), texts=shown(words)))
        self.reason.clear()
        self.work.list.setFocus()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` after what was begun before it: who is in a hurry loses no key."""
        self._waiting += 1
        tasks.start(self._guarded(work), "the registry").add_done_callback(lambda _done: work.close())

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._turn:
                await work
        except Problem as problem:
            if isValid(self):
                self._say(problem.sentence, bad=True)
        finally:
            self._waiting -= 1
            if isValid(self):
                self.refill.setEnabled(not self._waiting and not self.work.past)

    def _say(self, words: str, *, bad: bool = False) -> None:
        if isValid(self):
            dress(self.said, "overdue" if bad else "second")
            self.said.setText(words)
