"""A new report, by keys alone: read from the caller's words, found to be a repeat, or kept for later."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import SHORT, Desktop, desktop, tap, type_text, until
from tests.gui.test_map_work import draw
from ui.reporting.form import ReportForm

Key, Alt, Ctrl = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
STANDING = {
    "title": "村东头井盖丢了",
    "class": "公用设施/井盖缺失",
    "place": "南楼乡韩家庄村",
    "at_organisation": "130123201001",
    "phone": "13812342751",
}


def write(text: str) -> None:
    """Commit ``text`` where the cursor is."""
    target = QApplication.focusWidget()
    assert target is not None
    type_text(target, text)


async def begun(desk: Desktop) -> ReportForm:
    form = await desk.form("Ctrl+N")
    assert isinstance(form, ReportForm)
    await until(lambda: form.isAncestorOf(QApplication.focusWidget() or desk.window))
    return form


async def test_a_call_becomes_a_report_under_the_case_that_it_repeats(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    first = await report(duty, **STANDING)
    async with desktop(database, tmp_path, size=(1280, 720)) as desk:
        await desk.furnished()
        form = await begun(desk)
        write("喂你好，井盖丢了，路面积水，没有井盖很危险")
        assert form.fields["title"].draft() == "井盖丢了"
        assert form.kind.code == "公用设施/井盖缺失"
        assert "“井盖丢" in form.kind.told.text()
        tap(Key.Key_2, Alt)
        assert form.kind.code != "公用设施/井盖缺失"
        tap(Key.Key_1, Alt)
        tap(Key.Key_Tab)
        write("hjz")
        tap(Key.Key_Return)
        assert form.place.line.text() == "南楼乡韩家庄村"
        assert "由南楼乡受理" in form.place.told.text()
        tap(Key.Key_Tab)
        write("13812342751")
        assert form.fields["phone"].args() == {"phone": "13812342751"}
        like = await until(lambda: form.ahead.likes.marked)
        assert like["number"] == first
        assert "同一电话" in form.ahead.likes._rows[0].why.text()
        assert form.submit.visibleRegion().boundingRect().size() == form.submit.size(), "nothing is cut off"
        tap(Key.Key_A, Alt)
        await until(lambda: desk.page.reporting.form is None)
        await desk.shown(first)
    told = "SELECT status, merged_into FROM gridseat.incident WHERE number <> $1"
    assert [tuple(row) for row in await database.owner.fetch(told, first)] == [("merged", first)]


async def test_a_report_while_the_database_is_away_arrives_once(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path, patience=SHORT) as desk:
        await desk.furnished()
        await desk.lose_database()
        await until(lambda: desk.console.feed.pulse.link.name == "LOST")
        form = await begun(desk)
        write("韩家庄村路灯不亮，晚上看不见路")
        assert form.kind.code, "words are read without a database"
        await until(lambda: form.ahead.foreseen and form.ahead.foreseen.away)
        assert "不能查重" in form.ahead.told.text()
        tap(Key.Key_Return, Ctrl)
        await until(lambda: desk.page.reporting.form is None)
        assert "已存入待发" in desk.notice
        assert len(desk.console.unanswered) == 1
        again = await begun(desk)
        assert again.begun.count == 0, "what waits to be sent is no draft"
        desk.find_database()
        await until(lambda: "已送达" in desk.notice)
        assert not desk.console.drafts
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.incident") == 1


async def test_a_second_call_keeps_the_first_and_both_are_one_key_away(
    database: Database, tmp_path: Path
) -> None:
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        await begun(desk)
        write("河边有人烧荒")
        tap(Key.Key_N, Ctrl)
        second = await until(lambda: one if (one := desk.page.reporting.form) and one.empty else None)
        assert second.begun.count == 1
        write("楼上漏水")
        await until(lambda: len(desk.console.drafts) == 2)
    async with desktop(database, tmp_path) as desk:
        form = await begun(desk)
        assert [form.begun.list.item(row).text().split()[0] for row in (0, 1)] == ["楼上漏水", "河边有人烧荒"]
        tap(Key.Key_N, Ctrl)
        tap(Key.Key_Down)
        tap(Key.Key_Return)
        taken = await until(lambda: one if (one := desk.page.reporting.form) is not form else None)
        assert taken is not None
        assert taken.said.draft() == "河边有人烧荒"


async def test_a_report_goes_on_to_its_dispatch_with_the_suggested_unit(
    database: Database, tmp_path: Path
) -> None:
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        form = await begun(desk)
        write("我是王建国，电话13812342751，商贩占道，请回电话13812342751")
        assert [form.fields[name].draft() for name in ("phone", "reporter")] == ["138 1234 2751", "王建国"]
        sent = form._known()
        assert (sent["phone"], sent["reporter"]) == ("13812342751", "王建国")
        assert sent["text"] == "我是王**，电话138****2751，商贩占道，请回电话138****2751"
        form.said.restore("")
        assert "phone" not in form._known(), "what is no longer said is no longer read"
        write("南楼乡韩家庄村商贩占道" + "很久" * 30_000)
        assert "保留前 40,000 字" in form.said.told.text()
        form.said.restore("南楼乡韩家庄村商贩占道")
        await until(lambda: form.ahead.foreseen)
        tap(Key.Key_Return, Ctrl | Qt.KeyboardModifier.ShiftModifier)
        again = await until(lambda: one if (one := desk.open_form()) is not form else None)
        assert again.action == "dispatch"
        await desk.shown(desk.number, "accepted")


async def test_a_point_is_taken_from_the_map_by_keys(database: Database, tmp_path: Path) -> None:
    await draw(database)
    async with desktop(database, tmp_path, size=(1280, 720)) as desk:
        await desk.furnished()
        form = await begun(desk)
        write("积水很深")
        tap(Key.Key_G, Alt)
        await until(lambda: desk.page.map.picker.picking and desk.page.map.hasFocus())
        tap(Key.Key_Escape)
        await until(form.said.edit.hasFocus)
        tap(Key.Key_G, Alt)
        await until(lambda: desk.page.map.picker.picking and desk.page.map.hasFocus())
        await until(lambda: len(desk.page.map.atlas) and desk.page.map.exact)
        tap(Key.Key_Return)
        await until(form.place.line.hasFocus)
        assert form.place.reading.spot.datum == "WGS-84"
        tap(Key.Key_Escape)
        await until(lambda: desk.page.reporting.form is None)
        await until(lambda: desk.page.docks.docks["case"].seen)  # not the map, entered for a moment
