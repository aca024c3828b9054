"""What stands beside the day's work: alarms of the database, and restricted cases that nobody watches."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget
from shiboken6 import isValid

from console.calendar import DEFAULT
from console.errors import Problem
from console.language import knows, say
from ui.language import language
from ui.moments import brief, epoch
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown

EVERY = 600_000  # milliseconds
SAID = 1  # alarms by name; the tooltip has all

Row = Mapping[str, Any]


class Standing(QWidget):
    """Hidden while all is well; ``opened`` carries a case that a supervisor means to look after."""

    opened = Signal(int)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._alarms: Sequence[Row] = ()
        self._unattended: Sequence[Row] = ()
        self.alarm: QLabel = label(role="near", parent=self)
        self.unattended = QPushButton(self)
        self.unattended.setProperty("role", "chip")
        self.menu = QMenu(self)
        self.unattended.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(16)
        row.addWidget(self.unattended)
        row.addWidget(self.alarm)
        row.addStretch(1)
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
        told = [_alarm(row) for row in self._alarms]
        more = say("window.standing.more", count=len(told) - SAID) if len(told) > SAID else ""
        self.alarm.setText(say("window.standing.alarm", told=told[0]) + more if told else "")
        remedies = list(dict.fromkeys(_remedy(row) for row in self._alarms))
        self.alarm.setToolTip("\n".join([*told, *remedies]))
        self.alarm.setVisible(bool(told))
        self.unattended.setText(say("window.standing.unattended", count=len(self._unattended)))
        self.unattended.setToolTip(say("window.standing.unattended_hint"))
        self.unattended.setVisible(bool(self._unattended))
        self._list()
        self.setVisible(bool(told or self._unattended))

    def _list(self) -> None:
        self.menu.clear()
        now = self._seat.bridge.now()
        for row in self._unattended:
            since = brief(epoch(row["since"]) or 0.0, now)
            entry = self.menu.addAction(say("window.standing.case", number=row["number"], since=since))
            entry.triggered.connect(partial(self._open, int(row["number"])))

    def _open(self, number: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.opened.emit(number)


def _alarm(row: Row) -> str:
    key = f"window.standing.{row['kind']}"
    usual = row["calendar"] == DEFAULT  # its name is the product's, another one's is the county's
    facts = {"name": say("window.standing.calendar") if usual else shown(row["name"]), "year": row["year"]}
    return say(key, **facts) if knows(key) else str(row["kind"])


def _remedy(row: Row) -> str:
    key = f"window.standing.{row['kind']}_hint"
    return say(key, year=row["year"]) if knows(key) else ""
