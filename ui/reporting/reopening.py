"""Before a report is sent: the same matter at the same place ended not long ago, and may be reopened."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from console.language import say
from console.spoken import status_label
from ui.moments import brief, epoch
from ui.texts import label, shown
from ui.theme import theme

TITLE = 40  # characters


class ReopenOffer(QFrame):
    """Hidden while there is nothing to reopen; ``wanted`` carries the newest case (see desk.incident)."""

    wanted = Signal(object)

    def __init__(self, now: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self._now = now
        self._case: dict[str, Any] | None = None
        self.told = label(wrap=True, parent=self)
        self.take = QPushButton(say("dialogs.reopen.take"), self)
        self.take.setAutoDefault(False)
        self.take.clicked.connect(self.want)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.told, 1)
        row.addWidget(self.take)
        edge, ground = theme.color("near").name(), theme.color("raised").name()
        frame = f"border: 1px solid {edge}; border-left: 4px solid {edge}; border-radius: 6px;"
        self.setStyleSheet(f"QFrame#offer {{ background: {ground}; {frame} }}")
        self.hide()

    def want(self) -> None:
        """Go to reopen what is offered, where it may be."""
        if self._case is not None and "reopen" in self._case["legal"]:
            self.wanted.emit(self._case)

    def show_offer(self, found: Sequence[dict[str, Any]], newest: dict[str, Any] | None) -> None:
        """Offer ``newest``, the first of ``found`` (see desk.reopen_candidates); nothing where it is None."""
        self._case = newest
        self.setVisible(newest is not None)
        if newest is None:
            return
        first = found[0]
        told = say(
            "dialogs.reopen.found",
            number=first["number"],
            title=shown(first["title"])[:TITLE],
            status=status_label(first["status"]),
            at=brief(epoch(first["closed_at"]) or 0.0, self._now()),
        )
        more = say("dialogs.reopen.more", count=len(found) - 1) if len(found) > 1 else ""
        self.told.setText(told + more)
        self.take.setVisible("reopen" in newest["legal"])
