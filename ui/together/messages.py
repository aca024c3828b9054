"""Messages among seats: what was said, and a line to say more. What is typed stays until it has gone."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.errors import BadInput, OutOfReach, Problem
from console.intake import hygiene
from console.language import say
from ui.case.growing import GrowingEdit
from ui.dialog import Dialog
from ui.dialogs.offers import ChoiceLine
from ui.directory import Choice
from ui.language import language
from ui.pausing import pausing
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import dress, label
from ui.together.message_list import MessageList

EVERY = 5000  # milliseconds between two looks at who has read what
ALL = "*"  # in a draft: to the whole centre
DRAFT = ("message", None)
SIZE = (500, 560)


class Letter(NamedTuple):
    """What is to be sent: ``to`` a login or ALL, ``about`` a case or none."""

    to: str
    text: str
    about: int | None


class Messages(Dialog):
    """Stands beside the window; ``opened`` carries a case that a message is about."""

    opened = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__("", parent, SIZE, lasting=True)
        self._seat = seat
        self._number: int | None = None
        self._sent: tuple[Letter, uuid.UUID] | None = None  # what may have arrived, or not
        self._new: set[int] = set()
        self._messages: list[dict[str, Any]] = []
        self.list, self.to = MessageList(self), ChoiceLine(self._choices, self)
        self.text, self.about = GrowingEdit(self), QPushButton(self)
        self.send_ = self.button("", self.send)
        self.told: QLabel = label(role="small", wrap=True, parent=self)
        self._says: Callable[[], str] = str  # what is told, in whatever language
        self._empty = label(role="third", wrap=True, parent=self)
        self._timer = QTimer(self, interval=EVERY)
        self._pause = pausing(self._keep, self)
        self._arrange()
        self._connect()
        language.follow(self, self._retranslate)

    def show_for(self, number: int | None) -> None:
        """Stand open, ready to write; ``number`` is the case that the message may be about."""
        if number != self._number:
            self._number = number
            self.about.setChecked(False)
        self._retranslate()
        self._seat.loads.refresh()
        self._restore()
        self.show()
        self.raise_()
        self.activateWindow()
        (self.text if self.to.text() else self.to).setFocus()

    def send(self) -> None:
        """Send what is written; what may have gone before goes under its old id, and arrives once."""
        try:
            letter = self._gathered()
        except Problem as problem:
            self._tell(partial(str, problem), "overdue")
            return
        before = self._sent
        command = before[1] if before is not None and before[0] == letter else uuid.uuid4()
        self._sent = (letter, command)
        self._keep()
        self.send_.setEnabled(False)
        self._tell(partial(say, "seats.message.sending"), "small")
        tasks.start(self._send(letter, command), "sending a message")

    async def _send(self, letter: Letter, command: uuid.UUID) -> None:
        to = None if letter.to == ALL else letter.to
        refusal: Problem | None = None
        try:
            await self._seat.console.together.send(to, letter.text, letter.about, command)
        except Problem as problem:
            refusal = problem
        if isValid(self):
            self._answered(letter, refusal)
        elif refusal is None:  # the person has left meanwhile, and what was kept has arrived
            self._seat.drafts.pop(DRAFT, None)

    def _answered(self, letter: Letter, refusal: Problem | None) -> None:
        self.send_.setEnabled(True)
        if isinstance(refusal, OutOfReach):
            self._tell(partial(say, "seats.message.kept"), "near")
            return
        self._sent = None
        if refusal is None:
            self._gone(letter)
        else:
            self._tell(partial(str, refusal), "overdue")

    def _gone(self, letter: Letter) -> None:
        if self.text.toPlainText().strip() == letter.text:  # else something new is being written
            self.text.setPlainText("")
        self.about.setChecked(False)
        self.told.hide()
        self._keep()
        self.refresh()

    def _gathered(self) -> Letter:
        text = hygiene.clean(self.text.toPlainText(), "text")
        to = self.to.value()
        if not to:
            self.to.setFocus()
            raise BadInput("message_to_whom")
        if not text:
            self.text.setFocus()
            raise BadInput("message_empty")
        return Letter(to, text, self._number if self.about.isChecked() else None)

    def _choices(self) -> list[Choice]:
        words = say("together.everybody")
        everybody = Choice(ALL, words, say("seats.message.everybody"), f"{words} all bzxqt qt".lower())
        return [everybody, *self._seat.loads.choices(self._seat.console.me["login"])]

    def _restore(self) -> None:
        """Show the draft; where there is none, answer who wrote last."""
        draft = self._seat.drafts.get(DRAFT, {})
        unread = [one for one in self._seat.company.around.messages if not one["all"]]
        if draft and not self.text.toPlainText():
            self.to.show_draft(str(draft.get("to", "")))
            self.text.setPlainText(str(draft.get("text", "")))
            self.about.setChecked(draft.get("about") is not None and draft.get("about") == self._number)
            if "command" in draft:
                letter = Letter(
                    str(draft["to"]), str(draft["text"]), self._number if self.about.isChecked() else None
                )
                self._sent = (letter, uuid.UUID(str(draft["command"])))
        elif unread and not self.text.toPlainText():
            self.to.show_draft(unread[-1]["from_login"])

    def _keep(self) -> None:
        self._pause.stop()
        typed: dict[str, object] = {"to": self.to.draft(), "text": self.text.toPlainText().strip()}
        if not typed["text"]:
            self._seat.drafts.pop(DRAFT, None)
            return
        typed["about"] = self._number if self.about.isChecked() else None
        if self._sent is not None:
            typed["command"] = str(self._sent[1])
        self._seat.drafts[DRAFT] = typed

    def refresh(self) -> None:
        """Read what was said anew, and who has read it."""
        if self.isVisible():
            tasks.start(self._load(), "reading messages")

    async def _load(self) -> None:
        try:
            messages = await self._seat.console.reads.messages()
            if not isValid(self):
                return
            unread = [one["id"] for one in messages if not one["mine"] and one["read_at"] is None]
            self._new |= {*unread}
            self._show(messages)
            if unread and self.isActiveWindow():
                await self._seat.console.together.read(unread)
        except Problem as problem:
            if isValid(self):
                away = isinstance(problem, OutOfReach)
                told = partial(say, "seats.message.away") if away else partial(str, problem)
                self._tell(told, "near" if away else "overdue")

    def _show(self, messages: list[dict[str, Any]]) -> None:
        self._messages = messages
        self.list.show_messages(messages, self._new, self._seat.bridge.now())
        self.list.setVisible(bool(messages))
        self._empty.setVisible(not messages)
        if self.told.property("role") == "near" and self._sent is None:
            self.told.hide()

    def _choose(self, message: dict[str, Any]) -> None:
        if message["number"]:
            self.opened.emit(int(message["number"]))
        else:
            self.to.show_draft(message["to_login"] or ALL if message["mine"] else message["from_login"])
            self.text.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._new = set()
        self._keep()

    def _tell(self, words: Callable[[], str], role: str) -> None:
        self._says = words
        dress(self.told, role)
        self.told.setText(words())
        self.told.show()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self._seat.company.changed.connect(self.refresh)
        self.list.chosen.connect(self._choose)
        self.text.entered.connect(self.send)
        self.text.left.connect(self.reject)
        self.to.returnPressed.connect(self.text.setFocus)
        self.to.ordered.connect(self.send)
        for typed in (self.text.textChanged, self.to.textChanged, self.about.toggled):
            typed.connect(self._pause.start)

    def _arrange(self) -> None:
        self.about.setAutoDefault(False)
        self.about.setCheckable(True)
        self.about.setProperty("role", "chip")
        self.send_.setProperty("role", "primary")
        line = QHBoxLayout()
        line.addWidget(self.to, 1)
        line.addWidget(self.about)
        foot = QHBoxLayout()
        foot.addWidget(self.text, 1)
        foot.addWidget(self.send_)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for shown in (self.list, self._empty):
            self.column.addWidget(shown, 1)
        self.column.addLayout(line)
        self.column.addWidget(self.told)
        self.column.addLayout(foot)
        self._hint = self.foot("")
        self.told.hide()
        self.list.hide()
        QWidget.setTabOrder(self.to, self.about)
        QWidget.setTabOrder(self.about, self.text)
        QWidget.setTabOrder(self.text, self.send_)

    def _retranslate(self) -> None:
        self.entitle(say("seats.message.title"))
        self._hint.setText(say("seats.message.hint"))
        self.told.setText(self._says())
        self.list.show_messages(self._messages, self._new, self._seat.bridge.now())
        self.list.setAccessibleName(say("seats.message.list"))
        self._empty.setText(say("seats.message.none"))
        for line, key in ((self.to, "to"), (self.text, "text")):
            line.setPlaceholderText(say(f"seats.message.{key}"))
            line.setAccessibleName(say(f"seats.message.{key}"))
        self.send_.setText(say("seats.message.send"))
        self.about.setText(say("seats.message.with_case", number=self._number or ""))
        self.about.setVisible(self._number is not None)
