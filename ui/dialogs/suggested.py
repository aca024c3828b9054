"""The unit that a case goes to: those that the rules speak for are offered first, with their reasons."""

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.errors import Problem
from console.language import say
from console.workflow import Option
from ui.dialogs.chosen import ChoiceField
from ui.dialogs.offers import ChoiceLine
from ui.directory import Choice
from ui.layouts import grow
from ui.seat import Seat
from ui.suggestion import suggestion, unit_words
from ui.tasks import tasks
from ui.texts import label


class UnitLine(ChoiceLine):
    """Offers ``suggested`` before all others while nothing is typed."""

    suggested: tuple[Choice, ...] = ()

    @override
    def fitting(self, typed: str) -> list[Choice]:
        found = super().fitting(typed)
        if typed:
            return found
        known = {one.value for one in self.suggested}
        return [*self.suggested, *(one for one in found if one.value not in known)]


class UnitField(ChoiceField):
    """Asks the database whom the case ``number`` concerns; without an answer all are offered."""

    def __init__(self, seat: Seat, option: Option, number: int, parent: QWidget | None = None) -> None:
        self._units = UnitLine(lambda: seat.directory.units)
        super().__init__(option, self._units, say("dialogs.pick"), parent)
        self._seat = seat
        self.told = label(role="small", wrap=True, parent=self)
        self.told.hide()
        self.column.addWidget(self.told)
        asking = tasks.start(self._ask(number), f"asking whom {number} concerns")
        self.destroyed.connect(lambda _field: asking.cancel())

    async def _ask(self, number: int) -> None:
        try:
            found = await self._seat.console.reads.recommend({"number": number})
        except Problem:
            return  # the units are there all the same
        leads = [one for one in found if one["kind"] == "lead"]
        if leads:
            self._units.suggested = tuple(map(self._choice, leads))
            now, named = self._seat.bridge.now(), self._seat.directory.class_name
            self.told.setText(
                say("dialogs.suggested", why=say("case.dot").join(suggestion(found, now, named)))
            )
            self.told.show()
            grow(self.window())

    def _choice(self, unit: dict[str, Any]) -> Choice:
        why = unit_words(unit, self._seat.bridge.now(), self._seat.directory.class_name)
        return Choice(unit["unit_code"], unit["unit_name"], why)
