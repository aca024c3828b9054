"""The story of a case, first step first; new steps are added below, nothing above moves."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.case.step import Step
from ui.case.story import FILTERS, kinds, tell
from ui.casefile import CaseFile, Entry
from ui.layouts import put_away
from ui.queue.flow import FlowLayout
from ui.texts import label

SHOWN = 60  # steps at first, and with each wish for earlier ones
ALL = FILTERS[0]
TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Timeline(QWidget):
    """Steps of one case at a time; ``reached`` carries the step that the keys have come to."""

    reached = Signal(object)  # QWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: CaseFile | None = None
        self._room, self._now = SHOWN, 0.0
        self._filter, self._current = ALL, 0
        self.relative = True
        self.steps: list[Step] = []
        self._matching: list[Entry] = []
        self.chips = {key: self._chip(key) for key in FILTERS}
        self.clock = QPushButton(self)
        self.clock.setProperty("role", "chip")
        self.clock.setCheckable(True)
        self.clock.toggled.connect(self._turn_clock)
        bar = QWidget(self)
        flow = FlowLayout(bar)
        for chip in (*self.chips.values(), self.clock):
            flow.addWidget(chip)
        self._none = label(role="third", parent=self)
        self._earlier = QPushButton(self)
        self._earlier.setProperty("role", "chip")
        self._earlier.clicked.connect(self._show_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(bar)
        self._column.addSpacing(6)
        self._column.addWidget(self._earlier)
        self._column.addWidget(self._none)

    def show_story(self, file: CaseFile, now: float) -> None:
        """Show the story of ``file``; a longer story of the same case only gains steps."""
        before, self._file = self._file, file
        grown = before is not None and before.number == file.number and _grown(before, file)
        if before is None or before.number != file.number:
            self._room, self._filter = SHOWN, ALL
        self._tell_chips()
        self._show(now, anew=not grown)

    def show_only(self, key: str) -> None:
        """Show the steps of one kind, or all."""
        self._filter, self._room = key, SHOWN
        self._tell_chips()
        self._show(self._now, anew=True)

    def retell(self, now: float) -> None:
        """Say everything anew: the language is another."""
        self._tell_chips()
        self._show(now, anew=True)

    def pass_time(self, now: float) -> None:
        """Let time pass: what is told as so long ago is longer ago."""
        self._now = now
        for step in self.steps:
            step.pass_time(now, relative=self.relative)

    def enter(self) -> None:
        """Give the keys to the newest step."""
        if self.steps:
            self.steps[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.chips[self._filter].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def words(self) -> list[str]:
        """Return every text that is shown."""
        return [word for step in self.steps for word in step.words()]

    @override
    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = TURNS.get(Qt.Key(event.key()))
        if turn is None:
            super().keyPressEvent(event)
            return
        place = (FILTERS.index(self._filter) + turn) % len(FILTERS)
        self.show_only(FILTERS[place])
        self.enter()

    def _show(self, now: float, *, anew: bool) -> None:
        entries = self._file.timeline if self._file else []
        self._matching = [entry for entry in entries if self._filter in kinds(entry)]
        if anew:
            put_away(self._column, self.steps)
            self.steps = []
        wanted = self._matching[-self._room :]
        if self.steps:
            wanted = [entry for entry in self._matching if entry["seq"] > self.steps[-1].told.seq]
        for entry in wanted:
            self._add(entry)
        self._mark(now)

    def _add(self, entry: Entry, at: int | None = None) -> None:
        held = self._file is None or entry["seq"] not in self._file.broken
        step = Step(tell(entry, holds=held), self)
        step.walked.connect(partial(self._walk, step))
        step.entered.connect(partial(self._enter, step))
        self.steps.insert(len(self.steps) if at is None else at, step)
        if at is None:
            self._column.addWidget(step)
        else:
            self._column.insertWidget(self._column.indexOf(self._none) + 1 + at, step)
        step.show()  # now, so that it can take the keys

    def _mark(self, now: float) -> None:
        hidden = len(self._matching) - len(self.steps)
        self._earlier.setVisible(hidden > 0)
        self._earlier.setText(say("case.earlier", count=min(hidden, SHOWN), left=hidden))
        self._none.setVisible(not self.steps and self._file is not None)
        self._none.setText(say("case.story.none"))
        for index, step in enumerate(self.steps):
            step.rail.first = index == 0
            step.rail.last = index == len(self.steps) - 1
            step.rail.update()
            step.setFocusPolicy(Qt.FocusPolicy.StrongFocus if step.rail.last else Qt.FocusPolicy.ClickFocus)
        self.pass_time(now)

    def _show_more(self) -> None:
        """Add the steps before the first one; what is there stays."""
        first = len(self._matching) - len(self.steps)
        self._room = len(self.steps) + SHOWN
        for place, entry in enumerate(self._matching[max(0, first - SHOWN) : first]):
            self._add(entry, place)
        self._mark(self._now)

    def _walk(self, step: Step, by: int) -> None:
        place = self.steps.index(step) + by
        if place < 0 and not self._earlier.isHidden():
            shown = len(self.steps)
            self._show_more()
            place += len(self.steps) - shown
        self.steps[max(0, min(place, len(self.steps) - 1))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, step: Step) -> None:
        """Let Tab come back to the step that has the keys, and let it be seen."""
        for one in self.steps:
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is step else Qt.FocusPolicy.ClickFocus)
        self.reached.emit(step)

    def _chip(self, key: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.clicked.connect(lambda _on: self.show_only(key))
        return chip

    def _tell_chips(self) -> None:
        entries = self._file.timeline if self._file else []
        found = [kinds(entry) for entry in entries]
        for key, chip in self.chips.items():
            count = sum(key in one for one in found)
            chip.setText(say("case.story.filter_count", name=say(f"case.story.filter.{key}"), count=count))
            chip.setChecked(key == self._filter)
            chip.setVisible(count > 0 or key == self._filter)
        self.clock.setText(say("case.story.clock"))
        self.clock.setToolTip(say("case.story.clock_hint"))

    def _turn_clock(self, absolute: bool) -> None:  # noqa: FBT001  Qt's signature
        self.relative = not absolute
        self.pass_time(self._now)


def _grown(before: CaseFile, after: CaseFile) -> bool:
    """Tell whether nothing of what was told has changed: an erased text, a chain that broke."""
    return after.timeline[: len(before.timeline)] == before.timeline and after.broken == before.broken
