"""The parts of the case panel from top to bottom, and what each shows of a case."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui import anew
from ui.case.beside import CaseList
from ui.case.buttons import Buttons
from ui.case.composer import Composer, Perform
from ui.case.due_card import DueCard, due_of
from ui.case.facts import FactGrid, facts
from ui.case.files import Files
from ui.case.handed import Handed
from ui.case.head import CaseHead
from ui.case.history import History
from ui.case.instructions import Instructions
from ui.case.lookers import Lookers
from ui.case.nearest import Nearest
from ui.case.reasons import Reasons
from ui.case.terms import Terms
from ui.case.timeline import Timeline
from ui.casefile import CaseFile
from ui.dialogs.whole import Whole
from ui.layouts import in_tab_order, scroll
from ui.others import reported, titled
from ui.queue.flow import FlowLayout
from ui.seat import Seat
from ui.texts import dress, label, paragraph, too_long
from ui.theme import theme

EDGE = 14


class CaseBody(QWidget):
    """Head and limits stay above, the line for notes and the buttons below; what is between scrolls."""

    def __init__(self, seat: Seat, perform: Perform, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._file: CaseFile | None = None
        self.head, self.due, self.terms = CaseHead(self), DueCard(self), Terms(self)
        self.instructions, self.facts = Instructions(self), FactGrid(self)
        self.handed, self.lookers = Handed(seat, self), Lookers(seat, self)
        self.head.aside.addWidget(self.lookers)
        self.stale = label(role="near", wrap=True, parent=self)
        self.text, self.whole = label(wrap=True, parent=self), QPushButton(self)
        self.grid, self.around, self.nearest = QPushButton(self), QPushButton(self), Nearest(seat, self)
        self.beside = {key: CaseList(f"case.beside.{key}", self) for key in ("main", "under", "linked")}
        self.reasons, self.history, self.files = Reasons(self), History(self), Files(seat, self)
        self.timeline, self.composer = Timeline(self), Composer(seat, perform, self)
        self.buttons = Buttons(self)
        self._story, self._chain = label(role="title"), label(role="fine")
        self._arrange()
        self.whole.clicked.connect(self._read_whole)
        self.nearest.filled.connect(self._walk)
        self.timeline.reached.connect(lambda step: self.area.ensureWidgetVisible(step, 0, 8))

    def show_file(self, file: CaseFile, reporter: tuple[str, str], now: float) -> None:
        """Show ``file``; ``reporter`` is what is told of them, and what the button beside offers."""
        if self._file is None or self._file.number != file.number:
            self.area.verticalScrollBar().setValue(0)
        self._file = file
        case = file.incident
        self.pass_time(now)
        text = case["text"] or ""
        self.text.setText(paragraph(text))
        self.text.setVisible(bool(text))
        self.grid.setVisible(bool(case["grid_code"]))
        self.whole.setText(say("case.whole.open", length=len(text)))
        self.whole.setVisible(too_long(text))
        words, offer = reporter
        self.facts.show_facts(words, facts(file, self._seat.directory, now), offer)
        self._show_beside(case, now)
        self.handed.refresh()
        self.lookers.refresh()
        self.instructions.show_case(case, now, self.height())
        self.reasons.show_file(file, now)
        self.history.show_past(file.past, now)
        self.nearest.show_file(file, now)
        self.files.show_files(case["files"])
        self.timeline.show_story(file, now)
        self._show_chain(file)
        self.composer.show_case(case)
        self.buttons.show_file(file)
        self.buttons.setEnabled(True)
        self._walk()

    def pass_time(self, now: float) -> None:
        """Let a second pass."""
        if self._file is None:
            return
        case = self._file.incident
        self.due.show_due(due_of(self._file, now))
        self.terms.show_case(case, now)
        self.instructions.pass_time(now)
        self.timeline.pass_time(now)
        self.nearest.pass_time(now)
        self.head.show_case(case, self._seat.directory, now)

    def _walk(self) -> None:
        """Let Tab walk through everything as it stands."""
        in_tab_order(self.inner, self.composer, self.buttons)

    def retranslate(self, now: float) -> None:
        """Say everything anew: the language is another."""
        self._story.setText(say("case.timeline"))
        self._chain.setToolTip(say("case.chain_hint"))
        self.stale.setText(say("case.stale"))
        self.grid.setText(say("around.card", key="Ctrl+G"))
        self.around.setText(say("around.survey", key="Ctrl+R"))
        self.facts.forget()
        self.instructions.forget()
        self.history.forget()
        self.nearest.forget()
        self.files.forget()
        for other in self.beside.values():
            other.forget()
        self.timeline.retell(now)
        self.buttons.refresh()

    def _show_beside(self, case: dict[str, Any], now: float) -> None:
        main = [case["main"]] if case["main"] else []
        self.beside["main"].show_cases(main, titled, now)
        self.beside["under"].show_cases(case["under"], reported, now)
        self.beside["linked"].show_cases(case["linked"], titled, now)

    def _show_chain(self, file: CaseFile) -> None:
        self._chain.setText(chain_words(file))
        dress(self._chain, "overdue" if file.broken else "fine")

    def _read_whole(self) -> None:
        if self._file is not None:
            text, window = self._file.incident["text"] or "", self.window()
            anew.ask(lambda: Whole(say("case.fact.text"), text, window))

    def _arrange(self) -> None:
        top, above = _column(self, (EDGE, 12, EDGE, 8), 8)
        for part in (self.head, self.stale, self.handed, self.due, self.terms, self.instructions):
            above.addWidget(part)
        foot, below = _column(self, (0, 0, 0, 10), 8)
        below.addWidget(Rule(self))
        for widget in (self.composer, self.buttons):
            held = QHBoxLayout()
            held.setContentsMargins(EDGE, 0, EDGE, 0)
            held.addWidget(widget)
            below.addLayout(held)
        self.area = self._scrolled()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self.area, 1)
        whole.addWidget(foot)
        self.stale.hide()

    def _scrolled(self) -> QScrollArea:
        self.inner, column = _column(self, (EDGE, 4, EDGE, 12), 10)
        self.whole.setProperty("role", "chip")
        chips = QWidget(self)
        flow = FlowLayout(chips)
        own = (self.grid, self.around)
        for chip in own:
            chip.setProperty("role", "chip")
        for chip in (self.reasons.toggle, self.history.toggle, self.nearest.toggle, *own):
            flow.addWidget(chip)
        heading = QHBoxLayout()
        heading.addWidget(self._story, 1)
        heading.addWidget(self._chain)
        column.addWidget(self.text)
        column.addWidget(self.whole, alignment=Qt.AlignmentFlag.AlignLeft)
        unfolding = (self.reasons, self.history, self.nearest)
        for widget in (self.facts, *self.beside.values(), chips, *unfolding, self.files):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addLayout(heading)
        column.addWidget(self.timeline)
        column.addStretch(1)
        area = QScrollArea(self)
        scroll(area, self.inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area


def _column(parent: QWidget, edges: tuple[int, int, int, int], gap: int) -> tuple[QWidget, QVBoxLayout]:
    held = QWidget(parent)
    column = QVBoxLayout(held)
    column.setContentsMargins(*edges)
    column.setSpacing(gap)
    return held, column


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


def chain_words(file: CaseFile) -> str:
    """Say that the chain holds, or which entry it does not bear out."""
    entries = [str(seq) for seq in file.broken if seq is not None]
    if entries:
        return say("case.chain_broken", entries=say("case.list").join(entries))
    return say("case.chain_changed" if file.broken else "case.chain_holds")
