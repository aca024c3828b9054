"""What stands beside the day's work is said in one line, to those whom it concerns."""

from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import desktop, type_text, until

BEFORE_NEW_YEAR = "2026-11-22T10:00:00+08:00"


async def test_a_missing_calendar_is_said_with_what_to_do_until_it_is_there(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.freeze(BEFORE_NEW_YEAR)
    await duty.call(lambda raw: raw.execute("SELECT desk.sweep()"))
    await database.add("林悦", "seat", "130123")
    async with desktop(database, tmp_path, login="林悦") as desk:
        standing = desk.page.standing
        await until(standing.isVisible)
        assert standing.alarm.text() == "▲ 缺 2027 年日历"
        (entry,) = standing.alarms.actions()
        assert entry.text() == standing.alarm.toolTip() == "默认日历：2027 年日历未导入"
        entry.trigger()
        assert "gridseat import calendar" in desk.notice
        assert not standing.unattended.isVisible()
        day = '[{"day": "2027-01-01", "working": false, "name": "元旦"}]'
        await duty.call(lambda raw: raw.execute("SELECT desk.import_calendar($1)", day))
        standing.ask()
        await until(lambda: not standing.isVisible())


async def test_a_supervisor_takes_on_a_restricted_case_that_nobody_watches(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    for login, positions in (("林悦", "seat"), ("安宁", "seat supervisor")):
        await database.add(login, positions, "130123")
    number = await report(duty, centre="130123", restricted=True, reporter="小明")
    async with desktop(database, tmp_path, login="安宁") as desk:
        standing = desk.page.standing
        await until(standing.isVisible)
        assert standing.unattended.text() == "无人值守 1"
        standing.menu.actions()[0].trigger()
        form = await until(desk.open_form)
        assert (form.action, form.number) == ("reveal", number)
        type_text(form.fields["reason"], "夜间急件")
        await desk.submit(form)
        await desk.shown(number)
        await until(lambda: any("小明" in word for word in desk.case.facts.words()))
        await until(lambda: not standing.isVisible())


async def test_a_seat_is_not_told_of_what_nobody_watches(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("林悦", "seat", "130123")
    await report(duty, centre="130123", restricted=True)
    async with desktop(database, tmp_path, login="林悦") as desk:
        await desk.furnished()
        await desk.page.standing._read()
        assert not desk.page.standing.isVisible()
