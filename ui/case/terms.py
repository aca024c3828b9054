"""What was promised to the citizen beside what the unit has to keep: two limits, side by side."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.language import say
from ui.moments import brief, countdown, epoch
from ui.texts import dress, label

ENDED = frozenset({"closed", "rejected", "merged", "cancelled", "suspended"})  # nothing is counted down


class Terms(QWidget):
    """Hidden until a first dispatch has set either."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(16)
        self._names, self._values = {}, {}
        for key in ("handling_due", "promised_due"):
            column = QVBoxLayout()
            column.setSpacing(1)
            self._names[key] = label(role="small", parent=self)
            self._values[key] = label(wrap=True, parent=self)
            column.addWidget(self._names[key])
            column.addWidget(self._values[key])
            self._row.addLayout(column, 1)

    def show_case(self, case: Mapping[str, Any], now: float) -> None:
        """Show the limits of ``case`` (see desk.incident) as they stand at ``now``."""
        for key, value in self._values.items():
            due = epoch(case[key])
            late = due is not None and now >= due and case["status"] not in ENDED
            self._names[key].setText(_told(say(f"case.term.{key}"), due, case["status"], now))
            self._names[key].setToolTip(say(f"case.term.{key}_hint"))
            dress(self._names[key], "overdue" if late else "small")
            value.setText(brief(due, now) if due is not None else say("case.none"))
        self.setVisible(any(case[key] for key in self._values))


def _told(term: str, due: float | None, status: str, now: float) -> str:
    if due is None or status in ENDED:
        return term
    key = "case.term.overdue" if now >= due else "case.term.left"
    return say(key, term=term, left=countdown(due, now).lstrip("−"))
