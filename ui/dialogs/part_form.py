"""The form that leads several reports out from under a case: which ones, and why."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from console.errors import BadInput
from console.language import say
from ui import steps
from ui.dialogs.many_form import Each, ManyForm
from ui.dialogs.ticks import TickList
from ui.others import reported, standing
from ui.seat import Draft, Seat
from ui.texts import label

LINES = 8  # of the list, at most; the others are scrolled to
TICKED = "numbers"  # under which the draft keeps what is ticked


class PartForm(ManyForm):
    """Asks which of the reports under ``case`` (see desk.incident) ``action`` is for."""

    def __init__(
        self, seat: Seat, action: str, case: Mapping[str, Any], parent: QWidget | None = None
    ) -> None:
        self._reports = steps.parted(dict(case), action)
        super().__init__(seat, action, {**case, "many": True}, seat.console.perform, parent)

    @override
    def cases(self) -> Sequence[Each]:
        chosen = {*self.list.chosen}
        found = [one for one in self._reports if one["number"] in chosen]
        return [Each(one["number"], one["version"], reported(one)) for one in found]

    @override
    def typed(self) -> Draft:
        return {**super().typed(), **({TICKED: chosen} if (chosen := self.list.chosen) else {})}

    @override
    def fill(self, draft: Draft) -> None:
        super().fill(draft)
        kept = draft.get(TICKED)
        if isinstance(kept, list):
            self.list.choose(kept)

    @override
    def send(self) -> None:
        if self.list.chosen:
            super().send()
        else:
            self._complain(partial(str, BadInput("none_ticked")))
            self.list.setFocus()

    @override
    def resume(self, before: QDialog) -> None:
        super().resume(before)
        if isinstance(before, PartForm):
            self.list.setCurrentRow(before.list.currentRow())

    @override
    def _arrange(self) -> None:
        now = self._seat.bridge.now()
        self.list = TickList([(one["number"], _line(one, now)) for one in self._reports], self)
        self._told = label(role="second", wrap=True, parent=self)
        super()._arrange()
        row = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(row * min(LINES, self.list.count()) + 2 * self.list.frameWidth() + 8)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.ticked.connect(self._count)
        self.list.ticked.connect(next(iter(self.fields.values())).edited)  # so that the draft is kept
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, self._told)
            layout.insertWidget(2, self.list)
        self.setTabOrder(self.list, next(iter(self.fields.values())))
        self._count()

    @override
    def _take_cursor(self) -> None:
        self.list.setFocus()

    def _count(self) -> None:
        self._told.setText(say("bulk.ticked", count=len(self.list.chosen), of=self.list.count()))
        self.list.setAccessibleName(self._told.text())
        self.submit.setText(self._submit_text())


def _line(one: Mapping[str, Any], now: float) -> str:
    return say("case.dot").join((str(one["number"]), reported(one), standing(one, now)))
