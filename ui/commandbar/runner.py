"""From a typed line to what is done: read, then performed, or asked for what is still needed."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.command import Command
from console.errors import BadInput, Problem
from ui.actions import Actions
from ui.commandbar import looks
from ui.commandbar.bar import CommandBar
from ui.commandbar.grammar import Typed, only_number, read
from ui.commandbar.lexicon import lexicon
from ui.seat import Seat
from ui.steps import fits_many

HISTORY = ("command-bar", None)  # where what was typed is kept, for this person alone


class Runner(QObject):
    """Owns the command bar of one seat and carries its lines out."""

    opening = Signal(int)  # a case by its number alone
    looking = Signal(str, object)  # a grid by its code, and what hears why there is none

    def __init__(self, seat: Seat, actions_: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat, self._actions = seat, actions_
        self._lexicon = lexicon(seat.directory, seat.console.board, seat.bridge.now)
        self.bar = CommandBar(self._lexicon, self._legal, self._title, parent)
        self.bar.entered.connect(self._run)
        self.bar.undo.connect(actions_.take_back)
        lines = seat.drafts.get(HISTORY, {}).get("lines")
        self.bar.line.recall(lines if isinstance(lines, list) else [])
        self.bar.line.remembered.connect(lambda typed: seat.drafts.__setitem__(HISTORY, {"lines": typed}))

    def named(self, number: int) -> dict[str, object]:
        """Return what a form must know of ``number``: the open case whole, another as the board has it."""
        file = self._actions.file
        if file is not None and file.number == number:
            return file.incident
        row = self._seat.console.board.row(number)
        if row is None:
            return {"number": number, "version": None, "title": "", "status": ""}
        return {"number": number, "version": row.version, "title": row.title, "status": row.status}

    def _legal(self) -> list[str]:
        if self._actions.many.active:
            return self._actions.many.offered()
        file = self._actions.file
        return list(file.incident["legal"]) if file else []

    def _title(self, number: int | None) -> str:
        """Return what the case ``number`` is called, of None the open one; "" where nobody here knows it."""
        if number is None:
            return f"{file.number} {file.incident['title']}" if (file := self._actions.file) else ""
        row = self._seat.console.board.row(number)
        return row.title if row else ""

    def _held(self) -> bool:
        """Tell whether somebody else has claimed the case: the database then says who, and since when."""
        file = self._actions.file
        return file is not None and bool(file.incident["claim_by"]) and not file.incident["mine"]

    def _run(self, text: str) -> None:
        number = only_number(text)
        try:
            if number is not None:
                self._open(number)
            elif code := looks.grid(text, self._lexicon):
                self.looking.emit(code, partial(self.bar.give_back, text))
            else:
                typed = read(text, self._lexicon, self._legal(), strict=not self._held())
                self._carry_out(typed, text)
        except Problem as problem:
            self.bar.show_problem(problem)
        else:
            self.bar.done()

    def _open(self, number: int) -> None:
        if number not in self._seat.console.board:
            raise BadInput("command_not_on_board", number=number)
        self.opening.emit(number)

    def _carry_out(self, typed: Typed, text: str) -> None:
        """Do what was typed; a form opens for what is still needed."""
        key = typed.action.key
        if key == "report":
            self._actions.ask(key)
            return
        if typed.number is None and self._actions.many.active and fits_many(key):
            self._actions.many.ask(key, typed.draft)
            return
        file = self._actions.file
        number = typed.number or (file.number if file else None)
        if number is None:
            raise BadInput("command_no_case")
        if typed.missing:
            self._actions.form(key, self.named(number), typed.draft)
        else:
            command = Command(key, number, typed.args, self._seat.version(number))
            self._actions.start(command, partial(self.bar.give_back, text))
