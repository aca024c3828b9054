"""What was reported here before: two lines of figures, and the last cases at a key's touch."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.language import say
from console.spoken import outcome_label
from ui.case.beside import CaseList
from ui.directory import Directory
from ui.others import titled

CLASSES = 3  # named; the others are counted together
Past = Mapping[str, Any]  # desk.history's answer
PARTS = ("place", "grid")


class History(QWidget):
    """The list of last cases behind ``toggle``; the figures stand among the facts."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = QPushButton(parent)
        self.toggle.setProperty("role", "chip")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self.setVisible)
        self.lists = {part: CaseList(f"case.history.last_{part}", self, first=5) for part in PARTS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for one in self.lists.values():
            column.addWidget(one)
            one.opened.connect(self.opened)
        self.hide()
        self.toggle.hide()

    def show_past(self, past: Past | None, now: float) -> None:
        """Show the last cases of ``past``; nothing where there were none, or where it is not read yet."""
        known = {cause["number"] for cause in past["place"]["cases"]} if past else set()
        for part, shown in self.lists.items():
            cases = (past[part] or {}).get("cases", []) if past else []
            others = [one for one in cases if part == "place" or one["number"] not in known]
            shown.show_cases(others, titled, now)
        any_ = any(not shown.isHidden() for shown in self.lists.values())
        self.toggle.setText(say("case.history.toggle"))
        self.toggle.setVisible(any_)
        self.setVisible(any_ and self.toggle.isChecked())

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        for one in self.lists.values():
            one.forget()


def figures(past: Past | None, directory: Directory) -> list[tuple[str, str]]:
    """Return the facts that ``past`` comes to: at the place, and in the grid where there is one."""
    if past is None:
        return []
    about = "near" if past["point"] else "named"
    lines = [("history_here", _line(past["place"], f"case.history.{about}", past, directory))]
    if past["grid"] is not None:
        lines.append(("history_grid", _line(past["grid"], "case.history.in_grid", past, directory)))
    return lines


def _line(part: Mapping[str, Any], where: str, past: Past, directory: Directory) -> str:
    if not part["count"]:
        return say(f"{where}_none", days=past["days"], metres=past["metres"])
    names = {choice.value: choice.label for choice in directory.classes}
    classes = [
        say("case.history.of", name=_short(names.get(one["class"], one["class"])), count=one["count"])
        for one in part["classes"]
    ]
    others = sum(one["count"] for one in part["classes"][CLASSES:])
    named = classes[:CLASSES] + ([say("case.history.others", count=others)] if others else [])
    ends = [
        say("case.history.of", name=_end(outcome), count=count)
        for outcome, count in sorted(part["outcomes"].items(), key=lambda end: -end[1])
    ]
    head = say(where, days=past["days"], metres=past["metres"], count=part["count"])
    return say(
        "case.history.line", head=head, classes=say("case.list").join(named), ends=say("case.list").join(ends)
    )


def _short(name: str) -> str:
    """Return a class without its group."""
    return name.rsplit("/", 1)[-1].strip()


def _end(outcome: str) -> str:
    return say("case.history.open") if outcome == "open" else outcome_label(outcome)
