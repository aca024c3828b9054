"""What every field of a form is: asks for one option, keeps a draft, says what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.errors import BadInput, Problem
from console.intake import hygiene
from console.language import keys, say
from console.workflow import Option

LIMITS = {"reporter": 80, "result": 200, "reference": 200, "to": 200, "file": 200, "photo": 200}


class Field(QWidget):
    """A widget for one option. ``args`` is what the action is told: nothing where nothing was filled in."""

    edited = Signal()
    entered = Signal()  # Enter in a field of one line; it submits, unless a form takes it for something else
    submitted = Signal()

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.entered.connect(self.submitted)

    def stack(self, *parts: QWidget, gap: int = 6) -> QVBoxLayout:
        """Stand ``parts`` below each other; the first has the cursor and the option's name."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        for part in parts:
            column.addWidget(part)
        parts[0].setAccessibleName(self.option.label)
        self.setFocusProxy(parts[0])
        return column

    def listen(self, line: QLineEdit) -> None:
        """Follow what is typed into ``line``, and Enter in it."""
        line.textChanged.connect(self.edited)
        line.returnPressed.connect(self.entered)

    def args(self) -> dict[str, object]:
        """Return what the action is told, as a rule its draft; BadInput where it cannot be read."""
        told = self.draft()
        return {self.option.name: told} if told else {}

    def file(self) -> str:
        """Return the path of a file that was chosen; "" where there is none."""
        return ""

    def draft(self) -> object:
        """Return what was filled in, to be restored later; falsy where it is nothing."""
        raise NotImplementedError

    def restore(self, draft: object) -> None:
        """Fill in what ``draft`` returned."""
        raise NotImplementedError

    def cleaned(self, text: str) -> str:
        """Return ``text`` fit to be kept; BadInput names this field."""
        name = self.option.name
        try:
            return hygiene.clean(text, name, LIMITS.get(name))
        except Problem as error:
            raise BadInput(error.code, **{**error.facts, "label": self.option}) from error


def preset_keys(action: str, option: str) -> list[str]:
    """Return the keys of the presets for an option of an action."""
    prefix = f"dialogs.preset.{action}-{option}."
    return [key for key in keys() if key.startswith(prefix)]


def values(name: str) -> dict[str, str]:
    """Return the closed list ``name``: what the database is told, and what is read."""
    prefix = f"dialogs.value.{name}."
    return {key.removeprefix(prefix): say(key) for key in keys() if key.startswith(prefix)}
