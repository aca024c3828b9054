"""A morning's round on several cases: selected, dispatched at once, one refused, tried again, taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.desk.bulk import Line, State
from console.desk.command import Command
from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until, words
from ui.dialogs.bulk_result import BulkResult, outcome

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


async def result(desk: Desktop) -> BulkResult:
    """Wait until a run of many has come to its end."""

    def ended() -> BulkResult | None:
        found = [one for one in desk.window.findChildren(BulkResult) if one.isVisible()]
        return found[0] if found and not found[0].bulk.running else None

    shown = await until(ended)
    shown.activateWindow()
    await until(shown.isActiveWindow)
    return shown


def answers(shown: BulkResult) -> list[str]:
    items = [shown.list.topLevelItem(place) for place in range(shown.list.topLevelItemCount())]
    return [f"{item.text(0)} {item.text(3)}" for item in items if item is not None]


@pytest.mark.parametrize(("action", "told"), [("accept", "完成 → 待派遣"), ("claim", "完成")])
def test_a_line_says_where_its_case_went_only_if_the_step_moves_it(action: str, told: str) -> None:
    assert outcome(Line(Command(action, 7, {}), State.DONE, {"status": "accepted"})) == told


async def test_several_cases_are_dispatched_at_once_by_keys(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("林悦", "seat", "130123")
    await database.add("周宁", "seat", "130123")
    numbers = [await report(duty, centre="130123", title=f"占道{n}") for n in range(4)]
    for number in numbers[:3]:
        await act(duty, "accept", number)
    other = Desk(database.door("周宁"))
    async with desktop(database, tmp_path, login="林悦") as desk:
        await desk.furnished()
        await until(lambda: len(desk.rows) == 4)
        await desk.open(numbers[0])
        await mark_all(desk, "dpq")  # 待派遣
        assert desk.rows == numbers[:3]
        await act(other, "claim", numbers[1])
        caption = next(one for one in desk.case.buttons.buttons if one.property("action") == "dispatch")
        assert caption.text() == "派遣 3 件  D"
        form = await desk.form("D")
        assert form.windowTitle() == "派遣 3 件"
        type_text(form.fields["unit"], "城管局")
        await desk.submit(form)
        shown = await result(desk)
        first, refused, third = answers(shown)
        assert (first, third) == ("✓ 完成 → 待签收", "✓ 完成 → 待签收")
        assert refused.startswith("✕")
        assert "周宁" in refused
        assert refused[2:] in words(shown)
        assert desk.notice == "派遣 3 件：完成 2 件，未完成 1 件"
        await act(other, "release", numbers[1])
        tap(Key.Key_R, ALT)
        await until(lambda: not shown.bulk.undone)
        await until(lambda: not shown.bulk.running)
        tap(Key.Key_Escape)
        pill = "已选 3 件 · 3 件不在列表中"
        await until(lambda: any(one.text() == pill for one in desk.page.queue.findChildren(QPushButton)))
        await desk.shown(desk.number, "dispatched")
        await take_back(desk, numbers[:3])
    await other.close()


async def mark_all(desk: Desktop, initials: str) -> None:
    """Filter by the initials of a value, and mark all that is left."""
    await desk.press("/")
    QTest.keyClicks(desk.page.queue.picker.line, initials)
    for key in (Key.Key_Return, Key.Key_Escape):
        tap(key)
    tap(Key.Key_A, CONTROL)


async def take_back(desk: Desktop, numbers: list[int]) -> None:
    """Undo the dispatch of all, by the same key as of one."""
    await desk.press("Ctrl+Z")
    taken = await result(desk)
    assert answers(taken) == ["✓ 完成 → 待派遣"] * 3
    QTest.keyClick(taken, Key.Key_Escape)
    board = desk.console.board
    await until(lambda: all((row := board.row(one)) and row.status == "accepted" for one in numbers))
    assert [row.number for row in desk.page.queue.list.selection.rows()] == numbers
