"""Passed or failed, with words of one's own beside it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from console.language import say
from console.workflow import Option
from ui.dialogs.chosen import SetField
from ui.dialogs.field import Field


class VerdictField(Field):
    """A chip of ``few``, a line of free text, or both; the result is what is read, the verdict first."""

    def __init__(self, option: Option, few: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.verdict, self.line = SetField(option, few, self), QLineEdit(self)
        self.line.setPlaceholderText(say("dialogs.verdict_words"))
        self.listen(self.line)
        self.verdict.edited.connect(self.edited)
        self.verdict.submitted.connect(self.submitted)
        self.stack(self.verdict, self.line)
        self.line.setAccessibleName(say("dialogs.verdict_words"))

    @override
    def args(self) -> dict[str, object]:
        parts = (str(self.verdict.draft()), self.line.text().strip())
        told = say("dialogs.verdict_joint").join(part for part in parts if part)
        return {self.option.name: self.cleaned(told)} if told else {}

    @override
    def draft(self) -> object:
        verdict, words = str(self.verdict.draft()), self.line.text()
        return [verdict, words] if verdict or words else ""

    @override
    def restore(self, draft: object) -> None:
        verdict, words = draft if isinstance(draft, list) else ("", draft)
        self.verdict.restore(verdict)
        self.line.setText(str(words))
