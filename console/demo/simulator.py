"""Life in the sample county: people report, seats, departments and grid workers work, at an adjustable pace.

Everybody acts over a connection of their own and under their own rights. The guided case, the cases kept to
look at, and whatever a person holds by a claim are never touched.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from console.database.door import Door
from console.demo import cases, material
from console.demo.cast import Cast
from console.demo.county import SEED, County
from console.demo.desks import Desks
from console.demo.dice import Dice
from console.demo.material import words
from console.demo.reporters import Reporters
from console.demo.turns import Move, Row, next_move
from console.desk.command import Command
from console.desk.desk import Desk
from console.errors import OutOfReach, Refused

PACE: Final = 12.0  # events a minute
FEW, MANY = 58, 80  # open cases: below, more is reported; above, hardly anything
_REAL = 0.3  # of the reports are real cases
_AWAY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: who did what to which case; ``refused`` is the code of a rule that said no."""

    login: str
    action: str
    number: int | None
    refused: str | None = None


class Simulator:
    """Plays everybody but the visitor. ``run`` until ``stop``, or ``step`` by step."""

    def __init__(
        self,
        door_of: Callable[[str], Door],
        county: County,
        pace: float = PACE,
        *,
        hands_off: Collection[int] = (),
        seed: int = SEED,
    ) -> None:
        self.pace = pace
        self.events: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self._hands_off = frozenset(hands_off)
        self._county = county
        self._dice = Dice(seed, "simulator")
        self._reporters = Reporters.invent(seed)
        self._desks = Desks(door_of)
        self._ended = asyncio.Event()
        self._news = asyncio.Event()
        self._claims: dict[int, str] = {}
        self._told = 0
        self._real = self._dice.some_of([case for case in cases.real_cases() if not case.guided], 1 << 10)

    async def run(self) -> None:
        """Play until ``stop`` is called; a database that is away is waited for."""
        try:
            while not self._ended.is_set():
                try:
                    await self.step()
                    pause = -math.log(1.0 - self._dice.fraction()) * 60 / self.pace
                except OutOfReach:
                    pause = _AWAY_SECONDS
                await self._rest(pause)
        finally:
            await self.close()

    async def close(self) -> None:
        """End everybody's connections."""
        await self._desks.close()

    async def happened(self) -> None:
        """Wait for the next event."""
        self._news.clear()
        await self._news.wait()

    def stop(self) -> None:
        """Let ``run`` end after the event that is under way."""
        self._ended.set()

    async def step(self) -> Event:
        """Play one event."""
        cast, rows = await self._look()
        free = [row for row in rows if self._may_touch(row, cast.now.timestamp())]
        if not free or self._dice.fraction() < _share_of_reports(len(rows)):
            login, command = self._report(cast)
        else:
            row = free[int(len(free) * self._dice.fraction() ** 2)]
            login, command = self._command(next_move(row, cast, self._dice, self._claims), row)
        event = await self._act(login, command)
        self._news.set()
        return event

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._ended.wait()
        except TimeoutError:
            return

    async def _look(self) -> tuple[Cast, list[Row]]:
        """Return the people as of now and the open cases that the county's head sees, most urgent first."""
        cast = Cast(self._county, datetime.min.replace(tzinfo=UTC))
        desk = await self._desks.of(cast.head(cast.county_code))
        now, found = await desk.call(_read)
        return Cast(self._county, now), [Row.of(row) for row in found]

    def _may_touch(self, row: Row, now: float) -> bool:
        if row.number in self._hands_off or row.status == "suspended" or row.restricted:
            return False
        if row.claim_until is not None and row.claim_until > now:
            return row.number in self._claims
        self._claims.pop(row.number, None)
        return True

    def _command(self, move: Move, row: Row) -> tuple[str, Command]:
        if move.action == "claim":
            self._claims[row.number] = move.login
        return move.login, Command(move.action, row.number, move.args, row.version)

    def _report(self, cast: Cast) -> tuple[str, Command]:
        """Make a report up, or bring one of the real cases."""
        dice, self._told = self._dice, self._told + 1
        if self._dice.fraction() < _REAL:
            real = self._real[self._told % len(self._real)]
            code, title, channel = real.code, real.title, real.channel
        else:
            matter = material.of_month(cast.now.month).draw(dice)
            code, title = matter.code, dice.one_of(matter.titles)
            channel = material.channels("channels").draw(dice)
        place = dice.one_of(cast.county.places)
        centre = cast.county_code if dice.below(4) == 0 else cast.centre_of(place)
        args: dict[str, object] = {
            "title": title,
            "class": code,
            "channel": channel,
            "centre": centre,
            "place": cast.county.full_address(place),
            "point": [place.longitude, place.latitude],
            "datum": "WGS-84",
            "external": f"demo:S-{cast.now:%y%m%d%H%M%S%f}-{self._told}",
            **self._reporters.one(dice),
        }
        if channel in {"grid_worker", "patrol"} and dice.fraction() < material.matter(code).at_once:
            args |= {"handled": True, "text": words("at_once", dice)}
        return cast.reporter(channel, centre, cast.now), Command("report", args=args)

    async def _act(self, login: str, command: Command) -> Event:
        desk: Desk = await self._desks.of(login)
        try:
            answer = await desk.perform(command)
        except Refused as refusal:  # somebody was quicker, or it was too late for a return
            self.refusals[refusal.code] += 1
            self._claims.pop(command.number or 0, None)
            return Event(login, command.action, command.number, refusal.code)
        self.events[command.action] += 1
        return Event(login, command.action, int(answer["number"]))


async def _read(raw: Any) -> tuple[datetime, list[Any]]:  # noqa: ANN401  the driver's connection
    found = await raw.fetch("SELECT * FROM desk.board() ORDER BY due NULLS LAST, number")
    return await raw.fetchval("SELECT desk.now()"), found


def _share_of_reports(opened: int) -> float:
    """Return how many of the events are reports, so that the queue stays as long as it is."""
    if opened < FEW:
        return 0.6
    return 0.16 if opened < MANY else 0.01
