"""What a handover says, group by group, case by case: on the screen, and as paper takes it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from console.desk.together import LISTS
from console.errors import Refused
from console.language import say
from console.spoken import action_label, status_label
from ui.case.beside import CaseList
from ui.layouts import put_away, scroll
from ui.moments import brief, epoch
from ui.texts import shown

FIRST = 8  # rows of a group; the others on demand
Facts = dict[str, Any]


class Line(NamedTuple):
    """A case: what is said of it, and at the right where it stands."""

    number: int
    words: str
    standing: str


class Group(NamedTuple):
    """A heading with its count, and lines."""

    heading: str
    lines: list[Line]


class Lists(QScrollArea):
    """The groups below each other; ``opened`` carries a case."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Group] = []
        self.groups: list[CaseList] = []
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        scroll(self, inner)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show ``groups``; what is as it was keeps its place and the cursor in it."""
        if [group.heading for group in groups] != [group.heading for group in self._shown]:
            put_away(self._column, self.groups)
            self.groups = [self._made(place) for place in range(len(groups))]
        for group, box in zip(groups, self.groups, strict=True):
            box.show_rows(group.heading, group.lines)
        self._shown = list(groups)

    def enter(self) -> None:
        """Give the keys to the first case."""
        row = next((row for box in self.groups for row in box.rows), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)

    def _made(self, place: int) -> CaseList:
        box = CaseList("", self.widget(), FIRST)
        box.opened.connect(self.opened)
        self._column.insertWidget(place, box)
        return box


def groups_of(content: Facts, now: float, giver: str = "") -> list[Group]:
    """Return the groups of a handover's facts (see desk.handover), the empty ones left out.

    ``giver``: who hands over, where that is somebody else than who reads.
    """
    return [
        Group(_heading(key, found["total"], giver), [_line(key, row, now) for row in found["rows"]])
        for key in LISTS
        if (found := content["lists"][key])["total"]
    ]


def _heading(key: str, total: int, giver: str) -> str:
    if giver and key in {"claims", "notes"}:
        return say(f"seats.shift.{key}_of", name=shown(giver), total=total)
    return say(f"together.list.{key}", total=total)


def outcome_of(handover: Facts) -> Iterator[Group]:
    """Return what passed when ``handover`` was signed, and what did not and why."""
    rows = [row for found in handover["content"]["lists"].values() for row in found["rows"]]
    titles = {row["number"]: shown(row["title"]) for row in rows}
    taken, left = handover["taken"] or [], handover["left"] or []
    if taken:
        lines = [Line(number, titles.get(number, ""), "") for number in taken]
        yield Group(say("seats.shift.taken", count=len(taken)), lines)
    if left:
        why = [Refused(one["code"], **one["facts"]).sentence for one in left]
        lines = [Line(one["number"], words, "") for one, words in zip(left, why, strict=True)]
        yield Group(say("seats.shift.left", count=len(left)), lines)


def _line(key: str, row: Facts, now: float) -> Line:
    words = shown(row.get("text") or row["title"]) if key == "notes" else shown(row["title"])
    standing = STANDING.get(key, _due)(row, now)
    return Line(int(row["number"]), words, standing)


def _at(row: Facts, now: float) -> str:
    return brief(epoch(row["at"]) or 0.0, now)


def _due(row: Facts, now: float) -> str:
    due = epoch(row["due"])
    where = status_label(row["status"])
    if due is None:
        return where
    told = say("seats.shift.overdue" if due <= now else "seats.shift.due", at=brief(due, now))
    return say("case.dot").join((where, told))


def _pending(row: Facts, now: float) -> str:
    return say("case.dot").join((say(f"case.request.{row['pending']}"), _due(row, now)))


def _waiting(row: Facts, now: float) -> str:
    first = row["waiting"][0]
    due = epoch(first["due"])
    key = "seats.shift.instructed" if due is None else "seats.shift.instructed_due"
    return say(key, by=shown(first["by"]), at=brief(due, now) if due else "")


STANDING: dict[str, Callable[[Facts, float], str]] = {
    "callbacks": lambda row, now: say("seats.shift.call", at=_at(row, now)),
    "urged": lambda row, now: say("seats.shift.urged", at=_at(row, now)),
    "pending": _pending,
    "instructions": _waiting,
    "notes": lambda row, now: say("case.dot").join((action_label(row["action"]), _at(row, now))),
}
