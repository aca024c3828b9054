"""What is near the open case: resources and workers with distance and number, at a key's touch."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.errors import Problem
from console.language import say
from ui.around.said import resource, way, worker
from ui.casefile import CaseFile
from ui.lines import Lines
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown

ASKED = 40  # of each, from which the nearest of every kind come first
FRESH = 60  # seconds: workers move


class Nearest(QWidget):
    """Behind ``toggle``, and asked for only then; ``chosen`` carries start, end and words of a line."""

    chosen = Signal(object)  # None: no line any more
    filled = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._number: int | None = None
        self._place: object = None
        self._asked_at = 0.0
        self._found: dict[str, Any] = {}
        self.toggle = QPushButton(parent)
        self.toggle.setProperty("role", "chip")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._turn)
        self.told = label(role="small", wrap=True, parent=self)
        self.resources, self.staff, self.own = (Lines(self, first) for first in (5, 5, 3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.told)
        for lines in (self.resources, self.staff, self.own):
            column.addWidget(lines)
            lines.chosen.connect(self._choose)
        self.hide()

    def show_file(self, file: CaseFile, now: float) -> None:
        """Be about ``file``; what was read of another case goes."""
        place = file.incident["point"], file.incident["grid_code"]
        if (file.number, place) != (self._number, self._place):
            self._number, self._place, self._found = file.number, place, {}
            self.chosen.emit(None)
            self._show()
            self._ask(now)
        self.toggle.setText(say("around.near"))

    def pass_time(self, now: float) -> None:
        """Ask again now and then, for workers move."""
        if self.toggle.isChecked() and now - self._asked_at >= FRESH:
            self._ask(now)

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        for lines in (self.resources, self.staff, self.own):
            lines.forget()
        self._show()

    def _turn(self, opened: bool) -> None:  # noqa: FBT001  Qt's signature
        self.setVisible(opened)
        if opened:
            self._ask(self._seat.bridge.now())
        else:
            self.chosen.emit(None)

    def _ask(self, now: float) -> None:
        if self.toggle.isChecked() and self._number is not None:
            self._asked_at = now
            tasks.start(self._read(self._number), "asking what is near")

    async def _read(self, number: int) -> None:
        """Read what is near; why there is nothing is said in its place."""
        try:
            found = await self._seat.console.reads.around.near(number, limit=ASKED)
        except Problem as problem:
            found = {"why": problem.sentence}
        if number == self._number:
            self._found = found
            self._show()

    def _show(self) -> None:
        found, seat = self._found, self._seat
        own = found.get("grid") or {"name": "", "staff": []}
        resources = [resource(seat, one) for one in of_each_kind(found.get("resources", []))]
        staff = [worker(seat, one) for one in found.get("staff", [])]
        self.resources.show_lines(say("around.near_resources"), resources)
        self.staff.show_lines(say("around.near_staff"), staff)
        self.own.show_lines(
            say("around.near_own", name=shown(own["name"])), [worker(seat, one) for one in own["staff"]]
        )
        self.told.setText(self._said(nothing=not resources and not staff))
        self.told.setVisible(bool(self.told.text()))
        self.filled.emit()

    def _said(self, *, nothing: bool) -> str:
        if "why" in self._found:
            return str(self._found["why"])
        if not self._found:
            return ""
        said = [say("around.from_grid")] if self._found["told_by"] == "grid" else []
        return say("case.dot").join([*said, *([say("around.near_none")] if nothing else [])])

    def _choose(self, key: object) -> None:
        """Draw the line to what was chosen, which told where it is."""
        kinds = {"resource": self._found["resources"], "staff": self._found["staff"]}
        line = way(self._found["point"], kinds, key)
        if line is None:
            self._seat.notices.say(say("around.no_place"))
        else:
            self.chosen.emit(line)


def of_each_kind(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return ``found``, nearest first, with the nearest of every kind before all others."""
    first: dict[str, Mapping[str, Any]] = {}
    for one in found:
        first.setdefault(one["kind"], one)
    return [*first.values(), *(one for one in found if one is not first[one["kind"]])]
