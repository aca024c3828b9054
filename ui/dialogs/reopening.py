"""Before a report is sent: the same matter at the same place ended not long ago, and may be reopened."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from console.errors import Problem
from console.language import say
from console.spoken import status_label
from ui.moments import brief, epoch
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown
from ui.theme import theme

PAUSE = 400  # milliseconds without a change
WIDTH = 340  # pixels of the sentence
TITLE = 40  # characters


class ReopenOffer(QFrame):
    """Hidden while there is nothing to reopen; ``wanted`` carries the newest case (see desk.incident)."""

    wanted = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self._seat = seat
        self._args: Mapping[str, object] | None = None
        self._case: dict[str, Any] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.told = label(wrap=True, parent=self)
        self.take = QPushButton(say("dialogs.reopen.take"), self)
        self.take.setAutoDefault(False)
        self.take.setShortcut("Alt+O")
        self.take.clicked.connect(lambda: self.wanted.emit(self._case))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.told, 1)
        row.addWidget(self.take)
        edge, ground = theme.color("near").name(), theme.color("raised").name()
        frame = f"border: 1px solid {edge}; border-left: 4px solid {edge}; border-radius: 6px;"
        self.setStyleSheet(f"QFrame#offer {{ background: {ground}; {frame} }}")
        self.hide()

    def look(self, args: Mapping[str, object] | None) -> None:
        """Look for what a report of ``args`` would repeat, once typing pauses; None: for nothing."""
        if args != self._args:
            self._args = args
            self.hide()
            if args is None:
                self._pause.stop()
            else:
                self._pause.start()

    def _ask(self) -> None:
        if self._args is not None:
            tasks.start(self._read(self._args), "looking for what to reopen")

    async def _read(self, args: Mapping[str, object]) -> None:
        """Show what is found, unless the form says something else by now, or has gone."""
        reads = self._seat.console.reads
        try:
            found = await reads.reopen_candidates(dict(args))
            case = await reads.incident(found[0]["number"]) if found else None
        except Problem:  # half a place, or no database: the report itself will say so
            return
        if case is not None and args is self._args:
            self._show(found, case)

    def _show(self, found: list[dict[str, Any]], case: dict[str, Any]) -> None:
        self._case = case
        first = found[0]
        told = say(
            "dialogs.reopen.found",
            number=first["number"],
            title=shown(first["title"])[:TITLE],
            status=status_label(first["status"]),
            at=brief(epoch(first["closed_at"]) or 0.0, self._seat.bridge.now()),
        )
        more = say("dialogs.reopen.more", count=len(found) - 1) if len(found) > 1 else ""
        self.told.setText(told + more)
        self.told.setMinimumHeight(self.told.heightForWidth(WIDTH))
        self.take.setVisible("reopen" in case["legal"])
        self.show()
