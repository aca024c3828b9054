"""Daily work: attendance, what workers and units did, groups, flags, inspections; results are told here."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from console import works
from console.language import say
from ui.anew import ask, wait
from ui.inquiry import Inquiry
from ui.moments import local
from ui.operations.sheet import Facts, Sheet
from ui.seat import Seat
from ui.tasks import tasks

VIEWS: Final = ("attendance", "staff", "units", "groups", "flags", "inspections")
DAYS, MONTHS, STRETCHES = range(7), range(6), (1, 7, 30, 90)
IMPORTED: Final = ("attendance", "patrols", "visits", "grid_households", "groups", "calls", "flags")
DRAWN: Final = ("5", "10", "20", "50", "100")  # how many inspections at a time
SIZE: Final = (1120, 640)
KEPT: Final = {"flags": None, "inspections": "id"}  # what the chosen row is known again by


class WorkDialog(Inquiry):
    """``opened`` carries a case that somebody wants to look at."""

    opened = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, say("operations.window.title"), parent, SIZE)
        self._seat, self._works = seat, seat.console.works
        self._reading: asyncio.Task[Any] | None = None
        self._telling: asyncio.Task[Any] | None = None
        self._make()
        self._lay()
        self._offer_periods()

    @property
    def what(self) -> str:
        """Return the view that is shown."""
        return str(self.view.currentData())

    def _make(self) -> None:
        self.view, self.place, self.period, self.mode, self.of, self.size_ = (
            QComboBox(self) for _ in range(6)
        )
        self.sheet, self.note = Sheet(self._called, self), QLineEdit(self)
        self.good, self.bad = (self.button("", partial(self._tell, good=good)) for good in (True, False))
        self.draw = self.button(say("operations.window.draw"), self._draw)
        self.take_in = self.button(say("operations.window.take_in"), self._import)
        self.take_in.setShortcut("Alt+I")
        self.take_in.setVisible(self._leads)
        for view in VIEWS:
            self.view.addItem(say(f"operations.view.{view}"), view)
        self._offer_places(self.place)
        for mode in works.MODES:
            self.mode.addItem(say(f"operations.mode.{mode}"), mode)
        for subject in ("cases", "workers"):
            self.of.addItem(say(f"operations.subject.{subject}"), subject)
        self.size_.addItems(DRAWN)
        self.size_.setCurrentText("20")
        names = {self.view: "view", self.place: "place", self.period: "period", self.note: "note"}
        for widget, name in {**names, self.mode: "mode", self.of: "of", self.size_: "size"}.items():
            widget.setAccessibleName(say(f"operations.window.{name}"))
        self.note.setPlaceholderText(say("operations.window.note"))
        self.view.currentIndexChanged.connect(lambda _index: self._offer_periods())
        for box in (self.place, self.period):
            box.currentIndexChanged.connect(lambda _index: self.refresh())
        self.sheet.wanted.connect(self._open)
        self.sheet.currentItemChanged.connect(lambda _item, _before: self._show_state())

    def _lay(self) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        for box in (self.view, self.place, self.period):
            top.addWidget(box)
        top.addStretch(1)
        for widget in (self.mode, self.of, self.size_, self.draw):
            top.addWidget(widget)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.good)
        foot.addWidget(self.bad)
        self.column.addLayout(top)
        self.column.addWidget(self.sheet, 1)
        self.column.addLayout(foot)
        self.column.addWidget(self.told)
        self.foot(
            say("operations.window.hint"), self.take_in, self.button(say("importing.close"), self.reject)
        )
        self.view.setFocus()

    def _import(self) -> None:
        from ui.importing.dialog import ImportDialog  # noqa: PLC0415  heavy, and few import

        dialog = ask(partial(ImportDialog, self._seat.console.clerk(), self, IMPORTED))
        dialog.finished.connect(lambda _result: self.refresh())

    def _offer_periods(self) -> None:
        """Offer the days, stretches or months that the view may be of, and begin it empty."""
        self.sheet.show_rows(self.what, [])
        self._show_state()
        self.period.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.period.clear()
        for words, value in self._periods():
            self.period.addItem(words, value)
        if self.what in {"staff", "units"}:
            self.period.setCurrentIndex(STRETCHES.index(30))
        self.period.blockSignals(False)  # noqa: FBT003
        self.period.setVisible(self.period.count() > 0)
        self.refresh()

    def _periods(self) -> list[tuple[str, Any]]:
        today = self._today()
        if self.what == "attendance":
            return [(f"{day:%Y-%m-%d}", day) for day in (today - timedelta(days=n) for n in DAYS)]
        if self.what in {"staff", "units"}:
            return [(say("operations.window.days", days=days), days) for days in STRETCHES]
        if self.what == "groups":
            return []
        return [(f"{day:%Y-%m}", day) for day in (_month(today, n) for n in MONTHS)]

    def _today(self) -> date:
        return local(self._seat.bridge.now()).date()

    def refresh(self) -> None:
        """Read the view anew."""
        if self._reading is not None:
            self._reading.cancel()  # nobody waits for that view any more
        self._reading = tasks.start(self._guarded(self._read), "reading daily work")

    async def _read(self) -> None:
        what, period = self.what, self.period.currentData()
        about = [period, False] if what == "inspections" else [self.place.currentData()]
        if what not in {"inspections", "groups"}:
            about.append(period)
        rows = await self._works.rows(what, *about)
        if isValid(self) and what == self.what:
            self.sheet.show_rows(what, rows, KEPT.get(what))
            self._show_state()
            self._say(works.summary(what, rows) if rows else say(f"operations.empty.{what}"))

    def _show_state(self) -> None:
        what, leads = self.what, self._leads
        tells = what == "inspections" or (what == "flags" and leads)
        telling: tuple[QWidget, ...] = (self.note, self.good, self.bad)
        for widget in telling:
            widget.setVisible(tells)
            widget.setEnabled(self.sheet.row is not None)
        drawing: tuple[QWidget, ...] = (self.mode, self.of, self.size_, self.draw)
        for widget in drawing:
            widget.setVisible(what == "inspections" and leads)
        self.place.setVisible(what != "inspections" or leads)
        view = "flags" if what == "flags" else "inspections"
        for button, word, key in ((self.good, "good", "Alt+Y"), (self.bad, "bad", "Alt+N")):
            button.setText(say(f"operations.window.{view}_{word}"))
            button.setShortcut(key)
        self.draw.setShortcut("Alt+D")

    def _tell(self, *, good: bool) -> None:
        row, note = self.sheet.row, self.note.text().strip()
        if row is None:
            return
        if self.what == "flags":
            about = row["organisation"], self.period.currentData(), row["key"], note
            self._start(partial(self._works.tell_flag, *about, kept=good))
        else:
            self._start(partial(self._works.tell, row["id"], note, passed=good))

    def _draw(self) -> None:
        where, month, mode, of = (box.currentData() for box in (self.place, self.period, self.mode, self.of))
        size = int(self.size_.currentText())
        self._start(partial(self._works.draw, where, month, mode, of, size))

    def _start(self, do: Callable[[], Coroutine[Any, Any, Facts]]) -> None:
        """Tell the database; one word at a time, and none is called off on its way."""
        if self._telling is None or self._telling.done():
            wait(self, busy=True)
            self._telling = tasks.start(self._guarded(partial(self._done, do)), "telling daily work")

    async def _done(self, do: Callable[[], Coroutine[Any, Any, Facts]]) -> None:
        told = await do()
        if isValid(self):
            await self._read()
            self.note.clear()
            said = works.drawn(told) if "candidates" in told else say("operations.said.told")
            self._say(say("case.dot").join((said, self.told.text())))

    def _open(self, number: int) -> None:
        self.opened.emit(number)
        self.accept()

    def _called(self, code: str) -> str:
        place = self._seat.directory.places.get(code)
        return code if place is None else place.alias or place.name


def _month(day: date, back: int) -> date:
    """Return the first day of the month so many months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
