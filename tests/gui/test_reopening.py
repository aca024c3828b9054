"""A new report that repeats an ended one offers reopening before it is sent."""

from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until
from ui.reporting.form import ReportForm

PLACE = "南楼乡韩家庄村东头"


async def ended(duty: Desk, title: str) -> int:
    number = await report(duty, title=title, place=PLACE, at_organisation="130123201001")
    await act(duty, "answer", number, text="已告知")
    return number


async def begun(desk: Desktop, place: str = PLACE) -> ReportForm:
    """Type a report of the same class as far as the place."""
    form = await desk.form("Ctrl+N")
    assert isinstance(form, ReportForm)
    for name, text in {"title": "又来了", "class": "游商", "place": place}.items():
        type_text(form.fields[name], text)
    return form


async def test_the_newest_is_offered_and_reopened_with_what_was_typed(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    numbers = [await ended(duty, title) for title in ("商贩占道", "商贩又占道")]
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        form = await begun(desk)
        offer = form.ahead.offer
        assert offer.isHidden(), "nothing is asked while somebody types"
        await until(offer.isVisible)
        assert offer.told.text().startswith(f"此处 30 天内有同类已结事件 {numbers[1]}“商贩又占道”")
        assert offer.told.text().endswith("另有 1 件")
        tap(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
        again = await until(lambda: one if (one := desk.open_form()) is not form else None)
        assert (again.action, again.number) == ("reopen", numbers[1])
        assert again.fields["reason"].draft() == "又来了"
        assert desk.page._seat.drafts[form.draft_key]["title"] == "又来了"
        await desk.submit(again)
        status = "SELECT status FROM gridseat.incident WHERE number = $1"
        assert await database.owner.fetchval(status, numbers[1]) == "accepted"


async def test_nothing_is_offered_elsewhere(database: Database, duty: Desk, tmp_path: Path) -> None:
    await ended(duty, "商贩占道")
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        form = await begun(desk)
        await until(form.ahead.offer.isVisible)
        type_text(form.fields["place"], "对面的另一处")
        await until(form.ahead.offer.isHidden)
        assert form.ahead.foreseen is not None
        assert form.ahead.foreseen.reopen == []
        form.reject()
