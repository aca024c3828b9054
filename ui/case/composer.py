"""Notes and call records where they will stand: a line at the foot of the story. Enter keeps them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.desk.command import Command
from console.errors import BadInput, OutOfReach, Problem
from console.intake import hygiene
from console.language import say
from ui.case.growing import GrowingEdit
from ui.dialogs.coming import Coming
from ui.language import language
from ui.pausing import pausing
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import dress, label

SILENT = 1500  # milliseconds without an answer until it is said to wait
KINDS = ("note", "call")
PHONE_WIDTH = 128
PHONE_LENGTH = 80
Perform = Callable[[Command], Awaitable[dict[str, Any]]]


class Composer(QWidget):
    """Writes notes and call records to one case at a time; what is typed is a draft until it is kept."""

    left = Signal()  # Esc: the keys go back to the queue

    def __init__(self, seat: Seat, perform: Perform, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat, self._perform = seat, perform
        self._number: int | None = None
        self._kind = "note"
        self.edit, self.phone = GrowingEdit(self), QLineEdit(self)
        self.coming = Coming(seat.bridge.now, self)
        self.turn, self.keep = QPushButton(self), QPushButton(self)
        self.told = label(role="small", wrap=True, parent=self)
        self._pause = pausing(self._keep_draft, self)
        self._silent = QTimer(self, interval=SILENT, singleShot=True)
        self._arrange()
        self._silent.timeout.connect(self._tell_waiting)
        self.edit.textChanged.connect(self._pause.start)
        self.phone.textChanged.connect(self._pause.start)
        self.edit.entered.connect(self.send)
        self.coming.edited.connect(self._pause.start)
        self.coming.entered.connect(self.send)
        self.phone.returnPressed.connect(self.edit.setFocus)
        self.edit.left.connect(self.left)
        self.keep.clicked.connect(self.send)
        self.turn.clicked.connect(self._turn)
        seat.settled.connect(self._settle)
        language.follow(self, self._retranslate)

    @property
    def kind(self) -> str:
        """Return what is being written: "note" or "call"."""
        return self._kind

    def show_case(self, case: Mapping[str, Any]) -> None:
        """Write to ``case`` (see desk.incident) from now on; a draft of before is there again."""
        if case["number"] != self._number:
            self.leave_case()
            self._number = int(case["number"])
            begun = next((kind for kind in KINDS if (kind, self._number) in self._seat.drafts), "note")
            self._choose(begun)
        self.setVisible("note" in case["legal"])
        self._tell_waiting()

    def leave_case(self) -> None:
        """Keep what is typed for when the case is open again."""
        if self._number is not None and self._pause.isActive():
            self._keep_draft()
        self._number = None
        self._fill({})
        self.told.hide()

    def write(self, kind: str, phone: str = "") -> None:
        """Give the cursor to the line for a note or a call record, with ``phone`` filled in."""
        if kind != self._kind:
            self._keep_draft()
            self._choose(kind)
        if phone:
            self.phone.setText(phone)
        self.edit.setFocus()

    def send(self) -> None:
        """Keep what is written: at once, or as soon as the database is there again."""
        if self._number is None:
            return
        try:
            args = self._gathered()
        except Problem as problem:
            self._tell(problem.sentence, "overdue")
            return
        self._silent.start()
        tasks.start(self._send(Command(self._kind, self._number, args)), f"performing {self._kind}")
        self._fill({})
        self.told.hide()

    async def _send(self, command: Command) -> None:
        try:
            await self._perform(command)
        except OutOfReach:
            pass  # it is in the journal, and goes out by itself
        except Problem as problem:
            self._give_back(command, problem)
        else:
            self._forget_draft(command)
        self._silent.stop()
        self._tell_waiting()

    def _settle(self, command: Command, outcome: object) -> None:
        """Hear what became of what was kept while the database was away."""
        if command.action in KINDS and isinstance(outcome, Problem):
            self._seat.console.forget(command.id)  # it is answered here
            self._give_back(command, outcome)
        self._tell_waiting()

    def _give_back(self, command: Command, problem: Problem) -> None:
        """Put back what was refused, before what is being written; elsewhere it is a draft again."""
        self._seat.notices.fail(problem.sentence, command.number)  # the line may go with the case
        if (command.number, command.action) != (self._number, self._kind):
            self._seat.drafts[command.action, command.number] = dict(command.args)
            return
        text = str(command.args.get("text", ""))
        self.edit.setPlainText("\n".join(part for part in (text, self.edit.toPlainText()) if part))
        if not self.coming.line.text():
            self.coming.line.setText(str(command.args.get("callback", "")))
        self._tell(problem.sentence, "overdue")

    def _forget_draft(self, command: Command) -> None:
        if self._number != command.number or not self.edit.toPlainText():
            self._seat.drafts.pop((command.action, command.number), None)

    def _gathered(self) -> dict[str, object]:
        text = hygiene.clean(self.edit.toPlainText(), "text")
        if not text:
            raise BadInput("nothing_written")
        phone = hygiene.clean(self.phone.text(), "phone") if self._kind == "call" else ""
        callback = self.coming.value() if self._kind == "call" else ""
        told = {"text": text, "phone": phone, "callback": callback}
        return {name: words for name, words in told.items() if words}

    def _keep_draft(self) -> None:
        self._pause.stop()
        if self._number is None:
            return
        key = (self._kind, self._number)
        typed = {
            "text": self.edit.toPlainText(),
            "phone": self.phone.text(),
            "callback": self.coming.line.text(),
        }
        kept: dict[str, object] = {name: text for name, text in typed.items() if text}
        if kept:
            self._seat.drafts[key] = kept
        else:
            self._seat.drafts.pop(key, None)

    def _choose(self, kind: str) -> None:
        self._kind = kind
        draft = self._seat.drafts.get((kind, self._number), {})
        waiting = [command.args.get("text") for command in self._waiting()]
        self._fill({} if draft.get("text") in waiting else draft)
        self._retranslate()

    def _fill(self, draft: Mapping[str, object]) -> None:
        self.edit.setPlainText(str(draft.get("text", "")))
        self.phone.setText(str(draft.get("phone", "")))
        self.coming.line.setText(str(draft.get("callback", "")))
        self._pause.stop()

    def _turn(self) -> None:
        self.write("call" if self._kind == "note" else "note")

    def _waiting(self) -> list[Command]:
        """Return what was written to the case and has no answer yet."""
        sent = self._seat.console.unanswered
        return [command for command in sent if command.number == self._number and command.action in KINDS]

    def _tell_waiting(self) -> None:
        """Say what waits for the database; a moment on the way is not worth a word."""
        count = 0 if self._silent.isActive() else len(self._waiting())
        if count:
            self._tell(say("case.composer.waiting", count=count), "near")
        elif self.told.property("role") == "near":
            self.told.hide()

    def _tell(self, sentence: str, role: str) -> None:
        dress(self.told, role)
        self.told.setText(sentence)
        self.told.show()

    def _arrange(self) -> None:
        self.turn.setProperty("role", "chip")
        self.keep.setProperty("role", "flat")
        self.phone.setFixedWidth(PHONE_WIDTH)
        self.phone.setMaxLength(PHONE_LENGTH)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.turn)
        row.addWidget(self.phone)
        row.addWidget(self.edit, 1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.told, self.coming):
            column.addWidget(part)
        column.addLayout(row)
        self.told.hide()

    def _retranslate(self) -> None:
        for part in (self.phone, self.coming):
            part.setVisible(self._kind == "call")
        self.coming.retranslate()
        self.turn.setText(say(f"case.composer.{self._kind}"))
        self.turn.setToolTip(say("case.composer.turn"))
        self.turn.setAccessibleName(say("case.composer.turn_from", kind=say(f"case.composer.{self._kind}")))
        self.keep.setText(say("case.composer.keep"))
        self.edit.setPlaceholderText(say(f"case.composer.hint_{self._kind}"))
        self.edit.setAccessibleName(say(f"case.composer.hint_{self._kind}"))
        self.phone.setPlaceholderText(say("case.composer.phone"))
        self.phone.setAccessibleName(say("case.composer.phone"))
