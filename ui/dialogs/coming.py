"""An instant to come: a line to type it in, and choices that a key fills in."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from typing_extensions import override

from console.errors import BadInput
from console.intake import instants
from console.language import say
from console.workflow import Option
from ui.dialogs.field import Field
from ui.moments import local
from ui.queue.flow import FlowLayout

QUICK = {"quarter": timedelta(minutes=15), "hour": timedelta(hours=1), "tomorrow": None}
WIDTH = 150  # pixels of the line
LENGTH = 40


def told(text: str, now: float) -> str:
    """Return an instant as people type it in ISO 8601, "" for nothing; a bare clock time is today's.

    ``now`` is the server's time in epoch seconds. Raises BadInput where it cannot be read.
    """
    whole = text.strip().replace("：", ":")
    if not whole:
        return ""
    try:
        return instants.coming(whole, local(now)).isoformat()
    except (ValueError, OverflowError) as error:
        raise BadInput("instant_unreadable", text=text[:40]) from error


class Coming(QWidget):
    """A line, and a chip for each of QUICK, which Alt+1 … Alt+3 press."""

    edited = Signal()
    entered = Signal()

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.line = QLineEdit(self)
        self.line.setMaxLength(LENGTH)
        self.line.setFixedWidth(WIDTH)
        self.line.textChanged.connect(self.edited)
        self.line.returnPressed.connect(self.entered)
        self.chips = {key: QPushButton(self) for key in QUICK}
        self._flow = FlowLayout(self)
        self._flow.addWidget(self.line)
        for key, chip in self.chips.items():
            chip.setProperty("role", "chip")
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it writes
            chip.clicked.connect(partial(self.choose, key))
            self._flow.addWidget(chip)
        self.setFocusProxy(self.line)
        self.retranslate()

    def choose(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        """Fill in the choice ``key`` of QUICK."""
        later = QUICK[key]
        if later is None:
            self.line.setText(say("seats.callback.tomorrow"))
        else:
            now = local(self._clock())
            at = now + later
            self.line.setText(f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}")

    def value(self) -> str:
        """Return the instant in ISO 8601, "" where none is filled in; BadInput where it cannot be read."""
        return told(self.line.text(), self._clock())

    def retranslate(self) -> None:
        """Say everything anew: the language is another."""
        self.line.setPlaceholderText(say("seats.callback.line"))
        self.line.setAccessibleName(say("seats.callback.name"))
        for place, (key, chip) in enumerate(self.chips.items(), start=1):
            chip.setText(say(f"seats.callback.{key}"))
            chip.setShortcut(f"Alt+{place}")
            chip.setToolTip(f"Alt+{place}")


class ComingField(Field):
    """The instant of a promise, in a form."""

    def __init__(self, option: Option, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.coming = Coming(clock, self)
        self.coming.edited.connect(self.edited)
        self.coming.entered.connect(self.entered)
        self.stack(self.coming)

    @override
    def args(self) -> dict[str, object]:
        at = self.coming.value()
        return {self.option.name: at} if at else {}

    @override
    def draft(self) -> object:
        return self.coming.line.text()

    @override
    def restore(self, draft: object) -> None:
        self.coming.line.setText(str(draft))
