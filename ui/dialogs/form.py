"""The one form of all actions, made from the action's options. Keys suffice; Esc keeps what was typed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from console.desk.command import Command
from console.errors import OutOfReach, Problem
from console.intake import attachment
from console.language import say
from console.workflow import actions
from ui.anew import wait
from ui.dialogs.asking import Asking
from ui.dialogs.form_words import away_words, file_words
from ui.dialogs.gathering import gathered
from ui.layouts import grow
from ui.seat import Seat
from ui.tasks import tasks

SILENT = 2000  # milliseconds without an answer until the form says so
AGAIN = 500  # milliseconds between two looks at a file on its way
Perform = Callable[[Command], Awaitable[dict[str, Any]]]
# The case, its version, what was sent and has no answer, what was said to be wrong.
Stand = tuple[Mapping[str, Any] | None, int | None, Command | None, tuple[Callable[[], str], str] | None]


class Form(Asking):
    """Asks for what ``action`` needs and performs it; ``done_with`` carries the answer."""

    done_with = Signal(object, object)  # Command, answer
    instead = Signal(str, object)  # an action in place of this one, no longer possible; the case as it is now

    def __init__(
        self,
        seat: Seat,
        action: str,
        case: Mapping[str, Any] | None,
        perform: Perform,
        parent: QWidget | None = None,
    ) -> None:
        """Make the form; ``case`` has number, version, title and status, None for a report."""
        super().__init__(seat, action, case, parent)
        self._perform = perform
        self._version = int(case["version"]) if case and case.get("version") is not None else None
        self._command: Command | None = seat.unsure.get((action, self.number))
        self._sent = self._left = self._closed = False
        self._silent = QTimer(self, singleShot=True, interval=SILENT)
        self._silent.timeout.connect(self._tell_wait)
        self._connect()
        self.fill(seat.drafts.get(self.draft_key, {}))

    def send(self) -> None:
        """Perform the action as it is filled in, unless something is missing."""
        if self._sent:
            return
        self.error.hide()
        try:
            args, file = gathered(self.fields, self.action)
        except Problem as problem:
            self._complain(partial(str, problem))
            return
        if file:
            self._busy(busy=True)
            tasks.start(self._read(args, file), f"reading a file for {self.action}")
        else:
            self._order(args)

    async def _read(self, args: dict[str, object], file: str) -> None:
        """Read ``file`` beside the screen's thread, then go on; a disk may be slow and a file large."""
        try:
            content = await asyncio.to_thread(attachment.read, file)
        except Problem as problem:
            self._complain(partial(str, problem))
            return
        finally:
            self._busy(busy=False)
        if not self._closed:
            self._order(args, content)

    def _order(self, args: dict[str, object], content: bytes | None = None) -> None:
        command = self._command = self._made(args, content)
        if self._leave():
            return
        self._busy(busy=True)
        tasks.start(self._send(command), f"performing {self.action}")

    @property
    def stand(self) -> Stand:
        """Return how far it has come, besides what is filled in."""
        wrong = None if self.error.isHidden() else self._wrong
        return self._case, self._version, None if self._left else self._command, wrong

    def resume(self, before: QDialog) -> None:
        """Go on as ``before`` stood, the same form; what was filled in is a draft."""
        if isinstance(before, Form):
            self._case, self._version, self._command, wrong = before.stand
            if wrong:
                self._complain(*wrong)
            self.conflict.resume(before.conflict)
            self._offer()
            if self.isWindow():
                grow(self)

    @override
    def done(self, result: int) -> None:
        self._closed = True
        if result == QDialog.DialogCode.Accepted.value:
            self._seat.drafts.pop(self.draft_key, None)
        else:
            self.keep()
        super().done(result)

    def _leave(self, *, away: bool = False) -> bool:
        """Leave what is to be sent in the outbox and go, where the database is away and it can wait."""
        if self._left or self._command is None:
            return self._left
        if not self._seat.post(self._command, self.typed(), away=away):
            return False
        self._left = True
        self.accept()
        return True

    def _feel(self, _link: object) -> None:
        if self._sent:
            self._leave()

    async def _send(self, command: Command) -> None:
        typed = self.typed()
        try:
            answer = await self._perform(command)
        except OutOfReach as away:  # the same command goes out again: nothing is done twice
            if not self._leave(away=True):
                self._complain(partial(away_words, away))
                self._tell_if_closed(away)
        except Problem as problem:
            self._command = None
            if self._left:
                self._seat.console.keep_refused(command, typed, problem)
            await self._refused(problem)
            self._tell_if_closed(problem)
        else:
            self.done_with.emit(command, answer)
            self.accept()
        finally:
            self._busy(busy=False)

    def _settle(self, command: Command, outcome: object) -> None:
        """Hear what became of what this form sent while the database was away."""
        if self._sent or self._closed or self._command is None or command.id != self._command.id:
            return
        if isinstance(outcome, Problem):
            self._command = None
            self._seat.console.forget(command.id)  # it is answered here
            tasks.start(self._refused(outcome), f"telling why not {self.action}")
        else:
            self.accept()

    def _tell_if_closed(self, problem: Problem) -> None:
        """Let the window say what a form that was closed meanwhile no longer can; its text is kept."""
        if self._closed:
            raise problem

    def _made(self, args: dict[str, object], content: bytes | None) -> Command:
        """Return the command; the one of before where it says the same: nothing is done twice."""
        made = Command(self.action, self.number, self._completed(args), self._version, content)
        before = self._command
        same = before is not None and (before.args, before.content) == (made.args, content)
        return before if before is not None and same else made

    def _completed(self, args: dict[str, object]) -> dict[str, object]:
        """Return ``args`` with what follows from them."""
        return args

    async def _refused(self, problem: Problem) -> None:
        """Say why not; of a case that somebody else has changed, what differs."""
        stale = problem.code == "stale_version"
        if not (stale and await self.conflict.compare(problem, self._case, self.typed())):
            self._complain(partial(str, problem))
        if stale and not self._closed:
            self._offer()
            grow(self)

    def _choose(self, choice: str) -> None:
        """Do what was chosen on the conflict's card: one of its choices, or another action."""
        now = self.conflict.now
        if choice in ("mine", "edit"):
            self._case, self._version = now, int(now["version"])
            self.conflict.hide()
            self._take_cursor()
        if choice == "mine":
            self.send()
        elif choice == "theirs":
            self.accept()
        elif choice != "edit":
            self.reject()
        if choice in actions():
            self.instead.emit(choice, now)

    def _tell_wait(self) -> None:
        """Say what is waited for: a file that moves, what becomes of it, or the database itself."""
        command = self._command
        if command is not None and command.content is not None:
            self._silent.start(AGAIN)
        sending = self._seat.console.sending(command.id) if command is not None else None
        if sending is not None and (sending.moving or not sending.left):
            self._complain(partial(file_words, sending.gone, sending.whole), "second")
        else:
            self._tell_silence()

    def _tell_silence(self) -> None:
        """Say that the answer is late, and for how long it is tried."""
        seconds = round(self._seat.console.settings.patience_seconds)
        self._complain(partial(say, "dialogs.away.waiting", seconds=seconds), "near")

    def _busy(self, *, busy: bool) -> None:
        self._sent = busy
        wait(self, busy=busy)
        if busy:
            self._silent.start()
        else:
            self._silent.stop()
            if self._closed:
                self.deleteLater()
        self._offer()
        self.submit.setText(say("dialogs.sending") if busy else self._submit_text())

    def _offer(self) -> None:
        """Offer to send what can be done: nothing while something is sent, or once the case has moved on."""
        self.submit.setEnabled(not (self._sent or self.conflict.impossible))

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self.submit.clicked.connect(self._enter)
        self.conflict.chosen.connect(self._choose)
        self._seat.settled.connect(self._settle)
        self._seat.bridge.linked.connect(self._feel)
        for one in self.fields.values():
            one.submitted.connect(self._enter)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._enter)
        self.finished.connect(lambda _result: None if self._sent else self.deleteLater())
        self._take_cursor()

    def _enter(self) -> None:
        if self.conflict.isVisible():
            self.conflict.confirm()
        else:
            self.send()
