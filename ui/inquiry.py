"""Dialogs that ask the database and say in words what came of it."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import isValid

from console.errors import Problem
from console.language import say
from ui.anew import wait
from ui.dialog import Dialog
from ui.seat import Seat
from ui.texts import dress, label, shown

LEADERS: Final = frozenset({"supervisor", "admin"})  # answer for others' work

Job = Callable[[], Coroutine[Any, Any, None]]


class Inquiry(Dialog):
    """``told`` says what came of what was asked last; a dialog may be closed before the answer is there."""

    def __init__(self, seat: Seat, title: str, parent: QWidget | None, size: tuple[int, int]) -> None:
        super().__init__(title, parent, size)
        self._seat = seat
        self.told = label(role="second", wrap=True, parent=self)

    @property
    def _leads(self) -> bool:
        return not LEADERS.isdisjoint(self._seat.console.me["positions"])

    def _offer_places(self, box: QComboBox) -> None:
        """Offer in ``box`` one's own organisation and all below it that are centres, one's own chosen."""
        directory, me = self._seat.directory, self._seat.console.me
        for one in directory.centres_from(me.get("organisation_code")):
            box.addItem(shown(one.alias or one.name), one.code)
        box.setCurrentIndex(max(box.findData(directory.home), 0))
        box.setPlaceholderText(say("boards.no_place"))

    async def _guarded(self, do: Job) -> None:
        """Do it, and say why where it is refused."""
        try:
            await do()
        except Problem as problem:
            if isValid(self):
                self._say(problem.sentence, bad=True)
        finally:
            if isValid(self):
                self._rest()

    def _rest(self) -> None:
        """Be free again for what comes next."""
        wait(self, busy=False)

    def _say(self, words: str, *, bad: bool = False) -> None:
        dress(self.told, "overdue" if bad else "second")
        self.told.setText(words)
