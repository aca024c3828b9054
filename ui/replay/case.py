"""A case as it stood at the moment of a replay, and its story up to there."""

from collections.abc import Callable, Sequence
from math import isnan
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from console.feed.board_row import Row
from console.language import say
from console.spoken import action_label, channel_label, status_label
from ui.case.timeline import Timeline
from ui.casefile import CaseFile, Entry
from ui.directory import Directory
from ui.layouts import scroll
from ui.moments import brief, epoch
from ui.queue.times import remaining
from ui.texts import label, paragraph, shown

Told = Callable[[Row, float, Directory], str]


def _instant(at: float, now: float) -> str:
    return "" if isnan(at) else brief(at, now)


def _due(row: Row, now: float, _directory: Directory) -> str:
    if isnan(row.due):
        return ""
    return say("case.dot").join((brief(row.due, now), remaining(row.due, now)))


FACTS: Final[dict[str, Told]] = {  # key of columns.toml → its words
    "status": lambda row, _now, _directory: status_label(row.status),
    "due": _due,
    "class": lambda row, _now, _directory: row.class_name,
    "priority": lambda row, _now, _directory: str(row.priority),
    "channel": lambda row, _now, _directory: channel_label(row.channel),
    "centre": lambda row, _now, _directory: row.centre,
    "unit": lambda row, _now, _directory: row.unit,
    "holder": lambda row, _now, _directory: row.claim_by,
    "place": lambda row, _now, _directory: say("case.dot").join(filter(None, (row.township, row.place))),
    "grid": lambda row, _now, directory: directory.grid_name(row.grid_code),
    "received": lambda row, now, _directory: _instant(row.received, now),
    "handling": lambda row, now, _directory: _instant(row.handling_due, now),
    "promised": lambda row, now, _directory: _instant(row.promised_due, now),
    "callback": lambda row, now, _directory: _instant(row.callback, now),
    "pending": lambda row, _now, _directory: action_label(row.pending) if row.pending else "",
    "reminders": lambda row, _now, _directory: str(row.reminders or ""),
    "reports": lambda row, _now, _directory: str(row.reports or ""),
}
NAMES: Final = {"pending": "case.fact.pending"}  # those that are no column


class PastCase(QWidget):
    """One case at one moment; ``show_story`` brings its entries, of which those of later stay hidden."""

    def __init__(self, directory: Directory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._directory = directory
        self.number: int | None = None
        self.blind = False
        self._entries: Sequence[Entry] = ()
        self._cut = -1
        self._title, self._none = (label(role=role, wrap=True, parent=self) for role in ("case", "second"))
        self._facts = {key: (label(role="third"), label(wrap=True)) for key in FACTS}
        self.story = Timeline(self)
        self.later = label(role="second", wrap=True, parent=self)
        self._inside = QWidget(self)
        self._arrange()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(self._facts.values()):
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._none)
        column.addWidget(self._title)
        column.addLayout(grid)
        column.addWidget(self.story)
        column.addWidget(self.later)
        column.addStretch(1)
        self.story.hide()  # until there is one
        self._area = QScrollArea(self)
        scroll(self._area, self._inside)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def choose(self, number: int | None) -> None:
        """Show another case from now on, its story still unread."""
        self.number, self._entries, self._cut = number, (), -1

    def show_story(self, entries: Sequence[Entry]) -> None:
        """Take the entries of the case, the first first."""
        self._entries, self._cut = entries, -1

    def instants(self) -> list[float]:
        """Return when the entries of the case were written."""
        return [epoch(entry["at"]) or 0.0 for entry in self._entries]

    def show_moment(self, row: Row | None, at: float) -> None:
        """Show the case as it stood at ``at``: ``row``, None where it was not open."""
        self._area.setAccessibleName(say("replay.case"))
        found = "" if row is None else say("case.head", number=row.number, title=shown(row.title))
        gone = say("replay.nothing") if self.number is None else say("replay.absent", number=self.number)
        self._title.setText(found)
        self._title.setVisible(row is not None)
        self._none.setText(gone)
        self._none.setVisible(row is None)
        for key, (name, value) in self._facts.items():
            words = FACTS[key](row, at, self._directory) if row is not None else ""
            name.setText(say(NAMES.get(key, f"columns.name.{key}")))
            value.setText(paragraph(words))
            name.setVisible(bool(words))
            value.setVisible(bool(words))
        self._show_story(at)

    def _show_story(self, at: float) -> None:
        instants = self.instants()
        cut = sum(instant <= at for instant in instants)
        self.story.setVisible(cut > 0)
        if cut != self._cut and cut:
            incident: dict[str, Any] = {"number": self.number}
            self.story.show_story(CaseFile(incident, list(self._entries[:cut])), at)
        elif cut:
            self.story.pass_time(at)
        self._cut = cut
        self.later.setVisible(bool(instants) and not self.blind)
        left = len(instants) - cut
        if self.later.isVisibleTo(self) and left:
            self.later.setText(say("replay.later", count=left, at=brief(instants[cut], at)))
        else:
            self.later.setText(say("replay.ended"))
