"""What each seat has in hand; a supervisor takes over from here."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.feed.board import Board
from console.feed.board_row import Row
from console.language import say
from console.spoken import status_label
from ui.moments import brief, epoch
from ui.seat import Seat
from ui.texts import label, shown
from ui.theme import theme

Facts = dict[str, Any]
COUNTS = ("claims", "urgent", "near", "overdue", "done_today")
COLUMNS = ("name", *COUNTS[:4], "oldest_claim", "done_today", "signed_in", "looking", "organisation")
ROLES = {"urgent": "urgent", "near": "near", "overdue": "overdue"}
LOGIN, NUMBER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CLAIMS_HEIGHT = 170


class LoadPane(QFrame):
    """``wanted``: this person's claims in the queue; ``opened`` a case, ``takeover`` one to take over."""

    wanted = Signal(str)
    opened = Signal(int)
    takeover = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._seat = seat
        self._may = "supervisor" in seat.console.me.get("positions", ())
        self._title, self._hint = (
            label(role="title", parent=self),
            label(role="third", wrap=True, parent=self),
        )
        self._whose: QLabel = label(role="strong", parent=self)
        self.tree, self.claims, self.take = QTreeWidget(self), QListWidget(self), QPushButton(self)
        self._arrange()
        self.tree.currentItemChanged.connect(lambda _item, _before: self._show_claims())
        self.tree.itemActivated.connect(lambda item, _column: self.wanted.emit(item.text(0)))
        self.claims.itemActivated.connect(lambda item: self.opened.emit(item.data(NUMBER)))
        self.take.clicked.connect(self._take)

    def show_seats(self, seats: list[Facts], now: float) -> None:
        """Show ``seats`` (see desk.seats); the one that is chosen stays."""
        item = self.tree.currentItem()
        chosen = item.data(0, LOGIN) if item is not None else None
        self.tree.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.tree.clear()
        for seat in sorted(seats, key=lambda one: (one["signed_in"] is None, -one["claims"])):
            made = self._item(seat, now)
            if seat["login"] == chosen:
                self.tree.setCurrentItem(made)
        self.tree.setColumnHidden(
            COLUMNS.index("organisation"), len({seat["organisation"] for seat in seats}) <= 1
        )
        first = self.tree.topLevelItem(0)
        if self.tree.currentItem() is None and first is not None:
            self.tree.setCurrentItem(first)
        self.tree.blockSignals(False)  # noqa: FBT003
        self._show_claims()

    def _item(self, seat: Facts, now: float) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [_cell(column, seat, now) for column in COLUMNS])
        item.setData(0, LOGIN, seat["login"])
        for place, column in enumerate(COLUMNS):
            if column in COUNTS:
                item.setTextAlignment(place, RIGHT)
            role = ROLES.get(column, "text") if seat.get(column) else "text3"
            item.setForeground(place, theme.color(role if seat["signed_in"] or role != "text" else "text2"))
        item.setForeground(0, theme.color("text" if seat["signed_in"] else "text3"))
        return item

    def _show_claims(self) -> None:
        item = self.tree.currentItem()
        name = item.text(0) if item is not None else ""
        kept = self.claims.currentRow()
        self.claims.clear()
        now = self._seat.bridge.now()
        rows = held(self._seat.console.board, name, now) if name else []
        for row in rows:
            line = QListWidgetItem(_said(row, now), self.claims)
            line.setData(NUMBER, row.number)
        self.claims.setCurrentRow(min(max(kept, 0), len(rows) - 1))
        self._whose.setText(say("seats.load.claims", name=name, count=len(rows)) if name else "")
        self.take.setVisible(self._may and bool(rows) and name != self._seat.console.me["name"])

    def _take(self) -> None:
        item = self.claims.currentItem()
        if item is not None:
            self.takeover.emit(item.data(NUMBER))

    def retranslate(self) -> None:
        """Say everything anew: the language is another."""
        self._title.setText(say("seats.load.title"))
        self._hint.setText(say("seats.load.hint"))
        self.tree.setHeaderLabels([say(f"together.seat.{column}") for column in COLUMNS])
        self.tree.setAccessibleName(say("seats.load.title"))
        self.claims.setAccessibleName(say("seats.load.list"))
        self.take.setText(say("seats.load.take"))
        self.take.setShortcut("Alt+T")
        if self.tree.currentItem() is not None:
            self._show_claims()

    def _arrange(self) -> None:
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setColumnCount(len(COLUMNS))
        for place, name in enumerate(COLUMNS):
            if name in COUNTS:
                self.tree.headerItem().setTextAlignment(place, RIGHT)
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.claims.setFixedHeight(CLAIMS_HEIGHT)
        line = QHBoxLayout()
        line.addWidget(self._whose, 1)
        line.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.tree, 1)
        column.addLayout(line)
        column.addWidget(self.claims)
        column.addWidget(self._hint)


def held(board: Board, name: str, now: float) -> list[Row]:
    """Return the open cases that ``name`` holds, the one that is due first first."""
    slots = board.all_slots()
    mine = slots[board.columns["claim_by"].within(slots, [name]) & board.claimed(now, slots)]
    return sorted((board.row_at(int(slot)) for slot in mine), key=lambda row: (row.due != row.due, row.due))


def _said(row: Row, now: float) -> str:
    due = brief(row.due, now) if row.due == row.due else say("case.none")
    return say(
        "seats.load.line", number=row.number, title=shown(row.title), status=status_label(row.status), due=due
    )


def _instant(value: object, now: float) -> str:
    at = epoch(value)  # type: ignore[arg-type]  # a datetime, or none
    return brief(at, now) if at is not None else say("case.none")


def _cell(column: str, seat: Facts, now: float) -> str:
    told: Callable[[object, float], str] | None = CELLS.get(column)
    value = seat[column]
    if told is not None:
        return told(value, now)
    return shown(str(value)) if value not in {None, ""} else say("case.none")


CELLS: dict[str, Callable[[object, float], str]] = {"signed_in": _instant, "oldest_claim": _instant}
