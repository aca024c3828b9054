"""New reports on the dispatch page: one form at a time beside the queue, what was begun one key away."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.command import Command
from console.desk.drafts import Key
from console.errors import Problem
from console.language import say
from ui import anew
from ui.actions import Actions
from ui.docks.area import Docks
from ui.language import language
from ui.map.widget import MapView
from ui.reporting.form import ReportForm
from ui.reporting.kept import fresh
from ui.seat import Seat
from ui.tasks import tasks


class Reporting(QObject):
    """Opens the form of a new report in its dock, and does what follows when it is sent."""

    opened = Signal(object)  # the ReportForm
    closed = Signal()
    reported = Signal(int)  # the case that the report is, or that it went under

    def __init__(self, seat: Seat, actions: Actions, docks: Docks, view: MapView, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat, self._actions, self._docks, self._map = seat, actions, docks, view
        self._dock = docks.docks["report"]
        self.form: ReportForm | None = None
        actions.reporting.connect(self.start)
        docks.closed.connect(self._leave)
        language.follow(self, self._retranslate)

    def start(self) -> None:
        """Begin a report. While one is open, go there; from there, keep it and begin another."""
        if self.form is None:
            self._open(fresh(self._seat))
        elif not self._dock.has_keys:
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
        form = ReportForm(self._seat, self._actions.perform, begun, self._dock)
        self.form = form
        form.pointing.connect(self._point)
        form.reopening.connect(self._actions.reopen)
        form.begun.opened.connect(self.go_on_with)
        form.done_with.connect(lambda command, answer: self._sent(form, command, answer))
        form.finished.connect(lambda _result: self._close(form))
        self.opened.emit(form)
        self._dock.hold(form)
        form.show()
        self._dock.offered = True
        self._come_back()

    def _come_back(self) -> None:
        """Show the form where it was left."""
        if self.form is not None:
            inside = self.form.focusWidget() or self.form.said
            self._docks.bring(self._dock.key)
            self._dock.activateWindow()
            inside.setFocus()

    def _leave(self, dock: str) -> None:
        """Keep what is typed when its dock is closed."""
        if self.form is not None and dock == self._dock.key:
            self.form.reject()

    def _close(self, form: ReportForm) -> None:
        if form is not self.form:
            return
        self.form = None
        self._map.picker.stop(self._take_point)
        self._dock.offered = False
        self._docks.put_away(self._dock.key)
        self.closed.emit()

    def go_on_with(self, key: Key) -> None:
        """Leave the form that is open for a draft; what is typed in it is kept."""
        if self.form is not None:
            self.form.reject()
        self._open(key[1])

    def _point(self) -> None:
        """Let a point of the map be chosen by keys or a click."""
        self._docks.enter("map")
        self._map.picker.start(self._take_point, self._come_back)

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
            before, cursor = self.form, anew.cursor_in(self.form)
            before.reject()
            self._open(before.draft_key[1])
            self.form.resume(before)
            anew.put_cursor(self.form, cursor)
