"""What stands beside the day's work: alarms of the database, and restricted cases that nobody watches."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget
from shiboken6 import isValid

from console.calendar import DEFAULT
from console.errors import Problem
from console.language import knows, say
from ui.language import language
from ui.moments import brief, epoch
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import shown

EVERY = 600_000  # milliseconds

Row = Mapping[str, Any]
T = TypeVar("T")


class Standing(QWidget):
    """Two chips, hidden while all is well.

    ``opened`` carries a case that a supervisor means to look after, ``told`` what an alarm asks for.
    """

    opened = Signal(int)
    told = Signal(str)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._alarms: Sequence[Row] = ()
        self._unattended: Sequence[Row] = ()
        self.unattended, self.alarm = QPushButton(self), QPushButton(self)
        self.menu, self.alarms = QMenu(self), QMenu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for chip, menu in ((self.unattended, self.menu), (self.alarm, self.alarms)):
            chip.setProperty("role", "chip")
            chip.setMenu(menu)
            row.addWidget(chip)
        self.alarm.setProperty("tone", "near")
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        language.follow(self, self._retranslate)

    def ask(self) -> None:
        """Ask the database what stands now."""
        tasks.start(self._read(), "asking for alarms")

    async def _read(self) -> None:
        """Read; a lost database is told elsewhere, and what it said last goes on standing."""
        reads, me = self._seat.console.reads, self._seat.console.me
        try:
            alarms = await reads.alarms()
            unattended = await reads.unattended() if "supervisor" in me["positions"] else []
        except Problem:
            return
        if not isValid(self):  # the person has left meanwhile
            return
        self._alarms, self._unattended = alarms, unattended
        self._retranslate()

    def _retranslate(self) -> None:
        more = say("window.standing.more", count=len(self._alarms) - 1) if len(self._alarms) > 1 else ""
        first = _said(self._alarms[0], "_brief") if self._alarms else ""
        self.alarm.setText(say("window.standing.alarm", told=first) + more)
        self.alarm.setToolTip("\n".join(_said(row) for row in self._alarms))
        self.alarm.setVisible(bool(self._alarms))
        self.unattended.setText(say("window.standing.unattended", count=len(self._unattended)))
        self.unattended.setToolTip(say("window.standing.unattended_hint"))
        self.unattended.setVisible(bool(self._unattended))
        self._list()
        self.setVisible(bool(self._alarms or self._unattended))

    def _list(self) -> None:
        self.menu.clear()
        now = self._seat.bridge.now()
        for row in self._unattended:
            since = brief(epoch(row["since"]) or 0.0, now)
            entry = self.menu.addAction(say("window.standing.case", number=row["number"], since=since))
            entry.triggered.connect(partial(_answer, self.opened.emit, int(row["number"])))
        self.alarms.clear()
        for row in self._alarms:
            entry = self.alarms.addAction(_said(row))
            entry.triggered.connect(partial(_answer, self.told.emit, _said(row, "_hint")))


def _answer(emit: Callable[[T], None], what: T, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
    emit(what)


def _said(row: Row, form: str = "") -> str:
    """Return an alarm in words: whole, ``_brief``, or as the ``_hint`` what to do."""
    key = f"window.standing.{row['kind']}{form}"
    usual = row["calendar"] == DEFAULT  # its name is the product's, another one's is the county's
    facts = {"name": say("window.standing.calendar") if usual else shown(row["name"]), "year": row["year"]}
    return say(key, **facts) if knows(key) else str(row["kind"])
