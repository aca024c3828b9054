"""The wall on a real database, by its own role: over the year's end, with nobody named."""

from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import desktop, until
from tests.gui.test_wall import words
from tests.gui.wall_time import second_by_second, shown
from ui.wall.pages import PAGES

NAMED = {"title": "王小明家噪音", "place": "平安胡同", "reporter": "王小明", "phone": "13912345678"}


async def test_it_lives_through_midnight_month_end_and_year_end(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.freeze("2026-12-31T23:50:00+08:00")
    await database.add("screen", "wall", "130123")
    for turn in range(3):
        number = await report(duty, centre="130123", restricted=str(turn == 2).lower(), **NAMED)
    await act(duty, "answer", await report(duty, centre="130123", **NAMED), text="已告知")
    # what is restricted is not even counted for a wall
    async with desktop(database, tmp_path, login="screen") as desk:
        desk.window.show_wall([["overview"]])
        assert desk.window.pages is not None
        wall = desk.window.pages.wall
        await until(second_by_second(wall, lambda: shown(wall) == ["3", "1", "2"]))
        for page in PAGES:
            wall.show_page(page)
            assert not {word for word in (*NAMED.values(), str(number)) if word in words(wall)}, page
        wall.show_page("overview")
        await database.freeze("2027-01-01T00:00:05+08:00")
        await until(second_by_second(wall, lambda: shown(wall) == ["0", "0", "2"]))
        await report(duty, centre="130123", **NAMED)
        await until(second_by_second(wall, lambda: shown(wall) == ["1", "0", "3"]))
