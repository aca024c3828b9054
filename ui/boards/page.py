"""A board's page: period and organisation on top, figures, charts and ranking below, always of now."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.desk.behind import Records, View
from console.desk.reads import Place
from console.errors import Problem
from console.indicators import figures, words
from console.indicators.figures import BoardFigures, Peers
from console.indicators.indicator import board_name
from console.language import say
from ui.boards.areas import Areas
from ui.boards.ask import Asked, Behind, Cases
from ui.boards.export import Export
from ui.boards.finder import Finder
from ui.boards.period import PeriodPicker
from ui.boards.places import PlacePicker
from ui.boards.reach import by_keys
from ui.boards.sheet import BoardSheet
from ui.growth import Growing
from ui.language import language
from ui.layouts import scroll
from ui.queue.message import Message
from ui.tasks import tasks

APART = 5000  # milliseconds between two readings while facts stream in

Load = Callable[[str, str | None, int, date | None, str | None], Awaitable[dict[str, Any]]]
Question = tuple[str | None, int, date | None, str | None]
ReadPeers = Callable[[str, str | None, int, date | None], Awaitable[dict[str, dict[str, Any]]]]
ReadRecords = Callable[[str, str, str | None, int, date | None], Records]


class BoardPage(Growing):
    """The board ``key``, read by ``load(board, organisation, days, until, ranked)``.

    ``cases(board, figure, organisation, days, until, limit)`` finds the numbers behind a figure;
    ``casesRequested`` asks for them. ``clock`` tells the present in seconds since 1970.
    """

    paperRequested = Signal(str)  # noqa: N815  "bulletins" or "scores"
    casesRequested = Signal(object, object)  # noqa: N815  what was asked, an Asked; what finds it, a Behind
    recordsRequested = Signal(str, object, object)  # noqa: N815  what is counted, its Records, their first page

    def __init__(
        self,
        key: str,
        load: Load,
        cases: Cases,
        clock: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.key, self._load, self._cases = key, load, cases
        self._records: ReadRecords | None = None
        self._peers: ReadPeers | None = None
        self._compared: Question | None = None  # what the peers that are shown belong to
        self._ranked: str | None = None  # a figure; None: the board's own
        self._organisation: str | None = None
        self._board: BoardFigures | None = None
        self._fault = ""
        self._reading = self._again = False
        self._timer = QTimer(self, singleShot=True, interval=APART)
        self._timer.timeout.connect(self._due)
        self._wanted = True  # something has changed since the last reading
        self.body, self._area = BoardSheet(key), QScrollArea(self)
        self._title, self._period, self._state = QLabel(self), QLabel(self), QLabel(self)
        self.picker, self.centre = PeriodPicker(clock, self), PlacePicker(self)
        self._message, self._stack = Message(self), QStackedWidget(self)
        self._offer_files()
        self._arrange()
        buttons = [*self._papers.values(), self._save]
        by_keys(self, self._area, self.centre, self.picker, buttons, self.body)
        self.finder = Finder(self._find, self)
        self.body.asked.connect(self.finder.ask)
        self.finder.changed.connect(lambda: self._tell_state(self._board))
        self.finder.failed.connect(self.show_failed)
        self.body.rankingChosen.connect(self.rank_by)
        self.picker.chosen.connect(self._read)
        self._message.acted.connect(lambda _section: self._read())
        self.centre.chosen.connect(self.choose_organisation)
        language.follow(self, self._retranslate)

    @property
    def days(self) -> int:
        """Return the period that is shown, in days."""
        return self.picker.period.days

    def lay(self, areas: Areas) -> None:
        """Read the board's map from ``areas``; until this is told it is on its way."""
        self.body.areas.lay(areas)

    def open_records(self, records: ReadRecords) -> None:
        """List by ``records`` what figures count that count no cases."""
        self._records = records

    def compare(self, peers: ReadPeers) -> None:
        """Compare figures with those of the organisation's peers, which ``peers`` reads after the board."""
        self._peers = peers

    def rank_by(self, figure: str) -> None:
        """Rank by ``figure``."""
        self._ranked = figure
        self._read()

    def offer(self, places: Sequence[Place], first: str | None) -> None:
        """Let one choose among ``places``, parents first; ``first`` is shown until one does."""
        self.centre.offer(places)
        if self._organisation is None and first is not None:
            self.choose_organisation(first)
        self._mark_organisation()

    def _mark_organisation(self) -> None:
        board = self._board if self._board and self._board.code == self._organisation else None
        self.centre.mark(self._organisation, board.organisation if board else "")

    def choose_organisation(self, code: str) -> None:
        """Show the figures of ``code`` and of what is below it."""
        self._organisation = code
        self._mark_organisation()
        if self.isVisible():
            self._read()
        else:
            self._wanted = True

    def refresh(self) -> None:
        """Read again, now or at most five seconds later; when hidden, once it is shown."""
        self._wanted = True
        if self.isVisible() and not self._timer.isActive():
            self._due()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted and not self._timer.isActive():
            self._due()

    def _due(self) -> None:
        if self._wanted and self.isVisible():
            self._read()

    def _read(self) -> None:
        """Start a reading; while one is on its way, another follows it."""
        if self._reading:
            self._again = True
            return
        self._reading, self._wanted = True, False
        self._timer.start()
        tasks.start(self._fetch(self._question), f"board {self.key}")

    @property
    def _question(self) -> Question:
        return self._organisation, *self.picker.period, self._ranked

    async def _fetch(self, question: Question) -> None:
        try:
            document = await self._load(self.key, *question)
        except Problem as problem:
            self.show_failed(problem.sentence)
        else:
            if question == self._question:
                self.show_document(document)
                await self._compare(question)
        finally:
            self._reading = False
        if self._again:
            self._again = False
            self._read()

    async def _compare(self, question: Question) -> None:
        """Show how the figures stand among peers: those of another question are none."""
        if self._peers is None:
            return
        if self._compared is not None and self._compared[:3] != question[:3]:
            self.body.show_peers({})
        try:
            found = await self._peers(self.key, *question[:3])
        except Problem as problem:
            self.show_failed(problem.sentence)
        else:
            if question == self._question:
                self._compared = question
                self.body.show_peers({key: Peers(**one) for key, one in found.items()})

    def show_document(self, document: dict[str, Any]) -> None:
        """Show what desk.board_figures answered."""
        self._board, self._fault = figures.parse(document), ""
        self.body.show_board(self._board)
        self._mark_organisation()
        self._retranslate()

    def show_failed(self, reason: str) -> None:
        """Say that the figures are old, or that there are none; the next reading comes by itself."""
        self._fault, self._wanted = reason, True
        self._retranslate()

    async def _find(self, asked: Asked) -> None:
        place = self._organisation
        if not asked.records:
            found = Behind(self._cases, self.key, asked, place, *self.picker.period)
            self.casesRequested.emit(asked, found)
        elif self._records is not None:
            place = asked.organisation or place
            records = self._records(self.key, asked.figures[0], place, *self.picker.period)
            self.recordsRequested.emit(asked.name, records, await records.page(View()))

    def _offer_files(self) -> None:
        self.export = Export(self.body, lambda: self._board, self)
        self._save = QPushButton(self)
        self._save.clicked.connect(lambda: self.export.offer(None))
        for kind, keys in (("picture", "Ctrl+S"), ("data", "Ctrl+Shift+S")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda one=kind: self.export.save_focused(one))

    def _offer_papers(self) -> list[QPushButton]:
        """Return what opens bulletins and, beside daily work, scores."""
        keys = ("scores", "bulletins") if self.key == "operations" else ("bulletins",)
        self._papers = {key: QPushButton(self) for key in keys}
        for key, button in self._papers.items():
            button.clicked.connect(lambda _on=False, one=key: self.paperRequested.emit(one))
        return list(self._papers.values())

    def _arrange(self) -> None:
        for label, role in ((self._title, "case"), (self._period, "second"), (self._state, "small")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._period)
        head.addStretch(1)
        head.addWidget(self._state)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(self.centre)
        choices.addWidget(self.picker)
        choices.addStretch(1)
        for button in (*self._offer_papers(), self._save):
            choices.addWidget(button)
        self.centre.hide()
        self._stack.addWidget(self._message)
        scroll(self._area, self.body)
        self._stack.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self._stack, 1)

    def _retranslate(self) -> None:
        board = self._board
        self.picker.tell()
        for key, button in self._papers.items():
            button.setText(say(f"boards.papers.{key}"))
            button.setToolTip(say(f"boards.papers.{key}_key"))
        self._save.setText(say("boards.export.button"))
        self._save.setAccessibleName(say("boards.export.of_page"))
        self.centre.setAccessibleName(say("boards.choose_centre"))
        self.centre.setToolTip(say("boards.choose_centre"))
        name = board_name(self.key)
        self.setAccessibleName(name)
        self._title.setText(
            say("boards.title", organisation=board.organisation, board=name) if board else name
        )
        self._period.setText(words.period_text(board) if board else "")
        self._period.setToolTip(say("boards.compared"))
        self._tell_state(board)
        if board is None:
            self._message.show_section("boards.failed" if self._fault else "boards.loading")
        self._stack.setCurrentWidget(self._message if board is None else self._area)
        self.body.retranslate()

    def _tell_state(self, board: BoardFigures | None) -> None:
        at = words.as_of_text(board) if board else ""
        stale = bool(board and self._fault)
        text = say("boards.stale", at=at, reason=self._fault) if stale else say("boards.updated", at=at)
        sought = self.finder.asked
        told = say("boards.finding", name=sought.name) if sought else text if board else self._fault
        self._state.setText(told)
        self._state.setProperty("role", "strong" if sought else "near" if self._fault else "small")
        self._state.style().unpolish(self._state)
        self._state.style().polish(self._state)
