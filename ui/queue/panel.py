"""The queue: title, count, search, chips, and the list of open incidents."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from console.desk.views import Views
from console.feed.board import Board
from console.feed.board_filter import Filter
from console.feed.board_view import BoardView
from console.language import say
from ui.language import language
from ui.queue.arranging import KEYS, ArrangeButton
from ui.queue.conditions import read
from ui.queue.filters import Condition, FilterBar
from ui.queue.header import Header
from ui.queue.message import Message
from ui.queue.picker import FilterPicker
from ui.queue.rows import RowList
from ui.queue.search import SearchField
from ui.queue.selection import MOST
from ui.queue.times import clock_time
from ui.queue.views import ViewsButton

TICK = 1000  # milliseconds


class State(Enum):
    """How the board stands to the database."""

    LOADING = "loading"
    LIVE = "live"
    STALE = "stale"  # rows are old but readable
    FAILED = "failed"


class QueuePanel(QFrame):
    """The open incidents of ``board``. ``clock`` gives the server's time in epoch seconds."""

    activated = Signal(int)  # Enter or a double click: open it
    selection_changed = Signal(int)
    noticed = Signal(str)  # a sentence for the person
    retry = Signal()  # the person wants the database tried again now

    def __init__(
        self,
        board: Board,
        clock: Callable[[], float],
        parent: QWidget | None = None,
        memory: QSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._board = board
        self._state, self._since = State.LOADING, 0.0
        self.view = BoardView(board, clock)
        self.list = RowList(self.view, clock, self)
        self.filters = FilterBar(board, clock, self)
        self.picker = FilterPicker(board, clock, self.filters, self)
        self.search = SearchField(self)
        self.header = Header(self)
        self.arrange = ArrangeButton(self.list, self.header, memory, self)
        self._message = Message(self)
        self._title, self._count, self._banner = QLabel(self), QLabel(self), QLabel(self)
        self._pill, self._chosen = QPushButton(self), QPushButton(self)
        self._top, self._stack = QHBoxLayout(), QStackedWidget(self)
        self._arrange()
        self._connect()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._above = 0
        language.follow(self, self._retranslate)

    @property
    def selected(self) -> int | None:
        """Return the selected incident."""
        return self.list.selected

    def select(self, number: int, *, reveal: bool = True) -> None:
        """Select ``number`` and bring it into sight."""
        self.list.select(number, reveal=reveal)

    def set_conditions(self, conditions: Iterable[Condition]) -> None:
        """Show what meets ``conditions``, as a click on chips would."""
        self.filters.set_conditions(conditions)

    def offer_views(self, views: Views) -> ViewsButton:
        """Keep and show ``views`` from now on, by a button at the title."""
        button = ViewsButton(views, self, self)
        self._top.insertWidget(1, button)
        self.filters.changed.connect(lambda _filter: button.refresh())
        self.arrange.arrangement.changed.connect(button.refresh)
        button.noticed.connect(self.noticed)
        return button

    def view_state(self) -> dict[str, Any]:
        """Return filter, order, groups and columns as a view keeps them."""
        conditions = [one.told() for one in self.filters.conditions]
        return {**self.arrange.arrangement.told(), "conditions": conditions, "text": self.filters.text}

    def show_state(self, state: Mapping[str, Any]) -> None:
        """Show what ``state`` of a view says; what it does not name, or names badly, stays."""
        self.arrange.arrangement.show(state)
        told = state.get("conditions", [one.told() for one in self.filters.conditions])
        entries = told if isinstance(told, list) else []
        conditions = [one for entry in entries if (one := read(entry)) is not None]
        self.search.show_text(str(state.get("text", self.filters.text)))
        self.filters.search(conditions, self.search.text())

    def set_state(self, state: State, since: float = 0.0) -> None:
        """Say how the board stands; ``since`` is the instant of the last good data, for STALE."""
        self._state, self._since = state, since
        self._retranslate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange.show_keys(self.width())

    def tick(self) -> None:
        """Let a second pass."""
        self.list.tick()
        self.filters.count()
        self.picker.refresh()

    def _arrange(self) -> None:
        self._title.setProperty("role", "title")
        self._count.setProperty("role", "small")
        self._banner.setProperty("role", "near")
        self._banner.setTextFormat(Qt.TextFormat.PlainText)
        self._banner.setWordWrap(True)
        self._pill.setProperty("role", "pill")
        self._chosen.setProperty("role", "pill")
        self._chosen.hide()
        top = self._top
        for widget in (self._title, self._count, self._chosen):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self._pill)
        top.addStretch(1)
        top.addWidget(self.search)
        top.addWidget(self.arrange)
        strip = QVBoxLayout()
        strip.setContentsMargins(12, 10, 12, 8)
        strip.setSpacing(8)
        strip.addLayout(top)
        strip.addWidget(self.filters)
        strip.addWidget(self._banner)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self.header)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.activated.connect(self.activated)
        self.list.selection_changed.connect(self.selection_changed)
        self.list.moved.connect(self._show_count)
        self.list.arranged.connect(self._show_count)
        self.arrange.arrangement.changed.connect(self._show_count)
        self.list.arrived_above.connect(self._show_above)
        self.list.selection.changed.connect(self._show_count)
        self.list.selection.filled.connect(lambda: self.noticed.emit(say("selection.filled", most=MOST)))
        self._chosen.clicked.connect(self.list.selection.clear)
        self.filters.changed.connect(self._filter)
        self.filters.text_dropped.connect(self.search.drop)
        self.filters.wanted.connect(self.picker.begin)
        self.picker.closed.connect(self.list.setFocus)
        self.search.searched.connect(self.filters.set_text)
        self.search.left.connect(self._enter_list)
        self._pill.clicked.connect(self.list.go_to_top)
        self._message.acted.connect(self._act)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.take_focus)
        arrange = QShortcut(QKeySequence(KEYS), self)
        arrange.activated.connect(self.arrange.open_menu)
        clear = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        clear.activated.connect(self.show_all)
        pick = QShortcut(QKeySequence("/"), self)
        pick.activated.connect(self.picker.begin)

    def _filter(self, wanted: Filter) -> None:
        self.view.show(wanted)

    def _enter_list(self) -> None:
        self.list.setFocus()
        if len(self.view) and (self.selected is None or self.view.index_of(self.selected) is None):
            self.list.select(self.view.number_at(0))

    def _act(self, section: str) -> None:
        if section == "queue.failed":
            self.retry.emit()
        else:
            self.show_all()

    def show_all(self) -> None:
        """Clear filters and search."""
        self.search.drop()
        self.filters.set_conditions([])
        self.list.setFocus()

    def _retranslate(self) -> None:
        self._title.setText(say("queue.title"))
        self.setAccessibleName(say("queue.title"))
        self._pill.setToolTip(say("queue.above_hint"))
        self.header.update()
        self._show_above(self._above)
        stale = self._state is State.STALE or (self._state is State.FAILED and len(self._board) > 0)
        self._banner.setVisible(stale)
        self._banner.setText(say("queue.stale.banner", at=clock_time(self._since)) if stale else "")
        self._show_count()

    def _show_count(self) -> None:
        rows, total = len(self.view), len(self._board)
        key = "queue.count" if rows == total else "queue.count_of"
        section = self._section(rows, total)
        unknown = section in {"loading", "failed"}
        said = [say(key, shown=rows, total=total), self.header.unseen]
        self._count.setText("" if unknown else " · ".join(filter(None, said)))
        self._show_chosen()
        if section:
            self._message.show_section(f"queue.{section}", hidden=total)
        self._stack.setCurrentWidget(self._message if section else self.list)
        self.header.setVisible(not section)

    def _show_chosen(self) -> None:
        """Say how many are selected, in the count's place."""
        marks = self.list.selection
        key = "selection.count_unseen" if marks.unseen else "selection.count"
        self._chosen.setText(say(key, count=len(marks), unseen=marks.unseen))
        self._chosen.setToolTip(say("selection.clear"))
        self._chosen.setVisible(marks.many)
        self._count.setVisible(not marks.many)

    def _section(self, rows: int, total: int) -> str:
        """Return which message takes the list's place, "" for none."""
        if rows:
            return ""
        if total:
            return "filtered"
        return {State.LOADING: "loading", State.FAILED: "failed"}.get(self._state, "empty")

    def _show_above(self, count: int) -> None:
        self._above = count
        self._pill.setVisible(count > 0)
        self._pill.setText(say("queue.above", count=count))
