"""A minute of fifty facts a second from a real database into a real window: how long its frames are."""

import asyncio
import statistics
import tempfile
from pathlib import Path
from time import perf_counter

from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from tests.benchmarks.bench_database import database
from tests.database_fixtures import Database
from tests.gui.desktop import desktop
from tests.gui.streaming import PER_SECOND, equals_a_fresh_read, stand, stream
from ui.theme import theme

SECONDS = 60
FRAME_MS = 100.0


def run() -> list[dict[str, object]]:
    """Stream, compare with a fresh read, and hold the frames against their limit."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.start(application)
    with database() as found, tempfile.TemporaryDirectory() as folder:
        frames, seconds = asyncio.run(measure(found, Path(folder)))
    facts = SECONDS * PER_SECOND
    longest, usual = 1000 * max(frames), 1000 * statistics.median(frames)
    return [
        result(f"{facts} facts in a minute, longest frame", longest, FRAME_MS, "ms"),
        result(f"{facts} facts in a minute, median frame", usual, FRAME_MS, "ms"),
        result("time that they took", seconds, float(SECONDS), "s"),
    ]


async def measure(found: Database, folder: Path) -> tuple[list[float], float]:
    """Return the lengths of all frames and the time that the facts took, seconds."""
    duty = Desk(found.door("duty"))
    async with desktop(found, folder) as desk:
        await stand(desk, duty)
        begun = perf_counter()
        frames = await stream(desk, found, SECONDS * PER_SECOND)
        spent = perf_counter() - begun
        await equals_a_fresh_read(desk, found)
    await duty.close()
    return frames, spent


def result(case: str, ours: float, limit: float, unit: str) -> dict[str, object]:
    """Return one result against its limit."""
    return {"case": case, "ours": ours, "peer": limit, "ratio": limit / ours, "unit": unit}
