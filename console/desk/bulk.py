"""One action on many cases: each on its own, each answered, none stopped by what became of another."""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from console.desk.command import Command
from console.errors import OutOfReach, Problem
from console.workflow import actions

Perform = Callable[[Command], Awaitable[dict[str, Any]]]


class State(Enum):
    """What became of one of many."""

    WAITING = "waiting"  # not sent
    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # sent and not answered: the outbox holds it


OPEN = frozenset({State.WAITING, State.REFUSED, State.UNKNOWN})


@dataclass(slots=True)
class Line:
    """One command of many, and its answer or what kept it from being done."""

    command: Command
    state: State = State.WAITING
    answer: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None

    @property
    def number(self) -> int:
        """Return the case's number."""
        return int(self.command.number or 0)


class Bulk:
    """Sends ``commands`` by ``perform``, one after the other as the desk does, and ``tell``s every turn.

    Between two of them there is room for whatever else the person does.
    """

    def __init__(
        self, perform: Perform, commands: Iterable[Command], tell: Callable[[Line], None] = lambda _: None
    ) -> None:
        self.lines = [Line(command) for command in commands]
        self.tell = tell
        self._perform = perform
        self._stopped = False
        self.running = False

    def count(self, *states: State) -> int:
        """Return how many lines are in one of ``states``."""
        return sum(line.state in states for line in self.lines)

    @property
    def undone(self) -> list[Line]:
        """Return what was refused, not sent, or not answered."""
        return [line for line in self.lines if line.state in OPEN]

    async def run(self) -> None:
        """Send what waits; a refusal is the one case's own. Without a database the rest goes on waiting."""
        self.running, self._stopped = True, False
        try:
            for line in self.lines:
                if self._stopped:
                    break
                if line.state is State.WAITING:
                    await self._send(line)
        finally:
            self.running = False

    def stop(self) -> None:
        """Send no more; what is on its way is still answered."""
        self._stopped = True

    def try_again(self, version: Callable[[int], int | None]) -> None:
        """Let what is not done wait to be sent: what had no answer as it was, so that it is done once.

        What was refused goes as a new command on the version that the refusal told, else on the one that
        ``version`` knows of the case, which is what the person sees by now.
        """
        for line in self.undone:
            if line.state is State.REFUSED:
                told = line.problem.facts.get("version") if line.problem else None
                known = version(line.number)
                seen = told if isinstance(told, int) else known
                before = line.command
                line.command = replace(before, version=seen or before.version, id=uuid.uuid4())
            line.state, line.problem = State.WAITING, None
            self.tell(line)

    def settle(self, command: Command, outcome: dict[str, Any] | Problem) -> None:
        """Hear what became of a command that the outbox delivered."""
        for line in self.lines:
            if line.command.id == command.id and line.state is State.UNKNOWN:
                self._close(line, outcome)

    def undoable(self) -> list[Command]:
        """Return what was done and can be taken back."""
        done = [line.command for line in self.lines if line.state is State.DONE]
        return [command for command in done if actions()[command.action].undoable]

    async def _send(self, line: Line) -> None:
        line.state = State.SENT
        self.tell(line)
        try:
            answer = await self._perform(line.command)
        except OutOfReach as away:
            line.state, line.problem = State.UNKNOWN, away
            self.stop()
            self.tell(line)
        except Problem as problem:
            self._close(line, problem)
        else:
            self._close(line, answer)
        finally:
            if line.state is State.SENT:  # ended from outside: nobody knows
                line.state = State.UNKNOWN

    def _close(self, line: Line, outcome: dict[str, Any] | Problem) -> None:
        if isinstance(outcome, Problem):
            line.state, line.problem = State.REFUSED, outcome
        else:
            line.state, line.answer, line.problem = State.DONE, outcome, None
        self.tell(line)


def for_each(template: Command, cases: Sequence[tuple[int, int | None]]) -> list[Command]:
    """Return ``template`` for each of ``cases`` (number, version seen), but for the one that it names itself.

    So what is merged "into 12" leaves 12 out.
    """
    named = {
        str(template.args.get(option.name))
        for option in actions()[template.action].options
        if option.kind == "number"
    }
    return [
        replace(template, number=number, version=version, id=uuid.uuid4())
        for number, version in cases
        if str(number) not in named
    ]


def back(commands: Sequence[Command]) -> list[Command]:
    """Return what takes ``commands`` back, the last first."""
    return [Command("undo", one.number, {"command": str(one.id)}) for one in reversed(commands)]
