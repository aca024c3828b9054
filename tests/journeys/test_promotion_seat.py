"""A seat lives through a promotion: it is told at once, and loses and doubles nothing of what is written."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console.feed.listener import Link
from tests.database_fixtures import Cluster, Database
from tests.gui.desktop import SHORT, Desktop, desktop, gone, type_text, until
from tests.journeys.servers import Server, home
from tests.journeys.test_promotion import a_pair, caught_up, promote, verified
from tests.waiting import Stopwatch, until_told
from ui.theme import theme

BANNER_SECONDS = 5.0
TITLES = "SELECT title FROM gridseat.incident ORDER BY number"
SAID = "SELECT count(*) FROM gridseat.timeline WHERE action = $1"
ON_ITS_WAY = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
async def pair(qapp: QApplication) -> AsyncIterator[tuple[Server, Server]]:
    """Give a primary and the replica that streams from it."""
    theme.start(qapp)
    with home() as folder:
        yield await a_pair(folder)


async def told_away(desk: Desktop) -> float:
    """Wait until the window says that the database is away; return for how many seconds it did not."""
    async with Stopwatch() as watch:
        await until(lambda: "没有应答" in desk.window.banner.text)
    return watch.seconds


async def report(desk: Desktop, title: str, *, send: bool = True) -> None:
    form = await desk.form("Ctrl+N")
    form.fill({"title": title, "class": "街面秩序/游商", "centre": "130123"})
    if send:
        form.send()
        await until(lambda: desk.page.reporting.form is None)


async def at_a_case(desk: Desktop) -> int:
    """Report a case, open it, begin a note; return its number."""
    await report(desk, "商贩占道")
    await until(lambda: len(desk.rows) == 1)
    await desk.open(desk.rows[0])
    await desk.furnished()
    await desk.press("N")
    type_text(desk.case.composer.edit, "写到一半的记录")
    return desk.number


async def test_a_seat_follows_a_promotion_with_all_that_is_written(
    pair: tuple[Server, Server], tmp_path: Path
) -> None:
    primary, copy = pair
    owner = await primary.connect("gridseat")
    before = Database(Cluster(primary), "gridseat", owner)
    async with desktop(before, tmp_path, wires=(primary, copy), patience=SHORT) as desk:
        number = await at_a_case(desk)
        await caught_up(primary, copy)

        reminder = await desk.form("Shift+R")
        type_text(reminder.fields["text"], "主库断电那一刻写的")
        await owner.execute(f"BEGIN; SELECT 1 FROM gridseat.incident WHERE number = {number} FOR UPDATE")
        reminder.send()
        await until_told(lambda: owner.fetchval(ON_ITS_WAY))
        await asyncio.to_thread(primary.stop, signal.SIGKILL)
        assert await told_away(desk) < BANNER_SECONDS
        await until(lambda: gone(reminder))
        await report(desk, "断线时上报")
        await report(desk, "写到一半的上报", send=False)
        assert desk.rows == [number], "the board stays readable"
        desk.window.tick()
        assert "2" in desk.window.banner.buttons["outbox"].text()

        await promote(copy)
        await until(lambda: desk.console.feed.pulse.link is Link.LIVE)
        await until(lambda: desk.console.outbox == [])
        await until(lambda: len(desk.rows) == 2)
        desk.window.tick()
        assert desk.window.banner.text == ""
        assert desk.number == number, "the case stays open"
        assert desk.case.composer.edit.toPlainText() == "写到一半的记录"
        assert (form := desk.page.reporting.form) is not None
        assert form.fields["title"].draft() == "写到一半的上报"
        desk.case.composer.send()
        await until(lambda: "写到一半的记录" in desk.case.timeline.words())
    owner.terminate()
    await holds_each_once(copy)


async def holds_each_once(copy: Server) -> None:
    """Prove that all that was written is there once, and every chain whole."""
    now = await copy.connect("gridseat")
    assert [row["title"] for row in await now.fetch(TITLES)] == ["商贩占道", "断线时上报"]
    assert [await now.fetchval(SAID, action) for action in ("remind", "note")] == [1, 1]
    await now.close()
    await verified(copy)
