"""Which of a leader's instructions a note answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from console.language import say
from console.workflow import Option
from ui.dialogs.field import Field
from ui.moments import brief, epoch
from ui.texts import shown

SEEN = 24  # characters of its text


class EntryField(Field):
    """One of ``waiting`` (see desk.incident), or none unless it is chosen."""

    def __init__(
        self, option: Option, waiting: Sequence[Mapping[str, Any]], now: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(option, parent)
        self.box = QComboBox(self)
        self.box.addItem(say("dialogs.answers_none"), "")
        for told in waiting:
            at = brief(epoch(told["at"]) or 0.0, now)
            text = shown(told["text"] or "")[:SEEN]
            self.box.addItem(say("dialogs.answers", by=shown(told["by"]), at=at, text=text), str(told["seq"]))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.currentIndexChanged.connect(lambda _index: self.edited.emit())
        self.stack(self.box)

    @override
    def draft(self) -> object:
        return str(self.box.currentData() or "")

    @override
    def restore(self, draft: object) -> None:
        place = self.box.findData(str(draft))
        if place >= 0:  # else it has been answered meanwhile
            self.box.setCurrentIndex(place)
