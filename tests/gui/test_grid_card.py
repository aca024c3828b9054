"""The card of a grid: opened from map, case and command bar by keys; its lines lead on and stay true."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.conftest import Outside
from tests.gui.desktop import Desktop, desktop, tap, until, words
from tests.gui.test_accessible import nameless, ringless, unreachable
from tests.gui.test_map_work import CODES, PLACES, at, draw
from tests.small_county import GRIDS
from ui.language import language
from ui.queue.filters import Condition

Key, Held = Qt.Key, Qt.KeyboardModifier
STAFF = """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id, phone)
    SELECT $1, $2, $3, g.id, g.organisation_id, $4 FROM gridseat.grid AS g WHERE g.code = $5"""


async def shows(desk: Desktop, code: str) -> None:
    """Wait until the card of the grid ``code`` is seen and has the keys."""
    card = desk.page.around.card
    await until(
        lambda: card.isVisible() and code in card.sub.text() and desk.page.docks.docks["around"].has_keys
    )


async def test_the_card_opens_from_everywhere_and_leads_on(
    database: Database, duty: Desk, tmp_path: Path, outside: Outside
) -> None:
    await draw(database)
    await database.owner.execute(STAFF, "W1", "李网格", "head", "13912345678", CODES[0])
    number = await report(duty, point=list(PLACES[0]), datum="WGS-84")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.furnished()
        page, shown, card = desk.page, desk.page.map, desk.page.around.card
        await until(lambda: len(shown.atlas) == len(CODES) and shown.place_of(number) and shown.exact)

        await desk.press("Ctrl+G")
        await shows(desk, CODES[0])
        assert {"网格长", "李网格 · ● 当班"}.isdisjoint(words(card))
        (case,), (head,) = card.cases.rows, card.staff.rows
        assert (case.key, head.lead, head.words, head.aside) == (number, "网格长", "李网格", "13912345678")
        head.setFocus()
        tap(Key.Key_F9)
        assert outside.asked == ["tel:13912345678"]
        tap(Key.Key_C, Held.ControlModifier)
        assert QGuiApplication.clipboard().text() == "李网格 13912345678"
        tap(Key.Key_Escape)
        assert not page.docks.docks["around"].isVisible()

        await kept_true(desk, duty, number)
        await by_the_bar(desk)
        await by_the_map(desk)


async def kept_true(desk: Desktop, duty: Desk, number: int) -> None:
    """Report once more in the grid: the open card has it; its line opens the case."""
    card = desk.page.around.card
    desk.case.body.grid.click()
    await shows(desk, CODES[0])
    another = await report(duty, point=list(PLACES[0]), datum="WGS-84", title="路灯不亮")
    await until(lambda: {row.key for row in card.cases.rows} == {number, another})
    await until(lambda: "2" in words(card.now))
    line = next(row for row in card.cases.rows if row.key == another)
    line.setFocus()
    tap(Key.Key_Return)
    await desk.shown(another)


async def by_the_bar(desk: Desktop) -> None:
    """Ask by code, by name and by initials; a name of several and an unknown code are told in place."""
    bar, card = desk.page.bar, desk.page.around.card
    name = desk.page.map.atlas.names[desk.page.map.atlas.index[CODES[2]]]
    for asked in (f"格 {CODES[2]}", f"网格{name}", f"grid {name}"):
        desk.command(f"格 {CODES[1]}")
        await shows(desk, CODES[1])
        desk.command(asked)
        await shows(desk, CODES[2])
        assert card.title.text() == name
    desk.command("格 第1网格")
    assert str(len(GRIDS)) in bar.error
    desk.command("格 999")
    await until(lambda: "999" in bar.error)
    assert bar.line.text() == "格 999"
    bar.line.setText("格 ")
    assert [one.line for one in bar.line._complete("格 201001d1wg")] == [f"格 {CODES[2]}"]


async def by_the_map(desk: Desktop) -> None:
    """Press Enter twice on a grid, or G; its chip filters the queue; in English it speaks English."""
    shown, card = desk.page.map, desk.page.around.card
    card.left.emit()
    shown.setFocus()
    QTest.mouseMove(shown, at(desk, PLACES[1], 60))
    QTest.keyClick(shown, Key.Key_Return)  # the cross
    QTest.keyClick(shown, Key.Key_Return)  # chooses
    assert desk.page.map_work.chosen.grids == [CODES[1]]
    assert not card.isVisible()
    QTest.keyClick(shown, Key.Key_Return)
    await shows(desk, CODES[1])
    tap(Key.Key_Escape)
    assert QApplication.focusWidget() is shown
    QTest.keyClick(shown, Key.Key_G)
    await shows(desk, CODES[1])
    desk.page.around.only.click()
    assert [*desk.page.queue.filters.conditions] == [Condition("grid_code", CODES[1])]
    language.use("en")
    assert [*nameless(card), *unreachable(card), *ringless(card)] == []
    assert "No head or worker that you may see is listed here" in " ".join(words(card))
    language.use("zh")
    assert any(line.startswith("▲ 这里没有登记") for line in words(card))
