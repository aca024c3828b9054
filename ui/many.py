"""Actions on several cases at once: one form for all, an answer for each, one way back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.bulk import Bulk, State, back, for_each
from console.desk.command import Command
from console.language import say
from console.workflow import actions
from ui import anew, steps
from ui.dialogs.bulk_form import BulkForm
from ui.dialogs.bulk_result import BulkResult
from ui.dialogs.many_form import Each, ManyForm, title
from ui.dialogs.part_form import PartForm
from ui.queue.selection import Selection
from ui.seat import Draft, Seat


class Many(QObject):
    """Asks and performs for what is marked in ``selection``; of one or none it keeps out."""

    opened = Signal(object)  # a Form that is shown
    chosen = Signal(object)  # list[int]: select these

    def __init__(self, seat: Seat, host: QWidget) -> None:
        super().__init__(host)
        self._seat, self._host = seat, host
        self.selection: Selection | None = None

    @property
    def active(self) -> bool:
        """Tell whether actions are for several cases now."""
        return self.selection is not None and self.selection.many

    def offered(self) -> list[str]:
        """Return the actions that the cases can be told now, the likely ones first."""
        return steps.offered_to(self.selection.statuses()) if self.selection is not None else []

    def ask(self, key: str, draft: Draft | None = None) -> None:
        """Ask once what ``key`` needs, with ``draft`` filled in, and then tell it to each case."""
        rows = self.selection.rows() if self.selection is not None else []
        if key not in self.offered():
            self._seat.notices.say(say("bulk.none_fits", action=actions()[key].label))
            return
        self._open(lambda: BulkForm(self._seat, key, rows, self._host)).fill(draft or {})

    def part(self, key: str, case: Mapping[str, Any]) -> None:
        """Ask which of the reports under ``case`` leave it, and tell ``key`` to each."""
        self._open(lambda: PartForm(self._seat, key, case, self._host))

    def take_back(self, commands: Sequence[Command]) -> None:
        """Take ``commands`` back, as far as each still can be."""
        bulk = Bulk(self._seat.console.perform, back(commands))
        self._show(bulk, lambda: say("bulk.undo_title", count=len(bulk.lines)), {})

    def _open(self, make: Callable[[], ManyForm]) -> ManyForm:
        def made() -> ManyForm:
            form = make()
            form.done_with.connect(self._perform)
            self.opened.emit(form)
            return form

        return anew.ask(made)

    def _perform(self, command: Command, cases: Sequence[Each]) -> None:
        each = for_each(command, [(one.number, one.version) for one in cases])
        titles = {one.number: one.title for one in cases}
        self._show(Bulk(self._seat.console.perform, each), partial(title, command.action, len(each)), titles)

    def _show(self, bulk: Bulk, heading: Callable[[], str], titles: Mapping[int, str]) -> None:
        board = self._seat.console.board
        named = {one.number: row.title for one in bulk.lines if (row := board.row(one.number))} | dict(titles)
        result = BulkResult(self._seat, bulk, heading, named, self._host)
        result.ended.connect(lambda: self._end(bulk, heading()))
        result.chosen.connect(self.chosen)
        result.open()

    def _end(self, bulk: Bulk, heading: str) -> None:
        done, failed, notices = bulk.count(State.DONE), len(bulk.undone), self._seat.notices
        told = say("bulk.told_failed" if failed else "bulk.told", title=heading, done=done, failed=failed)
        if bulk.undoable():
            self._seat.undo.remember(*bulk.undoable())
            notices.offer(told)
        else:
            (notices.fail if failed else notices.say)(told)
