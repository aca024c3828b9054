"""The window: counters that agree and filter, outage and return, identities, a clean end."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.app import Console
from console.desk.desk import Desk
from console.errors import Refused
from console.settings import Settings
from tests import waiting
from tests.adoption import adopt
from tests.database_fixtures import TEMPLATE, Cluster, Database, act, report
from tests.gui.desktop import Desktop, desktop, until
from ui.boards.page import BoardPage
from ui.data_age import Health
from ui.language import language
from ui.main import run
from ui.tasks import tasks
from ui.theme import theme
from ui.topbar import COUNTERS
from ui.window import Window


async def fill(duty: Desk) -> dict[str, int]:
    """Report three incidents: one stays, one is accepted, one is dispatched and acknowledged."""
    found = {
        status: await report(duty, title=f"路灯不亮{status}", centre="130123") for status in ("a", "b", "c")
    }
    for action in ("accept",):
        await act(duty, action, found["b"])
        await act(duty, action, found["c"])
    await act(duty, "dispatch", found["c"], unit="城管局")
    await act(duty, "acknowledge", found["c"])
    return found


async def test_what_the_database_does_not_know_is_told_with_what_to_do(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with desktop(database, tmp_path) as desk:
        await until(lambda: desk.session.seat and desk.session.seat.directory.kinds)
        await database.owner.execute("ALTER TABLE gridseat.catalogue_class RENAME COLUMN keywords TO words")
        with caplog.at_level(logging.CRITICAL, "ui.tasks"):
            tasks.start(desk.console.reads.classes(), "reading classes")
            await until(lambda: "database upgrade" in desk.notice)
        assert "keywords" in desk.notice


async def test_the_counters_say_what_the_database_counts(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await fill(duty)
    async with desktop(database, tmp_path) as desk:
        await until(lambda: len(desk.rows) == 3)
        desk.window.tick()
        counted = {row["status"]: row["total"] for row in await database.owner.fetch(COUNT)}
        shown = {key: counter.figure for key, counter in desk.window.top.counters.items()}
        assert {key: shown[key] for key in COUNTERS if key not in {"near", "overdue"}} == {
            key: counted.get(key, 0) for key in COUNTERS if key not in {"near", "overdue"}
        }


COUNT = "SELECT status, count(*) AS total FROM gridseat.incident GROUP BY status"


async def test_a_click_on_a_counter_filters_the_queue_and_another_takes_it_back(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    numbers = await fill(duty)
    async with desktop(database, tmp_path) as desk:
        await until(lambda: len(desk.rows) == 3)
        counter = desk.window.top.counters["accepted"]
        counter.click()
        assert desk.rows == [numbers["b"]]
        assert counter.isChecked()
        counter.click()
        assert len(desk.rows) == 3
        assert not counter.isChecked()


async def test_language_and_theme_change_at_once(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        language.use("en")
        theme.use("light")
        assert "Gridseat" in desk.window.windowTitle()
        assert [button.text().split("  ")[0] for button in desk.case.buttons.buttons][:2] == [
            "Accept",
            "Claim",
        ]
        assert desk.case.timeline.steps[0].told.title == "Report"


async def test_the_age_of_the_data_is_said(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path) as desk:
        await until(lambda: told(desk) is Health.LIVE)
        assert desk.window.top.age.text.startswith("数据 ")
        assert desk.window.banner.text == ""


def told(desk: Desktop) -> Health:
    """Let a second pass; return how the data are said to be."""
    desk.window.tick()
    return desk.window.top.age.health


async def test_an_outage_shows_within_five_seconds_and_ends_by_itself(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.lose_database()
        async with waiting.Stopwatch() as watch:
            await until(lambda: desk.window.banner.text)
        assert watch.seconds < 5
        assert "数据库没有应答" in desk.window.banner.text
        assert desk.window.top.age.health is Health.LOST
        assert desk.rows == [number]  # readable all the while
        assert desk.case.file is not None
        desk.find_database()
        await until(lambda: desk.window.banner.text == "")
        other = await report(duty, title="之后的事")
        await until(lambda: other in desk.rows)


async def test_f11_shows_the_wall_and_takes_it_away(database: Database, duty: Desk, tmp_path: Path) -> None:
    await fill(duty)
    async with desktop(database, tmp_path) as desk:
        await until(lambda: len(desk.rows) == 3)
        await desk.press("F11")
        assert desk.window.pages is not None
        wall = desk.window.pages.wall
        await until(wall.isVisible)
        assert desk.window.isFullScreen()
        assert wall.hasFocus()
        figures = wall.content.overview.figures
        await until(lambda: [figure.value.text() for figure in figures][:3] == ["3", "0", "3"])
        assert len(wall.content.overview.latest.lines) == 3
        await desk.press("F11")
        await until(desk.page.isVisible)
        assert not desk.window.isFullScreen()
        desk.window.show_page("incidents")
        desk.window.toggle_wall()
        await until(wall.isVisible)
        QTest.keyClick(wall, Qt.Key.Key_Escape)
        await until(desk.window.pages.page("incidents").isVisible)


async def test_every_display_has_its_pages_and_one_that_comes_back_has_them_again(
    database: Database, tmp_path: Path
) -> None:
    async with desktop(database, tmp_path) as desk:
        assert desk.window.pages is not None
        walls, screen = desk.window.pages.walls, desk.window.screen()
        displays = [screen, screen]
        walls.screens = lambda: displays  # type: ignore[method-assign]  # as many as are plugged in
        desk.window.show_wall([["operations"], ["map", "overdue"]])
        first, second = walls.first, walls.others[1]
        await until(lambda: first.isVisible() and second.isVisible())
        assert desk.window.isFullScreen()
        assert (first.page, first.pinned) == ("operations", True)
        assert (second.page, second.pinned) == ("map", False)
        await until(lambda: all("石家庄市" in wall._title.text() for wall in (first, second)))
        displays.pop()
        walls.arrange()
        assert not second.isVisible()
        displays.append(screen)
        walls.arrange()
        assert second.isVisible()
        QTest.keyClick(second, Qt.Key.Key_Escape)
        await until(desk.page.isVisible)
        assert not second.isVisible()
        desk.window.show_wall([])  # as the last time
        assert (first.page, second.isVisible()) == ("operations", True)


async def test_whoever_works_everywhere_sees_the_whole_city_s_board_and_may_choose_a_centre(
    database: Database, tmp_path: Path
) -> None:
    async with desktop(database, tmp_path) as desk:
        desk.window.show_page("incidents")
        assert desk.window.pages is not None
        board = desk.window.pages.page("incidents")
        assert isinstance(board, BoardPage)
        await until(lambda: board._title.text().startswith("石家庄市"))
        await until(lambda: board.body.areas.drawn is not None)
        offered = [board.centre.itemText(index).strip() for index in range(board.centre.count())]
        assert "南楼乡" in offered
        board.choose_organisation("130123201")
        await until(lambda: board._title.text().startswith("南楼乡"))


def test_quitting_ends_every_task_and_connection(
    cluster: Cluster, dressed: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole way of the program: window, sign-in, leave; nothing is left over and nothing complains."""
    database = asyncio.run(clone(cluster))
    settings = Settings(state=tmp_path, prefix=database.name)
    seen: list[str] = []

    async def beside(console: Console, told: Callable[[int, int], None]) -> None:
        seen.append(console.me["login"])
        told(40, 40)
        await waiting.until(lambda: console.feed.pulse.heard)  # the loop of the program is Qt's own
        next(one for one in dressed.topLevelWidgets() if isinstance(one, Window)).close()
        await asyncio.get_running_loop().create_future()  # busy until the window goes

    def open_console(login: str | None) -> Console:
        return Console(settings, database.door(login or "duty"))

    with caplog.at_level(logging.WARNING):
        assert run(settings, beside=beside, open_console=open_console) == 0
    assert seen == ["duty"]
    assert [record.getMessage() for record in caplog.records] == []
    assert asyncio.run(left_over(cluster, database.name)) == 0


def test_left_while_nobody_could_sign_in_the_program_tells_what_kept_them(
    dressed: QApplication, tmp_path: Path
) -> None:
    def leave() -> None:
        windows = (one for one in dressed.topLevelWidgets() if isinstance(one, Window))
        next(one for one in windows if one.isVisible()).entry.leave.click()

    def open_console(_login: str | None) -> Console:
        QTimer.singleShot(0, leave)  # once it is said
        raise Refused("database_older", found="0009", known="0032")

    with pytest.raises(Refused, match="database upgrade"):
        run(Settings(state=tmp_path), open_console=open_console)


async def clone(cluster: Cluster) -> Database:
    admin = await cluster.open("postgres")
    await admin.execute(f"CREATE DATABASE t_quitting TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    await admin.close()
    owner = await cluster.open("t_quitting")
    await adopt(owner, "t_quitting")
    await owner.close()
    return Database(cluster, "t_quitting", owner)


async def left_over(cluster: Cluster, name: str) -> int:
    admin = await cluster.open("postgres")
    try:
        return int(await admin.fetchval(CLIENTS, name))
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()


CLIENTS = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'"
