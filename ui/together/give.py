"""Giving the shift: what the next one must know, a word from this one, and who comes next."""

import uuid
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.errors import OutOfReach, Problem
from console.intake import hygiene
from console.language import say
from ui.case.growing import GrowingEdit
from ui.dialogs.offers import ChoiceLine
from ui.pausing import pausing
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import dress, label
from ui.together.lists import Lists, groups_of

DRAFT = ("handover", None)
NEXT_WIDTH = 210
Facts = dict[str, Any]


class GivePane(QWidget):
    """``changed`` once the shift is given."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._sent: tuple[tuple[str, str], uuid.UUID] | None = None  # what may have arrived, or not
        self.note, self.to = GrowingEdit(self), ChoiceLine(self._choices, self)
        self.give, self.lists = QPushButton(self), Lists(self)
        self.told: QLabel = label(role="small", wrap=True, parent=self)
        self._empty = label(role="second", wrap=True, parent=self)
        self._pause = pausing(self.keep, self)
        self._arrange()
        draft = seat.drafts.get(DRAFT, {})
        self.note.setPlainText(str(draft.get("note", "")))
        self.to.show_draft(str(draft.get("to", "")))
        if "command" in draft:
            self._sent = (self._typed(), uuid.UUID(str(draft["command"])))
        for typed in (self.note.textChanged, self.to.textChanged):
            typed.connect(self._pause.start)
        for entered in (self.note.entered, self.to.returnPressed, self.to.ordered, self.give.clicked):
            entered.connect(self.send)

    def show_draft(self, facts: Facts, now: float) -> None:
        """Show what would be handed over now (see desk.handover)."""
        groups = groups_of(facts, now)
        self.lists.show_groups(groups)
        self._empty.setVisible(not groups)

    def send(self) -> None:
        """Give the shift as it is written; what may have gone before goes under its old id."""
        try:
            note = hygiene.clean(self.note.toPlainText(), "note", 2000)
            to = self.to.value()
        except Problem as problem:
            self._tell(problem.sentence, "overdue")
            return
        before = self._sent
        same = before is not None and before[0] == self._typed()
        self._sent = before if before is not None and same else (self._typed(), uuid.uuid4())
        self.keep()
        self.give.setEnabled(False)
        self._tell(say("seats.shift.giving"), "small")
        tasks.start(self._send(to or None, note, self._sent[1]), "handing over")

    async def _send(self, to: str | None, note: str, command: uuid.UUID) -> None:
        answer: Facts | Problem
        try:
            answer = await self._seat.console.together.hand_over(to, note, command)
        except Problem as problem:
            answer = problem
        if isValid(self):
            self._answered(answer)
        elif not isinstance(answer, Problem):  # the person has left meanwhile, and what was kept has arrived
            self._seat.drafts.pop(DRAFT, None)

    def _answered(self, answer: Facts | Problem) -> None:
        self.give.setEnabled(True)
        if isinstance(answer, OutOfReach):
            self._tell(say("seats.shift.kept"), "near")
            return
        self._sent = None
        if isinstance(answer, Problem):
            self._tell(answer.sentence, "overdue")
            return
        self.note.setPlainText("")
        self.to.clear()
        self.keep()
        self._tell(say("seats.shift.given", to=answer["to"] or say("together.whoever")), "fine")
        self.changed.emit()

    def keep(self) -> None:
        """Keep what is typed as a draft."""
        self._pause.stop()
        to, note = self._typed()
        if not (to or note):
            self._seat.drafts.pop(DRAFT, None)
            return
        sent = {"command": str(self._sent[1])} if self._sent is not None else {}
        self._seat.drafts[DRAFT] = {"to": to, "note": note, **sent}

    def retranslate(self) -> None:
        """Say everything anew: the language is another."""
        for line, key in ((self.note, "note"), (self.to, "next")):
            line.setPlaceholderText(say(f"seats.shift.{key}"))
            line.setAccessibleName(say(f"seats.shift.{key}"))
        self.give.setText(say("seats.shift.give"))
        self._empty.setText(say("seats.shift.nothing"))

    def _choices(self) -> list[Any]:
        return self._seat.loads.colleagues(self._seat.console.me)

    def _typed(self) -> tuple[str, str]:
        return self.to.draft(), self.note.toPlainText()

    def _tell(self, sentence: str, role: str) -> None:
        dress(self.told, role)
        self.told.setText(sentence)
        self.told.show()

    def _arrange(self) -> None:
        self.to.setFixedWidth(NEXT_WIDTH)
        self.give.setProperty("role", "primary")
        self.setFocusProxy(self.note)
        line = QHBoxLayout()
        line.addWidget(self.note, 1)
        line.addWidget(self.to)
        line.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        for part in (self.told, self._empty):
            column.addWidget(part)
            part.hide()
        column.addWidget(self.lists, 1)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self.send)
