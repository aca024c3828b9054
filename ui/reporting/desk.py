"""New reports on the dispatch page: one form at a time beside the queue, what was begun one key away."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from console.desk.command import Command
from console.desk.drafts import Key
from console.errors import Problem
from console.language import say
from ui import anew
from ui.actions import Actions
from ui.language import language
from ui.map.widget import MapView
from ui.reporting.form import ReportForm
from ui.reporting.kept import fresh
from ui.seat import Seat
from ui.tasks import tasks


class Reporting(QObject):
    """Opens the form of a new report in ``side``, and does what follows when it is sent."""

    opened = Signal(object)  # the ReportForm
    closed = Signal()
    reported = Signal(int)  # the case that the report is, or that it went under

    def __init__(
        self, seat: Seat, actions: Actions, side: QTabWidget, view: MapView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._seat, self._actions, self._side, self._map = seat, actions, side, view
        self._before: QWidget | None = None  # what the side showed
        self.form: ReportForm | None = None
        actions.reporting.connect(self.start)
        view.picker.picked.connect(self._take_point)
        view.picker.left.connect(self._come_back)
        language.follow(self, self._retranslate)

    def start(self) -> None:
        """Begin a report. While one is open, go there; from there, keep it and begin another."""
        if self.form is None:
            self._open(fresh(self._seat))
        elif not self.form.isAncestorOf(QApplication.focusWidget() or self._side):
            self._come_back()
        elif self.form.empty:
            self.form.choose_begun()
        else:
            self.form.reject()
            self._open(fresh(self._seat))

    def keep(self) -> None:
        """Keep what is typed: the seat is given up."""
        if self.form is not None:
            self.form.keep()

    def _open(self, begun: int | None) -> None:
        form = ReportForm(self._seat, self._actions.perform, begun, self._side)
        self.form, self._before = form, self._side.currentWidget()
        form.pointing.connect(self._point)
        form.reopening.connect(self._actions.reopen)
        form.begun.opened.connect(self.go_on_with)
        form.done_with.connect(lambda command, answer: self._sent(form, command, answer))
        form.finished.connect(lambda _result: self._close(form))
        self.opened.emit(form)
        self._side.addTab(form, say("report.tab"))
        self._come_back()

    def _come_back(self) -> None:
        """Show the form where it was left."""
        if self.form is not None:
            inside = self.form.focusWidget() or self.form.said
            self._side.setCurrentWidget(self.form)
            inside.setFocus()

    def _close(self, form: ReportForm) -> None:
        if form is not self.form:
            return
        self.form = None
        self._map.picker.stop()
        self._side.removeTab(self._side.indexOf(form))
        if self._before is not None and self._side.indexOf(self._before) >= 0:
            self._side.setCurrentWidget(self._before)
        self.closed.emit()

    def go_on_with(self, key: Key) -> None:
        """Leave the form that is open for a draft; what is typed in it is kept."""
        if self.form is not None:
            self.form.reject()
        self._open(key[1])

    def _point(self) -> None:
        """Let a point of the map be chosen by keys or a click."""
        for place in range(self._side.count()):
            holder = self._side.widget(place)
            if holder is not None and holder.isAncestorOf(self._map):
                self._side.setCurrentIndex(place)
        self._map.picker.start()

    def _take_point(self, lon: float, lat: float) -> None:
        self._come_back()
        if self.form is not None:
            self.form.point(lon, lat)

    def _sent(self, form: ReportForm, command: Command, answer: dict[str, Any]) -> None:
        into = command.args.get("into")
        self.reported.emit(int(str(into or answer["number"])))
        if form.going_on and not into:
            best = form.ahead.best
            tasks.start(self._go_on(answer, best["unit_code"] if best else ""), "going on with a report")

    async def _go_on(self, answer: dict[str, Any], unit: str) -> None:
        """Accept what was reported, and ask for its dispatch to ``unit``."""
        number = int(answer["number"])
        try:
            await self._actions.perform(Command("accept", number, {}, answer["version"]))
            case = await self._seat.console.reads.incident(number)
        except Problem as problem:
            self._seat.notices.fail(say("report.not_accepted", number=number, why=problem.sentence), number)
        else:
            self._actions.form("dispatch", case, {"unit": unit} if unit else {})

    def _retranslate(self) -> None:
        """Make the open form anew, for its words are those of when it was made."""
        if self.form is not None:
            key, cursor = self.form.draft_key, anew.place_of_cursor(self.form)
            self.form.reject()
            self._open(key[1])
            anew.put_cursor(self.form, cursor)
