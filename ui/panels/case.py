"""The case panel: one incident whole, kept true while facts stream in."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from console.errors import OutOfReach, Problem
from console.language import say
from ui.casefile import CaseFile, read
from ui.language import language
from ui.panels.buttons import Buttons
from ui.panels.case_head import CaseHead
from ui.panels.due_card import DueCard, due_of
from ui.panels.facts import FactGrid, facts
from ui.panels.files import Files
from ui.panels.instructions import Instructions
from ui.panels.reasons import Reasons
from ui.panels.timeline import Timeline
from ui.queue.message import Message
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import dress, label, paragraph, shown
from ui.theme import theme

EDGE = 14


class CasePanel(QFrame):
    """Shows the incident that was opened last; ``asked`` carries an action that is wanted."""

    asked = Signal(str)
    shown = Signal(object)  # CaseFile | None: what is on the screen now

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._seat = seat
        self._wanted: int | None = None
        self._reading = False
        self._again = False
        self._personal: dict[str, str] = {}
        self.file: CaseFile | None = None
        self.head, self.due, self.facts = CaseHead(self), DueCard(self), FactGrid(self)
        self.reasons, self.files = Reasons(self), Files(seat, self)
        self.instructions = Instructions(self)
        self.timeline, self.buttons = Timeline(self), Buttons(self)
        self._text = label(wrap=True, parent=self)
        self._story, self._chain = label(role="title"), label(role="fine")
        self._message, self._stack = Message(self), QStackedWidget(self)
        self._arrange()
        self.buttons.asked.connect(self.asked)
        self.facts.reveal.clicked.connect(lambda: self.asked.emit("reveal"))
        seat.bridge.facts.connect(self._hear)
        seat.bridge.reloaded.connect(self.refresh)
        language.follow(self, self._retranslate)

    @property
    def number(self) -> int | None:
        """Return the case that is open or being opened."""
        return self._wanted

    def open(self, number: int) -> None:
        """Show ``number`` as soon as it is read; until then nothing can be done to it."""
        if number != self._wanted:
            self._wanted = number
            self._personal = {}
            self.file = None
            self.buttons.setEnabled(False)
            self.shown.emit(None)
        self.refresh()

    def refresh(self) -> None:
        """Read the case again."""
        self._again = True
        if self._wanted is not None and not self._reading:
            tasks.start(self._read(), "reading the case")

    def show_personal(self, number: int, personal: dict[str, str]) -> None:
        """Show what a reveal of ``number`` answered, until another case is opened."""
        if number == self._wanted:
            self._personal = personal
            self._show()

    def tick(self) -> None:
        """Let a second pass."""
        if self.file is not None:
            now = self._seat.bridge.now()
            self.due.show_due(due_of(self.file, now))
            self.instructions.pass_time(now)
            self.head.show_case(self.file.incident, self._seat.directory, now)

    async def _read(self) -> None:
        """Read until what is shown is what is wanted; several wishes while one is read are one."""
        self._reading = True
        try:
            while self._again and self._wanted is not None:
                self._again = False
                number = self._wanted
                file = await read(self._seat.console.reads, number, self.file)
                if number == self._wanted:
                    self.file = file
                    self._show()
        except OutOfReach:
            self._fail("case.failed")
        except Problem:
            self._fail("case.gone")
        finally:
            self._reading = False
        if self._again:
            self.refresh()

    def _fail(self, section: str) -> None:
        """Say why there is nothing; a case that was read stays readable while the database is away."""
        if self.file is None or section == "case.gone":
            self.file = None
            self._message.show_section(section)
            self._stack.setCurrentWidget(self._message)
            self.shown.emit(None)

    def _hear(self, numbers: frozenset[int]) -> None:
        if self._wanted in numbers:
            self.refresh()

    def _show(self) -> None:
        file = self.file
        if file is None:
            return
        now = self._seat.bridge.now()
        self.tick()
        text = paragraph(file.incident["text"] or "")
        self._text.setText(text)
        self._text.setVisible(bool(text))
        reporter, open_ = self._reporter(file.incident)
        self.facts.show_facts(reporter, facts(file, self._seat.directory, now), revealable=open_)
        self.instructions.show_case(file.incident, now, self.height())
        self.reasons.show_file(file, now)
        self.files.show_files(file.incident["files"])
        self.timeline.show_entries(file.number, file.timeline, now)
        self._show_chain(file)
        self.buttons.show_file(file)
        self.buttons.setEnabled(True)
        self._stack.setCurrentIndex(0)
        self.shown.emit(file)

    def _show_chain(self, file: CaseFile) -> None:
        """Say that the chain holds, or which entry it does not bear out."""
        entries = [str(seq) for seq in file.broken if seq is not None]
        if entries:
            told = say("case.chain_broken", entries=say("case.list").join(entries))
        else:
            told = say("case.chain_changed" if file.broken else "case.chain_holds")
        self._chain.setText(told)
        dress(self._chain, "overdue" if file.broken else "fine")

    def _reporter(self, case: dict[str, Any]) -> tuple[str, bool]:
        """Return the reporter's words, and whether more could be shown."""
        told = self._personal or case["personal"]
        words = say("case.dot").join(shown(told[key]) for key in ("reporter", "phone") if told.get(key))
        if self._personal and words:
            return say("case.dot").join((words, say("case.shown_for"))), False
        return words, bool(words) and "reveal" in case["legal"]

    def _arrange(self) -> None:
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(EDGE, 12, EDGE, 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.due)
        column.addWidget(self.instructions)
        foot = QWidget(self)
        below = QVBoxLayout(foot)
        below.setContentsMargins(0, 0, 0, 12)
        below.setSpacing(11)
        below.addWidget(Rule(self))
        held = QHBoxLayout()
        held.setContentsMargins(EDGE, 0, EDGE, 0)
        held.addWidget(self.buttons)
        below.addLayout(held)
        body = QWidget(self)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self._scrolled(), 1)
        whole.addWidget(foot)
        self._stack.addWidget(body)
        self._stack.addWidget(self._message)
        self._message.show_section("case.empty")
        self._stack.setCurrentWidget(self._message)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        frame.addWidget(self._stack)

    def _scrolled(self) -> QScrollArea:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(EDGE, 4, EDGE, 12)
        column.setSpacing(10)
        heading = QHBoxLayout()
        heading.addWidget(self._story, 1)
        heading.addWidget(self._chain)
        for widget in (self._text, self.facts, self.reasons, self.files):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addLayout(heading)
        column.addWidget(self.timeline)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (area.viewport(), inner):
            ground.setAutoFillBackground(False)
        return area

    def _retranslate(self) -> None:
        self.setAccessibleName(say("case.panel"))
        self._story.setText(say("case.timeline"))
        self._chain.setToolTip(say("case.chain_hint"))
        if self.file is not None:
            self.facts.forget()
            self.instructions.forget()
            self.timeline.retell(self._seat.bridge.now())
            self._show()


class Rule(QWidget):
    """A line across."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), theme.color("line"))
        finally:
            painter.end()
