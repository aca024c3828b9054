"""Alerts at a seat: watched on the board, seen at the bell, heard, and taken note of by opening or by key."""

from functools import partial

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from console.alerts.post import post_of
from console.alerts.siren import Siren
from console.alerts.watch import Watch
from console.language import say
from ui import anew
from ui.dispatch.alerts import AlertList, counts_in_words
from ui.dispatch.page import DispatchPage
from ui.moments import brief
from ui.preferences import preferences
from ui.seat import Seat
from ui.sound import Sounder
from ui.texts import shown

QUIET = "alerts/quiet_until"
QUIET_SECONDS = 3600
SELF_TEST = 4  # the softest tone


class Alerts(QObject):
    """One seat's alerts; ``changed`` whenever other ones may stand."""

    changed = Signal()

    def __init__(self, seat: Seat, page: DispatchPage, memory: QSettings) -> None:
        super().__init__(page)
        self._seat, self._page, self._memory = seat, page, memory
        self.siren, self.sounder = Siren(), Sounder(self)
        self.watch: Watch | None = None
        self._does = {"alerts": self._list, "acknowledge": self._note_all, "quiet": self._be_quiet}
        self.sounder.lost.connect(lambda: seat.notices.fail(say("alerts.sound_none")))
        self._open: int | None = None  # the case that is open
        page.case.shown.connect(self._shown)
        page.queue.activated.connect(self._note)
        page.actions_.performed.connect(self._note)
        seat.bridge.facts.connect(lambda _numbers: self.changed.emit())

    def begin(self) -> None:
        """Start watching, once board and directory are known: sum up what stands, and try the sound."""
        me, directory = self._seat.console.me, self._seat.directory
        known = self._seat.console.feed.pulse.heard and (directory.places or not me.get("organisation_code"))
        if self.watch is not None or not known:
            return
        place = directory.places.get(str(me.get("organisation_code")))
        code = str(me.get("grid"))
        grid = directory.grid_name(code) if code in directory.atlas.index else ""
        post = post_of(me, (place.alias or place.name) if place else "", grid)
        now = self._seat.bridge.now()
        self.siren.be_quiet(float(str(self._memory.value(QUIET) or 0)), now)
        self.watch = Watch(self._seat.console.board, post, self._seat.bridge.now)
        told = counts_in_words(self.watch.begin())
        summed = [say("alerts.summed", counts=told)] if told else []
        self._tell(say("case.dot").join([*summed, self._test()]))
        self.changed.emit()

    def _test(self) -> str:
        """Try the sound, softly; return what is to be said of it."""
        if not self.sounder.fine:
            return say("alerts.sound_none")
        if not preferences.settings.sound:
            return say("alerts.sound_off")
        self.sounder.play(SELF_TEST, preferences.settings.volume)
        return say("alerts.sound_fine")

    def end(self) -> None:
        """Stop watching: the seat is given up."""
        if self.watch is not None:
            self.watch.close()

    def tick(self) -> None:
        """Let half a second pass: time raises alerts too, and some are heard again."""
        self.begin()
        if self.watch is None:
            return
        self.watch.pass_time()
        raised, self.watch.raised = self.watch.raised, []
        self._tell_urgent([alert.key.number for alert in raised if alert.key.kind == "urgent"])
        level = self.siren.sound(self.watch.standing.values(), self._seat.bridge.now())
        if level is not None and (level == 1 or preferences.settings.sound):
            self.sounder.play(level, preferences.settings.volume)
        if raised or level is not None:
            QApplication.alert(self._page.window())
        self.changed.emit()

    def _tell_urgent(self, numbers: list[int]) -> None:
        """Say which urgent case has come in, to those too who see or hear no bell."""
        if len(numbers) > 1:
            self._tell(say("alerts.urgents", count=len(numbers)))
        elif numbers:
            row = self._seat.console.board.row(numbers[0])
            title = shown(row.title) if row is not None else ""
            self._seat.notices.say(say("alerts.urgent", number=numbers[0], title=title), numbers[0])

    def choose(self, key: str) -> bool:
        """Do what ``key`` asks for; tell whether it is one of ours."""
        does = self._does.get(key)
        if does is not None:
            does()
            self.changed.emit()
        return does is not None

    @property
    def note(self) -> str:
        """Return what is said beside the counts: quiet mode, or that nothing can be heard."""
        quiet = self.siren.quiet(self._seat.bridge.now())
        mark = say("alerts.quiet_mark") if quiet else ""
        return mark or ("" if self.sounder.fine else say("alerts.sound_none"))

    def _shown(self, file: object) -> None:
        """Take note of a case that is opened; what comes in while it is open is heard all the same."""
        before, self._open = self._open, getattr(file, "number", None)
        if self._open is not None and self._open != before:
            self._note(self._open)

    def _list(self) -> None:
        if self.watch is not None:
            anew.ask(self._made_list)

    def _made_list(self) -> AlertList:
        told = AlertList(self._page.window())
        show = partial(self._show, told)
        show()
        told.opened.connect(self._page.open)
        told.opened.connect(self._note)
        told.noted.connect(self._note)
        told.all_noted.connect(self._note_all)
        self.changed.connect(show)
        told.finished.connect(lambda _result: self.changed.disconnect(show))
        return told

    def _show(self, told: AlertList) -> None:
        if self.watch is not None:
            told.show_alerts(self.watch.standing, self._seat.console.board, self._seat.bridge.now())

    def _note(self, number: int) -> None:
        if self.watch is not None:
            self.watch.acknowledge(number)
            self.changed.emit()

    def _note_all(self) -> None:
        if self.watch is not None:
            count = len({key.number for key in self.watch.standing})
            self.watch.acknowledge_all()
            self.changed.emit()
            self._tell(say("alerts.noted", count=count) if count else say("alerts.none"))

    def _be_quiet(self) -> None:
        now = self._seat.bridge.now()
        until = 0.0 if self.siren.quiet(now) else now + QUIET_SECONDS
        until = self.siren.be_quiet(until, now)
        self._memory.setValue(QUIET, until)
        self._tell(say("alerts.quiet", until=brief(until, now)) if until > now else say("alerts.quiet_over"))

    def _tell(self, sentence: str) -> None:
        self._seat.notices.say(sentence)
