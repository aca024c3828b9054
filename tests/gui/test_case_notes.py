"""Notes and call records at the foot of the story: kept at a key, never lost, never twice."""

from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import SHORT, Desktop, at_case, desktop, tap, type_text, until

NOTES = "SELECT count(*) FROM gridseat.timeline WHERE action = 'note'"


async def write(desk: Desktop, text: str, keys: str = "N") -> None:
    await desk.press(keys)
    assert desk.case.composer.edit.hasFocus()
    type_text(desk.case.composer.edit, text)


async def test_a_note_and_a_call_record_are_written_where_they_will_stand(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        await write(desk, "已告知网格员")
        tap(Qt.Key.Key_Return)
        await until(lambda: "已告知网格员" in desk.case.timeline.words())
        assert desk.open_form() is None
        assert desk.case.composer.edit.toPlainText() == ""
        await write(desk, "对方答应今晚清理", "Shift+N")
        desk.case.composer.phone.setText("0311-88001234")
        tap(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: "对方答应今晚清理" in desk.case.timeline.words())
        tap(Qt.Key.Key_Return)
        assert desk.case.composer.told.text() == "还没有写内容"
        await desk.press("N")
        tap(Qt.Key.Key_A)
        tap(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        tap(Qt.Key.Key_B)
        assert desk.case.composer.edit.toPlainText() == "a\nb"
        tap(Qt.Key.Key_Escape)
        assert desk.page.queue.list.hasFocus()
    assert await database.owner.fetchval(NOTES) == 1


async def test_what_is_typed_belongs_to_its_case_and_outlives_the_console(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number, other = await report(duty), await report(duty, title="另一件")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await write(desk, "写到一半", "Shift+N")
        await desk.open(other)
        assert desk.case.composer.edit.toPlainText() == ""
        await write(desk, "这件也写了一半")
        await until(lambda: ("note", other) in desk.console.drafts)
    async with desktop(database, tmp_path) as desk:
        await desk.open(other)
        assert desk.case.composer.edit.toPlainText() == "这件也写了一半"
        await desk.open(number)
        assert (desk.case.composer.kind, desk.case.composer.edit.toPlainText()) == ("call", "写到一半")
        await desk.press("Shift+N")
        tap(Qt.Key.Key_Return)
        await until(lambda: "写到一半" in desk.case.timeline.words())
        await until(lambda: ("call", number) not in desk.console.drafts)


async def test_a_note_waits_out_the_database_and_is_kept_once(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, patience=SHORT) as desk:
        await write(desk, "路口已封")
        await desk.lose_database()
        tap(Qt.Key.Key_Return)
        assert desk.case.composer.edit.toPlainText() == ""
        await until(lambda: desk.case.composer.told.text().startswith("▲ 1 条待送出"))
        await write(desk, "第二条")
        tap(Qt.Key.Key_Return)
        await until(lambda: desk.case.composer.told.text().startswith("▲ 2 条待送出"))
        assert desk.case.body.stale.text().startswith("▲ 没有读到最新内容")
        desk.find_database()
        await until(lambda: {"路口已封", "第二条"} <= set(desk.case.timeline.words()))
        await until(desk.case.composer.told.isHidden)
    assert await database.owner.fetchval(NOTES) == 2


async def test_a_refused_note_comes_back_into_the_line(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("南楼坐席", "seat", "130123201")
    number = await report(duty, centre="130123201")
    async with desktop(database, tmp_path, login="南楼坐席") as desk:
        await desk.open(number)
        await write(desk, "长" * 20_001)
        tap(Qt.Key.Key_Return)
        assert "20,000" in desk.case.composer.told.text()
        assert len(desk.case.composer.edit.toPlainText()) == 20_001
        desk.case.composer.edit.setPlainText("看一下")
        await database.owner.execute(
            "UPDATE gridseat.incident SET centre_id = o.id, centre_lft = o.lft "
            "FROM gridseat.organisation AS o WHERE number = $1 AND o.code = '130125'", number,
        )  # fmt: skip
        tap(Qt.Key.Key_Return)
        await until(lambda: desk.case.composer.edit.toPlainText() == "看一下")
        # The case has left this seat's sight, and the panel may be empty already.
        assert desk.notice == desk.case.composer.told.text()
        await act(duty, "note", number, text="别处")
