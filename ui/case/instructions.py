"""Leaders' instructions that wait for an answer, pinned to the case."""

from collections.abc import Mapping
from functools import partial
from math import inf
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.language import say
from ui.casefile import unanswered
from ui.layouts import put_away
from ui.moments import brief, epoch
from ui.texts import dress, label, paragraph, shown
from ui.theme import theme

PINNED, PINNED_LOW = 2, 1  # the others are counted; fewer where the panel is low
LOW = 700  # pixels
SEEN = 64  # characters; the whole stands in the tooltip and in the story


class Pin(QFrame):
    """One instruction; ``answer`` is hidden from those who may not."""

    def __init__(self, told: Mapping[str, Any], now: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pin")
        self._due = epoch(told["due"])
        self.answer = QPushButton(say("case.instruction.answer"), self)
        self.answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answer.setAccessibleName(say("case.instruction.answer_to", by=told["by"]))
        head = say("case.instruction.head", by=shown(told["by"]), at=brief(epoch(told["at"]) or 0.0, now))
        text = told["text"]
        whole = say("case.story.erased_text") if text is None else paragraph(text)
        words = label(_cut(whole), wrap=True, parent=self)
        words.setToolTip(whole if _cut(whole) != whole else "")
        self.due = label(role="small", wrap=True, parent=self)
        column = QVBoxLayout()
        column.setSpacing(2)
        for part in (label(head, "small", wrap=True, parent=self), words, self.due):
            column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addLayout(column, 1)
        row.addWidget(self.answer)
        self.pass_time(now)

    def pass_time(self, now: float) -> None:
        """Say by when an answer is due, and whether that is past."""
        self.due.setVisible(self._due is not None)
        if self._due is not None:
            late = now > self._due
            key = "case.instruction.overdue" if late else "case.instruction.due"
            self.due.setText(say(key, at=brief(self._due, now)))
            dress(self.due, "overdue" if late else "small")
        self._frame("overdue" if self._due is not None and now > self._due else "near")

    def _frame(self, role: str) -> None:
        edge, ground = theme.color(role).name(), theme.color("raised").name()
        line = theme.color("line").name()
        frame = f"border: 1px solid {line}; border-left: 3px solid {edge}; border-radius: 6px;"
        sheet = f"QFrame#pin {{ background: {ground}; {frame} }}"
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)


class Instructions(QWidget):
    """Hidden where nothing waits; ``answering`` carries the entry that is to be answered."""

    answering = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pins: list[Pin] = []
        self._shown: object = None
        self._more = label(role="third", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._more)
        self.hide()

    def show_case(self, case: Mapping[str, Any], now: float, height: int) -> None:
        """Pin what waits in ``case`` (see desk.incident) in a panel of ``height``, the soonest due first."""
        waiting = sorted(unanswered(case), key=lambda told: epoch(told["due"]) or inf)
        able = "note" in case["legal"]
        most = PINNED if height >= LOW else PINNED_LOW
        if (waiting, able, most) != self._shown:
            self._shown = (waiting, able, most)
            self._clear()
            for told in waiting[:most]:
                self._pin(told, now, able=able)
            self._more.setText(say("case.instruction.more", count=len(waiting) - most))
            self._more.setVisible(len(waiting) > most)
            self.setVisible(bool(waiting))
        self.pass_time(now)

    def pass_time(self, now: float) -> None:
        """Let a second pass."""
        for pin in self.pins:
            pin.pass_time(now)

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        self._shown = None

    def _pin(self, told: Mapping[str, Any], now: float, *, able: bool) -> None:
        pin = Pin(told, now, self)
        pin.answer.setVisible(able)
        pin.answer.clicked.connect(partial(self._answer, int(told["seq"])))
        self._column.insertWidget(len(self.pins), pin)
        self.pins.append(pin)

    def _answer(self, seq: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.answering.emit(seq)

    def _clear(self) -> None:
        put_away(self._column, self.pins)
        self.pins = []


def _cut(text: str) -> str:
    return text if len(text) <= SEEN else f"{shown(text)[:SEEN]}…"
