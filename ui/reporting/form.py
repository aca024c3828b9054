"""The form of a new report: one field to start in, the rest read from it; what it comes to stands below."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from console.desk.command import Command
from console.desk.drafts import Key
from console.errors import OutOfReach, Problem
from console.intake import told
from console.language import say
from ui.dialogs.field import Field
from ui.dialogs.fields import fields
from ui.dialogs.form import Form, Perform
from ui.dialogs.gathering import known
from ui.dialogs.grid import name_of
from ui.dialogs.place import PlaceField
from ui.dialogs.written import LineField
from ui.reporting import layout
from ui.reporting.ahead import Ahead
from ui.reporting.begun import Begun
from ui.reporting.caller import PhoneField
from ui.reporting.foresight import Foreseen, Foresight
from ui.reporting.kind import CHIPS, KindField
from ui.reporting.reader import Reader
from ui.reporting.said import SaidField
from ui.reporting.urgency import Urgency
from ui.seat import Draft, Seat

FIRST_CHANNEL = "phone"
OPEN = ("title", "text", "place")  # what everybody reads


class ReportForm(Form):
    """Stands beside the queue. ``begun``: by which its draft is kept (see ui.reporting.kept)."""

    reopening = Signal(object, str)  # the case, words to reopen it
    pointing = Signal()  # a point of the map is wanted

    def __init__(
        self, seat: Seat, perform: Perform, begun: int | None, parent: QWidget | None = None
    ) -> None:
        self._begun, self._into = begun, 0
        self.going_on = False  # to be accepted and dispatched
        super().__init__(seat, "report", None, perform, parent)
        self._command = None  # what another report left unanswered is none of this one's
        self.setWindowFlags(Qt.WindowType.Widget)
        self._foresight = Foresight(seat, self)
        self.fields["channel"].restore(self.fields["channel"].draft() or FIRST_CHANNEL)
        self._listen()
        self._look()

    @property
    @override
    def draft_key(self) -> Key:
        return self.action, self._begun

    @property
    def empty(self) -> bool:
        """Tell whether nothing is written yet."""
        return not self.typed()

    @override
    def typed(self) -> Draft:
        typed = super().typed()
        return {} if typed.keys() <= {"channel"} else typed

    @override
    def send(self) -> None:
        super().send()
        if self._sent and self._seat.bridge.link.name == "LOST":
            self._silent.start(0)

    def send_into(self, like: Mapping[str, Any]) -> None:
        """Report, and put the report under ``like`` (see desk.duplicates) in the same step."""
        if not self.kind.code:
            self.kind.restore(like["class_code"])
        self._into = int(like["number"])
        self.send()

    def send_on(self) -> None:
        """Report; whoever hears of it then accepts and dispatches."""
        self.going_on = True
        self.send()

    def choose_begun(self) -> None:
        """Let one of the reports that were begun be chosen."""
        self.begun.list.setFocus()

    def point(self, lon: float, lat: float) -> None:
        """Take a point of the map, in WGS-84."""
        self.place.point(lon, lat)

    @override
    def _asked(self, case: Mapping[str, Any] | None) -> list[Field]:
        made = {one.option.name: one for one in fields(self._seat, "report", case)}
        options = {name: one.option for name, one in made.items()}
        directory = self._seat.directory
        self.said, self.kind = SaidField(options["text"]), KindField(options["class"], directory)
        place = made["place"]
        if isinstance(place, PlaceField):
            self.place = place
        own = {
            "text": self.said,
            "class": self.kind,
            "phone": PhoneField(options["phone"]),
        }
        return [own.get(name, one) for name, one in made.items()]

    @override
    def _completed(self, args: dict[str, object]) -> dict[str, object]:
        """Keep who calls in fields of their own: what everybody reads has them masked."""
        phone, caller = str(args.get("phone", "")), str(args.get("reporter", ""))
        open_ = {key: told.for_everybody(str(args[key]), phone, caller) for key in OPEN if key in args}
        said = {
            key: value
            for key, value in {**args, **open_}.items()
            if (key, value) != ("text", open_.get("title"))
        }
        return {**said, "into": self._into} if self._into else said

    @override
    def _arrange(self) -> None:
        self.setObjectName("panel")
        self._title.setWordWrap(False)
        self.setAccessibleName(self._title.text())
        self.ahead, self.begun = Ahead(self._seat, self), Begun(self._seat, self)
        self._urgency = Urgency(self.fields, self.said, self._seat.directory, self)
        self._more = layout.More(self.fields, self)
        self._reader = Reader(self.fields, self._seat.directory)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(8)
        self._cancel.setText(say("report.close"))
        self._cancel.setProperty("role", "flat")
        self._cancel.setToolTip(say("report.close_tip"))
        channel = self.fields["channel"]
        channel.setFixedWidth(layout.CHANNEL_WIDTH)
        named = name_of(channel.option, self)
        column.addLayout(layout.row(self._title, self._urgency.label, None, named, channel, self._cancel))
        column.addLayout(layout.grid(self.fields, layout.ROWS, self))
        column.addWidget(layout.rule(self))
        column.addWidget(layout.scrolled((self._more, self.begun, self.ahead), self), 1)
        column.addWidget(self.error)
        column.addWidget(self.conflict)
        column.addLayout(self._foot())
        self.error.hide()
        likes, offer = self.ahead.likes, self.ahead.offer
        parts = (*(self.fields[name] for name in layout.ORDER), self.begun.list, likes.attach, offer.take)
        layout.chain(*parts, self.on, self.submit, self._cancel, channel)

    @override
    def _foot(self) -> QHBoxLayout:
        more = layout.button(say("report.more"), self._more.turn, self)
        more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is nearer than Tab
        title = self.fields["title"]
        if isinstance(title, LineField):
            title.beside(more)
        self.on = layout.button(say("report.go_on"), self.send_on, self)
        self.on.setToolTip(say("report.go_on_tip"))
        self.submit.setText(self._submit_text())
        self.submit.setProperty("role", "primary")
        self.submit.setAutoDefault(False)
        return layout.row(None, self.on, self.submit)

    @override
    def _submit_text(self) -> str:
        return say("report.submit")

    def _listen(self) -> None:
        for one in self.fields.values():
            one.edited.connect(self._look)
            one.entered.disconnect(one.submitted)
            one.entered.connect(self._step_on)
        self.place.pointing.connect(self.pointing)
        self.ahead.likes.attaching.connect(self.send_into)
        self.ahead.offer.wanted.connect(self._reopen)
        self._foresight.told.connect(self._foresee)
        self.finished.connect(lambda _result: self._foresight.stop())
        likes = self.ahead.likes
        layout.hear(
            {
                "Ctrl+Shift+Return": self.send_on,
                "Ctrl+Shift+Enter": self.send_on,
                "Alt+A": likes.take,
                "Alt+Down": lambda: likes.step(1),
                "Alt+Up": lambda: likes.step(-1),
                "Alt+O": self.ahead.offer.want,
                "Alt+G": self.pointing.emit,
                "Alt+M": self._more.turn,
                **{f"Alt+{number}": partial(self.kind.take, number) for number in range(1, CHIPS + 1)},
            },
            self,
        )

    def _step_on(self) -> None:
        """Let Enter in a line lead to the next field: a call is not over because a line is."""
        self.focusNextChild()

    def _look(self) -> None:
        """Look ahead with what is known; half a place or class is none."""
        self._reader.read()
        self._urgency.show(self.kind.code)
        self.begun.setVisible(self.empty and bool(self.begun.count))
        self.ahead.setVisible(self.begun.isHidden())
        self._foresight.look(None if self.empty else self._known())

    def _known(self) -> dict[str, object]:
        args = known(self.fields)
        return self._completed(
            {name: value for name, value in args.items() if name != "class" or self.kind.code}
        )

    def _foresee(self, foreseen: Foreseen | None) -> None:
        self.ahead.show_foreseen(foreseen)
        self._urgency.show(self.kind.code, foreseen.preview if foreseen else None)

    def _reopen(self, case: object) -> None:
        """Leave the report as a draft; its words begin the reason."""
        written = self._known()
        self.reject()
        self.reopening.emit(case, str(written.get("text") or written.get("title") or ""))

    @override
    def reject(self) -> None:
        if self._sent and not self._left:  # Esc while it is on its way
            self._tell_silence()
        else:
            super().reject()

    @override
    def _tell_silence(self) -> None:
        """Let go of what has no answer: it is in the outbox, and the next call is waiting."""
        self._leave(away=True)

    @override
    async def _send(self, command: Command) -> None:
        try:
            answer = await self._perform(command)
        except OutOfReach:
            self._tell_silence()
        except Problem as problem:
            self._into, self.going_on = 0, False
            await self._fail(command, problem)
        else:
            self._succeed(command, answer)
        finally:
            self._busy(busy=False)

    async def _fail(self, command: Command, problem: Problem) -> None:
        if self._left:
            self._seat.console.keep_refused(command, self.typed(), problem)
            self._seat.settle(command, problem)
        else:
            self._command = None
            await self._refused(problem)
            self._tell_if_closed(problem)

    def _succeed(self, command: Command, answer: dict[str, Any]) -> None:
        if self._left:
            self._seat.settle(command, answer)
        else:
            self.done_with.emit(command, answer)
            self.accept()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, 0)  # it takes the room that there is

    @override
    def event(self, event: QEvent) -> bool:
        """Keep letters to this form: on a chip they are not keys of the case that is open."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)
