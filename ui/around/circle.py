"""What lies within a radius: open cases, workers on duty, resources and grids, the nearest first."""

from collections.abc import Mapping
from math import nan
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from console.errors import BadInput
from console.grade import COLOURS, Grade
from console.language import say
from ui.around.said import case, distance, metres_of, resource, worker
from ui.around.sheet import Sheet
from ui.lines import Lines, Said
from ui.moments import epoch
from ui.seat import Seat
from ui.texts import label, shown

RADII: Final = (200.0, 500.0, 1000.0)  # metres at a key's touch
WIDTH = 176  # pixels of the line for another radius
Found = Mapping[str, Any]  # desk.within's answer


class CircleSheet(Sheet):
    """``wanted`` carries another radius in metres, ``chosen`` the key of a line."""

    wanted = Signal(float)
    chosen = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.radii = {metres: self._radius(metres) for metres in RADII}
        self.typed = QLineEdit(self)
        self.typed.setMaxLength(20)
        self.typed.setFixedWidth(WIDTH)
        self.typed.returnPressed.connect(self._take)
        self.chips.addWidget(self.typed)
        self.nothing = label(role="second", wrap=True, parent=self)
        self.column.addWidget(self.nothing)
        self.cases, self.staff, self.resources, self.grids = (Lines(self, first) for first in (8, 5, 6, 4))
        for lines in (self.cases, self.staff, self.resources, self.grids):
            self.column.addWidget(lines)
            lines.chosen.connect(self.chosen)
        self.column.addStretch(1)

    def show_found(self, found: Found, centre: str) -> None:
        """Show what lies around ``centre``, which says in words where that is."""
        self.title.setText(say("around.round", far=distance(found["metres"])))
        self.sub.setText(centre)
        for metres, chip in self.radii.items():
            chip.setChecked(metres == found["metres"])
        self.tell("")
        cases, resources = found["cases"], found["resources"]
        self.cases.show_lines(
            _heading("around.in_cases", "around.in_more", cases), [*map(self._case, cases["rows"])]
        )
        staff = {"rows": found["staff"], "total": found["staff_total"]}
        self.staff.show_lines(
            _heading("around.in_staff", "around.in_staff_more", staff),
            [worker(self._seat, one) for one in staff["rows"]],
        )
        self.resources.show_lines(
            _heading("around.in_resources", "around.in_resources_more", resources),
            [resource(self._seat, one) for one in resources["rows"]],
        )
        grids = {"rows": found["grids"], "total": found["grids_total"]}
        self.grids.show_lines(
            _heading("around.in_grids", "around.in_grids_more", grids), [*map(_grid, grids["rows"])]
        )
        self.nothing.setText(say("around.round_none"))
        self.nothing.setHidden(any(part["rows"] for part in (cases, staff, resources)))
        self.hint.setText(say("around.hint"))
        self.settle()

    def enter(self) -> None:
        """Give the keys to the radius that is shown, unless they are here already."""
        if not self.inner.isAncestorOf(self.focusWidget()) and not self.typed.hasFocus():
            next((chip for chip in self.radii.values() if chip.isChecked()), self.typed).setFocus()

    def retranslate(self) -> None:
        """Say everything anew: the language is another."""
        for metres, chip in self.radii.items():
            chip.setText(distance(metres))
        self.typed.setPlaceholderText(say("around.round_typed"))
        self.typed.setAccessibleName(say("around.round_typed"))
        for lines in (self.cases, self.staff, self.resources, self.grids):
            lines.forget()

    def _radius(self, metres: float) -> QPushButton:
        made = self.chip(lambda: self.wanted.emit(metres))
        made.setCheckable(True)
        return made

    def _take(self) -> None:
        """Ask with the radius that is typed; what is none is said in place."""
        try:
            metres = metres_of(self.typed.text())
        except BadInput as problem:
            self.tell(problem.sentence, "overdue")
        else:
            self.wanted.emit(metres)

    def _case(self, one: Mapping[str, Any]) -> Said:
        due = epoch(one["due"])
        facts = one["number"], one["title"], nan if due is None else due
        return case(facts, Grade(COLOURS.index(one["grade"])), self._seat.bridge.now(), one["metres"])


def _heading(whole: str, cut: str, part: Mapping[str, Any]) -> str:
    rows = len(part["rows"])
    return say(whole if rows == part["total"] else cut, count=part["total"], shown=rows)


def _grid(one: Mapping[str, Any]) -> Said:
    words = say("case.dot").join((shown(one["name"]), shown(one["organisation"])))
    return Said(("grid", one["code"]), say(f"places.grid.{one['kind']}"), words, one["code"])
