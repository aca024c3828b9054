"""Signing a shift that was handed over: line by line, with the word that goes with it."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.errors import OutOfReach, Problem
from console.language import say
from ui.moments import brief, epoch
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import dress, label, paragraph, shown
from ui.together.lists import Lists, groups_of, outcome_of

Facts = dict[str, Any]


class SignPane(QWidget):
    """Shows the oldest handover that waits; ``changed`` once it is signed."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._handover: Facts | None = None
        self._commands: dict[tuple[int, bool], uuid.UUID] = {}  # so that a second try is the same signing
        self.head: QLabel = label(role="title", wrap=True, parent=self)
        self.note: QLabel = label(wrap=True, parent=self)
        self.told: QLabel = label(role="small", wrap=True, parent=self)
        self._empty = label(role="second", wrap=True, parent=self)
        self.take, self.leave = QPushButton(self), QPushButton(self)
        self.lists, self.outcome = Lists(self), Lists(self)
        self._arrange()
        self.take.clicked.connect(partial(self._sign, take=True))
        self.leave.clicked.connect(partial(self._sign, take=False))

    def show_waiting(self, waiting: list[Facts], now: float) -> None:
        """Show the oldest of ``waiting`` (see desk.handovers)."""
        self._handover = waiting[0] if waiting else None
        for part in (self.head, self.note, self.take, self.leave, self.lists):
            part.setVisible(bool(waiting))
        self._empty.setVisible(not waiting and self.told.isHidden())
        if self._handover is None:
            return
        self.head.setText(titled(self._handover, now))
        self.note.setText(paragraph(self._handover["note"]) or say("seats.no_note"))
        self.lists.show_groups(groups_of(self._handover["content"], now, self._handover["from"]))

    def _sign(self, _checked: bool = False, *, take: bool = True) -> None:  # noqa: FBT001, FBT002  Qt's signature
        if self._handover is not None and self.take.isEnabled():
            handover = int(self._handover["id"])
            command = self._commands.setdefault((handover, take), uuid.uuid4())
            self._busy(busy=True)
            tasks.start(self._send(handover, command, take=take), "signing a handover")

    async def _send(self, handover: int, command: uuid.UUID, *, take: bool) -> None:
        answer: Facts | Problem
        try:
            answer = await self._seat.console.together.sign(handover, take=take, command=command)
        except Problem as problem:
            answer = problem
        if not isinstance(answer, OutOfReach):
            self._commands.pop((handover, take), None)
        if isValid(self):  # the person may have left meanwhile
            self._answered(answer)

    def _answered(self, answer: Facts | Problem) -> None:
        self._busy(busy=False)
        if isinstance(answer, OutOfReach):
            self._tell(say("seats.shift.not_signed"), "near")
            return
        if isinstance(answer, Problem):
            self._tell(answer.sentence, "overdue")
        else:
            self._show_outcome(answer)
        self.changed.emit()

    def _show_outcome(self, signed: Facts) -> None:
        facts = {"name": shown(signed["from"]), "taken": len(signed["taken"]), "left": len(signed["left"])}
        self._tell(say("seats.shift.signed", **facts), "fine")
        self.outcome.show_groups(list(outcome_of(signed)))
        self.outcome.setVisible(bool(signed["taken"] or signed["left"]))
        self.show_waiting([], 0.0)

    def _busy(self, *, busy: bool) -> None:
        for button in (self.take, self.leave):
            button.setEnabled(not busy)

    def _tell(self, sentence: str, role: str) -> None:
        dress(self.told, role)
        self.told.setText(sentence)
        self.told.show()

    def retranslate(self) -> None:
        """Say everything anew: the language is another."""
        self.take.setText(say("seats.shift.take"))
        self.leave.setText(say("seats.shift.sign_only"))
        self._empty.setText(say("seats.shift.none_waiting"))

    def _arrange(self) -> None:
        self.take.setProperty("role", "primary")
        self.setFocusProxy(self.take)
        line = QHBoxLayout()
        line.addWidget(self.head, 1)
        line.addWidget(self.leave)
        line.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        for part in (self.note, self.told, self._empty):
            column.addWidget(part)
        column.addWidget(self.outcome, 1)
        column.addWidget(self.lists, 1)
        column.addStretch(0)
        self.told.hide()
        self.outcome.hide()
        QWidget.setTabOrder(self.take, self.leave)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self._sign)


def titled(handover: Facts, now: float) -> str:
    """Return who hands over to whom, and when."""
    to = shown(handover["to"]) if handover["to"] else say("together.whoever")
    at = brief(epoch(handover["at"]) or 0.0, now)
    return say("seats.shift.head", **{"from": shown(handover["from"])}, to=to, at=at)
