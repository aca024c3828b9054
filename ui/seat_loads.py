"""The seats to pass work to: who is there, and what each has in hand."""

from typing import Any

from console.desk.reads import Reads
from console.errors import Problem
from console.language import say
from ui.directory import Choice, Directory
from ui.tasks import tasks
from ui.texts import shown


class SeatLoads:
    """The load of the seats as it was read last; it is read anew whenever somebody is about to choose."""

    def __init__(self, reads: Reads, directory: Directory) -> None:
        self._reads, self._directory = reads, directory
        self.seats: dict[str, dict[str, Any]] = {}

    def refresh(self) -> None:
        """Read who is there now; what was known stays while the database is away."""
        tasks.start(self._read(), "reading the seats")

    async def _read(self) -> None:
        try:
            self.seats = {one["login"]: one for one in await self._reads.seats()}
        except Problem:
            return

    def choices(self, but: str | None = None) -> list[Choice]:
        """Return the seats but ``but``, those signed in first, and of them those with the least in hand."""
        found = [one for one in self._directory.seats if one.value != but]
        return [self._choice(one) for one in sorted(found, key=self._order)]

    def colleagues(self, me: dict[str, Any]) -> list[Choice]:
        """Return the other seats of the centre at which ``me`` (desk.whoami) sits."""
        found = self.choices(me["login"])
        if not me.get("organisation"):
            return found
        return [one for one in found if self._organisation(one.value) in {None, me["organisation"]}]

    def _organisation(self, login: str) -> str | None:
        return self.seats.get(login, {}).get("organisation")

    def _order(self, choice: Choice) -> tuple[bool, int]:
        seat = self.seats.get(choice.value)
        return (seat is None or seat["signed_in"] is None, seat["claims"] if seat else 0)

    def _choice(self, choice: Choice) -> Choice:
        seat = self.seats.get(choice.value)
        if seat is None:
            return choice
        hint = say("case.dot").join((shown(seat["organisation"] or ""), load(seat))).strip()
        return Choice(choice.value, choice.label, hint.removeprefix(say("case.dot").strip()), choice.found_by)


def load(seat: dict[str, Any]) -> str:
    """Return in words whether a seat (see desk.seats) is there, and what it has in hand."""
    words = [say("seats.here" if seat["signed_in"] else "seats.away")]
    words += [say("seats.hand", count=seat["claims"])]
    words += [say("seats.late", count=seat["overdue"])] if seat["overdue"] else []
    return say("case.dot").join(words)
