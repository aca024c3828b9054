"""A leader's instruction stays in sight until a note answers it."""

from datetime import datetime, timedelta
from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import at_case, desktop, type_text, until, words
from ui.dialogs.entry import EntryField

NOW = "2026-11-20T10:00:00+08:00"


def later(hours: int) -> str:
    return (datetime.fromisoformat(NOW) + timedelta(hours=hours)).isoformat()


async def test_what_waits_is_pinned_and_turns_overdue_in_words(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.freeze(NOW)
    number = await report(duty)
    await act(duty, "instruct", number, text="今日办结", due=later(4))
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        pinned = desk.case.instructions
        assert {"今日办结", "14:00 前答复"} <= set(words(pinned))
        await database.freeze(later(5))
        await act(duty, "note", number, text="催一下")
        await until(lambda: "■ 逾期未答复（应于 14:00 前）" in words(pinned))
        assert pinned.pins[0].due.property("role") == "overdue"


async def test_an_answer_takes_it_down(database: Database, duty: Desk, tmp_path: Path) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        pinned = desk.case.instructions
        assert not pinned.isVisible()
        for text in ("今日办结", "回复群众", "举一反三"):
            await act(duty, "instruct", desk.number, text=text)
        await until(lambda: "另有 1 条批示待答复，见时间线" in words(pinned))
        pinned.pins[1].answer.click()
        form = await until(desk.open_form)
        box = form.fields["answers"]
        assert isinstance(box, EntryField)
        assert "回复群众" in box.box.currentText()
        assert box.box.count() == 4
        type_text(form.fields["text"], "已回复")
        await desk.submit(form)
        await until(lambda: "举一反三" in words(pinned))
        assert "回复群众" not in words(pinned)


async def test_a_note_asks_for_an_instruction_only_where_one_waits(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        assert desk.case.file is not None
        form = desk.page.actions_.form("note", desk.case.file.incident)
        assert "answers" not in form.fields
        form.reject()
        await act(duty, "instruct", desk.number, text="今日办结")
        await until(lambda: desk.case.instructions.pins)
        form = desk.page.actions_.form("note", desk.case.file.incident)
        assert form.fields["answers"].draft() == "", "an ordinary note answers nobody"
        type_text(form.fields["text"], "已联系")
        await desk.submit(form)
        desk.case.instructions.pins[0].answer.click()
        form = await until(desk.open_form)
        type_text(form.fields["text"], "已落实")
        await desk.submit(form)
        await until(lambda: not desk.case.instructions.isVisible())
