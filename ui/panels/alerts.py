"""What stands of alerts: a bell with their count on top, and the list behind it."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.alerts.rules import rules
from console.alerts.watch import Alert, Key
from console.feed.board import Board
from console.language import say
from ui.moments import brief
from ui.texts import label, shown
from ui.theme import theme

NUMBER = Qt.ItemDataRole.UserRole
MOST = 99


class Bell(QPushButton):
    """Shows how many alerts stand; blinks while one of priority 1 does, unless nothing may blink."""

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
        count = len(standing)
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


class AlertList(QDialog):
    """The alerts that stand, the weightiest first; ``opened`` a case, ``noted`` one that is taken note of."""

    opened = Signal(int)
    noted = Signal(int)

    def __init__(self, standing: Mapping[Key, Alert], board: Board, now: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.resize(600, 420)
        self.setWindowTitle(say("alerts.title", count=len(standing)))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.windowTitle())
        kinds = list(rules())
        order = sorted(standing.values(), key=lambda one: (one.level, kinds.index(one.key.kind), one.since))
        for alert in order:
            item = QListWidgetItem(_line(alert, board, now), self.list)
            item.setData(NUMBER, alert.key.number)
        self.list.itemActivated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(label(self.windowTitle(), "title", parent=self))
        column.addWidget(self.list, 1)
        column.addWidget(label(say("alerts.hint" if order else "alerts.none"), "third", parent=self))
        self.list.setCurrentRow(0)
        self.finished.connect(self.deleteLater)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.list.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None:
            number = int(item.data(NUMBER))
            self.noted.emit(number)
            for row in reversed(range(self.list.count())):
                if self.list.item(row).data(NUMBER) == number:
                    self.list.takeItem(row)
        else:
            super().keyPressEvent(event)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(int(item.data(NUMBER)))
        self.accept()


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return counts by kind in words, the weightiest first."""
    kinds = [kind for kind in rules() if counts.get(kind)]
    told = [say("alerts.count", kind=say(f"alerts.kind.{kind}"), count=counts[kind]) for kind in kinds]
    return say("case.list").join(told)


def _line(alert: Alert, board: Board, now: float) -> str:
    row = board.row(alert.key.number)
    return say(
        "alerts.line",
        kind=say(f"alerts.kind.{alert.key.kind}"),
        number=alert.key.number,
        title=shown(row.title) if row is not None else "",
        since=brief(alert.since, now),
    )
