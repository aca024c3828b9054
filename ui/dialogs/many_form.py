"""A form for several cases: asked once, told to each."""

from collections.abc import Sequence
from typing import NamedTuple

from typing_extensions import override

from console.desk.command import Command
from console.language import say
from console.workflow import actions
from ui.dialogs.form import Form


class Each(NamedTuple):
    """One of several cases: what it is called, and the version that was seen."""

    number: int
    version: int | None
    title: str


class ManyForm(Form):
    """``done_with`` carries what to tell, and Each to tell it to; nothing is sent from here."""

    def cases(self) -> Sequence[Each]:
        """Return whom the action is for."""
        raise NotImplementedError

    @override
    async def _send(self, command: Command) -> None:
        cases = self.cases()
        self.accept()
        self._busy(busy=False)
        self.done_with.emit(command, cases)

    @override
    def _submit_text(self) -> str:
        return say("bulk.submit", action=self._action.label, count=len(self.cases()))


def title(action: str, count: int) -> str:
    """Return what is done to how many."""
    return say("bulk.title", action=actions()[action].label, count=count)
