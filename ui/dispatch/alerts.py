"""What stands of alerts: a bell with their count on top, and the list behind it."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from console.alerts.cases import CaseAlerts, by_case
from console.alerts.rules import rules
from console.alerts.watch import Alert, Key
from console.feed.board import Board
from console.language import say
from ui.dialog import Dialog
from ui.moments import brief
from ui.tagged import Line, TaggedList
from ui.texts import shown
from ui.theme import theme

MOST = 99
SIZE = (640, 420)
ROLES = {"urgent": ("urgent", "on_urgent"), "overdue": ("", "overdue"), "near": ("", "near")}  # fill, ink


class Bell(QPushButton):
    """Shows for how many cases alerts stand; blinks for priority 1, unless nothing may blink."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self._urgent = self._lit = False
        self._look: object = None
        theme.changed.connect(self._dress)
        self.show_alerts({}, note="")

    def show_alerts(self, standing: Mapping[Key, Alert], note: str) -> None:
        """Show ``standing``; ``note`` is said beside the counts."""
        self._urgent = any(alert.level == 1 for alert in standing.values())
        count = len({key.number for key in standing})
        self.setText(f"{MOST}+" if count > MOST else str(count))
        told = counts_in_words(Counter(key.kind for key in standing)) or say("alerts.none")
        said = " · ".join(one for one in (told, note, "F7") if one)
        self.setToolTip(said)
        self.setAccessibleName(f"{say('alerts.name')} {said}")
        self._dress()

    def blink(self) -> None:
        """Let half a second pass."""
        lit = self._urgent and (theme.still or not self._lit)
        if lit != self._lit:
            self._lit = lit
            self._dress()

    def _dress(self) -> None:
        self._lit = self._lit and self._urgent
        look = (theme.name, self._lit, self._urgent)
        if look == self._look:
            return
        self._look = look
        role = "on_urgent" if self._lit else "overdue" if self._urgent else "text2"
        self.setIcon(theme.icon("bell", role))
        ground, ink = theme.color("urgent").name(), theme.color(role).name()
        lit = f"background: {ground}; border-color: {ground};" if self._lit else ""
        self.setStyleSheet(f"QPushButton {{ color: {ink}; {lit} }}")


class AlertList(Dialog):
    """What stands, a line for each case. ``opened``: a case; ``noted``: one that is taken note of."""

    opened = Signal(int)
    noted = Signal(int)
    all_noted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, SIZE)
        self.list = TaggedList(self)
        self._lines: list[Line] | None = None
        self.list.activated.connect(self._open)
        self.column.addWidget(self.list, 1)
        self._hint = self.foot("")

    def show_alerts(self, standing: Mapping[Key, Alert], board: Board, now: float) -> None:
        """Show what stands now; the keys stay where they are."""
        lines = [_line(case, board, now) for case in by_case(standing.values())]
        if lines != self._lines:
            self._lines = lines
            self.list.show_lines(lines)
            self.entitle(say("alerts.title", count=len(lines)))
            self.list.setAccessibleName(self.windowTitle())
            self.list.empty = say("alerts.empty")
            self._hint.setText(say("alerts.hint" if lines else "dialogs.closes"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.list.line
        if event.key() == Qt.Key.Key_Delete and line is not None and line.number is not None:
            self.noted.emit(line.number)
        elif event.key() == Qt.Key.Key_F8 and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.all_noted.emit()  # the window's own key, which it does not hear behind this
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        line = self.list.line
        if line is not None and line.number is not None:
            self.accept()
            self.opened.emit(line.number)


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return counts by kind in words, the weightiest first."""
    kinds = [kind for kind in rules() if counts.get(kind)]
    told = [say("alerts.count", kind=say(f"alerts.kind.{kind}"), count=counts[kind]) for kind in kinds]
    return say("case.list").join(told)


def _line(case: CaseAlerts, board: Board, now: float) -> Line:
    row = board.row(case.number)
    tags = tuple((say(f"alerts.kind.{kind}"), ROLES.get(kind, ("", "accent"))) for kind in case.kinds)
    title = shown(row.title) if row is not None else ""
    return Line(case.number, str(case.number), tags, title, brief(case.since, now))
