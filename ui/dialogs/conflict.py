"""The card of a case that somebody else changed meanwhile: what differs, and what to do about it, by keys."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.errors import Problem
from console.language import say
from console.spoken import action_label, status_label
from ui import steps
from ui.dialogs.differing import Line, differing, possible
from ui.layouts import put_away
from ui.moments import epoch, exact
from ui.seat import Seat
from ui.texts import label, shown

CHOICES = {"mine": "Alt+S", "edit": "Alt+E", "draft": "Alt+T", "theirs": "Alt+D"}
OFFERED = 3  # steps that stand in for one that is no longer possible
Case = Mapping[str, Any]


class Choices(QWidget):
    """Buttons in ``columns``, each with its key, heard in ``owner`` or in the whole window.

    ``chosen`` carries the name of one.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, columns: int = 2, owner: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._columns, self._owner = columns, owner
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)

    def offer(self, choices: Mapping[str, tuple[str, str]]) -> None:
        """Offer ``choices``, by name: the words of its button, its key."""
        put_away(self._grid, self.buttons.values())
        self.buttons = {name: self._button(name, *words) for name, words in choices.items()}
        for place, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, *divmod(place, self._columns))
            button.show()

    def _button(self, name: str, words: str, keys: str) -> QPushButton:
        button = QPushButton(words.replace("&", "&&"), self)
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._choose, name))
        shortcut = QShortcut(QKeySequence(keys), self._owner or button)  # goes with it
        inside, everywhere = Qt.ShortcutContext.WidgetWithChildrenShortcut, Qt.ShortcutContext.WindowShortcut
        shortcut.setContext(inside if self._owner else everywhere)
        shortcut.activated.connect(partial(self.chosen.emit, name))
        return button

    def _choose(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.chosen.emit(name)


class Table(QWidget):
    """Field by field before, theirs, mine; hidden while nothing differs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for column in (1, 2, 3):
            self._grid.setColumnStretch(column, 1)
        self._cells: list[QWidget] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show ``lines``; where nobody knows how it was, as it is now and what was meant, if anything."""
        put_away(self._grid, self._cells)
        self._cells = []
        known = any(line.before for line in lines)
        meant = ["mine"] if any(line.mine for line in lines) else []
        names = ["field", *(["before", "theirs", "mine"] if known else ["now", *meant])]
        for column, name in enumerate(names):
            self._add(0, column, say(f"conflict.column.{name}"), "small")
        for row, line in enumerate(lines, 1):
            said = say("conflict.both", label=line.label) if line.both else line.label
            self._add(row, 0, said, "near" if line.both else "second")
            for column, name in enumerate(names[1:], 1):
                role = "third" if name == "before" else ""
                self._add(row, column, self._words(line, name), role)
        self.setAccessibleName(
            "\n".join(f"{one.label}: {one.before} / {one.theirs} / {one.mine}" for one in lines)
        )
        self.setVisible(bool(lines))

    def _words(self, line: Line, name: str) -> str:
        if name == "now":
            return line.theirs
        if name == "mine":
            return line.mine or say("conflict.same")
        unchanged = name == "theirs" and line.before == line.theirs
        return say("conflict.same") if unchanged else str(getattr(line, name))

    def _add(self, row: int, column: int, words: str, role: str) -> None:
        cell = label(words, role, wrap=bool(column), parent=self)
        self._cells.append(cell)
        self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)


def who_changed(facts: Case) -> str:
    """Return who changed a case, when and by what, from the facts of a stale_version refusal."""
    at = epoch(facts.get("at"))
    return say(
        "conflict.who",
        by=shown(str(facts.get("by"))),
        at=exact(at) if at else say("case.none"),
        action=action_label(str(facts.get("action"))),
        status=status_label(str(facts["status"])),
        version=facts["version"],
        yours=facts.get("yours"),
    )


class Conflict(QFrame):
    """In a form, hidden until there is one; ``chosen`` carries one of CHOICES or a possible action."""

    chosen = Signal(str)

    def __init__(self, seat: Seat, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict")
        self._seat, self._action = seat, action
        self.now: Case = {}  # as the card shows it: desk.incident
        self.compared: tuple[Case, Case | None, Case, Mapping[str, object]] | None = None
        self._title = label(say("conflict.title"), "near", parent=self)
        self._who, self._lead = (label(role=role, wrap=True, parent=self) for role in ("", "small"))
        self.table, self.choices = Table(self), Choices(self)
        self.choices.chosen.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        for widget in (self._title, self._who, self.table, self._lead, self.choices):
            column.addWidget(widget)
        self.hide()

    @property
    def impossible(self) -> bool:
        """Tell whether the card is shown and mine cannot be done any more."""
        return not self.isHidden() and "mine" not in self.choices.buttons

    async def compare(self, refusal: Problem, before: Case | None, said: Mapping[str, object]) -> bool:
        """Show what differs between ``before``, the case as it is now and what ``said`` means.

        Return False where the case cannot be read; then nothing is shown.
        """
        try:
            now = await self._seat.console.reads.incident(int(str(refusal.facts["number"])))
        except Problem:
            return False
        if not isValid(self):  # closed meanwhile
            return True
        self._show(refusal.facts, before, now, said)
        return True

    def _show(self, facts: Case, before: Case | None, now: Case, said: Mapping[str, object]) -> None:
        self.now, self.compared = now, (facts, before, now, said)
        self._who.setText(who_changed(facts))
        self.table.show_lines(differing(self._seat, self._action, now, said, before))
        able = possible(self._action, now)
        instead = [] if able else steps.offered(dict(now))[:OFFERED]
        self._lead.setText(self._leading(able, instead))
        numbered = {key: self._step(key, place) for place, key in enumerate(instead, 1)}
        usual = {name: (say(f"conflict.choice.{name}"), keys) for name, keys in CHOICES.items()}
        if not able:
            usual.pop("mine")
            usual.pop("edit")
        self.choices.offer({**numbered, **usual})
        self.show()
        self.take_focus()

    def resume(self, before: "Conflict") -> None:
        """Show what ``before`` shows."""
        if not before.isHidden() and before.compared is not None:
            self._show(*before.compared)

    def take_focus(self) -> None:
        """Give the cursor to the first choice."""
        next(iter(self.choices.buttons.values())).setFocus()

    def confirm(self) -> None:
        """Send mine where that is possible; else wait for a choice."""
        if "mine" in self.choices.buttons:
            self.chosen.emit("mine")
        else:
            self.take_focus()

    def _step(self, key: str, place: int) -> tuple[str, str]:
        return say("conflict.instead", action=action_label(key), key=place), f"Alt+{place}"

    def _leading(self, able: bool, instead: Sequence[str]) -> str:  # noqa: FBT001  a fact, not a switch
        if able:
            return say("conflict.kept")
        status, action = status_label(str(self.now["status"])), action_label(self._action)
        if instead:
            return say("conflict.impossible", status=status, action=action)
        return say("conflict.impossible_none", status=status, action=action)
