"""The field of a report's class: what the words suggest stands as chips beside it, and says which words."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from console.errors import BadInput
from console.language import current, say
from console.routing.guess import Guess
from console.workflow import Option
from ui.dialogs.chosen import Chip, ChoiceField
from ui.dialogs.offers import ChoiceLine
from ui.directory import Directory
from ui.moments import amount
from ui.texts import label, shown

CHIPS = 3
LINE_WIDTH = 110  # pixels


class KindField(ChoiceField):
    """One of the classes; Alt+1 to Alt+3 take a suggestion, typing takes any other."""

    def __init__(self, option: Option, directory: Directory) -> None:
        super().__init__(option, ChoiceLine(lambda: directory.classes), say("dialogs.pick_class"))
        self._directory = directory
        self._guesses: Sequence[Guess] = ()
        self.chips = [self._chip(number) for number in range(1, CHIPS + 1)]
        self.told = label(role="small", wrap=True, parent=self)
        self.line.setMinimumWidth(LINE_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        for chip in self.chips:
            row.addWidget(chip)
        self.column.insertLayout(0, row)
        self.column.addWidget(self.told)
        self.column.setSpacing(2)
        self.edited.connect(self._tell)
        self._tell()

    @property
    def code(self) -> str:
        """Return the class that is chosen, "" for none or several."""
        try:
            value = self.line.value()
        except BadInput:
            return ""
        return value if self._directory.kind(value) is not None else ""

    def suggest(self, guesses: Sequence[Guess]) -> None:
        """Offer what the words suggest, the likeliest first."""
        if guesses == self._guesses:
            return
        self._guesses = guesses
        for number, (chip, one) in enumerate(zip(self.chips, guesses, strict=False), 1):
            name = self._name(one.code)
            chip.setText(say("report.chip", name=name, number=number).replace("&", "&&"))
            chip.setAccessibleName(f"{self.option.label} {name}")
        self._tell()

    def _show_chips(self) -> None:
        """Show what else was suggested: what is chosen stands in the line."""
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < len(self._guesses) and self._guesses[number].code != self.code)

    def take(self, number: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        """Choose the suggestion ``number``, from 1."""
        if number <= len(self._guesses):
            self.restore(self._guesses[number - 1].code)

    def _chip(self, number: int) -> Chip:
        chip = Chip("", self)
        chip.clicked.connect(partial(self.take, number))
        chip.hide()
        return chip

    def _name(self, code: str) -> str:
        kind = self._directory.kind(code)
        if kind is None:
            return code
        return kind.name if current() == "zh" else kind.name_en

    def _tell(self) -> None:
        """Say what the class means for the case, and which words spoke for it."""
        self._show_chips()
        kind = self._directory.kind(self.code)
        self.told.setVisible(kind is not None)
        if kind is None:
            return
        told = say(
            "dialogs.class_limit",
            group=kind.group if current() == "zh" else kind.group_en,
            priority=kind.priority,
            amount=amount(kind.amount, kind.clock),
        )
        words = next((one.words for one in self._guesses if one.code == kind.code), ())
        quoted = say("case.list").join(say("report.quoted", word=shown(word)) for word in words)
        why = [say("report.because", words=quoted)]
        self.told.setText(say("case.dot").join([told, *(why if words else [])]))
