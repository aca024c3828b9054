"""The one form of all actions, made from the action's options. Keys suffice; Esc keeps what was typed."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.desk.command import Command
from console.desk.drafts import Key
from console.errors import OutOfReach, Problem
from console.language import say
from console.workflow import actions
from ui.dialogs.conflict import Conflict
from ui.dialogs.field import Field
from ui.dialogs.fields import fields, hold_apart
from ui.dialogs.form_words import away_words, tell_default
from ui.dialogs.gathering import gathered
from ui.dialogs.grid import grid
from ui.layouts import grow
from ui.seat import Draft, Seat
from ui.tasks import tasks
from ui.texts import dress, label, shown

WIDTH = 520
SILENT = 2000  # milliseconds without an answer until the form says so
Perform = Callable[[Command], Awaitable[dict[str, Any]]]


class Form(QDialog):
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
        super().__init__(parent)
        self._seat, self._action, self._perform = seat, actions()[action], perform
        self.number = int(case["number"]) if case and "number" in case else None
        self._version = int(case["version"]) if case and case.get("version") is not None else None
        self._case = case
        self._command: Command | None = seat.unsure.get((action, self.number))
        self.fields: dict[str, Field] = {one.option.name: one for one in self._asked(case)}
        self._sent = self._left = self._closed = False
        self._silent = QTimer(self, singleShot=True, interval=SILENT)
        self._silent.timeout.connect(self._tell_silence)
        self.error = label(role="overdue", wrap=True, parent=self)
        self.conflict = Conflict(seat, action, self)
        self._cancel, self.submit = QPushButton(self), QPushButton(self)
        self._title = label(self._heading(case), "title", wrap=True, parent=self)
        tell_default(self.fields, self.action, self._seat.directory, case)
        hold_apart(self.fields)
        self._arrange()
        self._connect()
        self.fill(seat.drafts.get(self.draft_key, {}))

    @property
    def action(self) -> str:
        """Return the key of the action."""
        return self._action.key

    @property
    def draft_key(self) -> Key:
        """Return under which key what is typed here is kept."""
        return self.action, self.number

    def typed(self) -> Draft:
        """Return what is filled in, option by option."""
        return {name: kept for name, one in self.fields.items() if (kept := one.draft())}

    def keep(self) -> None:
        """Keep what is filled in as a draft; nothing filled in keeps none."""
        kept = self.typed()
        if kept:
            self._seat.drafts[self.draft_key] = kept
        else:
            self._seat.drafts.pop(self.draft_key, None)

    def fill(self, draft: Draft) -> None:
        """Fill in ``draft``, option by option."""
        for name, value in draft.items():
            if name in self.fields and value:
                self.fields[name].restore(value)

    def send(self) -> None:
        """Perform the action as it is filled in, unless something is missing."""
        if self._sent:
            return
        self.error.hide()
        try:
            command = self._gathered()
        except Problem as problem:
            self._complain(problem.sentence)
            return
        self._command = command
        if self._leave():
            return
        self._busy(busy=True)
        tasks.start(self._send(command), f"performing {self.action}")

    @override
    def sizeHint(self) -> QSize:
        """Return the height of the very lines that the form's width makes."""
        layout = self.layout()
        return QSize(WIDTH, layout.totalHeightForWidth(WIDTH)) if layout else super().sizeHint()

    @override
    def done(self, result: int) -> None:
        self._closed = True
        if result == QDialog.DialogCode.Accepted.value:
            self._seat.drafts.pop(self.draft_key, None)
        else:
            self.keep()
        super().done(result)

    def _asked(self, case: Mapping[str, Any] | None) -> list[Field]:
        """Return the fields, in their order."""
        return fields(self._seat, self.action, case)

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
                self._complain(away_words(away))
                self._tell_if_closed(away)
        except Problem as problem:
            self._command = None
            if self._left:
                self._seat.console.keep_refused(command, typed, problem)
            self._refused(problem)
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
            self._refused(outcome)
        else:
            self.accept()

    def _tell_if_closed(self, problem: Problem) -> None:
        """Let the window say what a form that was closed meanwhile no longer can; its text is kept."""
        if self._closed:
            raise problem

    def _gathered(self) -> Command:
        args, content = gathered(self.fields, self.action)
        made = Command(self.action, self.number, self._completed(args), self._version, content)
        before = self._command
        same = before is not None and (before.args, before.content) == (made.args, content)
        return before if before is not None and same else made

    def _completed(self, args: dict[str, object]) -> dict[str, object]:
        """Return ``args`` with what follows from them."""
        return args

    def _refused(self, problem: Problem) -> None:
        if problem.code == "stale_version":
            tasks.start(self._show_conflict(problem), f"comparing {self.number}")
        else:
            self._complain(problem.sentence)

    async def _show_conflict(self, refusal: Problem) -> None:
        if not await self.conflict.compare(refusal, self._case, self.typed()):
            self._complain(refusal.sentence)
        if not self._closed:
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

    def _tell_silence(self) -> None:
        """Say that the answer is late, and for how long it is tried."""
        seconds = round(self._seat.console.settings.patience_seconds)
        self._complain(say("dialogs.away.waiting", seconds=seconds), "near")

    def _complain(self, sentence: str, role: str = "overdue") -> None:
        dress(self.error, role)
        self.error.setText(sentence)
        self.error.setMinimumHeight(self.error.heightForWidth(WIDTH - 40))
        self.error.show()

    def _busy(self, *, busy: bool) -> None:
        self._sent = busy
        if busy:
            self._silent.start()
        else:
            self._silent.stop()
            if self._closed:
                self.deleteLater()
        self.submit.setEnabled(not busy)
        self.submit.setText(say("dialogs.sending") if busy else self._submit_text())

    def _heading(self, case: Mapping[str, Any] | None) -> str:
        if case is None:
            return say("dialogs.title_report")
        subject = shown(case["title"])
        return say("dialogs.title", action=self._action.label, number=case["number"], subject=subject)

    def _submit_text(self) -> str:
        return say("dialogs.submit", action=self._action.label)

    def _arrange(self) -> None:
        self.setWindowTitle(self._title.text())
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(grid(self.fields, self))
        column.addWidget(self.error)
        column.addWidget(self.conflict)
        column.addLayout(self._foot())
        self.error.hide()

    def _foot(self) -> QHBoxLayout:
        self._cancel.setText(say("dialogs.cancel"))
        self._cancel.setAutoDefault(False)
        self.submit.setText(self._submit_text())
        self.submit.setProperty("role", "primary")
        self.submit.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(label(say("dialogs.draft"), "third", parent=self), 1)
        row.addWidget(self._cancel)
        row.addWidget(self.submit)
        return row

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self.submit.clicked.connect(self.send)
        self.conflict.chosen.connect(self._choose)
        self._seat.settled.connect(self._settle)
        self._seat.bridge.linked.connect(self._feel)
        for one in self.fields.values():
            one.submitted.connect(self.send)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._enter)
        self.finished.connect(lambda _result: None if self._sent else self.deleteLater())
        self._take_cursor()

    def _take_cursor(self) -> None:
        if self.fields:
            next(iter(self.fields.values())).setFocus()
        else:
            self.submit.setFocus()

    def _enter(self) -> None:
        if self.conflict.isVisible():
            self.conflict.confirm()
        else:
            self.send()
