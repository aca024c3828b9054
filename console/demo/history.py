"""Thirteen months of closed cases behind the sample county, in batches, newest first, while people work.

The numbers are reserved when the county is set up, oldest first; so a fill that was interrupted goes on
where it stopped, and what it writes depends on the seed and the day alone.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from console.connection import Connection
from console.demo import directory, material
from console.demo.county import County
from console.demo.dice import Dice
from console.demo.directory import BEIJING, Directory
from console.demo.lives import Life
from console.demo.load import note, recall
from console.demo.reporters import Reporters
from console.demo.told import COLUMNS, Rows, no_rows

Progress = Callable[[int, int], None]

CASES = 40_000
DAYS = 396  # thirteen months
BATCH = 250  # each a transaction that holds every feed back: well under a second
SETTING = "sample_history"
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """``count`` numbers from ``first`` for cases of ``days`` before ``today``; ``done`` are written."""

    today: date
    seed: int
    first: int
    count: int
    days: int
    done: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return what is noted in the database."""
        return {
            "today": self.today.isoformat(),
            "seed": self.seed,
            "first": self.first,
            "count": self.count,
            "days": self.days,
            "done": self.done,
        }

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> "Plan":
        """Return what was noted."""
        return cls(**(facts | {"today": date.fromisoformat(facts["today"])}))


async def reserve(raw: Connection, today: date, seed: int, count: int = CASES, days: int = DAYS) -> Plan:
    """Keep the next ``count`` numbers for cases of the ``days`` before ``today``."""
    first = await raw.fetchval("SELECT nextval('gridseat.incident_number')")
    await raw.execute("SELECT setval('gridseat.incident_number', $1)", first + count - 1)
    plan = Plan(today, seed, first, count, days)
    await note(raw, SETTING, plan.as_json())
    return plan


async def fill(raw: Connection, county: County, progress: Progress = lambda _done, _total: None) -> int:
    """Write what is missing of the reserved history; return how many cases there are now.

    ``raw`` is a superuser's connection that nobody else uses meanwhile.
    """
    noted = await recall(raw, SETTING)
    if noted is None:
        return 0
    plan = Plan.from_json(noted)
    who = await directory.read(raw, county)
    await raw.execute("SET synchronous_commit = off; SELECT gridseat.open_bulk()")
    done, batches = plan.done, _batches(plan, who)
    async with asyncio.TaskGroup() as group:
        batch = await asyncio.to_thread(next, batches, None)
        while batch is not None:
            async with raw.transaction():
                await _copy(raw, batch)
                # the next lives are told in a thread while the database chains these: beside the copying,
                # the two would wait for one another's turns
                following = group.create_task(asyncio.to_thread(next, batches, None))
                await raw.fetchval("SELECT gridseat.put_bulk()")
                done += sum(row[1] == 1 for row in batch["entry"])
                await note(raw, SETTING, plan.as_json() | {"done": done})
            progress(done, plan.count)
            batch = await following
    await raw.execute("ANALYZE gridseat.incident, gridseat.timeline, gridseat.clock, gridseat.party")
    while await raw.fetchval("SELECT gridseat.fold_measures()"):
        pass  # the boards' sums; until then they count case by case
    return done


async def _copy(raw: Connection, rows: Rows) -> None:
    """Bring one batch beside the tables; its foreign keys hold by construction and are not asked again."""
    await raw.execute("SET LOCAL session_replication_role = replica")
    for table, columns in COLUMNS.items():
        await raw.copy_records_to_table(f"bulk_{table}", columns=columns, records=rows[table])


def _batches(plan: Plan, who: Directory) -> Iterator[Rows]:
    """Yield the lives that are missing, newest first, some hundreds at a time."""
    rows, left = no_rows(), plan.count - plan.done
    reporters = Reporters.invent(plan.seed)
    for day, first, count in reversed(shares(plan)):
        take = min(count, left - (first - plan.first))
        if take <= 0:
            continue
        for life in day_lives(plan, who, reporters, day, first, count)[:take][::-1]:
            life.book.pour(rows)
            if life.book.i.number == plan.first or len(rows["entry"]) >= BATCH * 4:
                yield rows
                rows = no_rows()


def shares(plan: Plan) -> list[tuple[date, int, int]]:
    """Return day, first number and number of cases of each day, oldest first; together ``plan.count``."""
    dice = Dice(plan.seed, "days", plan.today.toordinal())
    days = [plan.today - timedelta(days=n) for n in range(plan.days, 0, -1)]
    weights = [
        material.of_month(day.month).total
        * material.weekday_factor(day.weekday())
        * (0.85 + 0.3 * dice.fraction())
        for day in days
    ]
    whole, found, given, reach = sum(weights), [], 0, 0.0
    for day, weight in zip(days, weights, strict=True):
        reach += weight
        until = round(plan.count * reach / whole)
        found.append((day, plan.first + given, until - given))
        given = until
    return found


def day_lives(
    plan: Plan, who: Directory, reporters: Reporters, day: date, first: int, count: int
) -> list[Life]:
    """Return the lives of ``count`` cases reported on ``day``, all over before ``plan.today``."""
    dice = Dice(plan.seed, "history", day.toordinal())
    midnight = int(datetime.combine(day, time(), BEIJING).timestamp())
    over = int(datetime.combine(plan.today, time(), BEIJING).timestamp())
    drawn = sorted(_moment(dice, day) for _ in range(count))
    return [_life(dice, who, reporters, first + n, day, midnight + at, over) for n, at in enumerate(drawn)]


def _moment(dice: Dice, day: date) -> int:
    rhythm = material.of_month(day.month).draw(dice).rhythm
    return material.hours(rhythm).draw(dice) * 3600 + dice.below(3600)


def _life(
    dice: Dice, who: Directory, reporters: Reporters, number: int, day: date, at: int, over: int
) -> Life:
    """Return a life that ends in time; what would still be open today is drawn again."""
    for tries in range(_TRIES):
        matter = (
            material.of_month(day.month).draw(dice)
            if tries < _TRIES - 1
            else material.matter("诉求咨询/咨询")
        )
        place = dice.one_of(who.county.places)
        life = Life(who, dice, matter, number, place)
        life.live(at if tries < _TRIES - 1 else min(at, over - 3600), reporters)
        if life.book.at < over:
            return life
    return life
