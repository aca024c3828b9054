"""Grid workers of the sample county on their rounds: some of them say every minute where they are."""

import asyncio
from typing import Final

from asyncpg import Point

from console.connection import Connection
from console.database.door import Door
from console.demo.county import SEED, County
from console.demo.dice import Dice
from console.demo.rows import Staff
from models.vocabulary import StaffKind

OUT: Final = 90  # workers who are out
PAUSE: Final = 60.0  # seconds between two words; a place is shown for half an hour
TELL: Final = """INSERT INTO gridseat.staff_place AS x (staff_id, spot, raw, datum, told_at)
    SELECT s.id, $2, $2, 'WGS-84', desk.now() - make_interval(secs => $3)
    FROM gridseat.staff AS s WHERE s.code = $1
    ON CONFLICT (staff_id) DO UPDATE
        SET spot = excluded.spot, raw = excluded.raw, datum = excluded.datum, told_at = excluded.told_at"""


async def walk(door: Door, county: County) -> None:
    """Tell the workers' places until cancelled, a few of them anew each time."""
    dice = Dice(SEED, "rounds")
    out = workers(county)
    raw = await door.open_superuser()
    try:
        telling = out
        while True:
            await tell(raw, county, telling, dice)
            await asyncio.sleep(PAUSE)
            telling = dice.some_of(out, OUT // 5)
    finally:
        await raw.close()


async def tell(raw: Connection, county: County, telling: list[Staff], dice: Dice) -> None:
    """Write where each of these workers is: somewhere in the own grid, said within the last minutes."""
    rows = [
        (one.code, Point(*dice.one_of(county.points[one.grid_code or ""].tolist())), dice.fraction() * 300)
        for one in telling
    ]
    await raw.executemany(TELL, rows)


def workers(county: County) -> list[Staff]:
    """Return those who are out."""
    able = [one for one in county.staff if one.kind is StaffKind.FULL_TIME and one.grid_code]
    return Dice(SEED, "out").some_of(able, OUT)
