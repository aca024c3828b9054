"""A storm's reports by keys alone: put under one head, some led out again, the others answered with it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until, words
from tests.gui.test_bulk import answers, result
from ui.dialogs.part_form import PartForm

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


async def attach_all(desk: Desktop, head: int, count: int) -> None:
    """Mark everything and put it under ``head``, which is left out by itself."""
    desk.page.queue.list.setFocus()
    tap(Key.Key_A, CONTROL)
    form = await desk.form("P")
    type_text(form.fields["to"], str(head))
    await desk.submit(form)
    shown = await result(desk)
    assert answers(shown) == ["✓ 完成 → 已并案"] * count
    QTest.keyClick(shown, Key.Key_Escape)
    await until(lambda: desk.rows == [head])
    desk.window.activateWindow()
    await until(desk.window.isActiveWindow)
    desk.page.queue.list.setFocus()
    tap(Key.Key_Escape)


async def ask_which(desk: Desktop) -> PartForm:
    form = await desk.form("Shift+P")
    assert isinstance(form, PartForm)
    form.activateWindow()
    await until(form.isActiveWindow)
    assert form.list.hasFocus()
    return form


async def tick_two_with_a_reason(desk: Desktop) -> PartForm:
    """Tick the first two lines; nothing ticked and no reason are each said, and Esc loses nothing."""
    form = await ask_which(desk)
    QTest.keyClick(form, Key.Key_Return, CONTROL)
    assert "还没有勾选" in form.error.text()
    for key in (Key.Key_Space, Key.Key_Down, Key.Key_Space):
        tap(key)
    QTest.keyClick(form, Key.Key_Return, CONTROL)
    assert form.error.isVisible()
    assert form.fields["reason"].isAncestorOf(form.focusWidget() or form), "the rule wants a reason"
    tap(Key.Key_Escape)
    form = await ask_which(desk)
    assert len(form.list.chosen) == 2
    tap(Key.Key_A, CONTROL)
    assert "移出主事件 4 件" in form.submit.text()
    tap(Key.Key_A, CONTROL)
    assert form.list.chosen == []
    for key in (Key.Key_Space, Key.Key_Down, Key.Key_Space):
        tap(key)
    tap(Key.Key_Tab)
    tap(Key.Key_1, ALT)
    return form


async def test_reports_go_under_a_head_out_of_it_and_are_answered_with_it(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    head, *reports = [await report(duty, centre="130123", title=f"暴雨积水{n}") for n in range(5)]
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        await desk.open(head)
        await until(lambda: len(desk.rows) == 5)
        await attach_all(desk, head, 4)
        await until(lambda: desk.case.file and len(desk.case.file.incident["under"]) == 4)
        assert "detach-report" in desk.case.buttons.offered

        form = await tick_two_with_a_reason(desk)
        await act(duty, "detach-report", reports[1], reason="看错")  # meanwhile: it is not as it was seen
        await act(duty, "attach-report", reports[1], to=head)
        await desk.submit(form)
        shown = await result(desk)
        done, refused = answers(shown)
        assert done == "✓ 完成 → 待受理"
        assert refused.startswith("✕")
        await until(shown.choose.isHidden)  # a report under a head is in no queue, once the board heard of it
        tap(Key.Key_R, ALT)
        await until(lambda: not shown.bulk.undone)
        await until(lambda: not shown.bulk.running)
        tap(Key.Key_Escape)
        await until(lambda: desk.rows == [head, *reports[:2]])
        await until(lambda: desk.case.file and len(desk.case.file.incident["under"]) == 2)

        answer = await desk.form("W")
        assert any("其下 2 件上报一并办结" in line for line in words(answer))
        type_text(answer.fields["text"], "积水已排除")
        await desk.submit(answer)
        await until(lambda: desk.rows == reports[:2])
        ended = "SELECT outcome FROM gridseat.incident WHERE number = ANY ($1)"
        outcomes = await database.owner.fetch(ended, reports[2:])
        assert [row["outcome"] for row in outcomes] == ["answered", "answered"]
