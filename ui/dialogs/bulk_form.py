"""The form of an action on the cases that are selected in the queue."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.feed.board_row import Row
from console.language import say
from ui import steps
from ui.dialogs.many_form import Each, ManyForm, title
from ui.seat import Seat
from ui.texts import label, shown

NAMED, LETTERS = 6, 20  # cases that are named, characters of each title


class BulkForm(ManyForm):
    """Names ``rows``, and how many of them stand where the action cannot be done."""

    def __init__(self, seat: Seat, action: str, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        self.rows = list(rows)
        super().__init__(seat, action, _alike(rows), seat.console.perform, parent)

    @override
    def cases(self) -> Sequence[Each]:
        return [Each(row.number, row.version, row.title) for row in self.rows]

    @override
    def _heading(self, case: Mapping[str, Any] | None) -> str:
        return title(self._action.key, len(self.rows))

    @override
    def _arrange(self) -> None:
        super()._arrange()
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, label(self._named(), "small", wrap=True, parent=self))
            unfit = sum(not steps.stands_for(self.action, row.status) for row in self.rows)
            if unfit:
                layout.insertWidget(2, label(say("bulk.unfit", count=unfit), "near", wrap=True, parent=self))

    def _named(self) -> str:
        first = (say("bulk.one", number=row.number, title=_brief(row.title)) for row in self.rows[:NAMED])
        words = say("bulk.between").join(first)
        left = len(self.rows) - NAMED
        return words + say("bulk.more", count=left) if left > 0 else words


def _brief(text: str) -> str:
    line = shown(text)
    return line if len(line) <= LETTERS else line[:LETTERS] + "…"


def _alike(rows: Sequence[Row]) -> dict[str, object]:
    """Return what a form must know of a case, as far as it is the same for all."""
    said = {"status": {row.status for row in rows}, "class_code": {row.class_code for row in rows}}
    return {"many": True, **{name: values.pop() for name, values in said.items() if len(values) == 1}}
