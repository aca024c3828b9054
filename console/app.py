"""The console without a screen: the only place where its parts are wired together."""

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from console.campaigns import Campaigns
from console.database import address
from console.database.age import same_age
from console.database.door import Door
from console.desk.atlases import Atlases
from console.desk.command import CAN_WAIT, Command
from console.desk.desk import Desk
from console.desk.drafts import Drafts
from console.desk.hint import Hint
from console.desk.journal import Entry, Journal
from console.desk.presence import Presence
from console.desk.reads import Reads
from console.desk.sending import Sending
from console.desk.together import Together
from console.desk.views import Views
from console.errors import OutOfReach, Problem, Refused
from console.feed.board import Board
from console.feed.listener import Feed, Link, Pulse
from console.feed.past_reads import PastReads
from console.papers import Papers
from console.registry import Registry
from console.settings import Settings
from console.works import Works

READ_PATIENCE_SECONDS = 8.0
if TYPE_CHECKING:
    from console.clerk import Clerk

Settled = Callable[[Command, "dict[str, Any] | Problem"], None]


class Console:
    """One person at one database: desk, reads, feed and board. start(), then stop()."""

    def __init__(self, settings: Settings, door: Door | None = None) -> None:
        self.settings = settings
        self.door = door or Door(address.parse(settings.database), settings.operator, prefix=settings.prefix)
        self.board = Board()
        self.feed = Feed(self.door, self.board, settings.poll_seconds)
        asking = Desk(self.door, patience=READ_PATIENCE_SECONDS)
        self.reads = Reads(asking)
        self._looking_back = Desk(self.door, patience=READ_PATIENCE_SECONDS)  # a day of a city takes its time
        self.past, self.works = PastReads(self._looking_back), Works(self._looking_back)
        self._writing = Desk(self.door)  # a bulletin of a city takes its time, too
        self.papers, self.campaigns = Papers(self._writing), Campaigns(self._writing)
        self.me: dict[str, Any] = {}
        here = settings.state / self.door.address.mark
        folder = here / quote(self.door.login or "duty", safe="")[:120]
        self.atlases = Atlases(self.reads, here / "maps")
        self.drafts, self.views = Drafts(folder / "drafts"), Views(folder / "views")
        self._choices = here / "columns.json"
        self._journal = Journal(folder / "sent", self._now)
        self._desk, self._files = (  # nobody waits for another's file
            Desk(self.door, self._journal, settings.patience_seconds) for _ in range(2)
        )
        self.presence = Presence(asking, settings.attend_seconds)
        self.together = Together(self._desk, self._spread)
        self._hint = Hint(self.door)
        self._tasks: list[asyncio.Task[None]] = []
        self._performing: set[uuid.UUID] = set()
        self._back = asyncio.Event()
        self._away = False
        self._heirs: list[Settled] = []
        self.feed.on_pulse(self._feel)

    def on_settled(self, tell: Settled) -> None:
        """Call ``tell`` with each command that had no answer for long, and its answer or refusal."""
        self._heirs.append(tell)

    async def start(self) -> None:
        """Sign in, follow the feed, and settle what an earlier run left unanswered.

        Raises OutOfReach or Refused when nobody can be signed in; then nothing runs.
        """
        self.me = await self.reads.whoami()
        same_age(str(self.me.get("revision", "")))
        self._journal.take_over()
        self._back.set()
        self._tasks = [
            _begin(self.feed.run(), "feed"),
            _begin(self._hint.run(), "hint"),
            _begin(self._settle(), "outbox"),
            _begin(self.presence.run(), "presence"),
        ]

    async def perform(self, command: Command, *, attended: bool = True) -> dict[str, Any]:
        """Perform ``command``; the answer comes at once, and to every board by the feed.

        A refusal that is not ``attended`` stays in the outbox until somebody has dealt with it.
        """
        self._performing.add(command.id)
        try:
            desk = self._desk if command.content is None else self._files
            answer = await desk.perform(command, attended=attended)
        finally:
            self._performing.discard(command.id)
        self._hint.give()
        self.feed.look()
        return answer

    def sending(self, command_id: uuid.UUID) -> Sending | None:
        """Return how far the file of a command has come; None while none is on its way."""
        sending = self._files.sending
        return sending if sending is not None and sending.command == command_id else None

    def _spread(self) -> None:
        """After messages and handovers: others look at the cases that moved, this seat at what is left."""
        self._hint.give()
        self.feed.look()
        self.presence.attend()

    def post(
        self, command: Command, typed: Mapping[str, object] | None = None, *, away: bool = False
    ) -> bool:
        """Leave ``command`` in the outbox if the database is away and the action can wait; tell whether.

        ``typed`` is the draft of its form, for opening it again should it come back refused. ``away``: it has
        just been found so, whatever the feed knows.
        """
        lost = away or self.feed.pulse.link is Link.LOST
        if not lost or command.action not in CAN_WAIT:
            return False
        self._journal.put(command, typed)
        return True

    @property
    def outbox(self) -> list[Entry]:
        """Return what waits to be sent and what came back refused, oldest first."""
        return self._journal.entries()

    def forget(self, command_id: uuid.UUID) -> None:
        """Take out of the outbox what came back refused and has been dealt with."""
        if any(entry.command.id == command_id and entry.refusal is not None for entry in self.outbox):
            self._journal.drop(command_id)

    def keep_refused(self, command: Command, typed: Mapping[str, object], refusal: Problem) -> None:
        """Put what was refused after its form had gone into the outbox."""
        self._journal.put(command, typed)
        self._journal.refuse(command.id, refusal)

    async def send_again(self, entry: Entry, version: int | None) -> dict[str, Any]:
        """Send what came back refused once more, on ``version`` of its case; refused again, it stays."""
        again = replace(entry.command, id=uuid.uuid4(), version=version)
        self._journal.put(again, entry.typed)
        self.forget(entry.command.id)
        return await self.perform(again, attended=False)

    def retry(self) -> None:
        """Try the database now rather than after the pause; what waits goes out once it is there."""
        self.feed.retry()

    @property
    def unanswered(self) -> list[Command]:
        """Return what was sent and has no answer, oldest first; it goes out again by itself."""
        return self._journal.waiting()

    async def _settle(self) -> None:
        """Whenever the database is there again, send what has no answer: by its id it is done once."""
        while True:
            await self._back.wait()
            self._back.clear()
            for command in sorted(self.unanswered, key=lambda command: command.content is not None):
                if command.id in self._performing or command not in self.unanswered:
                    continue  # its form is at it, or has heard its answer meanwhile
                try:
                    outcome: dict[str, Any] | Problem = await self.perform(command, attended=False)
                except OutOfReach:
                    break
                except Problem as problem:
                    outcome = problem
                for tell in self._heirs:
                    tell(command, outcome)

    def _now(self) -> float:
        """Return the server's time as far as it is known, epoch seconds."""
        pulse = self.feed.pulse
        return asyncio.get_running_loop().time() + pulse.offset if pulse.heard else time.time()

    def _feel(self, pulse: Pulse) -> None:
        if pulse.link is Link.LIVE:
            if self._away:  # perhaps at another host, and the old one has frozen: do not wait for its silence
                for line in (self._desk, self._files, self.reads, self._looking_back, self._hint):
                    line.hang_up()
            self._back.set()
        self._away = pulse.link is Link.LOST

    @property
    def asks_password(self) -> bool:
        """Tell whether this person's database asks for a password; our own trusts its machine's users."""
        return not self.door.address.embedded

    async def recognises(self, password: str) -> bool:
        """Tell whether ``password`` lets this person in; OutOfReach where that cannot be asked."""
        try:
            raw = await replace(self.door, password=password).open()
        except Refused as refusal:
            if refusal.code != "wrong_password":
                raise
            return False
        await raw.close()
        return True

    def clerk(self) -> "Clerk":
        """Return who imports map files for this person."""
        from console.clerk import Clerk  # noqa: PLC0415  heavy, and few import
        from console.intake.mapping import Choices  # noqa: PLC0415  as above

        return Clerk(self.door, self.settings.patience_seconds, Choices(self._choices))

    def registry(self) -> Registry:
        """Return people and houses as this person may see them."""
        return Registry(self._desk)

    async def sweep(self) -> None:
        """Let the database write down what time alone has changed."""
        await self._desk.call(lambda raw: raw.execute("SELECT desk.sweep()"))

    async def renew(self, numbers: list[int]) -> None:
        """Keep the claims on ``numbers`` alive: there was input at this seat."""
        await self._desk.call(lambda raw: raw.execute("SELECT desk.renew($1)", numbers))

    async def stop(self) -> None:
        """End the tasks and connections; our own server stops with its last user."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._tasks:
            await self.presence.leave()
        self._tasks = []
        await self._hint.close()
        await self.reads.close()
        await self._looking_back.close()
        await self._writing.close()
        await self._desk.close()
        await self._files.close()
        self._journal.close()
        await self.door.close()


def _begin(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    """Run ``work`` beside; should it end by an error, the loop's handler hears of it at once."""
    loop = asyncio.get_running_loop()
    task = loop.create_task(work, name=name)

    def tell(ended: asyncio.Task[None]) -> None:
        error = None if ended.cancelled() else ended.exception()
        if error is not None:
            loop.call_exception_handler({"message": f"{name} ended", "exception": error, "task": ended})

    task.add_done_callback(tell)
    return task
