"""Set the demonstration up: database, county, today's cases, and whom the visitor plays."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from console.connection import Connection
from console.database import address, founding
from console.database.door import Door
from console.demo import county as sample
from console.demo import history, labour, register, today
from console.demo.cast import Cast
from console.demo.county import SEED, County
from console.demo.load import extend_roster, furnish, load_county, note, recall
from console.demo.people import BEIJING
from console.errors import Refused
from console.language import say

Progress = Callable[[str], None]
SETTING = "sample_today"


@dataclass(frozen=True)
class Guided:
    """What the demonstration opens with: the visitor's case, and the logins for changing roles."""

    number: int
    operator: str
    supervisor: str
    department: str
    grid_worker: str
    wall: str
    kept: tuple[int, ...]
    county: County

    @property
    def hands_off(self) -> tuple[int, ...]:
        """Return the numbers that the simulator must not touch."""
        return (self.number, *self.kept)


async def prepare_demo(
    door: Door, progress: Progress = lambda _text: None, cases: int = history.CASES
) -> Guided:
    """Make the sample county ready behind the embedded ``door``; a second time what is there goes on.

    ``cases`` of history are reserved; ``fill_history`` writes them. Refused("not_a_sample") where the
    database holds something else.
    """
    progress(say("demo.database"))
    await _found(door)
    raw = await door.open_superuser()
    try:
        there = bool(await recall(raw, "sample"))
        progress(say("demo.again" if there else "demo.county"))
        return await _furnish(raw, sample.build(), progress, cases)
    finally:
        await raw.close()


async def fill_history(door: Door, county: County, progress: history.Progress) -> int:
    """Write what is missing of daily work and history, in the background; return how many cases there are."""
    raw = await door.open_superuser()
    try:
        day = (await raw.fetchval("SELECT desk.now()")).astimezone(BEIJING).date()
        await labour.tell(raw, day)
        await register.check(raw, day)
        cases = await history.fill(raw, county, progress)
        await labour.inspect(raw, day)
        return cases
    finally:
        await raw.close()


async def _found(door: Door) -> None:
    """Create the database unless it is there, and bring it to this version."""
    host, port = await door.start()
    admin = await door.open_superuser("postgres")
    try:
        if not await admin.fetchval(
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", address.NAME
        ):
            await founding.create(admin, door.open_superuser, address.NAME, door.prefix)
    finally:
        await admin.close()
    await founding.upgrade(address.local(host, port, "postgres"), door.prefix)


async def _furnish(raw: Connection, county: County, progress: Progress, cases: int) -> Guided:
    now = await raw.fetchval("SELECT desk.now()")
    day = now.astimezone(BEIJING).date()
    if not await recall(raw, "sample"):
        if await raw.fetchval("SELECT EXISTS (SELECT FROM gridseat.organisation)"):
            raise Refused("not_a_sample")
        await load_county(raw, county, day)
        await history.reserve(raw, day, SEED, cases)
    else:
        await extend_roster(raw, county, day)
    await furnish(raw, county)
    await register.settle(raw, day)
    progress(say("demo.today" if await recall(raw, SETTING) is None else "demo.guided"))
    cast = Cast(county, now)
    opening = await _opening(raw, cast)
    await note(raw, SETTING, asdict(opening))
    return Guided(
        opening.guided,
        cast.operator,
        cast.supervisor,
        cast.department,
        cast.grid_worker,
        cast.wall,
        opening.kept,
        county,
    )


async def _opening(raw: Connection, cast: Cast) -> today.Opening:
    """Tell today's cases where none are; else see that the visitor has a fresh case."""
    noted = await recall(raw, SETTING)
    if noted is None:
        return await today.open_day(raw, cast, SEED, cast.now)
    fresh = await raw.fetchval(
        "SELECT status = 'reported' AND claim_until IS NULL FROM gridseat.incident WHERE number = $1",
        noted["guided"],
    )
    guided = noted["guided"] if fresh else await today.guide_again(raw, cast, SEED, cast.now)
    return today.Opening(guided, tuple(noted["kept"]))
