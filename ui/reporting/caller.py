"""The caller's number: grouped while it is typed, in one form when it is sent."""

from typing_extensions import override

from console.errors import BadInput
from console.intake import persons
from console.language import say
from console.workflow import Option
from ui.dialogs.written import LineField

MOBILE = 11  # digits
GROUPS = (3, 7)  # where a mobile number has its gaps


class PhoneField(LineField):
    """A mobile number stands as 138 1234 2751; what no telephone could call is kept as it is written."""

    def __init__(self, option: Option) -> None:
        super().__init__("report", option)
        self.line.setPlaceholderText(say("report.phone"))
        self.line.textEdited.connect(self._group)

    @override
    def args(self) -> dict[str, object]:
        text = self.cleaned(self.line.text())
        try:
            number = persons.phone(text)
        except BadInput:
            number = text
        return {self.option.name: number} if number else {}

    def _group(self, text: str) -> None:
        digits = "".join(text.split())
        if grouped(digits) == digits:
            return
        before = len("".join(text[: self.line.cursorPosition()].split()))
        self.line.setText(grouped(digits))
        self.line.setCursorPosition(before + sum(gap < before for gap in GROUPS))


def grouped(digits: str) -> str:
    """Return the digits of a mobile number, as many as there are, with gaps; another number as it is."""
    if not (digits.isdecimal() and digits.startswith("1") and len(digits) <= MOBILE):
        return digits
    first, second = GROUPS
    return " ".join(part for part in (digits[:first], digits[first:second], digits[second:]) if part)
