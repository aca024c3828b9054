"""The story of a case, first step first; new steps are added below, nothing above moves."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.casefile import Entry
from ui.layouts import put_away
from ui.moments import brief, exact
from ui.panels.story import Told, tell
from ui.texts import label
from ui.theme import theme

SHOWN = 60  # steps at first; the earlier ones on demand
RAIL = 18


class Rail(QWidget):
    """The line at the left with the step's dot: filled in the accent where it is the newest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.first, self.last, self.moved = False, False, False
        self.setFixedWidth(RAIL)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("line"))
            x, y = 5, 10
            painter.drawLine(
                QPointF(x, y if self.first else 0), QPointF(x, y if self.last else self.height())
            )
            role = "accent" if self.last else "text3"
            painter.setPen(theme.color(role))
            painter.setBrush(theme.color(role if self.moved or self.last else "panel"))
            painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
        finally:
            painter.end()


class Step(QWidget):
    """One step: title and time, and below it who, why and what."""

    def __init__(self, told: Told, now: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = told
        self.rail = Rail(self)
        self.rail.moved = told.moved
        self._time = label(role="third", parent=self)
        self._time.setToolTip(exact(told.at))
        title = label(told.title, parent=self)
        title.setFont(theme.font("strong"))
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(title, 1)
        top.addWidget(self._time)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(2)
        column.addLayout(top)
        for line in told.lines:
            words = label(line, "small", wrap=True, parent=self)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.pass_time(now)

    def pass_time(self, now: float) -> None:
        """Say the time as it is said now."""
        self._time.setText(brief(self.told.at, now))

    def words(self) -> list[str]:
        """Return every text that is shown."""
        return [one.text() for one in self.findChildren(QLabel)]


class Timeline(QWidget):
    """Steps of one case at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number: int | None = None
        self._all = False
        self.steps: list[Step] = []
        self._entries: list[Entry] = []
        self._earlier = QPushButton(self)
        self._earlier.setProperty("role", "chip")
        self._earlier.clicked.connect(self._show_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._earlier)

    def show_entries(self, number: int, entries: list[Entry], now: float) -> None:
        """Show the story of ``number``; a longer story of the same case only gains steps."""
        known = {step.told.seq for step in self.steps}
        if number != self._number:
            self._all = False
            self._start_over()
            known = set()
        self._number, self._entries = number, entries
        wanted = entries if self._all else entries[-SHOWN:]
        if self.steps:
            wanted = [entry for entry in wanted if entry["seq"] > self.steps[-1].told.seq]
        for entry in wanted:
            if entry["seq"] not in known:
                self._add(tell(entry), now)
        self._mark(now)

    def retell(self, now: float) -> None:
        """Say everything anew: the language is another."""
        entries, number = self._entries, self._number
        self._start_over()
        if number is not None:
            self.show_entries(number, entries, now)

    def words(self) -> list[str]:
        """Return every text that is shown."""
        return [word for step in self.steps for word in step.words()]

    @override
    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def _add(self, told: Told, now: float) -> None:
        step = Step(told, now, self)
        self.steps.append(step)
        self._column.addWidget(step)

    def _mark(self, now: float) -> None:
        hidden = len(self._entries) - len(self.steps)
        self._earlier.setVisible(hidden > 0)
        self._earlier.setText(say("case.earlier", count=hidden))
        for index, step in enumerate(self.steps):
            step.rail.first = index == 0
            step.rail.last = index == len(self.steps) - 1
            step.rail.update()
            step.pass_time(now)

    def _show_all(self) -> None:
        self._all = True
        now = self.steps[-1].told.at if self.steps else 0.0
        self.retell(now)

    def _start_over(self) -> None:
        put_away(self._column, self.steps)
        self.steps = []
