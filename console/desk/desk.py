"""The desk: performs commands, through lost connections too, each exactly once."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

import asyncpg

from console.connection import Connection
from console.database.door import COMMAND_SECONDS, Door
from console.database.faults import AGAIN, LOST, problem
from console.desk.command import Command, as_json
from console.desk.journal import Journal
from console.desk.sending import ENDLESS, Sending
from console.errors import OutOfReach, Problem, Refused

ACT: Final = "SELECT desk.act($1, $2, $3, $4, $5::text::jsonb, $6)::text"
TRIES_AGAIN: Final = 5
PATIENCE_SECONDS: Final = 30.0
PAUSE_SECONDS: Final = (0.05, 2.0)

T = TypeVar("T")


class Desk:
    """Carries commands of one person over one connection, in the order they were given."""

    def __init__(
        self,
        door: Door,
        journal: Journal | None = None,
        patience: float = PATIENCE_SECONDS,
        silence: float = COMMAND_SECONDS,
    ) -> None:
        """Wait ``patience`` seconds for a lost database, and ``silence`` for one that takes a file."""
        self._door = door
        self._journal = journal
        self._patience, self._silence = patience, silence
        self.sending: Sending | None = None  # the file that is on its way
        self._raw: Connection | None = None
        self._turn, self._closed = asyncio.Lock(), asyncio.Event()

    async def perform(self, command: Command, *, attended: bool = True) -> dict[str, Any]:
        """Perform ``command`` and return the answer; a refusal is raised as Refused or BadInput.

        A refusal that is not ``attended``, since nobody waits for it any more, stays in the journal too.

        Raises OutOfReach("outcome_unknown") when the database stays away for longer than ``patience``
        seconds: then the command is still in the journal, and sending it again is safe.
        """
        if self._journal is not None:
            await self._journal.store(command)
        answer = await self._carry(command, attended=attended)
        return dict(json.loads(answer))

    async def _carry(self, command: Command, *, attended: bool) -> str:
        try:
            answer = await self.call(lambda raw: self._send(raw, command))
        except OutOfReach:
            raise
        except Problem as refusal:
            if self._journal is not None and not attended:
                self._journal.refuse(command.id, refusal)
            else:
                self._settled(command)
            raise
        except asyncpg.PostgresError:  # not when cancelled: then nobody knows
            self._settled(command)
            raise
        self._settled(command)
        return answer

    def _settled(self, command: Command) -> None:
        if self._journal is not None:
            self._journal.drop(command.id)

    async def _send(self, raw: Connection, command: Command) -> str:
        said = (command.action, command.number, command.version, as_json(dict(command.args)), command.content)
        if command.content is None:
            return str(await raw.fetchval(ACT, command.id, *said))
        self.sending = self.sending or Sending(command.id, len(command.content))
        asking = raw.fetchval(ACT, command.id, *said, timeout=ENDLESS)
        return str(await self.sending.over(raw, asking, self._silence))

    async def call(self, ask: Callable[[Connection], Awaitable[T]]) -> T:
        """Run ``ask`` on the desk's connection; after a lost one on a new one, until patience ends."""
        async with self._turn:
            try:
                return await self._insist(ask)
            finally:
                self.sending = None

    async def _insist(self, ask: Callable[[Connection], Awaitable[T]]) -> T:
        began = asyncio.get_running_loop().time()
        again, asked = 0, False
        while True:
            raw = None
            try:
                raw = self._raw = self._raw or await self._enter(asked=asked)
                asked = True
                return await ask(raw)
            except AttributeError as error:
                if raw is self._raw:
                    raise
                # We hung up between two steps of the driver, which stumbled over what it has no longer.
                await self._lost(error, began + self._patience)
            except AGAIN as error:
                again += 1
                if again > TRIES_AGAIN:
                    raise OutOfReach("too_busy") from error
                await asyncio.sleep(_jitter(0))
            except (*LOST, OutOfReach) as error:
                heard = self.sending.furthest if self.sending is not None else began
                await self._lost(error, heard + self._patience)
            except asyncpg.PostgresError as error:
                ours = problem(error)
                if ours is None:
                    raise
                raise ours from error

    async def _enter(self, *, asked: bool) -> Connection:
        """Open the door; one that stays shut to a question asked before leaves its outcome unknown.

        Whoever still asks at a closed desk has gone: their task ends.
        """
        if not self._closed.is_set():
            try:
                raw = await self._door.open()
            except Refused as error:
                if asked:
                    raise OutOfReach("database_lost", reason=error.sentence) from error
                raise
            if not self._closed.is_set():
                return raw
            raw.terminate()
        raise asyncio.CancelledError

    async def _lost(self, error: BaseException, deadline: float) -> None:
        """Drop the connection and wait a moment; give up at ``deadline``."""
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.terminate()
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0:
            reason = error.facts.get("reason", error) if isinstance(error, Problem) else error
            raise OutOfReach("outcome_unknown", reason=str(reason)) from error
        await asyncio.sleep(min(left, _jitter(1)))

    def beside(self) -> "Desk":
        """Return another desk of the same person, which opens a connection of its own when it is asked."""
        return Desk(self._door, patience=self._patience, silence=self._silence)

    def hang_up(self) -> None:
        """End the connection at once: what is being asked over it is asked again over a new one.

        Not while a file moves on it: the line lives, and the file would have to begin anew.
        """
        if self.sending is not None and self.sending.moving:
            return
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.terminate()

    async def close(self) -> None:
        """End the connection, for good: nobody would end another."""
        self._closed.set()
        raw, self._raw = self._raw, None
        if raw is not None:
            with suppress(*LOST):  # a frozen server does not hear that we leave
                await raw.close(timeout=2)


def _jitter(weight: int) -> float:
    low, high = PAUSE_SECONDS
    return random.uniform(low, low + weight * (high - low) / 4)  # noqa: S311  spreads, hides nothing
