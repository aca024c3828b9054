"""What a seat does about a lost database: tries again, looks into the outbox, prints what is left."""

from PySide6.QtCore import QObject

from console.desk.command import Command
from console.desk.journal import Entry
from console.errors import OutOfReach, Problem
from console.language import say
from console.spoken import action_label
from ui import anew
from ui.actions import done_sentence
from ui.dialogs.outbox import Outbox
from ui.dispatch.page import DispatchPage
from ui.outage_sheet import left_over
from ui.printing import deliver
from ui.reporting.kept import fresh
from ui.seat import Seat
from ui.tasks import tasks


class Outage(QObject):
    """Does what the banner's buttons and their keys ask for, on ``page``."""

    def __init__(self, seat: Seat, page: DispatchPage) -> None:
        super().__init__(page)
        self._seat, self._page = seat, page
        self._box: Outbox | None = None
        self._does = {"retry": self._retry, "outbox": self._look, "print_left": self._print}
        seat.posted.connect(self._tell_posted)

    @property
    def counts(self) -> tuple[int, int]:
        """Return how many actions wait in the outbox, and how many came back refused."""
        entries = self._seat.console.outbox
        refused = sum(entry.refusal is not None for entry in entries)
        return len(entries) - refused, refused

    def choose(self, key: str) -> bool:
        """Do what ``key`` asks for; tell whether it is one of ours."""
        does = self._does.get(key)
        if does is not None:
            does()
        return does is not None

    def _retry(self) -> None:
        self._seat.console.retry()

    def _look(self) -> None:
        anew.ask(self._outbox)

    def _outbox(self) -> Outbox:
        self._box = Outbox(self._seat, self._page.window())
        self._box.chosen.connect(self._deal)
        return self._box

    def _print(self) -> None:
        sheet = left_over(self._seat)
        tasks.start(deliver(sheet, sheet.title, self._page.window(), self._seat.notices), "printing")

    def _tell_posted(self, command: Command) -> None:
        self._seat.notices.say(say("outage.posted", action=action_label(command.action)), command.number)

    def _deal(self, entry: Entry, how: str) -> None:
        if how == "again":
            tasks.start(self._send_again(entry), f"sending {entry.command.action} again")
        elif how == "draft":
            self._open(entry)
        else:
            self._seat.console.forget(entry.command.id)
        self._refresh()

    async def _send_again(self, entry: Entry) -> None:
        number = entry.command.number
        version = None if number is None else self._seat.version(number)
        try:
            answer = await self._seat.console.send_again(entry, version)
        except OutOfReach:
            pass  # it waits in the outbox
        except Problem as problem:
            self._seat.notices.fail(problem.sentence, number)
        else:
            self._seat.notices.say(done_sentence(entry.command, answer), int(answer["number"]))
        self._refresh()

    def _open(self, entry: Entry) -> None:
        """Open the form of ``entry`` with what was typed; a draft that is there already goes first."""
        command, drafts = entry.command, self._seat.drafts
        key = (command.action, fresh(self._seat) if command.number is None else command.number)
        typed = dict(entry.typed) or drafts.get(key) or _plain(command)
        if drafts.get(key) not in (None, typed):
            self._seat.notices.say(say("outage.box.busy"))
            return
        drafts[key] = typed
        self._seat.console.forget(command.id)
        if self._box is not None:
            self._box.accept()
            self._box = None
        self._page.open_form(key)

    def _refresh(self) -> None:
        if self._box is not None and self._box.isVisible():
            self._box.refresh()


def _plain(command: Command) -> dict[str, object]:
    return {name: value for name, value in command.args.items() if isinstance(value, str)}
