"""Actions under the hand: keys, buttons and the command bar come here, and go to the database from here."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from console.desk.bulk import back
from console.desk.command import Command
from console.errors import Problem
from console.language import say
from console.spoken import status_label
from console.workflow import actions
from ui import anew, steps
from ui.casefile import CaseFile
from ui.dialogs.form import Form
from ui.language import language
from ui.many import Many
from ui.seat import Draft, Seat
from ui.tasks import tasks
from ui.texts import shown

Case = Mapping[str, Any]


class Actions(QObject):
    """The QActions of the workflow for the case that is open; ``host`` hears their keys."""

    reporting = Signal()  # a new report is wanted
    performed = Signal(int)  # on the case of this number
    revealed = Signal(int, object)  # number, personal facts
    opened = Signal(object)  # a Form that is shown
    inline = Signal(str)  # an action that is written where it will stand, without a form

    def __init__(self, seat: Seat, host: QWidget) -> None:
        super().__init__(host)
        self._seat, self._host = seat, host
        self.file: CaseFile | None = None
        self._barred = False
        self._notices = seat.notices
        self.many = Many(seat, host)
        self.all: dict[str, QAction] = {key: self._make(key) for key in actions()}
        language.follow(self, self._retranslate)
        self.show_file(None)

    def show_file(self, file: CaseFile | None) -> None:
        """Act on this case from now on; the keys of what it does not allow say so."""
        self.file = file

    def bar(self, barred: bool) -> None:  # noqa: FBT001  a signal's value
        """Let nothing be done from now on, as while the past is looked at; or again."""
        self._barred = barred

    @property
    def usable(self) -> set[str]:
        """Return the keys of the actions that can be done now."""
        if self._barred:
            return set()
        if self.many.active:
            return {*filter(steps.fits_many, self.all), *ALWAYS}
        if self.file is None:
            return {*ALWAYS}
        case = self.file.incident
        revealing = {"reveal"} & {*case["legal"]}
        return {*steps.offered(case), *steps.withheld(case), *revealing, *ALWAYS}

    @property
    def likely(self) -> list[QAction]:
        """Return the actions that the selected cases, or the open one, can be told now; the likely first."""
        if self._barred:
            return []
        if self.many.active:
            return [self.all[key] for key in self.many.offered()]
        return [self.all[key] for key in steps.offered(self.file.incident)] if self.file else []

    @property
    def withheld(self) -> dict[QAction, str]:
        """Return the actions that cannot be done now, each with the reason."""
        usable = self.usable
        return {action: self._why_not(key, "why") for key, action in self.all.items() if key not in usable}

    def ask(self, key: str) -> None:
        """Do ``key`` on the selected cases, else on the open one: at once where nothing is asked."""
        if key == "report":
            self.reporting.emit()
        elif key == "undo":
            self.take_back()
        elif self.many.active and steps.fits_many(key):
            self.many.ask(key)
        elif self.file is None:
            self._notices.say(say("dialogs.no_case"))
        elif key in steps.INLINE:
            self.inline.emit(key)
        else:
            self._on_case(key, self.file.incident)

    def answer(self, seq: int) -> None:
        """Write a note that answers the instruction ``seq`` of the open case."""
        if self.file is not None:
            self.form("note", self.file.incident, {"answers": str(seq)})

    def form(self, key: str, case: Case, draft: Draft | None = None) -> Form:
        """Open the form of ``key`` on ``case``, with ``draft`` filled in."""
        made = anew.ask(partial(self._form, key, case))
        made.fill(draft or {})
        return made

    def _form(self, key: str, case: Case) -> Form:
        made = Form(self._seat, key, case, self.perform, self._host)
        made.instead.connect(self._on_case)
        self.opened.emit(made)
        return made

    def reopen(self, case: Case, words: str) -> None:
        """Ask why ``case`` is reopened; a reason that was begun before is kept."""
        begun = ("reopen", int(case["number"])) in self._seat.drafts
        self.form("reopen", case, {} if begun else {"reason": words})

    def start(self, command: Command, refused: Callable[[str], None] | None = None) -> None:
        """Perform ``command`` without a form; a refusal is a notice, unless ``refused`` is told it."""
        tasks.start(self._at_once(command, refused or self._notices.fail), f"performing {command.action}")

    async def perform(self, command: Command) -> dict[str, Any]:
        """Perform ``command`` and tell everybody concerned; a refusal is raised."""
        answer = await self._seat.console.perform(command)
        number = int(answer["number"])
        self.performed.emit(number)
        if command.action == "reveal":
            self.revealed.emit(number, answer.get("personal", {}))
        elif actions()[command.action].undoable:
            self._seat.undo.remember(command)
            self._notices.offer(done_sentence(command, answer), number)
        elif command.action != "undo":
            self._notices.say(done_sentence(command, answer), number)
        return answer

    def take_back(self) -> None:
        """Undo the last step that can be."""
        last = self._seat.undo.take()
        if not last:
            self._notices.say(say("window.nothing_to_undo"))
        elif len(last) > 1:
            self.many.take_back(last)
        else:
            tasks.start(self._at_once(back(last)[0], self._notices.fail), "undoing")

    async def _at_once(self, command: Command, refused: Callable[[str], None]) -> None:
        if self._seat.post(command):
            return
        try:
            answer = await self.perform(command)
        except Problem as problem:
            refused(problem.sentence)
        else:
            if command.action == "undo":
                number = int(answer["number"])
                undone = say("window.undone", number=number, status=status_label(answer["status"]))
                self._notices.say(undone, number)

    def _on_case(self, key: str, case: Case) -> None:
        if steps.parted(dict(case), key):
            self.many.part(key, case)
            return
        number, version = int(case["number"]), int(case["version"])
        mine = bool(case.get("mine"))
        others = bool(case.get("claim_by")) and not mine
        if (steps.direct(key) and not (key == "claim" and others)) or (key == "reveal" and mine):
            self.start(Command(key, number, {}, version))
        else:
            self.form(key, case)

    def _make(self, key: str) -> QAction:
        action = QAction(self._host)
        action.setShortcut(QKeySequence(actions()[key].shortcut))
        action.setAutoRepeat(False)
        action.triggered.connect(partial(self._trigger, key))
        self._host.addAction(action)
        return action

    def _trigger(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        if key in self.usable:
            self.ask(key)
        else:
            self._notices.say(self._why_not(key))

    def _why_not(self, key: str, manner: str = "refused") -> str:
        """Return why ``key`` cannot be done, in the words of one ``manner`` of words.toml."""
        facts: dict[str, object] = {"action": actions()[key].label}
        if self._barred:
            return say("replay.refused", **facts)
        if self.many.active:
            return say(f"words.{manner}.many", **facts)
        if self.file is None:
            return say(f"words.{manner}.none", **facts)
        case = self.file.incident
        facts |= {"number": case["number"], "who": shown(case["claim_by"] or "")}
        whose = steps.left_to(key, case, self._seat.console.me["organisation"])
        facts |= {"status": status_label(case["status"]), "centre": case["centre"], "unit": case["unit"]}
        held = "held" if case["claim_by"] and not case["mine"] else whose or "now"
        return say(f"words.{manner}.{held}", **facts)

    def _retranslate(self) -> None:
        for key, action in self.all.items():
            action.setText(actions()[key].label)


ALWAYS = ("report", "undo")


def done_sentence(command: Command, answer: Mapping[str, Any]) -> str:
    """Return what was done or asked for, and where the case stands now if the step is for moving it."""
    key = "asked" if answer.get("pending") == command.action else "done"
    return say(
        "window.done_status" if key == "done" and steps.moves(command.action) else f"window.{key}",
        number=answer["number"],
        action=actions()[command.action].label,
        status=status_label(str(answer["status"])),
    )
