"""Two windows on one database: each shows what the other does, without asking."""

from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import two_desktops, until, words


async def test_each_window_shows_the_others_steps(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(duty, centre="130123")
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await one.open(number)
        await two.open(number)
        await one.press("C")
        await until(lambda: any("林悦 领取" in line for line in words(two.case)))
        await until(lambda: two.console.board.row(number).claim_by == "林悦")  # type: ignore[union-attr]
        form = await one.form("A")
        await one.submit(form)
        await two.shown(number, "accepted")
        await until(lambda: two.case.timeline.steps[-1].told.title.startswith("受理立案"))
        note = await two.form("Shift+R")
        note.fill({"text": "已电话告知网格员"})
        await two.submit(note)
        await until(lambda: "已电话告知网格员" in words(one.case))


async def test_a_claimed_case_refuses_the_other_seat_and_says_who_holds_it(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, centre="130123")
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await one.open(number)
        await two.open(number)
        await one.press("C")
        await until(lambda: any("林悦 领取" in line for line in words(two.case)))
        form = await two.form("A")
        form.send()
        await until(form.error.isVisible)
        assert "林悦" in form.error.text()
        form.reject()


async def test_a_report_in_one_window_appears_in_the_other(database: Database, tmp_path: Path) -> None:
    async with two_desktops(database, tmp_path) as (one, two):
        await one.furnished()
        form = await one.form("Ctrl+N")
        form.fill({"title": "井盖丢失", "class": "公用设施/井盖缺失", "place": "南楼乡韩家庄村口"})
        await one.submit(form)
        await until(lambda: one.case.file is not None)
        assert one.case.file is not None
        number = one.case.file.number
        await until(lambda: number in two.rows)
        await until(lambda: one.page.queue.selected == number)
