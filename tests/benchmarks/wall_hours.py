"""Eight hours on the wall, from eight in the evening of the year's last day to four in the morning.

The wall of the real role reads a real database whose clock is moved; cases come and go at random, and the
database is away twice. At every quarter of an hour the figures must be those that the rows tell. Memory is
the resident set at the end, which may be a twentieth above that after the first hour. No error is logged.
"""

import asyncio
import logging
import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from typing_extensions import override

from console.desk.desk import Desk
from tests.benchmarks.bench_database import database
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, until
from tests.gui.wall_time import second, second_by_second, shown
from ui.wall.view import WallView

EVENING = datetime.fromisoformat("2026-12-31T20:00:00+08:00")
HOURS, QUARTER = 8, timedelta(minutes=15)
AWAY = {9, 22}  # quarters in which the database is lost
GROWTH = 1.05  # of the memory after the first hour
COUNTED = """
SELECT count(*) FILTER (WHERE received_at >= $1) AS received,
       count(*) FILTER (WHERE closed_at >= $1) AS closed,
       count(*) FILTER (WHERE status NOT IN ('closed', 'rejected', 'merged', 'cancelled')) AS open
FROM gridseat.incident"""
Result = dict[str, object]


class Errors(logging.Handler):
    """Keeps what is logged as an error: a wall that runs for weeks has none, whatever its database does."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(f"{record.getMessage()}: {record.exc_info and record.exc_info[1]!r}")


def run() -> list[Result]:
    """Let the hours pass."""
    folder, errors = Path(tempfile.mkdtemp(prefix="gridseat-wall-")), Errors()
    logging.getLogger().addHandler(errors)
    try:
        with database() as found:
            results = asyncio.run(_hours(found, folder))
        assert not errors.told, errors.told
        return results
    finally:
        logging.getLogger().removeHandler(errors)
        shutil.rmtree(folder, ignore_errors=True)


async def _hours(found: Database, folder: Path) -> list[Result]:
    found.owner = await found.cluster.open(found.name)
    await found.freeze(EVENING.isoformat())
    await found.add("screen", "wall", "130123")
    await found.add("seat", "seat supervisor", "130123")
    seat, memory = Desk(found.door("seat")), []
    async with desktop(found, folder, login="screen", patience=1.0) as screen:
        screen.window.show_wall([])
        assert screen.window.pages is not None
        wall = screen.window.pages.wall
        for quarter in range(1, HOURS * 4 + 1):
            await _quarter(screen, wall, seat, quarter)
            memory.append(_resident())
    await seat.close()
    await found.owner.close()
    kept, most = memory[-1], memory[3] * GROWTH
    case = f"{HOURS} simulated hours: memory at the end"
    return [{"case": case, "ours": kept, "peer": most, "ratio": most / kept, "unit": "MB"}]


async def _quarter(screen: Desktop, wall: WallView, seat: Desk, quarter: int) -> None:
    """Let a quarter of an hour pass, with its cases; then the figures are those of the rows."""
    now = EVENING + quarter * QUARTER
    if quarter in AWAY:
        await screen.lose_database()
        await pass_on(wall, 30)
        screen.find_database()
    await screen.database.freeze(now.isoformat())
    await _work(seat, Random(quarter))
    await pass_on(wall, int(QUARTER.total_seconds()) - 60)
    wall.show_page("overview")
    midnight = now.replace(hour=0, minute=0)
    row = (await screen.database.owner.fetch(COUNTED, midnight))[0]
    wanted = [str(row[key]) for key in ("received", "closed", "open")]
    await until(second_by_second(wall, lambda: shown(wall) == wanted))


async def _work(seat: Desk, random: Random) -> None:
    """Report some cases and answer half of them."""
    for _ in range(random.randrange(1, 6)):
        number = await report(seat, title="路灯不亮", centre="130123")
        if random.random() < 0.5:
            await act(seat, "answer", number, text="已告知")


async def pass_on(wall: WallView, seconds: int) -> None:
    """Let so many seconds pass on the wall, and whatever the loop has to do meanwhile."""
    for _ in range(seconds):
        second(wall)
        await asyncio.sleep(0)


def _resident() -> float:
    """Return the resident set of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
